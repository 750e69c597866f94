"""Planned sessions: made, moved, cancelled, begun."""

from __future__ import annotations

import random
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.services import ateliers
from app.services.engines import current_engines
from app.services.local_days import day_bounds, local_day
from app.store import appointment_queries, place_queries, queries
from app.store.database import db, write_once
from app.store.models import Account, Appointment, AppointmentUsager, Atelier, Seance, Structure, Usager

LONGEST = timedelta(hours=8)


class AppointmentError(ValueError):
    """What was asked cannot be planned; the message says what to do, in French."""


@dataclass(frozen=True)
class Planning:
    """What a form says of a planned session. ``leader_id`` is the account that holds it."""

    starts_at: datetime
    minutes: int
    leader_id: uuid.UUID
    place: str
    place_id: uuid.UUID | None


def plan_with(person: Usager, appointment_id: uuid.UUID, planning: Planning, now: datetime) -> Appointment:
    """Plan a session with someone, once whatever the retries of a form. Raises ``AppointmentError``."""
    return _keep(_appointment(person.structure_id, appointment_id, planning, now, usager_id=person.id), ())


def plan_atelier(
    structure: Structure,
    appointment_id: uuid.UUID,
    planning: Planning,
    module_id: str,
    usager_ids: Collection[uuid.UUID],
    now: datetime,
) -> Appointment:
    """Plan an atelier with the people expected, once whatever the retries. Raises ``AppointmentError``."""
    if current_engines().content.find_module(module_id) is None:
        raise AppointmentError("Ce module n'existe plus. Choisissez-en un autre.")
    made = _appointment(structure.id, appointment_id, planning, now, module_id=module_id)
    return _keep(made, usager_ids)


def _appointment(
    structure_id: uuid.UUID,
    appointment_id: uuid.UUID,
    planning: Planning,
    now: datetime,
    *,
    usager_id: uuid.UUID | None = None,
    module_id: str | None = None,
) -> Appointment:
    _check(structure_id, planning)
    return Appointment(
        structure_id=structure_id,
        id=appointment_id,
        author_id=planning.leader_id,
        usager_id=usager_id,
        module_id=module_id,
        place=planning.place,
        place_id=planning.place_id,
        starts_at=planning.starts_at,
        minutes=planning.minutes,
        created_at=now,
    )


def _check(structure_id: uuid.UUID, planning: Planning) -> None:
    leader = queries.account(structure_id, planning.leader_id)
    if leader is None or not leader.active:
        raise AppointmentError("Choisissez qui tient la séance.")
    if planning.place_id and place_queries.place(structure_id, planning.place_id) is None:
        raise AppointmentError("Ce lieu n'existe plus. Choisissez-en un autre.")


def _keep(made: Appointment, usager_ids: Collection[uuid.UUID]) -> Appointment:
    structure_id, appointment_id, usager_id = made.structure_id, made.id, made.usager_id
    known = appointment_queries.appointment(structure_id, appointment_id)
    if known is None:
        write_once([made], _expected(made, usager_ids))
        known = appointment_queries.appointment(structure_id, appointment_id)
    if known is None or known.usager_id != usager_id:
        raise AppointmentError("Cette page a déjà servi. Vérifiez, puis enregistrez encore une fois.")
    return known


def _expected(of: Appointment, usager_ids: Collection[uuid.UUID]) -> list[AppointmentUsager]:
    there = appointment_queries.people(of.structure_id, usager_ids)
    return [
        AppointmentUsager(structure_id=of.structure_id, appointment_id=of.id, usager_id=id_) for id_ in there
    ]


def move(
    appointment: Appointment,
    planning: Planning,
    now: datetime,
    usager_ids: Collection[uuid.UUID] | None = None,
) -> None:
    """Plan it otherwise; for an atelier, with who is expected. Raises ``AppointmentError``."""
    if is_begun(appointment):
        raise AppointmentError("Cette séance est déjà notée. Corrigez la séance elle-même.")
    _check(appointment.structure_id, planning)
    appointment.starts_at, appointment.minutes = planning.starts_at, planning.minutes
    appointment.author_id = planning.leader_id
    appointment.place, appointment.place_id = planning.place, planning.place_id
    appointment.cancelled_at, appointment.changed_at = None, now
    if appointment.usager_id is None and usager_ids is not None:
        appointment_queries.forget_expected(appointment)
        db.session.add_all(_expected(appointment, usager_ids))
    db.session.commit()


def cancel(appointment: Appointment, now: datetime) -> None:
    """Cancel it; nothing happens to one that is noted."""
    if not is_begun(appointment) and appointment.cancelled_at is None:
        appointment.cancelled_at = appointment.changed_at = now
        db.session.commit()


def restore(appointment: Appointment, now: datetime) -> None:
    """Take a cancellation back."""
    if appointment.cancelled_at is not None:
        appointment.cancelled_at, appointment.changed_at = None, now
        db.session.commit()


def is_begun(appointment: Appointment) -> bool:
    """Whether a session or an atelier came of it."""
    return appointment.seance_id is not None or appointment.atelier_id is not None


def link(seance: Seance, person: Usager, zone: str, appointment_id: uuid.UUID | None) -> None:
    """Say which appointment a session came of: the one it was begun from, or the person's of that day."""
    found = appointment_id and appointment_queries.appointment(person.structure_id, appointment_id)
    if not found or found.usager_id != person.id or found.seance_id is not None:
        start, end = day_bounds(local_day(seance.occurred_at, zone), zone)
        found = appointment_queries.waiting_for_a_seance(person, start, end)
    if found:
        found.seance_id, found.cancelled_at = seance.id, None
        db.session.commit()


def of_the_day(person: Usager, now: datetime, zone: str) -> Appointment | None:
    """The person's appointment of today that no session came of yet."""
    start, end = day_bounds(local_day(now, zone), zone)
    return appointment_queries.waiting_for_a_seance(person, start, end)


def begin_atelier(appointment: Appointment, account: Account, now: datetime, rng: random.Random) -> Atelier:
    """Open the atelier that was planned, with who was expected; only once. Raises ``AtelierError``."""
    module = current_engines().content.find_module(appointment.module_id or "")
    device = queries.structure(appointment.structure_id).default_device
    if module is not None and device not in module.devices:
        device = module.devices[0]
    people = appointment_queries.expected(appointment.structure_id, [appointment.id]).get(appointment.id, [])
    atelier = ateliers.open_atelier(
        account,
        atelier_id=uuid.uuid5(appointment.id, "atelier"),
        module_id=appointment.module_id or "",
        device=device,
        minutes=appointment.minutes,
        usager_ids={person.id for person in people},
        now=now,
        rng=rng,
    )
    if appointment.atelier_id is None:
        appointment.atelier_id = atelier.id
        atelier.place_id = appointment.place_id
        db.session.commit()
    return atelier


def clashes(appointment: Appointment) -> Sequence[Appointment]:
    """What the same account holds at the same time."""
    end = appointment.starts_at + timedelta(minutes=appointment.minutes)
    around = appointment_queries.between(
        appointment.structure_id, appointment.starts_at - LONGEST, end, appointment.author_id
    )
    return [
        other
        for other in around
        if other.id != appointment.id
        and other.starts_at + timedelta(minutes=other.minutes) > appointment.starts_at
    ]


def proposals(person: Usager, seance: Seance, now: datetime, zone: str) -> list[datetime]:
    """When to meet next: at the same hour, after one and after two of the person's usual intervals."""
    there = ZoneInfo(zone)
    last = seance.occurred_at.astimezone(there)
    quarter = time(last.hour, last.minute - last.minute % 15)
    found = []
    day = last.date()
    while len(found) < 2:
        day += timedelta(days=max(1, person.session_days))
        moment = datetime.combine(day, quarter, there).astimezone(UTC)
        if moment > now:
            found.append(moment)
    return found
