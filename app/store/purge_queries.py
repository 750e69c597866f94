"""Who has not been in contact for long, and who is warned of."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.store.database import db
from app.store.models import Appointment, AppointmentUsager, DiagnosticSitting, EvidenceRow, Seance, Usager


def quiet_since(structure_id: uuid.UUID, moment: datetime) -> Sequence[Usager]:
    """People, nameless ones included, with whom there was no contact since an instant: put on the list,
    seen, expected at an appointment, or using a tablet."""
    other = aliased(Usager)
    heard = sa.select(sa.func.coalesce(other.attached_to_id, other.id)).where(
        other.structure_id == structure_id, other.erased_at.is_(None), _in_contact(other, moment)
    )
    return db.session.scalars(
        sa.select(Usager)
        .where(
            Usager.structure_id == structure_id,
            Usager.attached_to_id.is_(None),
            Usager.erased_at.is_(None),
            Usager.id.not_in(heard),
        )
        .order_by(Usager.created_at, Usager.id)
    ).all()


def _in_contact(person: type[Usager], moment: datetime) -> sa.ColumnElement[bool]:
    expected = (
        sa.select(AppointmentUsager.appointment_id)
        .join(
            Appointment,
            sa.and_(
                Appointment.structure_id == AppointmentUsager.structure_id,
                Appointment.id == AppointmentUsager.appointment_id,
            ),
        )
        .where(
            AppointmentUsager.structure_id == person.structure_id,
            AppointmentUsager.usager_id == person.id,
            Appointment.starts_at > moment,
            Appointment.cancelled_at.is_(None),
        )
        .exists()
    )
    own = sa.exists().where(
        Appointment.structure_id == person.structure_id,
        Appointment.usager_id == person.id,
        Appointment.starts_at > moment,
        Appointment.cancelled_at.is_(None),
    )
    return sa.or_(
        person.created_at > moment,
        _since(Seance, Seance.occurred_at, person, moment),
        _since(DiagnosticSitting, DiagnosticSitting.started_at, person, moment),
        _since(EvidenceRow, EvidenceRow.occurred_at, person, moment),
        own,
        expected,
    )


def _since(
    table: type, when: sa.ColumnElement[datetime], person: type[Usager], moment: datetime
) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        table.structure_id == person.structure_id, table.usager_id == person.id, when > moment
    )


def last_contacts(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When each of these people was last in contact."""
    person = aliased(Usager)
    who = sa.func.coalesce(person.attached_to_id, person.id)
    of_them = sa.and_(person.structure_id == structure_id, who.in_(ids))
    moments = [sa.select(who.label("id"), person.created_at.label("at")).where(of_them)]
    for table, when in (
        (Seance, Seance.occurred_at),
        (DiagnosticSitting, DiagnosticSitting.started_at),
        (EvidenceRow, EvidenceRow.occurred_at),
        (Appointment, Appointment.starts_at),
    ):
        joined = sa.and_(table.structure_id == person.structure_id, table.usager_id == person.id)
        told = Appointment.cancelled_at.is_(None) if table is Appointment else sa.true()
        moments.append(sa.select(who.label("id"), when.label("at")).join(table, joined).where(of_them, told))
    each = sa.union_all(*moments).subquery()
    rows = db.session.execute(sa.select(each.c.id, sa.func.max(each.c.at)).group_by(each.c.id))
    return {key: value for key, value in rows}  # noqa: C416  (rows are not pairs to a type checker)


def warned(structure_id: uuid.UUID) -> Sequence[Usager]:
    """People whose file is to be erased soon, those warned of first at the head."""
    return db.session.scalars(
        sa.select(Usager)
        .where(Usager.structure_id == structure_id, Usager.purge_warned_at.is_not(None))
        .order_by(Usager.purge_warned_at, Usager.first_name, Usager.id)
    ).all()


def count_warned(structure_id: uuid.UUID) -> int:
    """How many there are."""
    counted = sa.select(sa.func.count()).where(
        Usager.structure_id == structure_id, Usager.purge_warned_at.is_not(None)
    )
    return db.session.scalar(counted) or 0
