"""Copy the Tabler icons that are named, small, and remove those that no longer are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from vendoring.icon_names import mentions
from vendoring.npm import Package

PACKAGE = Package(
    "@tabler/icons",
    "3.51.0",
    "0pinvPZz7YeX+OSfxuEAbnEPWbocVXW5iU8h5lh41pYG8sZuQfpWECC980lxOT0clGIcNGn8xsBr+zKaRGdA/g==",
)
FOLDER = Path("app/web/static/icons/tabler")

_OPENING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
)
_SHAPE = re.compile(r"<(?!/|svg|\?|!)[^>]+>")
_NAME = re.compile(r"[a-z0-9-]+")


def update(root: Path, package: Path) -> list[str]:
    """Make `FOLDER` hold exactly the icons named under `root`; return the problems, one a line."""
    source = package / "icons" / "outline"
    target = root / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    problems, kept = [], set()
    for mention in mentions(root):
        if not _NAME.fullmatch(mention.name) or not (source / f"{mention.name}.svg").exists():
            problems.append(f"{mention.file}:{mention.line}: icône inconnue « {mention.name} »")
        elif mention.name not in kept:
            kept.add(mention.name)
            _copy(source / f"{mention.name}.svg", target)
    _remove_unused(target, kept)
    shutil.copyfile(package / "LICENSE", target / "LICENSE")
    return problems


def missing(root: Path) -> list[str]:
    """The icons named under `root` and not in `FOLDER`, one line each with their place."""
    return [
        f"{mention.file}:{mention.line}: « {mention.name} » manque : make vendor"
        for mention in mentions(root)
        if not (root / FOLDER / f"{mention.name}.svg").exists()
    ]


def minified(svg: str) -> str:
    """The drawing alone: our own opening tag and the shapes, without Tabler's empty frame."""
    shapes = [re.sub(r"\s+", " ", shape) for shape in _SHAPE.findall(svg) if "M0 0h24v24H0z" not in shape]
    return _OPENING + "".join(shape.replace(" />", "/>") for shape in shapes) + "</svg>\n"


def _copy(source: Path, target: Path) -> None:
    (target / source.name).write_text(minified(source.read_text(encoding="utf-8")), encoding="utf-8")


def _remove_unused(target: Path, kept: set[str]) -> None:
    for file in target.glob("*.svg"):
        if file.stem not in kept:
            file.unlink()
