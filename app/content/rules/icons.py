"""Every icon named is a file that Jalons has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.content.document import Place, shown_loc
from app.content.messages import nearest
from app.content.problem import Problem, Severity, shown_path
from app.content.sources import Sources

RULE = "icones"
KEYS = frozenset(["icone", "pictogramme"])
FULL_SET = 1000
PHOTOS = "cliches"
"""The folder, beside the icons, of the pictures that stand for photos."""
SIMULATIONS = "simulations"
"""Where they may be named: only simulators have photos."""


def check(sources: Sources, icons_dir: Path) -> Iterator[Problem]:
    """Unknown icons: an error where the folder holds the whole set, else a warning."""
    icons = {path.stem for path in icons_dir.glob("*.svg")} if icons_dir.is_dir() else set()
    if not icons:
        return
    photos = {path.stem for path in (icons_dir.parent / PHOTOS).glob("*.svg")}
    full = len(icons) >= FULL_SET
    for file, document in sources.documents.items():
        known = icons | photos if SIMULATIONS in Path(file).parts else icons
        for place, name in icons_in(document.data):
            if name not in known:
                advice = (
                    nearest(name, sorted(known)) if full else "vérifiez le nom, puis lancez « make vendor »"
                )
                severity = Severity.ERROR if full else Severity.WARNING
                message = f"l'icône « {name} » n'est pas là : {advice}"
                line = document.line_of(place)
                yield Problem(shown_path(Path(file)), line, shown_loc(place), message, RULE, severity)


def icons_in(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Each icon that the data name, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in KEYS and isinstance(value, str):
                yield (*place, key), value
            else:
                yield from icons_in(value, (*place, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from icons_in(value, (*place, n))
