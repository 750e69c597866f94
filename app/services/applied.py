"""What was fitted here, as numbered files of a folder: the last one counts, and undoing takes it away.

Each kind of fit has its own prefix, so that one is never read or undone as another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = "calibrations"
PRIOR = ""
"""Refitted priors; the first kind there was, so that its files have no prefix."""
LEARNING = "learning-"
"""How fast people learn and forget."""
_REMEDY = "Remettez ce fichier comme il était, ou ôtez-le : le réglage d’avant servira."


class AppliedError(ValueError):
    """A file of figures that cannot be read; the message, in French, says what to do."""


def latest_first(instance_dir: Path, kind: str, names: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """What was applied, from the last to the first; each has these figures. Raises ``AppliedError``."""
    for file in reversed(_files(instance_dir, kind)):
        try:
            written = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise AppliedError(f"{file} ne se lit pas. {_REMEDY}") from error
        missing = sorted(set(names) - set(written)) if isinstance(written, dict) else list(names)
        if missing:
            raise AppliedError(f"{file} est incomplet : {missing[0]} manque. {_REMEDY}")
        yield written


def put(instance_dir: Path, kind: str, figures: Mapping[str, Any]) -> Path:
    """Apply figures over those before; the file that they were written to, whole or not at all."""
    folder = instance_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = _files(instance_dir, kind)
    number = int(files[-1].stem.removeprefix(kind)) + 1 if files else 1
    path = folder / f"{kind}{number:04}.json"
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    unfinished.replace(path)
    return path


def take_away(instance_dir: Path, kind: str) -> bool:
    """Take away what was applied last; False where nothing was."""
    files = _files(instance_dir, kind)
    if files:
        files[-1].unlink()
    return bool(files)


def _files(instance_dir: Path, kind: str) -> list[Path]:
    return sorted((instance_dir / FOLDER).glob(f"{kind}[0-9]*.json"))
