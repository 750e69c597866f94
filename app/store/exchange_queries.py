"""What exports, imports and the calendar feed ask of the database."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.engine.evidence import Source
from app.store.database import db
from app.store.models import (
    Account,
    Appointment,
    AppointmentUsager,
    Atelier,
    AtelierParticipant,
    EvidenceRow,
    FileAccess,
    HandOver,
    Place,
    PlanChange,
    Seance,
    SeanceChange,
    Usager,
    UsagerNote,
)
from app.store.queries import identities

# --- activities: what La Coop counts. The sessions of one atelier are one. ---


@dataclass(frozen=True)
class ActivityTotals:
    """What a period adds up to. ``minutes`` are those of the activities, however many took part."""

    activities: int
    participants: int
    minutes: int


def activity_key() -> sa.ColumnElement[uuid.UUID]:
    """What the sessions of one activity share."""
    return sa.func.coalesce(Seance.atelier_id, Seance.id)


def in_period(structure_id: uuid.UUID, start: datetime, end: datetime) -> sa.ColumnElement[bool]:
    """The sessions of a structure that count, in a period, its end left out."""
    return sa.and_(
        Seance.structure_id == structure_id,
        Seance.occurred_at >= start,
        Seance.occurred_at < end,
        Seance.counts(),
    )


def activity_totals(structure_id: uuid.UUID, start: datetime, end: datetime) -> ActivityTotals:
    """How many activities, participants and minutes there were in a period."""
    each = (
        sa.select(
            sa.func.sum(Seance.participants).label("participants"),
            sa.func.max(Seance.minutes).label("minutes"),
        )
        .where(in_period(structure_id, start, end))
        .group_by(activity_key())
        .subquery()
    )
    row = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(each.c.participants), 0),
            sa.func.coalesce(sa.func.sum(each.c.minutes), 0),
        ).select_from(each)
    ).one()
    return ActivityTotals(*(int(value) for value in row))


def activity_sessions(
    structure_id: uuid.UUID, start: datetime, end: datetime, *, limit: int, offset: int
) -> list[list[Seance]]:
    """The sessions of each activity of a period, newest activity first."""
    key = activity_key().label("key")
    last = sa.func.max(Seance.occurred_at).label("last")
    found = db.session.execute(
        sa.select(key, last, sa.func.min(Seance.occurred_at))
        .where(in_period(structure_id, start, end))
        .group_by(key)
        .order_by(last.desc(), key)
        .limit(limit)
        .offset(offset)
    ).all()
    groups: dict[uuid.UUID, list[Seance]] = {row[0]: [] for row in found}
    if groups:
        own = db.session.scalars(
            sa.select(Seance)
            .where(
                Seance.structure_id == structure_id,
                Seance.occurred_at >= min(row[2] for row in found),
                Seance.occurred_at <= max(row[1] for row in found),
                Seance.counts(),
            )
            .order_by(Seance.occurred_at, Seance.id)
        )
        for seance in own:
            if (seance.atelier_id or seance.id) in groups:
                groups[seance.atelier_id or seance.id].append(seance)
    return list(groups.values())


def observations_of(structure_id: uuid.UUID, seances: Collection[Seance]) -> Sequence[EvidenceRow]:
    """What was observed in these sessions and that no other row corrects."""
    correction = aliased(EvidenceRow)
    return db.session.scalars(
        sa.select(EvidenceRow)
        .where(
            EvidenceRow.structure_id == structure_id,
            # Through the person: that is the way the rows are found fast.
            EvidenceRow.usager_id.in_({s.usager_id for s in seances if s.usager_id}),
            EvidenceRow.seance_id.in_({s.id for s in seances}),
            EvidenceRow.source == Source.OBSERVATION,
            EvidenceRow.help.is_not(None),
            ~sa.exists().where(
                correction.structure_id == EvidenceRow.structure_id, correction.corrects_id == EvidenceRow.id
            ),
        )
        .order_by(EvidenceRow.seance_id, EvidenceRow.recorded_at, EvidenceRow.id)
    ).all()


def usagers_by_id(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Usager]:
    """These usagers, and those whom the nameless ones turned out to be."""
    named = aliased(Usager)
    rows = db.session.execute(
        sa.select(Usager, named)
        .outerjoin(
            named, sa.and_(named.structure_id == Usager.structure_id, named.id == Usager.attached_to_id)
        )
        .where(Usager.structure_id == structure_id, Usager.id.in_(ids))
    )
    return {person.id: known or person for person, known in rows}


def places_by_id(structure_id: uuid.UUID) -> dict[uuid.UUID, Place]:
    """The places of a structure, those put away included."""
    found = db.session.scalars(sa.select(Place).where(Place.structure_id == structure_id))
    return {place.id: place for place in found}


def ateliers_by_id(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Atelier]:
    """These ateliers."""
    found = db.session.scalars(
        sa.select(Atelier).where(Atelier.structure_id == structure_id, Atelier.id.in_(ids))
    )
    return {atelier.id: atelier for atelier in found}


# --- everything on one person ---


def appointments_of(person: Usager) -> Sequence[Appointment]:
    """The appointments of a person, and the planned ateliers where they are expected, oldest first."""
    ids = identities(person)
    expected = sa.select(AppointmentUsager.appointment_id).where(
        AppointmentUsager.structure_id == person.structure_id, AppointmentUsager.usager_id.in_(ids)
    )
    return db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.structure_id == person.structure_id,
            sa.or_(Appointment.usager_id.in_(ids), Appointment.id.in_(expected)),
        )
        .order_by(Appointment.starts_at)
    ).all()


def ateliers_of(person: Usager) -> Sequence[tuple[AtelierParticipant, Atelier]]:
    """The ateliers that a person was on the list of, oldest first."""
    rows = db.session.execute(
        sa.select(AtelierParticipant, Atelier)
        .join(
            Atelier,
            sa.and_(
                Atelier.structure_id == AtelierParticipant.structure_id,
                Atelier.id == AtelierParticipant.atelier_id,
            ),
        )
        .where(
            AtelierParticipant.structure_id == person.structure_id,
            AtelierParticipant.usager_id.in_(identities(person)),
        )
        .order_by(Atelier.opened_at)
    )
    return [(taking, atelier) for taking, atelier in rows]


def plan_changes_of(person: Usager) -> Sequence[PlanChange]:
    """What was changed in a person's plan, oldest first."""
    return _of_person(PlanChange, person, PlanChange.made_at)


def seance_changes_of(person: Usager) -> Sequence[SeanceChange]:
    """What was put right in a person's sessions, oldest first."""
    return db.session.scalars(
        sa.select(SeanceChange)
        .join(
            Seance,
            sa.and_(Seance.structure_id == SeanceChange.structure_id, Seance.id == SeanceChange.seance_id),
        )
        .where(Seance.structure_id == person.structure_id, Seance.usager_id.in_(identities(person)))
        .order_by(SeanceChange.made_at, SeanceChange.id)
    ).all()


def notes_of(person: Usager) -> Sequence[UsagerNote]:
    """The free notes on a person, oldest first."""
    return _of_person(UsagerNote, person, UsagerNote.written_at)


def hand_overs_of(person: Usager) -> Sequence[HandOver]:
    """When a person's follow-up was passed on, oldest first."""
    return _of_person(HandOver, person, HandOver.made_at)


def accesses_to(person: Usager) -> Sequence[FileAccess]:
    """Who opened a person's file, oldest first."""
    return _of_person(FileAccess, person, FileAccess.at)


def _of_person(table: type, person: Usager, moment: sa.ColumnElement) -> Sequence:
    return db.session.scalars(
        sa.select(table)
        .where(table.structure_id == person.structure_id, table.usager_id.in_(identities(person)))
        .order_by(moment, table.id)
    ).all()


# --- the calendar feed ---


def account_by_calendar_token(token: str) -> Account | None:
    """The account whose calendar has this address; nobody where it was closed."""
    return db.session.scalar(
        sa.select(Account).where(Account.calendar_token == token, Account.active.is_(True))
    )


def appointments_led_by(account: Account, start: datetime, end: datetime) -> Sequence[Appointment]:
    """The appointments that an account leads and that begin in a period, cancelled ones included."""
    return db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.structure_id == account.structure_id,
            Appointment.author_id == account.id,
            Appointment.starts_at >= start,
            Appointment.starts_at < end,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()


def ateliers_led_by(account: Account, start: datetime, end: datetime) -> Sequence[Atelier]:
    """The ateliers that an account opened in a period and that no appointment announced."""
    announced = sa.exists().where(
        Appointment.structure_id == Atelier.structure_id, Appointment.atelier_id == Atelier.id
    )
    return db.session.scalars(
        sa.select(Atelier)
        .where(
            Atelier.structure_id == account.structure_id,
            Atelier.author_id == account.id,
            Atelier.opened_at >= start,
            Atelier.opened_at < end,
            ~announced,
        )
        .order_by(Atelier.opened_at, Atelier.id)
    ).all()


# --- people already there, for an import ---


@dataclass(frozen=True)
class KnownPerson:
    """What tells one person from another in a list."""

    id: uuid.UUID
    first_name: str
    last_initial: str | None
    birth_decade: int | None
    gender: str | None


def known_people(structure_id: uuid.UUID) -> list[KnownPerson]:
    """Everybody with a first name."""
    rows = db.session.execute(
        sa.select(
            Usager.id, Usager.first_name, Usager.last_initial, Usager.birth_decade, Usager.gender
        ).where(Usager.structure_id == structure_id, Usager.first_name.is_not(None))
    )
    return [KnownPerson(*row) for row in rows]


def existing_ids(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these usagers exist."""
    found: set[uuid.UUID] = set()
    wanted = list(ids)
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        found.update(
            db.session.scalars(
                sa.select(Usager.id).where(Usager.structure_id == structure_id, Usager.id.in_(some))
            )
        )
    return found
