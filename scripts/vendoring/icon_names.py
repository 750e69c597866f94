"""Find the icons that content and templates name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXTRA = Path("app/web/static/icons/extra.txt")

_IN_YAML = re.compile(r"""\b(?:icone|pictogramme):\s*["']?([^\s"',}\]]+)""")
_OF_SIMULATOR = re.compile(r"icons: ClassVar\[[^=]*= \(([^)]*)\)")
_IN_CODE = re.compile(r"""\bicon\(\s*["']([^"']+)["']""")


PHOTO = "cliche-"
"""How the names of our own pictures begin: they stand for photos in simulated scenes."""


@dataclass(frozen=True)
class Mention:
    """An icon's name, and where it is written."""

    name: str
    file: Path
    line: int


def mentions(root: Path) -> list[Mention]:
    """Every icon named under `root`, with its place (paths relative to `root`); not the pictures of ours."""
    found = [
        *_scan(root, ("parcours", "quizzes"), ".yaml", _IN_YAML),
        *_scan(root, ("app",), ".html", _IN_CODE),
        *_scan(root, ("app",), ".py", _IN_CODE),
        *_scan(root, ("app",), ".js", _IN_CODE),
        *_simulators(root),
        *_extra(root),
    ]
    return [mention for mention in found if not mention.name.startswith(PHOTO)]


def _scan(root: Path, folders: tuple[str, ...], suffix: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for file in sorted(path for folder in folders for path in (root / folder).rglob(f"*{suffix}")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.lstrip().startswith("#"):
                continue
            for match in pattern.finditer(line):
                yield Mention(match[1], file.relative_to(root), number)


def _simulators(root: Path) -> Iterator[Mention]:
    """The icons that a simulator's own buttons show."""
    for file in sorted((root / "app" / "content" / "simulators").glob("*.py")):
        code = file.read_text(encoding="utf-8")
        for block in _OF_SIMULATOR.finditer(code):
            for name in re.finditer(r'"([^"]+)"', block[1]):
                line = code.count("\n", 0, block.start(1) + name.start()) + 1
                yield Mention(name[1], file.relative_to(root), line)


def _extra(root: Path) -> Iterator[Mention]:
    file = root / EXTRA
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if name := line.partition("#")[0].strip():
            yield Mention(name, EXTRA, number)
