"""Adding the people of a file: first what it would do, then, once somebody has looked, doing it."""

from __future__ import annotations

import random
import re
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.services.cards import COLOURS, PICTURES, free_card, new_secret
from app.services.people import plain
from app.services.people_import_columns import CellProblem, ReadPerson, read_people
from app.services.people_import_file import ImportFileError, read_table
from app.store import exchange_queries, queries
from app.store.database import db
from app.store.exchange_queries import KnownPerson
from app.store.models import Structure, Usager

__all__ = ["Added", "Candidate", "DryRun", "ImportFileError", "add_people", "dry_run"]

CARDS_KEPT = 30
"""Picture cards left for the people who will come through the door."""
ANOTHER_PERSON = "autre"


@dataclass(frozen=True)
class Candidate:
    """Someone of the file, with whom they may be: people already there, or an earlier line."""

    person: ReadPerson
    known: tuple[KnownPerson, ...] = ()
    same_as_line: int | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody must say if it is the same person."""
        return bool(self.known) or self.same_as_line is not None


@dataclass(frozen=True)
class DryRun:
    """What a file would do."""

    candidates: tuple[Candidate, ...]
    problems: tuple[CellProblem, ...]

    @property
    def new(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if not candidate.is_doubtful]

    @property
    def doubtful(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.is_doubtful]


@dataclass(frozen=True)
class Added:
    """What was done: people added, and files that a missing decade or gender was put in."""

    added: int
    completed: int


def dry_run(structure: Structure, content: bytes, now: datetime) -> DryRun:
    """What adding the people of a file would do; nothing is written. Raises ``ImportFileError``."""
    read = read_people(read_table(content), now.year)
    return DryRun(candidates(structure.id, read.people), read.problems)


def candidates(structure_id: uuid.UUID, people: Sequence[ReadPerson]) -> tuple[Candidate, ...]:
    """Each person of a file, with whom they may be."""
    there: dict[str, list[KnownPerson]] = defaultdict(list)
    for known in exchange_queries.known_people(structure_id):
        there[_alike(known.first_name)].append(known)
    earlier: dict[str, list[ReadPerson]] = defaultdict(list)
    found = []
    for person in people:
        name = _alike(person.first_name)
        same_line = next((other.line for other in earlier[name] if _may_be(person, other)), None)
        found.append(
            Candidate(person, tuple(other for other in there[name] if _may_be(person, other)), same_line)
        )
        earlier[name].append(person)
    return tuple(found)


def _alike(first_name: str) -> str:
    """Names that are written in several ways: accents, capitals, hyphens."""
    return " ".join(re.sub(r"[\W_]+", " ", plain(first_name)).split())


def _may_be(person: ReadPerson, other: KnownPerson | ReadPerson) -> bool:
    """The same first name is known: nothing else says that they are two people."""
    return _agree(plain(person.last_initial or ""), plain(other.last_initial or "")) and _agree(
        person.birth_decade, other.birth_decade
    )


def _agree(one: object, other: object) -> bool:
    return not one or not other or one == other


def add_people(
    structure: Structure,
    found: Sequence[Candidate],
    choices: Mapping[int, str],
    *,
    import_id: uuid.UUID,
    now: datetime,
    rng: random.Random,
) -> Added:
    """Add the people of a file, once whatever the retries.

    ``choices`` says, by line, who a doubtful one is: the id of somebody there, « ligne-5 » for an earlier
    line, or « autre » for another person. Without a choice it is the one proposed first, so that nobody is
    there twice by accident. For somebody already there, only what was unknown is filled in.
    """
    # Who each line turned out to be; a line like an earlier one may lead to somebody there.
    who: dict[int, uuid.UUID] = {}
    for candidate in found:
        who[candidate.person.line] = _who(candidate, choices, who, import_id)
    own = {uuid.uuid5(import_id, str(candidate.person.line)) for candidate in found}
    already = exchange_queries.existing_ids(structure.id, own)
    new: dict[uuid.UUID, Usager] = {}
    completed: set[uuid.UUID] = set()
    cards = _Cards(structure.id, rng)
    for candidate in found:
        usager_id = who[candidate.person.line]
        if usager_id in new:
            _complete(new[usager_id], candidate.person)
        elif usager_id in own and usager_id not in already:
            new[usager_id] = _new(structure, usager_id, candidate.person, cards, now, rng)
        elif (known := queries.usager(structure.id, usager_id)) and _complete(known, candidate.person):
            completed.add(usager_id)
    db.session.add_all(new.values())
    try:
        db.session.commit()
    except IntegrityError:
        # The same form was sent at the same instant, or somebody was just given one of the cards.
        db.session.rollback()
        if own & exchange_queries.existing_ids(structure.id, own):
            return Added(0, 0)
        raise ImportFileError("Quelqu'un d'autre ajoutait une personne. Recommencez.") from None
    return Added(len(new), len(completed))


def _who(
    candidate: Candidate, choices: Mapping[int, str], who: Mapping[int, uuid.UUID], import_id: uuid.UUID
) -> uuid.UUID:
    possible = {str(known.id): known.id for known in candidate.known}
    if candidate.same_as_line in who:
        possible[f"ligne-{candidate.same_as_line}"] = who[candidate.same_as_line]
    chosen = choices.get(candidate.person.line)
    if chosen != ANOTHER_PERSON and possible:
        return possible.get(chosen or "", next(iter(possible.values())))
    return uuid.uuid5(import_id, str(candidate.person.line))


def _complete(usager: Usager, person: ReadPerson) -> bool:
    """Fill in what was unknown; whether there was anything to fill in."""
    before = (usager.birth_decade, usager.gender, usager.last_initial)
    if usager.birth_decade is None:
        usager.birth_decade = person.birth_decade
    usager.gender = usager.gender or person.gender
    usager.last_initial = usager.last_initial or person.last_initial
    return before != (usager.birth_decade, usager.gender, usager.last_initial)


class _Cards:
    """The picture cards that are given on import."""

    def __init__(self, structure_id: uuid.UUID, rng: random.Random) -> None:
        self.rng = rng
        self.taken = {person.card for person in queries.named_usagers(structure_id) if person.card}

    def next(self) -> str | None:
        """A card, or nothing where few are left; such a person starts from the conseiller's list."""
        if len(self.taken) + CARDS_KEPT >= len(PICTURES) * len(COLOURS):
            return None
        card = str(free_card(self.taken, self.rng))
        self.taken.add(card)
        return card


def _new(
    structure: Structure,
    usager_id: uuid.UUID,
    person: ReadPerson,
    cards: _Cards,
    now: datetime,
    rng: random.Random,
) -> Usager:
    return Usager(
        structure_id=structure.id,
        id=usager_id,
        first_name=person.first_name,
        last_initial=person.last_initial,
        birth_decade=person.birth_decade,
        gender=person.gender,
        card=cards.next(),
        secret=new_secret(rng),
        device=structure.default_device,
        sound=True,
        session_minutes=60,
        created_at=now,
    )
