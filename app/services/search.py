"""Search from anywhere: people of the structure, modules, workshop sheets."""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.content.models import Module, Workshop
from app.services.engines import current_engines
from app.services.people import plain
from app.services.usagers import name_of
from app.store import people_queries

T = TypeVar("T")

SHOWN = 8
LEAST = 2
"""Letters below which nothing is searched."""
ALIKE = 0.75
"""How alike a word typed with a slip and the one meant are: one letter in four."""


@dataclass(frozen=True)
class FoundPerson:
    """Someone of the structure."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Found:
    """What a search brings, the best first; at most eight of each."""

    people: Sequence[FoundPerson] = ()
    modules: Sequence[Module] = ()
    workshops: Sequence[Workshop] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.modules or self.workshops)


def search(structure_id: uuid.UUID, text: str) -> Found:
    """What these words are found in; nothing for fewer than two letters."""
    words = plain(text).split()
    if sum(map(len, words)) < LEAST:
        return Found()
    content = current_engines().content
    people = [
        FoundPerson(row.id, name_of(row.first_name, row.last_initial))
        for row in people_queries.person_rows(structure_id)
    ]
    return Found(
        people=_best(words, [(one, one.name, "") for one in people]),
        modules=_best(words, [(m, m.title, m.objective) for m in content.modules.values()]),
        workshops=_best(words, [(w, w.title, _taught(w)) for w in content.workshops.values()]),
    )


def _taught(workshop: Workshop) -> str:
    modules = current_engines().content.modules
    return " ".join(modules[id_].title for id_ in workshop.modules if id_ in modules)


def _best(words: Sequence[str], things: Sequence[tuple[T, str, str]]) -> list[T]:
    """The things that all the words are found in; where there are none, those named almost so."""
    plained = [(thing, plain(name), plain(more)) for thing, name, more in things]
    ranked = [(_rank(words, name, more), name, thing) for thing, name, more in plained]
    found = [one for one in ranked if one[0] is not None]
    found = found or [(0, name, thing) for thing, name, _ in plained if _is_almost(words, name)]
    found.sort(key=lambda one: (one[0], one[1]))
    return [thing for _, _, thing in found[:SHOWN]]


def _rank(words: Sequence[str], name: str, more: str) -> int | None:
    """Words that begin the name's come first, then those inside it, then those in the rest."""
    if all(any(part.startswith(word) for part in name.split()) for word in words):
        return 0
    if all(word in name for word in words):
        return 1
    return 2 if all(word in name or word in more for word in words) else None


def _is_almost(words: Sequence[str], name: str) -> bool:
    """Each word with a slip of the finger; the first letter is hardly ever wrong, and looking only there is
    what keeps ten thousand names quick."""
    return all(
        any(
            part[:1] == word[:1]
            and abs(len(part) - len(word)) <= 2
            and difflib.SequenceMatcher(None, part, word).ratio() >= ALIKE
            for part in name.split()
        )
        for word in words
    )
