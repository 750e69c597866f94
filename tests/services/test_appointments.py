"""Planned sessions: made once, moved, cancelled, begun, and linked to what came of them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.engine.evidence import Help
from app.services import appointments, seances
from app.services.appointments import AppointmentError, Planning
from app.services.seances import NewSeance
from app.store import appointment_queries, queries
from app.store.models import Place
from tests.conftest import NOW

LIRE = "messagerie.lire"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def planning(conseiller):
    def make(starts_at=TOMORROW, minutes=60, place_id=None):
        return Planning(starts_at, minutes, conseiller.id, "lieu_activite", place_id)

    return make


@pytest.fixture
def planned(usager, planning, new_id):
    return appointments.plan_with(usager, new_id(), planning(), NOW)


@pytest.fixture
def see(usager, conseiller, new_id):
    def do(at):
        new = NewSeance(new_id(), {LIRE: Help.GUIDED}, 60, "ordinateur", "lieu_activite", at)
        return seances.record(usager, conseiller, new, at)

    return do


def test_the_same_form_plans_once(usager, planning, new_id, structure):
    id_ = new_id()
    appointments.plan_with(usager, id_, planning(), NOW)
    appointments.plan_with(usager, id_, planning(TOMORROW + timedelta(hours=1)), NOW)
    [kept] = appointment_queries.between(structure.id, NOW, NOW + timedelta(days=9))
    assert kept.starts_at == TOMORROW


def test_the_id_of_somebody_elses_is_refused(planned, make_usager, structure, planning):
    with pytest.raises(AppointmentError):
        appointments.plan_with(make_usager(structure, "Albert"), planned.id, planning(), NOW)


def test_a_place_and_a_leader_of_another_structure_are_refused(
    usager, planning, new_id, other_structure, make_account, structure
):
    with pytest.raises(AppointmentError, match="lieu"):
        appointments.plan_with(usager, new_id(), planning(place_id=new_id()), NOW)
    stranger = make_account(other_structure, "loin@exemple.fr")
    with pytest.raises(AppointmentError, match="tient"):
        appointments.plan_with(
            usager, new_id(), Planning(TOMORROW, 60, stranger.id, "lieu_activite", None), NOW
        )


def test_moved_then_cancelled_then_restored(planned, planning, structure):
    later = TOMORROW + timedelta(days=2)
    appointments.move(planned, planning(later, 30), NOW)
    assert (planned.starts_at, planned.minutes, planned.changed_at) == (later, 30, NOW)
    appointments.cancel(planned, NOW)
    assert appointment_queries.between(structure.id, NOW, NOW + timedelta(days=9)) == []
    appointments.restore(planned, NOW)
    assert appointment_queries.between(structure.id, NOW, NOW + timedelta(days=9)) == [planned]


class TestLink:
    ZONE = "America/Guadeloupe"

    def test_a_session_of_the_day_is_that_of_the_appointment(self, planned, see, usager):
        made = see(TOMORROW + timedelta(hours=1))
        appointments.link(made, usager, self.ZONE, None)
        assert planned.seance_id == made.id

    def test_a_session_of_another_day_is_not(self, planned, see, usager):
        appointments.link(see(TOMORROW + timedelta(days=1)), usager, self.ZONE, None)
        assert planned.seance_id is None

    def test_unless_it_was_begun_from_it(self, planned, see, usager):
        made = see(TOMORROW + timedelta(days=1))
        appointments.link(made, usager, self.ZONE, planned.id)
        assert planned.seance_id == made.id

    def test_a_noted_one_can_no_more_be_moved_nor_cancelled(self, planned, see, usager, planning):
        appointments.link(see(TOMORROW), usager, self.ZONE, planned.id)
        appointments.cancel(planned, TOMORROW)
        assert planned.cancelled_at is None
        with pytest.raises(AppointmentError):
            appointments.move(planned, planning(), TOMORROW)

    def test_a_second_session_of_the_day_takes_nothing(self, planned, see, usager):
        first, second = see(TOMORROW), see(TOMORROW + timedelta(hours=2))
        appointments.link(first, usager, self.ZONE, planned.id)
        appointments.link(second, usager, self.ZONE, planned.id)
        assert planned.seance_id == first.id


class TestAtelier:
    @pytest.fixture
    def group(self, structure, make_usager, planning, new_id):
        people = [make_usager(structure, name) for name in ("Ada", "Bob")]
        ids = [person.id for person in people]
        return appointments.plan_atelier(structure, new_id(), planning(), LIRE, ids, NOW)

    def test_it_opens_once_with_who_was_expected(self, group, conseiller):
        first = appointments.begin_atelier(group, conseiller, TOMORROW, random.Random(1))
        again = appointments.begin_atelier(group, conseiller, TOMORROW, random.Random(2))
        assert first.id == again.id == group.atelier_id
        assert (first.module_id, first.minutes) == (LIRE, 60)
        assert [person.first_name for _, person in queries.participants(first)] == ["Ada", "Bob"]

    def test_who_is_expected_can_change(self, group, planning, make_usager, structure):
        cleo = make_usager(structure, "Cléo")
        appointments.move(group, planning(), NOW, [cleo.id])
        assert appointment_queries.expected(structure.id, [group.id]) == {group.id: [cleo]}

    def test_another_structures_people_are_left_out(
        self, structure, other_structure, make_usager, planning, new_id
    ):
        stranger = make_usager(other_structure, "Zoé")
        made = appointments.plan_atelier(structure, new_id(), planning(), LIRE, [stranger.id], NOW)
        assert appointment_queries.expected(structure.id, [made.id]) == {}

    def test_a_module_that_is_gone_is_refused(self, structure, planning, new_id):
        with pytest.raises(AppointmentError):
            appointments.plan_atelier(structure, new_id(), planning(), "cuisine.tarte", [], NOW)


@pytest.mark.parametrize(("shift", "clashes"), [(0, 1), (59, 1), (60, 0), (-59, 1), (-60, 0)])
def test_two_at_the_same_moment_are_told(planned, make_usager, structure, planning, new_id, shift, clashes):
    other = make_usager(structure, "Albert")
    made = appointments.plan_with(other, new_id(), planning(TOMORROW + timedelta(minutes=shift)), NOW)
    assert len(appointments.clashes(made)) == clashes


def test_the_next_time_is_proposed_at_the_same_hour_even_across_a_change_of_clocks(usager, see, structure):
    paris = ZoneInfo("Europe/Paris")
    made = see(datetime(2026, 3, 24, 9, 40, tzinfo=paris))  # the clocks change on the 29th
    usager.session_days = 7
    found = appointments.proposals(usager, made, made.occurred_at + timedelta(hours=1), "Europe/Paris")
    assert [f"{each.astimezone(paris):%d %H:%M}" for each in found] == ["31 09:30", "07 09:30"]


def test_a_session_noted_late_is_proposed_days_to_come(usager, see):
    made = see(NOW - timedelta(days=60))
    assert all(each > NOW for each in appointments.proposals(usager, made, NOW, "Europe/Paris"))


def test_the_usual_place_is_where_one_was_last(structure, conseiller, usager, new_id):
    from app.services import places

    assert places.usual_place(conseiller, NOW) is None
    here = places.add(structure, new_id(), NOW, name="Ici")
    assert places.usual_place(conseiller, NOW) == here.id
    there: Place = places.add(structure, new_id(), NOW, name="Là")
    assert places.usual_place(conseiller, NOW) is None
    new = NewSeance(new_id(), {}, 30, "ordinateur", "lieu_activite", NOW, place_id=there.id)
    seances.record(usager, conseiller, new, NOW)
    assert places.usual_place(conseiller, NOW) == there.id
    places.archive(there, NOW)
    assert places.usual_place(conseiller, NOW) == here.id
