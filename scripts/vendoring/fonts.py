"""Copy the one font file that French needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from vendoring.npm import Package

PACKAGE = Package(
    "@fontsource-variable/atkinson-hyperlegible-next",
    "5.3.0",
    "UnLzNUy1RWoLDfydAatP4NaRm99X/WbQEph7q/PymJnCFIOOwKOx3pBmp5ys8trO0dM+CKGuJgeZP9fAR4mQpA==",
)
FOLDER = Path("app/web/static/fonts")

# The latin subset has all that French writes but « Ÿ »: œ, €, «, ’ and the non-breaking space included.
FILE = "atkinson-hyperlegible-next-latin-wght-normal.woff2"


def update(root: Path, package: Path) -> None:
    """Copy the font and its licence under `root`."""
    target = root / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / "files" / FILE, target / FILE)
    shutil.copyfile(package / "LICENSE", target / "OFL.txt")
