"""The day as a conseiller opens it: what is planned, what is left to note, who needs attention and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.services import attention
from app.services.attention import Group
from app.services.cards import Card
from app.services.local_days import day_bounds, local_day
from app.services.modules import ModuleName, module_name
from app.services.people import NamelessLine, nameless
from app.services.usagers import display_name
from app.store import appointment_queries, queries, seance_queries, summaries
from app.store.models import Account, Appointment, Atelier, Seance, Structure, Usager

NOTED_SHOWN = 12
PEOPLE_SHOWN = 3
NAMELESS_SHOWN = 3
NOT_NOTED_SINCE = timedelta(days=14)


class State(StrEnum):
    """Where a planned session stands."""

    COMING = "a_venir"
    NOW = "maintenant"
    PAST = "passe"
    RUNNING = "en_cours"
    DONE = "note"


@dataclass(frozen=True)
class Planned:
    """A planned session as the day shows it. ``person`` is ``None`` for an atelier."""

    appointment: Appointment
    state: State
    person: Usager | None
    card: Card | None
    people: Sequence[Usager]
    module: ModuleName | None
    leader: str
    hints: Sequence[str]
    """What to have in mind when this person comes, a sentence each."""

    @property
    def name(self) -> str:
        if self.person:
            return display_name(self.person)
        return self.module.title if self.module else "Atelier"


@dataclass(frozen=True)
class Today:
    """Everything of the page."""

    planned: Sequence[Planned]
    not_noted: Sequence[Planned]
    running: Sequence[Atelier]
    """Ateliers opened today, planned or not, still open."""
    left_open: Sequence[Atelier]
    """Ateliers of a day gone by that nobody ended."""
    groups: Sequence[Group]
    nameless: Sequence[NamelessLine]
    nameless_count: int
    noted: Sequence[tuple[Seance, Usager | None]]


def today(structure: Structure, account: Account, now: datetime, *, everyone: bool) -> Today:
    """The day of an account, or of the whole structure. The number of queries does not depend on how many
    people there are; a bounded number of them is derived again (see ``attention.py``)."""
    attention.refresh(structure.id, now)
    start, end = day_bounds(local_day(now, structure.timezone), structure.timezone)
    mine = None if everyone else account.id
    ateliers = appointment_queries.open_ateliers(structure.id)
    planned = appointment_queries.between(structure.id, start, end, mine)
    late = appointment_queries.not_noted(structure.id, now - NOT_NOTED_SINCE, start, mine)
    shown = planned_lines(structure, [*planned, *late], now)
    from_plan = {line.appointment.atelier_id for line in shown}
    return Today(
        planned=shown[: len(planned)],
        not_noted=shown[len(planned) :],
        running=[a for a in ateliers if a.opened_at >= start and a.id not in from_plan],
        left_open=[a for a in ateliers if a.opened_at < start],
        groups=attention.groups(structure, now, mine, PEOPLE_SHOWN),
        nameless=nameless(structure, NAMELESS_SHOWN),
        nameless_count=queries.count_nameless_diagnostics(structure.id),
        noted=seance_queries.seances_between(structure.id, start, end, author_id=mine, limit=NOTED_SHOWN),
    )


def planned_lines(structure: Structure, appointments: Sequence[Appointment], now: datetime) -> list[Planned]:
    """Planned sessions with whom and what they are about, with the same number of queries for any number."""
    ids = {each.usager_id for each in appointments if each.usager_id}
    people = appointment_queries.people(structure.id, ids)
    known = summaries.summaries_of(structure.id, ids)
    expected = appointment_queries.expected(
        structure.id, [each.id for each in appointments if each.usager_id is None]
    )
    ateliers = appointment_queries.ateliers(
        structure.id, {each.atelier_id for each in appointments if each.atelier_id}
    )
    names = appointment_queries.account_names(structure.id)
    found = []
    for each in appointments:
        person = people.get(each.usager_id) if each.usager_id else None
        summary = known.get(person.id) if person else None
        found.append(
            Planned(
                appointment=each,
                state=_state(each, ateliers.get(each.atelier_id) if each.atelier_id else None, now),
                person=person,
                card=Card.parse(person.card) if person else None,
                people=expected.get(each.id, ()),
                module=module_name(each.module_id) if each.module_id else None,
                leader=names.get(each.author_id, ""),
                hints=attention.hints(summary, now) if summary else (),
            )
        )
    return found


def _state(appointment: Appointment, atelier: Atelier | None, now: datetime) -> State:
    if atelier is not None:
        return State.RUNNING if atelier.closed_at is None else State.DONE
    if appointment.seance_id is not None:
        return State.DONE
    end = appointment.starts_at + timedelta(minutes=appointment.minutes)
    if end < now:
        return State.PAST
    return State.NOW if appointment.starts_at <= now + timedelta(minutes=15) else State.COMING
