"""A drawn screen has many places to touch: one can hardly guess."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.content.models import SceneFrame
from app.content.models.tasks import TouchTask
from app.content.problem import Problem, Severity
from app.content.sources import Entry, Sources

RULE = "endroits"
LEAST = 6
WANTED = 8


def check(sources: Sources) -> Iterator[Problem]:
    """Screens with too few places."""
    for entry in sources.items():
        if isinstance(entry.model, SceneFrame):
            for n, step in enumerate(entry.model.scene_steps):
                yield from _places(Entry(entry.source, ("etapes", n), step))
        else:
            yield from _places(entry)


def _places(entry: Entry[Any]) -> Iterator[Problem]:
    if not isinstance(entry.model, TouchTask):
        return
    count = len(entry.model.screen.zones())
    if count < WANTED:
        severity = Severity.ERROR if count < LEAST else Severity.WARNING
        message = f"{count} endroits à toucher : mettez des « id: » pour en avoir {WANTED}"
        yield entry.problem(("ecran",), message, RULE, severity)
