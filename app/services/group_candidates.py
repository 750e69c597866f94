"""Whom level groups can be proposed for: people followed, of whom something is known."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from app.services.people import plain
from app.services.usagers import display_name
from app.store import group_queries
from app.store.models import Structure, Usager

AT_ONCE = 120
"""People put into groups at once: some 5 ms each to know them, and an address of 5 kB that names them all;
common proxies refuse more than 8."""
UNKNOWN_NAMED = 24


@dataclass(frozen=True)
class Candidates:
    """Whom groups can be made of, by name, and those of whom nothing is known yet. The counts are of all, the
    lists of those seen last."""

    known: tuple[Usager, ...]
    known_count: int
    unknown: tuple[Usager, ...]
    unknown_count: int


def candidates(structure: Structure, goal_id: str = "", chosen: Collection[uuid.UUID] = ()) -> Candidates:
    """The people of a structure, or those who have a goal. Those already chosen are always among them."""
    known, known_count = group_queries.people_with_evidence(structure.id, goal_id, AT_ONCE)
    unknown, unknown_count = group_queries.people_without_evidence(structure.id, goal_id, UNKNOWN_NAMED)
    listed = {person.id for person in (*known, *unknown)}
    others = group_queries.followed_people(structure.id, set(chosen) - listed)
    return Candidates(by_name([*known, *others]), known_count, by_name(unknown), unknown_count)


def by_name(people: Collection[Usager]) -> tuple[Usager, ...]:
    """These people in the order of the alphabet."""
    return tuple(sorted(people, key=lambda person: (plain(display_name(person)), person.id)))
