"""Bring in the icons and the font that the pages use (`make vendor`).

Only this step needs npm: what it writes is committed, and THIRD_PARTY.md says what it is.
Run it again after content or templates name a new icon.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from vendoring import fonts, icons, npm


def main() -> int:
    """Fetch, copy, report; 1 if an icon named somewhere does not exist."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--icons", type=Path, help="an unpacked @tabler/icons, instead of fetching it")
    parser.add_argument("--font", type=Path, help="an unpacked font package, taken as it is")
    parser.add_argument("--pdf-font", type=Path, help="the same for the font of PDF files")
    parser.add_argument("--check", action="store_true", help="only say which icons named are missing")
    options = parser.parse_args()
    if options.check:
        problems = icons.missing(options.root)
        print("\n".join(problems) or "Toutes les icônes nommées sont là.")
        return 1 if problems else 0
    with tempfile.TemporaryDirectory() as folder:
        problems = icons.update(options.root, options.icons or npm.fetch(icons.PACKAGE, Path(folder)))
        fonts.update(
            options.root,
            options.font or fonts.narrowed(npm.fetch(fonts.PACKAGE, Path(folder)), Path(folder)),
            options.pdf_font or npm.fetch(fonts.PDF_PACKAGE, Path(folder)),
        )
    for problem in problems:
        print(problem, file=sys.stderr)
    count = len(list((options.root / icons.FOLDER).glob("*.svg")))
    print(f"{count} icônes, {len(problems)} inconnue(s).")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
