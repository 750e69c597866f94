"""What was put right in a session, as one reads it: each value as it was and as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content.typography import NBSP
from app.services.coop_codes import AGES, DEVICES, GENDERS, OCCUPATIONS, PROCEDURES, REDIRECTIONS, THEMES
from app.services.history import NOT_WORKED_ON
from app.services.modules import module_name
from app.services.observations import HELP_WORDS
from app.services.seance_choices import NEXT_STEPS, WAYS, way_of
from app.services.seance_corrections import HELPS, IS_CANCELLED
from app.store import appointment_queries, place_queries, queries, seance_queries
from app.store.models import Seance, SeanceChange, Structure
from app.web.templating import day_and_hour

NOTHING = "Rien"


@dataclass(frozen=True)
class ToldChange:
    """One correction: who made it, when, and each value that changed."""

    author: str
    made_at: datetime
    lines: Sequence[tuple[str, str, str]]


def corrections_of(seance: Seance) -> list[ToldChange]:
    """The corrections of a session, the latest first."""
    changes = seance_queries.changes_of_seances(seance.structure_id, [seance.id]).get(seance.id)
    if not changes:
        return []
    structure = queries.structure(seance.structure_id)
    names = appointment_queries.account_names(structure.id)
    words = _Words(structure)
    return [
        ToldChange(names.get(change.author_id, ""), change.made_at, words.lines(change))
        for change in reversed(changes)
    ]


class _Words:
    def __init__(self, structure: Structure) -> None:
        self._zone = structure.timezone
        self._places = {
            str(place.id): place.name for place in place_queries.places(structure.id, archived=True)
        }
        self._writers: dict[str, tuple[str, Callable[[Any], str]]] = {
            "occurred_at": ("Date", lambda text: day_and_hour(datetime.fromisoformat(text), self._zone)),
            "minutes": ("Durée", lambda minutes: f"{minutes}{NBSP}min"),
            "device": ("Appareil", _of(DEVICES)),
            "place_id": ("Lieu", _of(self._places)),
            "themes": ("Thèmes", lambda codes: ", ".join(map(_of(THEMES), codes)) or NOTHING),
            "procedure_theme": ("Démarche", _of(PROCEDURES)),
            "redirected_to": ("Orientation", _of(REDIRECTIONS)),
            "next_step": ("Et après", _of(NEXT_STEPS)),
            "participants": ("Personnes", str),
            "anonymous": ("Ce que l'on sait", lambda told: " ; ".join(map(told_of_someone, told)) or NOTHING),
        }

    def lines(self, change: SeanceChange) -> list[tuple[str, str, str]]:
        before, after = change.before, change.after
        if IS_CANCELLED in before:
            return [("Séance", "Notée", "Annulée"), *self._helps(before, after)]
        found = [
            (label, write(before[name]), write(after[name]))
            for name, (label, write) in self._writers.items()
            if name in before
        ]
        if "place" in before or "drop_in" in before:
            found.insert(0, ("Comment", _way(before), _way(after)))
        return [*found, *self._helps(before, after)]

    def _helps(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        return [
            (module_name(module_id).title, _help(help), _help(after[HELPS].get(module_id)))
            for module_id, help in before.get(HELPS, {}).items()
        ]


def _of(words: Mapping[Any, str]) -> Callable[[str | None], str]:
    return lambda code: words.get(code, code) if code else NOTHING


def _way(values: Mapping[str, Any]) -> str:
    """The way that these values tell; where only the drop-in changed, it was in the structure's place."""
    return WAYS[way_of(values.get("place", "lieu_activite"), bool(values.get("drop_in", False)))].words


def _help(help: str | None) -> str:
    return HELP_WORDS.get(help, help) if help else NOT_WORKED_ON  # type: ignore[call-overload, no-any-return]


def told_of_someone(told: Mapping[str, str]) -> str:
    """What somebody without a file told: « 60 à 69 ans, femme »."""
    words = [AGES.get(told.get("age", "")), GENDERS.get(told.get("gender", ""))]
    words.append(OCCUPATIONS.get(told.get("occupation", "")))
    return ", ".join(word.lower() for word in words if word)
