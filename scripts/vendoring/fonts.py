"""Copy the font files that French needs: one for pages, two for PDF, which knows no variable font."""

from __future__ import annotations

import shutil
from pathlib import Path

from vendoring.npm import Package

PACKAGE = Package(
    "@fontsource-variable/atkinson-hyperlegible-next",
    "5.3.0",
    "UnLzNUy1RWoLDfydAatP4NaRm99X/WbQEph7q/PymJnCFIOOwKOx3pBmp5ys8trO0dM+CKGuJgeZP9fAR4mQpA==",
)
PDF_PACKAGE = Package(
    "@fontsource/atkinson-hyperlegible-next",
    "5.3.0",
    "8p1tHVoPDo6oYwSO3sMw5snGwFwSf3TmeSF9Gcj792GXdsg6oqvhoItbj6Hj/XZIk0Xs+Cwu6pkLBAl3Q5HrwA==",
)
FOLDER = Path("app/web/static/fonts")

# The latin subset has all that French writes but « Ÿ »: œ, €, «, ’ and the non-breaking space included.
FILE = "atkinson-hyperlegible-next-latin-wght-normal.woff2"

# WOFF, not WOFF2: reading WOFF2 would need one library more.
PDF_FILES = [f"atkinson-hyperlegible-next-latin-{weight}-normal.woff" for weight in (400, 700)]


def update(root: Path, package: Path, pdf_package: Path) -> None:
    """Copy the fonts and their licence under `root`."""
    target = root / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / "files" / FILE, target / FILE)
    shutil.copyfile(package / "LICENSE", target / "OFL.txt")
    for file in PDF_FILES:
        shutil.copyfile(pdf_package / "files" / file, target / file)
