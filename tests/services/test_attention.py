"""Who needs attention and why, whatever wrote about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.engine.evidence import Help
from app.services import appointments, attention, seances, usagers
from app.services.appointments import Planning
from app.services.attention import Reason
from app.services.engines import current_engines
from app.services.seances import NewSeance
from app.store import queries, summaries
from app.store.database import db
from tests.conftest import NOW
from tests.web.conseiller_cast import answer_all, counted_queries

LIRE, CLAVIER = "messagerie.lire", "ordinateur.clavier"
WEEK = timedelta(weeks=1)


@pytest.fixture
def see(conseiller, new_id):
    """A session with someone: modules with the help given."""

    def do(person, at=NOW, **helps):
        names = {"lire": LIRE, "clavier": CLAVIER}
        new = NewSeance(
            new_id(), {names[key]: help for key, help in helps.items()}, 60, "ordinateur", "lieu_activite", at
        )
        return seances.record(person, conseiller, new, at)

    return do


@pytest.fixture
def who(structure):
    """The names of those for whom a reason holds."""

    def ask(reason, now=NOW, referent_id=None):
        attention.refresh(structure.id, now, None)
        found = attention.group(reason, structure, now, referent_id, 10)
        assert found.count == len(found.people)
        return [person.first_name for person, _ in found.people]

    return ask


class TestStuck:
    def test_three_sessions_at_a_module_without_less_help(self, usager, see, who):
        for week in (3, 2):
            see(usager, NOW - week * WEEK, lire=Help.ACCOMPANIED)
        assert who(Reason.STUCK) == []
        see(usager, NOW - WEEK, lire=Help.ACCOMPANIED)
        assert who(Reason.STUCK) == ["Josette"]

    @pytest.mark.parametrize("last", [Help.GUIDED, Help.ALONE, Help.TEACHES])
    def test_less_help_is_progress(self, usager, see, who, last):
        for week, help in ((3, Help.ACCOMPANIED), (2, Help.ACCOMPANIED), (1, last)):
            see(usager, NOW - week * WEEK, lire=help)
        assert who(Reason.STUCK) == []

    def test_whoever_goes_on_to_something_else_is_no_longer_stuck(self, usager, see, who):
        for week in (4, 3, 2):
            see(usager, NOW - week * WEEK, lire=Help.GUIDED)
        see(usager, NOW - WEEK, clavier=Help.GUIDED)
        assert who(Reason.STUCK) == []

    def test_alone_three_times_is_no_worry(self, usager, see, who):
        for week in (3, 2, 1):
            see(usager, NOW - week * WEEK, lire=Help.ALONE)
        assert who(Reason.STUCK) == []

    def test_a_correction_counts(self, usager, see, who, conseiller, new_id):
        for week in (3, 2, 1):
            see(usager, NOW - week * WEEK, lire=Help.GUIDED)
        assert who(Reason.STUCK) == ["Josette"]
        last = queries.evidence_of(usager)[-1]
        seances.correct(last, conseiller, Help.ALONE, row_id=new_id(), now=NOW)
        assert who(Reason.STUCK) == []

    def test_the_sentence_says_what_and_how(self, usager, see, structure):
        for week in (3, 2, 1):
            see(usager, NOW - week * WEEK, lire=Help.ACCOMPANIED)
        attention.refresh(structure.id, NOW)
        [(_, summary)] = attention.group(Reason.STUCK, structure, NOW, None, 5).people
        assert "accompagné" in attention.sentence(Reason.STUCK, summary, NOW)
        assert "Lire ses messages" in attention.sentence(Reason.STUCK, summary, NOW)


def test_an_acquisition_is_to_be_reviewed_once_it_is_due_and_not_before(usager, see, who):
    see(usager, NOW, lire=Help.GUIDED)
    see(usager, NOW + timedelta(days=3), lire=Help.ALONE)
    assert who(Reason.REVIEW, NOW + timedelta(days=10)) == []
    assert who(Reason.REVIEW, NOW + timedelta(days=40)) == ["Josette"]


def test_what_was_only_ever_accompanied_is_not_forgotten(usager, see, who):
    see(usager, NOW, lire=Help.ACCOMPANIED)
    assert who(Reason.REVIEW, NOW + 5 * WEEK) == []


class TestAbsent:
    def test_not_seen_for_six_weeks(self, usager, see, who):
        see(usager, NOW, lire=Help.GUIDED)
        assert who(Reason.ABSENT, NOW + 6 * WEEK - timedelta(hours=1)) == []
        assert who(Reason.ABSENT, NOW + 6 * WEEK) == ["Josette"]

    def test_who_left_long_ago_is_no_news(self, usager, see, who):
        see(usager, NOW, lire=Help.GUIDED)
        assert who(Reason.ABSENT, NOW + 30 * WEEK) == []

    def test_who_never_came_is_not_missed(self, usager, who):
        assert who(Reason.ABSENT, NOW + 7 * WEEK) == []

    def test_a_diagnostic_is_a_visit(self, usager, see, who):
        see(usager, NOW - 6 * WEEK, lire=Help.GUIDED)
        answer_all(usager, NOW, most=2)
        assert who(Reason.ABSENT) == []

    @pytest.mark.parametrize("group", [False, True])
    def test_who_has_an_appointment_is_not_absent(
        self, usager, see, who, structure, conseiller, new_id, group
    ):
        see(usager, NOW, lire=Help.GUIDED)
        later = NOW + 7 * WEEK
        planning = Planning(later + WEEK, 60, conseiller.id, "lieu_activite", None)
        if group:
            made = appointments.plan_atelier(structure, new_id(), planning, LIRE, [usager.id], later)
        else:
            made = appointments.plan_with(usager, new_id(), planning, later)
        assert who(Reason.ABSENT, later) == []
        appointments.cancel(made, later)
        assert who(Reason.ABSENT, later) == ["Josette"]


def test_a_goal_is_reached_when_nothing_is_left_to_do(usager, conseiller, new_id, who):
    needed = current_engines().content.goal_modules(usager.goal_id, usager.device)
    assert who(Reason.REACHED) == []
    for day in (9, 5, 2):
        at = NOW - timedelta(days=day)
        new = NewSeance(new_id(), dict.fromkeys(needed, Help.TEACHES), 60, "ordinateur", "domicile", at)
        seances.record(usager, conseiller, new, at)
    assert who(Reason.REACHED) == ["Josette"]
    usager.goal_id = None
    db.session.commit()
    assert who(Reason.REACHED) == []


class TestWhoIsShown:
    def test_ones_own_people_and_those_of_nobody(
        self, structure, make_usager, make_account, conseiller, see, who
    ):
        other = make_account(structure, "autre@exemple.fr")
        for name, referent in (("Ada", conseiller.id), ("Bob", None), ("Cléo", other.id)):
            see(make_usager(structure, name, referent_id=referent), lire=Help.GUIDED)
        later = NOW + 7 * WEEK
        assert sorted(who(Reason.ABSENT, later, conseiller.id)) == ["Ada", "Bob"]
        assert sorted(who(Reason.ABSENT, later)) == ["Ada", "Bob", "Cléo"]

    def test_another_structures_people_are_not(self, structure, other_structure, make_usager, see, who):
        stranger = make_usager(other_structure, "Zoé")
        answer_all(stranger, NOW, most=2)
        assert who(Reason.ABSENT, NOW + 7 * WEEK) == []

    def test_set_aside_for_four_weeks(self, usager, see, who, conseiller):
        see(usager, NOW, lire=Help.GUIDED)
        later = NOW + 7 * WEEK
        assert who(Reason.ABSENT, later) == ["Josette"]
        attention.pause(usager, Reason.ABSENT, conseiller.id, later)
        attention.pause(usager, Reason.ABSENT, conseiller.id, later)
        assert who(Reason.ABSENT, later) == []
        assert who(Reason.ABSENT, later + 4 * WEEK) == ["Josette"]

    def test_what_a_nameless_diagnostic_told_counts_once_attached(self, structure, usager, see, who):
        see(usager, NOW - 7 * WEEK, lire=Help.GUIDED)
        assert who(Reason.ABSENT) == ["Josette"]
        nameless = usagers.start_without_name(structure, "envoyer-un-message", NOW)
        answer_all(nameless, NOW, most=2)
        usagers.attach(nameless, usager)
        assert who(Reason.ABSENT) == []
        answer_all(nameless, NOW + timedelta(days=1), most=1)
        assert [person.id for person in summaries.out_of_date(structure.id)] == [usager.id]


class TestDeriving:
    def test_only_those_written_about_are_derived_again(self, structure, make_usager, see):
        people = [make_usager(structure, name) for name in ("Ada", "Bob", "Cléo")]
        assert attention.refresh(structure.id, NOW) == 3
        assert attention.refresh(structure.id, NOW) == 0
        see(people[1], lire=Help.GUIDED)
        assert [person.first_name for person in summaries.out_of_date(structure.id)] == ["Bob"]
        assert attention.refresh(structure.id, NOW) == 1

    def test_a_page_derives_a_bounded_number(self, structure, make_usager):
        for n in range(5):
            make_usager(structure, f"Ada{n}")
        assert attention.refresh(structure.id, NOW, limit=2) == 2
        assert len(summaries.out_of_date(structure.id)) == 3

    def test_what_is_written_while_deriving_is_derived_next_time(self, structure, usager, see, monkeypatch):
        attention.refresh(structure.id, NOW)
        see(usager, lire=Help.GUIDED)
        derive = attention.derive

        def slow(person, now):
            derived = derive(person, now)
            see(person, NOW + timedelta(hours=1), lire=Help.ALONE)  # another conseiller, meanwhile
            return derived

        monkeypatch.setattr(attention, "derive", slow)
        attention.refresh(structure.id, NOW)
        assert summaries.out_of_date(structure.id)

    def test_all_of_it_follows_from_the_evidence(self, structure, usager, see):
        for week in (3, 2, 1):
            see(usager, NOW - week * WEEK, lire=Help.GUIDED)
        attention.refresh(structure.id, NOW)

        def kept():
            row = summaries.summaries_of(structure.id, [usager.id])[usager.id]
            return (row.last_seen_at, row.stuck_module_id, row.review_due_at, row.reached_goal_id)

        before = kept()
        assert attention.rebuild(structure.id, NOW) == 1
        assert kept() == before


def test_as_many_queries_with_three_people_as_with_thirty(structure, make_usager, see):
    def count():
        attention.refresh(structure.id, NOW + 7 * WEEK, None)
        with counted_queries() as seen:
            attention.groups(structure, NOW + 7 * WEEK, None, 3)
        return len(seen)

    for n in range(3):
        see(make_usager(structure, f"Ada{n}"), lire=Help.GUIDED)
    few = count()
    for n in range(27):
        see(make_usager(structure, f"Bob{n}"), lire=Help.GUIDED)
    assert count() == few
