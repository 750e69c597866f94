"""The automatic purge: announced a month before, taken back at a contact, never by surprise."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.services import access_log, purge, usagers
from app.store.database import db
from app.store.models import Appointment, DiagnosticSitting, EvidenceRow, FileAccess, Seance, Usager
from tests.conftest import NOW

DAY = timedelta(days=1)
NEARLY = purge.months_after(NOW, 24) - 20 * DAY
"""Twenty days before two years without contact are over."""


def purged(structure, now):
    done = purge.purge(structure, now)
    db.session.expire_all()
    return done


def seance(person, conseiller, at):
    return Seance(
        structure_id=person.structure_id, id=uuid.uuid4(), usager_id=person.id, author_id=conseiller.id,
        device="ordinateur", minutes=60, occurred_at=at, recorded_at=at,
    )  # fmt: skip


def sitting(person, conseiller, at):
    return DiagnosticSitting(
        structure_id=person.structure_id, id=uuid.uuid4(), usager_id=person.id, goal_id="e-sante",
        device="ordinateur", started_at=at,
    )  # fmt: skip


def exercise(person, conseiller, at):
    return EvidenceRow(
        structure_id=person.structure_id, id=uuid.uuid4(), answer_id=uuid.uuid4(), usager_id=person.id,
        module_id="messagerie.lire", source="pratique", outcome="succes", content_version="1",
        occurred_at=at, recorded_at=at,
    )  # fmt: skip


def appointment(person, conseiller, at):
    return Appointment(
        structure_id=person.structure_id, id=uuid.uuid4(), usager_id=person.id, author_id=conseiller.id,
        starts_at=at, minutes=60, created_at=NOW,
    )  # fmt: skip


def test_announced_a_month_before_then_erased(structure, usager):
    assert purged(structure, NEARLY - 11 * DAY) == purge.Purged()
    assert purged(structure, NEARLY) == purge.Purged(announced=1)
    [line] = purge.announced(structure)
    assert (line.name, line.last_contact) == ("Josette B.", usager.created_at)
    assert line.erased_from == NEARLY + purge.NOTICE
    assert purged(structure, NEARLY + 29 * DAY) == purge.Purged()
    assert purged(structure, NEARLY + 30 * DAY) == purge.Purged(erased=1)
    assert usager.first_name is None
    assert purge.announced(structure) == []
    assert purged(structure, NEARLY + 60 * DAY) == purge.Purged()


def test_nobody_is_erased_by_surprise(structure, usager):
    """The server was off for years, or the delay was just made shorter: first a month's notice."""
    late = NOW + 2000 * DAY
    assert purged(structure, late) == purge.Purged(announced=1)
    assert purged(structure, late + 29 * DAY).erased == 0
    assert purged(structure, late + 30 * DAY).erased == 1


@pytest.mark.parametrize("contact", [seance, sitting, exercise, appointment])
def test_a_contact_takes_the_announcement_back(structure, usager, conseiller, contact):
    purged(structure, NEARLY)
    db.session.add(contact(usager, conseiller, NEARLY + 10 * DAY))
    db.session.commit()
    assert purged(structure, NEARLY + 31 * DAY) == purge.Purged(spared=1)
    assert usager.purge_warned_at is None
    assert usager.first_name == "Josette"


def test_a_cancelled_appointment_is_no_contact(structure, usager, conseiller):
    planned = appointment(usager, conseiller, NEARLY)
    planned.cancelled_at = NOW
    db.session.add(planned)
    db.session.commit()
    assert purged(structure, NEARLY).announced == 1


def test_what_was_done_without_a_name_is_a_contact_of_the_person(structure, usager, conseiller):
    nameless = usagers.start_without_name(structure, "e-sante", NEARLY)
    usagers.attach(nameless, usager)
    assert purged(structure, NEARLY) == purge.Purged()


def test_diagnostics_without_a_name_are_purged_too(structure):
    nameless = usagers.start_without_name(structure, "e-sante", NOW)
    purged(structure, NEARLY)
    assert purged(structure, NEARLY + 30 * DAY).erased == 1
    assert nameless.erased_at


def test_each_structure_has_its_delay(structure, other_structure, usager, make_usager):
    elsewhere = make_usager(other_structure, "Paul")
    other_structure.purge_months = 6
    db.session.commit()
    half_a_year = purge.months_after(NOW, 6)
    assert purge.purge_all(half_a_year).announced == 1
    assert purge.purge_all(half_a_year + 30 * DAY).erased == 1
    db.session.expire_all()
    assert (usager.first_name, elsewhere.first_name) == ("Josette", None)


def test_the_log_of_openings_is_kept_a_year(structure, usager, conseiller):
    access_log.note_opening(usager, conseiller, NOW)
    purge.purge_all(NOW + 364 * DAY)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FileAccess)) == 1
    purge.purge_all(NOW + 366 * DAY)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(FileAccess)) == 0


def test_many_people_are_announced_at_once(structure):
    db.session.add_all(
        Usager(
            structure_id=structure.id, id=uuid.uuid4(), first_name="Jo", device="ordinateur", created_at=NOW
        )
        for _ in range(300)
    )
    db.session.commit()
    assert purged(structure, NEARLY).announced == 300
    assert len(purge.announced(structure)) == 300


def test_months_end_where_there_is_no_such_day():
    last = datetime(2024, 2, 29, 9, tzinfo=UTC)
    assert purge.months_after(last, 12) == datetime(2025, 2, 28, 9, tzinfo=UTC)
    assert purge.months_before(datetime(2026, 1, 31, tzinfo=UTC), 2) == datetime(2025, 11, 30, tzinfo=UTC)
