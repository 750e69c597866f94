"""Queries about planned sessions: a day's, a person's, those that passed and were not noted."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.store.database import db
from app.store.models import Account, Appointment, AppointmentUsager, Atelier, Seance, Usager


def appointment(structure_id: uuid.UUID, appointment_id: uuid.UUID) -> Appointment | None:
    return db.session.get(Appointment, (structure_id, appointment_id))


def between(
    structure_id: uuid.UUID, start: datetime, end: datetime, author_id: uuid.UUID | None = None
) -> Sequence[Appointment]:
    """What is planned from ``start`` to before ``end``, cancelled ones left out, in order."""
    planned = _planned(structure_id, start, end, author_id)
    return db.session.scalars(planned.order_by(Appointment.starts_at, Appointment.id)).all()


def _planned(
    structure_id: uuid.UUID, start: datetime, end: datetime, author_id: uuid.UUID | None
) -> sa.Select[tuple[Appointment]]:
    """What one account leads in this time, or anybody; cancelled ones left out."""
    asked = sa.select(Appointment).where(
        Appointment.structure_id == structure_id,
        Appointment.starts_at >= start,
        Appointment.starts_at < end,
        Appointment.cancelled_at.is_(None),
    )
    return asked.where(Appointment.author_id == author_id) if author_id else asked


def not_noted(
    structure_id: uuid.UUID, start: datetime, end: datetime, author_id: uuid.UUID | None = None
) -> Sequence[Appointment]:
    """What was planned in this time and neither noted nor cancelled, the latest first."""
    return db.session.scalars(
        _planned(structure_id, start, end, author_id)
        .where(Appointment.seance_id.is_(None), Appointment.atelier_id.is_(None))
        .order_by(Appointment.starts_at.desc())
    ).all()


def of_person(person: Usager, since: datetime) -> Sequence[Appointment]:
    """A person's own, and the planned ateliers they are expected at, cancelled ones left out, in order."""
    ateliers = sa.select(AppointmentUsager.appointment_id).where(
        AppointmentUsager.structure_id == person.structure_id, AppointmentUsager.usager_id == person.id
    )
    return db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.structure_id == person.structure_id,
            sa.or_(Appointment.usager_id == person.id, Appointment.id.in_(ateliers)),
            Appointment.starts_at >= since,
            Appointment.cancelled_at.is_(None),
        )
        .order_by(Appointment.starts_at)
    ).all()


def waiting_for_a_seance(person: Usager, start: datetime, end: datetime) -> Appointment | None:
    """The person's own appointment of that time that no session came of yet."""
    return db.session.scalar(
        sa.select(Appointment)
        .where(
            Appointment.structure_id == person.structure_id,
            Appointment.usager_id == person.id,
            Appointment.starts_at >= start,
            Appointment.starts_at < end,
            Appointment.cancelled_at.is_(None),
            Appointment.seance_id.is_(None),
        )
        .order_by(Appointment.starts_at)
        .limit(1)
    )


def forget_seance(seance: Seance) -> None:
    """The appointment that a session came of has none any more; not committed."""
    db.session.execute(
        sa.update(Appointment)
        .where(Appointment.structure_id == seance.structure_id, Appointment.seance_id == seance.id)
        .values(seance_id=None)
    )


def is_expected(structure_id: Any, usager_id: Any, now: datetime) -> sa.ColumnElement[bool]:
    """Whether someone has an appointment to come, an atelier's included; for use inside a query."""
    own, group = aliased(Appointment), aliased(Appointment)
    alone = sa.exists().where(
        own.structure_id == structure_id,
        own.usager_id == usager_id,
        own.starts_at > now,
        own.cancelled_at.is_(None),
    )
    with_others = sa.exists().where(
        AppointmentUsager.structure_id == structure_id,
        AppointmentUsager.usager_id == usager_id,
        group.structure_id == AppointmentUsager.structure_id,
        group.id == AppointmentUsager.appointment_id,
        group.starts_at > now,
        group.cancelled_at.is_(None),
    )
    return sa.or_(alone, with_others)


def expected(
    structure_id: uuid.UUID, appointment_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Usager]]:
    """Who is expected at each of these planned ateliers, by first name."""
    rows = db.session.execute(
        sa.select(AppointmentUsager.appointment_id, Usager)
        .join(
            Usager,
            sa.and_(
                Usager.structure_id == AppointmentUsager.structure_id,
                Usager.id == AppointmentUsager.usager_id,
            ),
        )
        .where(
            AppointmentUsager.structure_id == structure_id,
            AppointmentUsager.appointment_id.in_(appointment_ids),
        )
        .order_by(Usager.first_name)
    )
    found: dict[uuid.UUID, list[Usager]] = {}
    for appointment_id, person in rows:
        found.setdefault(appointment_id, []).append(person)
    return found


def people(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Usager]:
    """These people by id."""
    rows = db.session.scalars(
        sa.select(Usager).where(Usager.structure_id == structure_id, Usager.id.in_(ids))
    )
    return {person.id: person for person in rows}


def ateliers(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Atelier]:
    """These ateliers by id."""
    rows = db.session.scalars(
        sa.select(Atelier).where(Atelier.structure_id == structure_id, Atelier.id.in_(ids))
    )
    return {atelier.id: atelier for atelier in rows}


def open_ateliers(structure_id: uuid.UUID) -> Sequence[Atelier]:
    """Ateliers that are open, the oldest first."""
    return db.session.scalars(
        sa.select(Atelier)
        .where(Atelier.structure_id == structure_id, Atelier.closed_at.is_(None))
        .order_by(Atelier.opened_at)
    ).all()


def account_names(structure_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The name of each account of the structure."""
    rows = db.session.execute(sa.select(Account.id, Account.name).where(Account.structure_id == structure_id))
    return {id_: name for id_, name in rows}  # noqa: C416  (rows are not pairs to a type checker)


def active_accounts(structure_id: uuid.UUID) -> Sequence[Account]:
    """Those who can lead a session, by name."""
    return db.session.scalars(
        sa.select(Account)
        .where(Account.structure_id == structure_id, Account.active.is_(True))
        .order_by(Account.name)
    ).all()


def forget_expected(of: Appointment) -> None:
    """Take everybody off the list of a planned atelier; not yet committed."""
    db.session.execute(
        sa.delete(AppointmentUsager).where(
            AppointmentUsager.structure_id == of.structure_id, AppointmentUsager.appointment_id == of.id
        )
    )
