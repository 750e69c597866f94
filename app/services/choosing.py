"""Choosing people from a structure of any size: those seen lately, and those that a search finds."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from app.services.people import plain
from app.store import appointment_queries, summaries
from app.store.models import Structure, Usager

RECENT = 24
FOUND = 24


def candidates(structure: Structure, search: str = "", chosen: Collection[uuid.UUID] = ()) -> list[Usager]:
    """Those already chosen, then those whose name the search begins; without a search, those seen lately."""
    words = plain(search).split()
    ids = _found(structure, words) if words else summaries.seen_lately(structure.id, RECENT)
    people = appointment_queries.people(structure.id, {*chosen, *ids})
    first = [people[id_] for id_ in chosen if id_ in people]
    others = [people[id_] for id_ in ids if id_ in people and id_ not in chosen]
    return [*first, *others]


def _found(structure: Structure, words: list[str]) -> list[uuid.UUID]:
    found = []
    for id_, first_name, last_initial in summaries.names(structure.id):
        parts = plain(f"{first_name} {last_initial or ''}").split()
        if all(any(part.startswith(word.rstrip(".")) for part in parts) for word in words):
            found.append(id_)
    return found[:FOUND]
