"""Copy the font files: one for pages, four for PDF, which knows no variable font and has people's names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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

# The weights that pages use: two thirds of the bytes, which every tablet's first page waits for.
WEIGHTS = "wght=400:700"
TOOL = ("fonttools==4.68.0", "brotli==1.2.1")

# WOFF, not WOFF2: reading WOFF2 would need one library more.
PDF_FILES = [
    f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff"
    for subset in ("latin", "latin-ext")
    for weight in (400, 700)
]


def update(root: Path, package: Path, pdf_package: Path) -> None:
    """Copy the fonts and their licence under `root`."""
    target = root / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / "files" / FILE, target / FILE)
    shutil.copyfile(package / "LICENSE", target / "OFL.txt")
    for file in PDF_FILES:
        shutil.copyfile(pdf_package / "files" / file, target / file)


def narrowed(package: Path, folder: Path) -> Path:
    """The package with a font of the weights that pages use; `folder` receives the tool that cuts it."""
    tool = folder / "fonttools"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tool), *TOOL]
    font = package / "files" / FILE
    cut = [sys.executable, "-m", "fontTools.varLib.instancer", str(font), WEIGHTS]
    cut += ["--no-recalc-timestamp", "--quiet", "--output", str(font)]
    try:
        subprocess.run(install, check=True)
        subprocess.run(cut, check=True, env=os.environ | {"PYTHONPATH": str(tool)})
    except subprocess.CalledProcessError:
        raise SystemExit("fonttools n’a pas pu être installé, ou n’a pas su réduire la police.") from None
    return package
