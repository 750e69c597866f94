"""Statistics: what is counted, what is masked, what before and after keep apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.evidence import Help
from app.services import statistics, statistics_progress
from app.services.periods import Period
from app.services.seances import NewSeance, record
from app.services.statistics_masking import HIDDEN, SMALLEST, TOO_FEW, alone, parts
from app.services.statistics_sentences import sentences
from app.store.database import db
from app.store.models import DiagnosticSitting, Seance
from tests.conftest import NOW

LIRE, SOURIS = "messagerie.lire", "ordinateur.souris"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "America/Guadeloupe")


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_no_masked_part_can_be_worked_out_from_the_total(counts):
    shown = parts(counts)
    masked = [count for count, value in zip(counts, shown, strict=True) if isinstance(value, str)]
    assert all(value == count for count, value in zip(counts, shown, strict=True) if isinstance(value, int))
    assert not any(0 < value < SMALLEST for value in shown if isinstance(value, int))
    if masked and sum(counts) >= SMALLEST:  # a smaller total is masked itself
        assert len(masked) >= 2
        assert sum(masked) >= SMALLEST


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 3, 8], [12, TOO_FEW, HIDDEN]),
        ([12, 3, 2], [12, TOO_FEW, TOO_FEW]),
        ([12, 1, 2], [HIDDEN, TOO_FEW, TOO_FEW]),
        ([12, 0, 8], [12, 0, 8]),
        ([3, 0], [TOO_FEW, 0]),
    ],
)
def test_the_smallest_of_the_others_is_masked_with_a_small_part(counts, shown):
    assert parts(counts) == shown


def test_four_people_are_few_and_nobody_is_nobody():
    assert [alone(count) for count in (0, 1, 4, 5)] == [0, TOO_FEW, TOO_FEW, 5]


@pytest.fixture
def work(conseiller, new_id):
    def do(person, helps, at=NOW, **fields):
        made = record(
            person, conseiller, NewSeance(new_id(), helps, 30, "ordinateur", "lieu_activite", at), at
        )
        for name, value in fields.items():
            setattr(made, name, value)
        db.session.commit()
        return made

    return do


@pytest.fixture
def seven(structure, make_usager, work):
    """Seven people: six born in the forties, one in the eighties; six worked on reading messages."""
    people = [
        make_usager(structure, name, birth_decade=1940 if n < 6 else 1980)
        for n, name in enumerate(("Ana", "Bob", "Cléa", "Dan", "Ève", "Flo", "Gus"))
    ]
    for person in people[:6]:
        work(person, {LIRE: Help.ACCOMPANIED})
        work(person, {LIRE: Help.GUIDED}, at=NOW + timedelta(days=7))
    work(people[6], {SOURIS: Help.ALONE}, themes=["sante"])
    return people


def rows(found, table_id):
    return {row.label: row.values for row in found.table(table_id).rows}


class TestCounting:
    def test_people_sessions_and_hours(self, structure, seven):
        totals = statistics.statistics(structure.id, MARCH).totals
        assert (totals.people, totals.individual, totals.collective) == (7, 13, 0)
        assert (totals.participations, totals.hours) == (13, 6.5)

    def test_ages_are_masked_together(self, structure, seven):
        assert rows(statistics.statistics(structure.id, MARCH), "ages") == {
            "40 à 59 ans": (TOO_FEW,),
            "70 ans et plus": (HIDDEN,),
        }

    def test_modules_of_few_people_are_left_out(self, structure, seven):
        found = statistics.statistics(structure.id, MARCH)
        assert list(rows(found, "modules").values()) == [(12, 6)]
        [(share, people)] = rows(found, "difficiles").values()
        assert (share, people) == (5, 6)

    def test_themes_are_those_worked_on_and_those_chosen_each_once(self, structure, seven, work):
        for n, person in enumerate(seven):
            work(person, {LIRE: Help.ALONE}, at=NOW + timedelta(days=8 + n), themes=["email", "sante"])
        found = rows(statistics.statistics(structure.id, MARCH), "themes")
        assert found["Messagerie"] == (12 + 7, 7)
        assert found["Santé"] == (1 + 7, 7)

    def test_an_observation_put_right_counts_as_it_is_now(self, structure, seven, conseiller, new_id):
        from app.services import seances
        from app.store import queries

        for person in seven[:6]:
            for row in queries.evidence_of(person):
                seances.correct(row, conseiller, Help.TEACHES, row_id=new_id(), now=NOW + timedelta(days=9))
        found = statistics.statistics(structure.id, MARCH)
        assert list(rows(found, "modules").values()) == [(12, 6)]
        assert [values[0] for values in rows(found, "difficiles").values()] == [0]

    def test_people_without_a_file_are_counted_with_what_they_told(
        self, structure, conseiller, seven, new_id
    ):
        db.session.add(
            Seance(
                structure_id=structure.id, id=new_id(), author_id=conseiller.id, participants=10,
                device="aucun", minutes=15, occurred_at=NOW, recorded_at=NOW,
                anonymous=[{"age": "soixante_dix_plus"}] * 5,
            )
        )  # fmt: skip
        db.session.commit()
        found = statistics.statistics(structure.id, MARCH)
        assert (found.totals.people, found.totals.without_file) == (7, 10)
        assert rows(found, "ages")["70 ans et plus"] == (11,)

    def test_fewer_than_five_people_show_nothing(self, structure, make_usager, work):
        for name in ("Ana", "Bob"):
            work(make_usager(structure, name), {LIRE: Help.ALONE})
        found = statistics.statistics(structure.id, MARCH)
        assert not found.tables
        assert "Moins de 5" in sentences(found, None)[0]

    def test_a_nameless_diagnostic_is_the_person_it_belongs_to(self, structure, seven, make_usager):
        from app.services import usagers

        nameless = usagers.start_without_name(structure, "e-sante", NOW)
        db.session.add(
            DiagnosticSitting(
                structure_id=structure.id, usager_id=nameless.id, goal_id="e-sante", device="ordinateur",
                started_at=NOW,
            )
        )  # fmt: skip
        db.session.commit()
        assert statistics.totals(structure.id, MARCH).people == 8
        usagers.attach(nameless, seven[0])
        assert statistics.totals(structure.id, MARCH).people == 7

    def test_another_structure_counts_none_of_it(self, other_structure, seven):
        assert not statistics.totals(other_structure.id, MARCH).enough

    def test_months_add_up_to_the_period(self, structure, seven):
        year = Period(date(2025, 12, 1), date(2026, 3, 31), "America/Guadeloupe")
        assert (
            sum(values[0] for values in rows(statistics.statistics(structure.id, year), "mois").values())
            == 13
        )

    def test_the_number_of_queries_does_not_grow_with_people(self, structure, seven, make_usager, work):
        from tests.web.conseiller_cast import counted_queries

        def cost():
            with counted_queries() as seen:
                statistics.statistics(structure.id, MARCH)
            return len(seen)

        few = cost()
        for n in range(30):
            work(make_usager(structure, f"Personne {n}"), {LIRE: Help.ALONE})
        assert cost() == few


class TestProgress:
    def test_what_was_never_asked_is_no_failure(self, structure, seven, work):
        for person in seven:
            work(person, {SOURIS: Help.ALONE}, at=NOW + timedelta(days=10))
        found = statistics_progress.progress(structure.id, MARCH)
        assert found.people == 7
        # The six had worked on reading only, the seventh on the mouse.
        assert found.before.not_asked == 6
        assert found.after.not_asked == 0
        assert sum(vars(found.before).values()) == sum(vars(found.after).values()) == 13

    def test_people_seen_once_are_left_out_and_five_are_needed(self, structure, make_usager, work):
        people = [make_usager(structure, name) for name in ("Ana", "Bob", "Cléa", "Dan", "Ève")]
        for person in people:
            work(person, {LIRE: Help.ALONE})
        for person in people[:4]:
            work(person, {LIRE: Help.ALONE}, at=NOW + timedelta(days=3))
        assert statistics_progress.progress(structure.id, MARCH) is None
        work(people[4], {LIRE: Help.ALONE}, at=NOW + timedelta(days=3))
        assert statistics_progress.progress(structure.id, MARCH).people == 5

    def test_working_alone_again_and_again_acquires(self, structure, make_usager, work):
        for name in ("Ana", "Bob", "Cléa", "Dan", "Ève"):
            person = make_usager(structure, name)
            work(person, {LIRE: Help.ACCOMPANIED})
            for day in (5, 10, 15, 20):
                work(person, {LIRE: Help.ALONE}, at=NOW + timedelta(days=day))
        found = statistics_progress.progress(structure.id, MARCH)
        assert (found.before.acquired, found.after.acquired) == (0, 5)
