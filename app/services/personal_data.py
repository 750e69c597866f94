"""What is kept of a person beside their learning, in closed lists; and the structure's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.services import coop_codes
from app.services.coop_codes import NOT_SAID
from app.services.usagers import checked_first_name, shown_text
from app.store.database import db
from app.store.models import Structure, Usager

OLDEST = 110
"""Years: nobody older is expected."""
PURGE_MONTHS: Mapping[int, str] = {6: "6 mois", 12: "1 an", 24: "2 ans", 36: "3 ans"}
"""Months without contact after which a file is erased, and how one says it."""


def decades(now: datetime) -> dict[int, str]:
    """Decades of birth, the youngest first, and how one says them."""
    first, last = (now.year - OLDEST) // 10 * 10, now.year // 10 * 10
    return {decade: f"Années {decade}" for decade in range(last, first - 1, -10)}


def told(codes: Mapping[str, str]) -> dict[str, str]:
    """A list of La Coop without « not said », which nothing needs: it is what is kept when nothing is."""
    return {code: words for code, words in codes.items() if code != NOT_SAID}


GENDERS = told(coop_codes.GENDERS)
OCCUPATIONS = told(coop_codes.OCCUPATIONS)


@dataclass(frozen=True)
class Identity:
    """Who a person is here: no more than this."""

    first_name: str
    last_initial: str | None = None
    birth_decade: int | None = None
    gender: str | None = None
    occupation: str | None = None


def rectify(person: Usager, identity: Identity, now: datetime) -> None:
    """Put right who a person is. Raises ``UsagerError``."""
    person.first_name = checked_first_name(identity.first_name)
    person.last_initial = shown_text(identity.last_initial or "")[:1].upper() or None
    tell_more(person, identity, now)


def tell_more(person: Usager, identity: Identity, now: datetime) -> None:
    """Keep what statistics ask; what is not of the lists is left out."""
    person.birth_decade = identity.birth_decade if identity.birth_decade in decades(now) else None
    person.gender = identity.gender if identity.gender in GENDERS else None
    person.occupation = identity.occupation if identity.occupation in OCCUPATIONS else None
    db.session.commit()


def notice_heard(person: Usager, now: datetime) -> None:
    """Keep when a person was told what is kept, the first time."""
    if person.notice_heard_at is None:
        person.notice_heard_at = now
        db.session.commit()


def set_rules(structure: Structure, *, purge_months: int, free_notes: bool) -> None:
    """Keep the structure's rules. Raises ``ValueError`` for a delay that is not of the list."""
    if purge_months not in PURGE_MONTHS:
        raise ValueError(f"{purge_months} months is not one of the delays")
    structure.purge_months, structure.free_notes = purge_months, free_notes
    db.session.commit()
