"""What is wrong in a content file, and what to write instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Severity(StrEnum):
    """An error stops the content from being used; a warning asks for a second look."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to change: where it is, its path inside the file, and what to write instead."""

    file: str
    line: int
    path: str
    message: str
    rule: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "severity": self.severity.value}


class ContentError(Exception):
    """The content can't be used. ``problems`` holds all that is wrong, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


def shown_path(path: Path) -> str:
    """The path as one types it: relative to where one stands when it is below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
