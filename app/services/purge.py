"""The automatic purge: people without contact for long are announced, then, a month later, erased."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services import access_log, erasing
from app.services.usagers import display_name
from app.store import purge_queries, queries
from app.store.database import db
from app.store.models import Structure, Usager

NOTICE = timedelta(days=30)
"""How long before a file is erased the conseillers are told."""


@dataclass(frozen=True)
class Purged:
    """What a purge did: people newly announced, people seen again since, people erased."""

    announced: int = 0
    spared: int = 0
    erased: int = 0

    def __add__(self, other: Purged) -> Purged:
        return Purged(
            self.announced + other.announced, self.spared + other.spared, self.erased + other.erased
        )


@dataclass(frozen=True)
class Announced:
    """Someone whose file will be erased, and the first day on which it may be."""

    usager: Usager
    name: str
    last_contact: datetime
    erased_from: datetime


def purge_all(now: datetime) -> Purged:
    """Purge every structure served here, and drop what the log of openings keeps no longer."""
    total = sum((purge(structure, now) for structure in queries.structures()), Purged())
    access_log.forget_old(now)
    return total


def purge(structure: Structure, now: datetime) -> Purged:
    """Announce, spare and erase in one structure. Nobody is erased who was not announced a month before."""
    quiet = purge_queries.quiet_since(structure.id, months_before(now + NOTICE, structure.purge_months))
    seen_again = {person.id for person in purge_queries.warned(structure.id)} - {p.id for p in quiet}
    announced = spared = 0
    for person in purge_queries.warned(structure.id):
        if person.id in seen_again:
            person.purge_warned_at = None
            spared += 1
    for person in quiet:
        if person.purge_warned_at is None:
            person.purge_warned_at = now
            announced += 1
    db.session.commit()
    due = [
        person
        for person in purge_queries.quiet_since(structure.id, months_before(now, structure.purge_months))
        if person.purge_warned_at is not None and person.purge_warned_at <= now - NOTICE
    ]
    for person in due:
        erasing.erase(person, None, now)
    return Purged(announced, spared, len(due))


def announced(structure: Structure) -> list[Announced]:
    """The people who will be erased soon."""
    people = purge_queries.warned(structure.id)
    contacts = purge_queries.last_contacts(structure.id, [person.id for person in people])
    return [_announced(person, contacts[person.id], structure) for person in people]


def announced_person(person: Usager, structure: Structure) -> Announced | None:
    """The same of one person; ``None`` while nothing is announced."""
    if person.purge_warned_at is None:
        return None
    contacts = purge_queries.last_contacts(structure.id, [person.id])
    return _announced(person, contacts[person.id], structure)


def count_announced(structure: Structure) -> int:
    """How many people will be erased soon."""
    return purge_queries.count_warned(structure.id)


def last_contact(person: Usager) -> datetime:
    """When a person was last seen, expected or put on the list."""
    return purge_queries.last_contacts(person.structure_id, [person.id])[person.id]


def _announced(person: Usager, last: datetime, structure: Structure) -> Announced:
    warned_at = person.purge_warned_at or last
    return Announced(
        person,
        display_name(person),
        last,
        max(months_after(last, structure.purge_months), warned_at + NOTICE),
    )


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months before; the last of the month where there is no such day."""
    return months_after(moment, -months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months after; the last of the month where there is no such day."""
    number = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(number, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))
