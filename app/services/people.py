"""The people of a structure as the conseiller's list shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.content.models import Goal
from app.services.cards import Card
from app.services.engines import current_engines
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Structure, Usager


@dataclass(frozen=True)
class PersonLine:
    """One person of the list. ``goal`` is ``None`` when there is none, or when it left the content since."""

    usager: Usager
    name: str
    card: Card | None
    goal: Goal | None
    last_visit: datetime | None


@dataclass(frozen=True)
class NamelessLine:
    """A diagnostic taken without a name, waiting for one."""

    usager: Usager
    started_at: datetime
    goal: Goal | None


def plain(text: str) -> str:
    """The text without accents or capitals, as people search it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def people(structure: Structure, search: str = "") -> list[PersonLine]:
    """The people with a first name, in alphabetical order; with a search, those who match all its words."""
    visits = _last_visits(structure)
    lines = [_line(person, visits.get(person.id)) for person in queries.named_usagers(structure.id)]
    words = plain(search).split()
    found = [line for line in lines if all(word in _searchable(line) for word in words)]
    return sorted(found, key=lambda line: plain(line.name))


def _line(person: Usager, last_visit: datetime | None) -> PersonLine:
    goal = current_engines().content.find_goal(person.goal_id or "")
    return PersonLine(person, display_name(person), Card.parse(person.card), goal, last_visit)


def _searchable(line: PersonLine) -> str:
    return plain(f"{line.name} {line.goal.title if line.goal else ''}")


def _last_visits(structure: Structure) -> dict[object, datetime]:
    """Last visits, those of a diagnostic taken without a name counted for whom it turned out to be."""
    persons = queries.attachments(structure.id)
    latest: dict[object, datetime] = {}
    for usager_id, moment in queries.last_visits(structure.id).items():
        person_id = persons.get(usager_id, usager_id)
        latest[person_id] = max(moment, latest.get(person_id, moment))
    return latest


def nameless(structure: Structure, limit: int) -> Sequence[NamelessLine]:
    """The newest diagnostics that wait for a name."""
    goals = current_engines().content.goals
    return [
        NamelessLine(person, started_at, goals.get(person.goal_id or ""))
        for person, started_at in queries.nameless_diagnostics(structure.id, limit)
    ]


def nameless_line(person: Usager) -> NamelessLine:
    """One of them, with when their last diagnostic began."""
    sittings = queries.sittings_of(person)
    started_at = sittings[0].started_at if sittings else person.created_at
    return NamelessLine(person, started_at, current_engines().content.find_goal(person.goal_id or ""))
