"""Sessions, what they change, and what is derived from them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.engine.evidence import Help
from app.services import changes, history, people, progress, seances
from app.services.learner import learner
from app.services.modules import module_name, modules_by_domain
from app.services.seances import NewSeance, SeanceError
from app.store import queries
from tests.conftest import NOW
from tests.web.conseiller_cast import answer_all

LIRE, ECRIRE = "messagerie.lire", "ordinateur.clavier"


@pytest.fixture
def record(usager, conseiller, new_id):
    def do(now=NOW, occurred_at=None, id=None, **helps):
        names = {"lire": LIRE, "clavier": ECRIRE}
        new = NewSeance(
            id=id or new_id(),
            helps={names[key]: help for key, help in helps.items()},
            minutes=60,
            device="ordinateur",
            place="lieu_activite",
            occurred_at=occurred_at or now,
        )
        return seances.record(usager, conseiller, new, now)

    return do


def test_a_session_is_dated_when_it_took_place(record, usager):
    record(occurred_at=NOW - timedelta(days=3), lire=Help.GUIDED)
    [row] = queries.evidence_of(usager)
    assert (row.occurred_at, row.recorded_at) == (NOW - timedelta(days=3), NOW)


def test_the_same_id_records_once_even_with_other_values(record, usager):
    first = record(lire=Help.GUIDED)
    record(id=first.id, now=NOW + timedelta(minutes=1), lire=Help.ALONE, clavier=Help.ALONE)
    assert [row.help for row in queries.evidence_of(usager)] == ["guide"]


def test_an_id_used_by_somebody_else_is_refused(record, structure, make_usager, conseiller):
    used = record(lire=Help.GUIDED)
    other = make_usager(structure, "Albert")
    new = NewSeance(used.id, {LIRE: Help.ALONE}, 30, "tablette", "domicile", NOW)
    with pytest.raises(SeanceError):
        seances.record(other, conseiller, new, NOW)
    assert not queries.evidence_of(other)


def test_only_observations_of_a_session_are_corrected(usager, conseiller, new_id):
    answer_all(usager, NOW, most=1)
    [row] = queries.evidence_of(usager)
    with pytest.raises(SeanceError):
        seances.correct(row, conseiller, Help.ALONE, row_id=new_id(), now=NOW)


def test_a_correction_is_as_if_it_had_been_noted_right(record, usager, conseiller, new_id):
    record(lire=Help.ALONE)
    as_wished = learner(usager, NOW).belief[LIRE]
    [row] = queries.evidence_of(usager)
    seances.correct(row, conseiller, Help.DONE_FOR, row_id=new_id(), now=NOW + timedelta(hours=1))
    assert learner(usager, NOW).belief[LIRE] < as_wished
    [wrong] = queries.standing(queries.evidence_of(usager))
    seances.correct(wrong, conseiller, Help.ALONE, row_id=new_id(), now=NOW + timedelta(hours=2))
    assert learner(usager, NOW).belief[LIRE] == pytest.approx(as_wished)


class TestChanges:
    def test_less_help_moves_further(self, record, usager):
        little = changes.changes_of(usager, record(lire=Help.ACCOMPANIED)).moves[0]
        much = changes.changes_of(usager, record(now=NOW + timedelta(days=7), lire=Help.TEACHES)).moves[0]
        assert little.module.id == much.module.id == LIRE
        assert much.after - much.before > little.after - little.before
        assert little.level_before is None

    def test_a_session_recorded_later_is_no_part_of_it(self, record, usager):
        first = record(lire=Help.GUIDED)
        before = changes.changes_of(usager, first)
        record(now=NOW + timedelta(days=1), lire=Help.TEACHES)
        assert changes.changes_of(usager, first) == before

    def test_an_older_session_recorded_late_moves_from_what_was_known(self, record, usager):
        record(lire=Help.ALONE)
        later = NOW + timedelta(days=1)
        late = record(now=later, occurred_at=NOW - timedelta(days=30), clavier=Help.ALONE)
        moves = changes.changes_of(usager, late).moves
        assert [move.module.id for move in moves if move.worked_on] == [ECRIRE]


class TestProgress:
    def test_domains_count_each_module_once(self, usager):
        person = learner(usager, NOW)
        states = progress.domains(person)
        assert sum(state.modules for state in states) == len(person.graph.ids)
        assert [state.on_the_way for state in states] == sorted(
            (state.on_the_way for state in states), reverse=True
        )
        assert all(0 <= state.expected <= state.modules for state in states)

    def test_the_curve_rises_with_autonomy_over_the_same_modules(self, record, usager):
        for week, help in enumerate((Help.ACCOMPANIED, Help.GUIDED, Help.ALONE, Help.ALONE)):
            record(now=NOW + timedelta(weeks=week), lire=help)
        person = learner(usager, NOW + timedelta(weeks=5))
        levels = [point.level for point in progress.autonomy_curve(person)]
        assert levels == sorted(levels)
        assert 0 <= levels[0] < levels[-1] <= 3

    def test_a_point_tells_only_what_had_happened_by_then(self, record, usager):
        record(lire=Help.ACCOMPANIED)
        first = progress.autonomy_curve(learner(usager, NOW + timedelta(days=1)))[0]
        record(now=NOW + timedelta(days=8), lire=Help.TEACHES)
        again = progress.autonomy_curve(learner(usager, NOW + timedelta(days=9)))[0]
        assert again == first

    def test_a_diagnostic_and_a_session_of_one_day_are_one_visit(self, record, usager):
        answer_all(usager, NOW - timedelta(hours=1), most=3)
        record(lire=Help.GUIDED)
        points = progress.autonomy_curve(learner(usager, NOW + timedelta(days=1)))
        assert [(point.at, point.kind) for point in points] == [(NOW, "séance")]

    def test_without_a_session_there_is_no_curve(self, usager):
        answer_all(usager, NOW, most=3)
        assert progress.autonomy_curve(learner(usager, NOW)) == []

    def test_modules_of_the_goal_come_first_and_each_once(self, record, usager):
        record(lire=Help.GUIDED)
        states = progress.modules(learner(usager, NOW))
        ids = [state.module.id for state in states]
        assert len(ids) == len(set(ids))
        on_the_way = [state.on_the_way for state in states]
        assert on_the_way == sorted(on_the_way, reverse=True)


def test_history_keeps_what_was_replaced(record, usager, conseiller, new_id):
    record(lire=Help.GUIDED)
    for hour, help in enumerate((Help.ALONE, None), start=1):
        [row] = queries.standing(queries.evidence_of(usager))
        seances.correct(row, conseiller, help, row_id=new_id(), now=NOW + timedelta(hours=hour))
    [visit] = history.visits(usager)
    [fact] = visit.facts
    assert fact.value == "Pas travaillé"
    assert [old.value for old in fact.replaced] == ["Guidé", "Seul"]
    assert fact.replaced[0].author == "Sandy"


def test_a_module_gone_is_named_by_its_last_words(app):
    gone = module_name("cuisine.faire_une_tarte")
    assert (gone.title, gone.exists) == ("Faire une tarte", False)


@pytest.mark.parametrize("device", ["ordinateur", "telephone", "tablette"])
def test_modules_to_choose_from_can_be_learnt_on_the_device(app, device):
    from app.services.engines import current_engines

    found = {module.id for _, modules in modules_by_domain(device) for module in modules}
    assert found == set(current_engines().graph(device).ids)


@pytest.mark.parametrize(
    ("text", "found"), [("Éloïse", "eloise"), ("STRASSE", "strasse"), ("Thi Lan", "thi lan")]
)
def test_searches_compare_plain_letters(text, found):
    assert people.plain(text) == found
