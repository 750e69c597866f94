"""Erasing a person: nothing of them is left in the file of the database, and every figure stays."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import Settings
from app.services import accounts, coop_export, erasing, usagers
from app.services.demo import load_demo
from app.services.periods import Period
from app.services.statistics import statistics
from app.services.statistics_progress import progress
from app.store import database, queries
from app.store.database import Base, db
from app.store.models import (
    Account,
    Appointment,
    AppointmentUsager,
    Atelier,
    AtelierParticipant,
    AttentionPause,
    DiagnosticSitting,
    EvidenceRow,
    FileAccess,
    HandOver,
    PlanChange,
    Seance,
    SeanceChange,
    SignIn,
    Structure,
    Usager,
    UsagerNote,
    UsagerSummary,
)
from tests.conftest import NOW

CANARY = "Canari"
NOT_ABOUT_A_PERSON = {"structure", "account", "place", "recording", "sign_in", "alembic_version"}


@pytest.fixture
def own_app(tmp_path: Path, content_read: Callable[[Path], Path]) -> Iterator[Flask]:
    """An application whose database is a file that nothing else writes."""
    app = create_app(
        Settings(
            instance_dir=content_read(tmp_path),
            database_url=f"sqlite:///{tmp_path / 'jalons.db'}",
            argon2_time_cost=1,
            argon2_memory_kib=64,
            testing=True,
        )
    )
    database.upgrade(app)
    with app.app_context():
        yield app
        db.session.remove()


def bytes_of(folder: Path) -> bytes:
    """All that the database keeps: its file, its log."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("jalons.db*")))


def fill(structure: Structure, account: Account) -> tuple[Usager, Usager]:
    """A person, and the nameless usager they turned out to be, with the canary in every table."""
    person = usagers.register(
        structure, first_name=f"{CANARY}ne", last_initial="Z", goal_id="e-sante", device="ordinateur",
        now=NOW, rng=random.Random(1),
    )  # fmt: skip
    before = usagers.start_without_name(structure, "e-sante", NOW)
    usagers.attach(before, person)
    person.comfort, person.works_well = {"voix": CANARY}, [CANARY]
    person.reading, person.home_device, person.other_goal_ids = CANARY, CANARY, [CANARY]
    person.secret, person.card = f"{CANARY},{CANARY}", f"{CANARY}-bleu"
    keys = {"structure_id": structure.id, "usager_id": person.id}
    mine = {"structure_id": structure.id, "author_id": account.id}
    at = NOW + timedelta(minutes=7)
    open_one, closed = (
        Atelier(id=uuid.uuid4(), **mine, module_id="messagerie.lire", device="ordinateur", code=code,
                opened_at=NOW, closed_at=ended)
        for code, ended in (("1111", None), ("2222", NOW + timedelta(hours=1)))
    )  # fmt: skip
    seance = Seance(
        id=uuid.uuid4(), **keys, author_id=account.id, device="ordinateur", minutes=60, next_step=CANARY,
        occurred_at=at, recorded_at=at, changed_at=at,
    )  # fmt: skip
    sitting = DiagnosticSitting(
        id=uuid.uuid4(), structure_id=structure.id, usager_id=before.id, goal_id="e-sante",
        device="ordinateur", pending=[{"item": CANARY, "answer": CANARY, "revises": False}], started_at=at,
    )  # fmt: skip
    db.session.add_all([open_one, closed, seance, sitting])
    db.session.flush()
    own, group = (
        Appointment(id=uuid.uuid4(), **mine, usager_id=whom, module_id=CANARY, starts_at=when, minutes=60,
                    created_at=when)
        for whom, when in ((person.id, at), (None, NOW + timedelta(hours=2)))
    )  # fmt: skip
    evidence = EvidenceRow(
        id=uuid.uuid4(), answer_id=uuid.uuid4(), structure_id=structure.id, usager_id=before.id,
        module_id="messagerie.lire", source="diagnostic", outcome="succes", response={"texte": CANARY},
        sitting_id=sitting.id, author_id=account.id, content_version="1", occurred_at=at, recorded_at=at,
    )  # fmt: skip
    db.session.add_all([own, group, evidence])
    db.session.flush()
    db.session.add_all(
        [
            SeanceChange(id=uuid.uuid4(), **mine, seance_id=seance.id, before={"a": CANARY}, after={},
                         made_at=at),
            AtelierParticipant(**keys, atelier_id=open_one.id, joined_at=at),
            AtelierParticipant(**keys, atelier_id=closed.id, joined_at=at, help="seul", marked_at=at),
            AppointmentUsager(**keys, appointment_id=group.id),
            AttentionPause(**keys, reason=CANARY, author_id=account.id, until=at),
            PlanChange(id=uuid.uuid4(), **keys, author_id=account.id, kind="ajouter", reason=CANARY,
                       value={"a": CANARY}, before={"a": CANARY}, made_at=at),
            HandOver(id=uuid.uuid4(), **keys, from_id=account.id, told={"resume": CANARY}, made_at=at),
            UsagerNote(id=uuid.uuid4(), **keys, author_id=account.id, text=f"{CANARY} aime le thé",
                       written_at=at),
            FileAccess(id=uuid.uuid4(), **keys, account_id=account.id, action=CANARY, at=at),
        ]
    )  # fmt: skip
    db.session.merge(UsagerSummary(**keys, stuck_module_id=CANARY, stuck_help=CANARY))
    db.session.commit()
    group.module_id = None  # the group's, not the person's
    db.session.commit()
    return person, before


@pytest.fixture
def filled(own_app: Flask) -> tuple[Usager, Usager, Account]:
    structure = accounts.create_structure("EPN de Poya", now=NOW, timezone="Pacific/Noumea")
    account = accounts.create_account(
        structure, email="sandy@exemple.fr", name="Sandy", password="un mot de passe long",
        role="responsable", now=NOW,
    )  # fmt: skip
    db.session.add(SignIn(structure_id=structure.id, account_id=account.id, began_at=NOW))
    db.session.commit()
    return *fill(structure, account), account


@pytest.mark.usefixtures("filled")
def test_the_canary_is_in_every_table_about_people():
    """Whoever adds a table has to say what erasing does with it, and to put it here."""
    for table in Base.metadata.sorted_tables:
        if table.name not in NOT_ABOUT_A_PERSON:
            assert db.session.scalar(sa.select(sa.func.count()).select_from(table)), table.name
    assert {column.name for column in Usager.__table__.columns} == {
        "structure_id", "id", "first_name", "last_initial", "card", "secret", "goal_id", "device",
        "home_device", "reading", "sound", "session_minutes", "attached_to_id", "referent_id",
        "other_goal_ids", "session_days", "birth_decade", "gender", "occupation", "comfort", "works_well",
        "notice_heard_at", "purge_warned_at", "erased_at", "created_at",
    }  # fmt: skip


def test_nothing_of_the_person_is_left_in_the_file(filled, tmp_path):
    person, _, account = filled
    assert CANARY.encode() in bytes_of(tmp_path)
    erasing.erase(person, account, NOW + timedelta(days=1))
    left = bytes_of(tmp_path)
    assert CANARY.encode() not in left
    # An hour, in what is left of the person, would tell who it was.
    assert b"14:12" not in left


def test_what_is_counted_stays_without_hours_or_author(filled):
    person, _, account = filled
    erasing.erase(person, account, NOW + timedelta(days=1))
    seance = db.session.scalars(sa.select(Seance)).one()
    assert (seance.minutes, seance.usager_id, seance.next_step) == (60, person.id, None)
    row = db.session.scalars(sa.select(EvidenceRow)).one()
    assert (row.outcome, row.response, row.author_id) == ("succes", None, None)
    # Noon in Nouméa, where it was already the third of March.
    assert seance.occurred_at.replace(second=0) == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    sitting = db.session.scalars(sa.select(DiagnosticSitting)).one()
    assert (sitting.ended_at, sitting.pending) == (sitting.started_at, [])
    there = db.session.scalars(sa.select(AtelierParticipant)).one()
    assert there.help == "seul"
    assert [a.action for a in db.session.scalars(sa.select(FileAccess))] == ["effacement"]


def test_an_erased_person_is_nobody(filled):
    person, before, account = filled
    erasing.erase(person, account, NOW)
    for gone in (person, before):
        assert queries.usager(gone.structure_id, gone.id) is None
    assert queries.nameless_usagers(person.structure_id) == []
    assert queries.count_nameless_diagnostics(person.structure_id) == 0
    assert usagers.display_name(person) == "Personne effacée"


def test_of_one_day_the_order_stays(filled):
    person, _, account = filled
    structure_id = person.structure_id
    for minutes in (50, 10, 30):
        at = NOW + timedelta(minutes=minutes)
        db.session.add(
            EvidenceRow(
                structure_id=structure_id, id=uuid.uuid4(), answer_id=uuid.uuid4(), usager_id=person.id,
                module_id=f"m{minutes}", source="pratique", outcome="succes", content_version="1",
                occurred_at=at, recorded_at=at,
            )
        )  # fmt: skip
    db.session.commit()
    in_order = [row.module_id for row in queries.evidence_of(person)]
    erasing.erase(person, account, NOW)
    assert [row.module_id for row in queries.evidence_of(person)] == in_order


def test_the_figures_of_a_structure_stay_the_same(own_app):
    now = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    structure = load_demo(now)
    period = Period((now - timedelta(days=200)).date(), now.date(), structure.timezone)

    def figures():
        activities = coop_export.all_activities(structure.id, period)
        ages = sorted((a.day, a.kind, a.minutes, a.age, a.gender, a.themes) for a in activities)
        return statistics(structure.id, period), progress(structure.id, period), ages

    before = figures()
    assert before[0].tables and before[1]
    for name in ("Josette", "Fatoumata"):
        person = db.session.scalars(sa.select(Usager).where(Usager.first_name == name)).one()
        erasing.erase(person, None, now)
    db.session.expire_all()
    assert figures() == before
