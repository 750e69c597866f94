"""The demo: who is in it, when they came, and that it is the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.services import accounts, answers, demo
from app.services.engines import current_engines
from app.services.learner import learner
from app.store import queries
from app.store.database import db
from app.store.models import AtelierParticipant, DiagnosticSitting, EvidenceRow, Seance

NOW = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)  # a Sunday


@pytest.fixture(scope="module")
def loaded():
    """What ``load_demo`` leaves in each table, once it has been called."""
    return {}


@pytest.fixture
def place(app, loaded):
    """The demo as ``load_demo`` leaves it, loaded once for all these tests."""
    tables = db.metadata.sorted_tables
    if not loaded:
        demo.load_demo(NOW)
        loaded |= {table.name: db.session.execute(table.select()).mappings().all() for table in tables}
    else:
        for table in tables:
            if rows := loaded[table.name]:
                db.session.execute(table.insert(), [dict(row) for row in rows])
        db.session.commit()
    [structure] = queries.structures()
    return structure


def everybody(place):
    return [*queries.named_usagers(place.id), *queries.nameless_usagers(place.id)]


def story(place):
    """All that tells one demo from another."""
    rows = db.session.query(EvidenceRow).order_by(EvidenceRow.id)
    return [(row.id, row.usager_id, row.occurred_at, row.outcome, row.help) for row in rows]


def test_who_is_there(place):
    assert place.is_demo
    roles = Counter(account.role for account in queries.accounts(place.id))
    assert roles == {"responsable": 1, "conseiller": 1, "benevole": 1}
    named = queries.named_usagers(place.id)
    assert len(named) == len({person.card for person in named}) == 14
    assert all(person.secret for person in named)
    assert len(queries.nameless_usagers(place.id)) == 1


def test_the_sign_ins_open_the_accounts(place):
    assert all(accounts.authenticate(email, password) for _, email, password in demo.SIGN_INS)


def test_sessions_are_three_to_eight_over_five_months_and_one_person_has_nothing(place):
    numbers = sorted(len(queries.seances_of(person)) for person in queries.named_usagers(place.id))
    assert numbers[0] == 0
    assert all(3 <= number <= 8 for number in numbers[1:])
    oldest = min(seance.occurred_at for seance in db.session.query(Seance))
    assert timedelta(days=130) < NOW - oldest < timedelta(days=160)
    [newcomer] = [person for person in queries.named_usagers(place.id) if not queries.seances_of(person)]
    assert not queries.evidence_of(newcomer)
    assert not queries.sittings_of(newcomer)


def test_it_all_happens_on_weekdays_in_opening_hours_before_now(place):
    for seance in db.session.query(Seance):
        local = seance.occurred_at.astimezone(ZoneInfo(place.timezone))
        assert local.weekday() < 5
        assert 9 <= local.hour < 17
        assert seance.occurred_at < seance.recorded_at < NOW


def test_most_took_a_diagnostic_and_each_has_ended(place):
    sittings = db.session.query(DiagnosticSitting).all()
    assert len({sitting.usager_id for sitting in sittings}) >= 11
    assert all(sitting.started_at < sitting.ended_at < NOW and sitting.stop_reason for sitting in sittings)


def test_what_was_answered_is_what_was_recorded(place):
    engines = current_engines()
    for row in (row for row in db.session.query(EvidenceRow) if row.response is not None):
        step = engines.content.items[row.item_id].steps[row.step]
        assert step.module == row.module_id
        assert step.judge(row.response).right == (row.outcome == "reussi")


def test_rows_tell_what_they_come_from(place):
    for row in db.session.query(EvidenceRow):
        assert row.occurred_at <= row.recorded_at < NOW
        if row.source == "diagnostic":
            assert row.sitting_id and row.outcome and row.help is None and row.author_id is None
        else:
            assert row.seance_id and row.help and row.guess is None and row.author_id


def test_one_row_was_put_right(place):
    [row] = db.session.query(EvidenceRow).where(EvidenceRow.corrects_id.is_not(None))
    assert db.session.get(EvidenceRow, (place.id, row.corrects_id)).help != row.help


def test_one_atelier_is_closed_and_one_is_open(place):
    ateliers = queries.ateliers(place.id)
    assert [atelier.closed_at is None for atelier in ateliers] == [True, False]
    assert ateliers[0].module_id in current_engines().content.modules
    written = db.session.query(Seance).where(Seance.atelier_id == ateliers[1].id)
    taken = db.session.query(AtelierParticipant).where(AtelierParticipant.atelier_id == ateliers[1].id)
    assert {seance.usager_id for seance in written} == {row.usager_id for row in taken}
    assert all(seance.kind == "collectif" for seance in written)


def test_every_path_can_be_shown(place):
    for person in everybody(place):
        assert learner(person, NOW).targets


def test_it_is_the_same_each_time(place):
    first = story(place)
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    assert story(demo.load_demo(NOW)) == first


@pytest.mark.parametrize("day", [0, 5])
def test_it_loads_late_on_a_monday_and_on_a_saturday(app, day):
    now = datetime(2026, 3, 2 + day, 23, 40, tzinfo=UTC)
    demo.load_demo(now, seed=day)
    assert all(seance.recorded_at < now for seance in db.session.query(Seance))


def test_every_screen_asked_says_why_and_most_say_what_they_changed(place):
    screens = [
        screen
        for person in everybody(place)
        for diagnostic in answers.questions(person)
        for screen in diagnostic.asked
    ]
    assert all(screen.exists and screen.sentence and screen.in_doubt for screen in screens)
    assert sum(bool(screen.effects) for screen in screens) > 0.8 * len(screens) > 40
