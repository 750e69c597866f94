"""A diagnostic from its start to its end, through the service that the screens use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.engine.evidence import Help, Outcome
from app.services import diagnostic_sitting as sittings
from app.services import reception, seances
from app.services.engines import Engines, current_engines
from app.services.learner import learner
from app.services.seances import NewSeance
from app.store import queries
from tests.conftest import NOW


def right_answer(step):
    task = step.task
    if step.kind == "choix":
        return task.right_answer.key
    if step.kind == "toucher":
        return task.targets[0]
    if step.kind == "saisie":
        return task.accepted[0]
    if step.kind == "ordre":
        return [card.key for card in task.cards]
    return {pair.left_key: pair.right_key for pair in task.pairs}


def give(sitting, screen, now, *, given=None, without=None):
    sittings.answer(
        sitting,
        item_id=screen.item.id,
        step_number=screen.step_number,
        answer_id=screen.answer_id,
        given=given,
        without=without,
        now=now,
    )


def take(usager, masters, now=NOW):
    """Take the whole diagnostic as someone who masters what ``masters`` says; returns the screens shown."""
    sitting = sittings.start(usager, now)
    screens = []
    while screen := sittings.current_screen(sitting, now):
        now += timedelta(seconds=20)
        if screen.step_number == 0:
            screens.append(screen.item.id)
        if masters(screen.step.module):
            give(sitting, screen, now, given=right_answer(screen.step))
        else:
            give(sitting, screen, now, without="montre" if screen.item.is_scene else "je_ne_sais_pas")
    return sitting, screens


def test_it_ends_by_itself_and_never_asks_twice(usager):
    sitting, screens = take(usager, lambda module: True)
    assert sitting.ended_at is not None
    assert len(screens) == len(set(screens)) <= 15


@pytest.mark.parametrize("goal", ["demarches-en-ligne", "e-sante", "envoyer-un-message", "me-proteger"])
@pytest.mark.parametrize("device", ["ordinateur", "telephone"])
def test_someone_who_masters_everything_has_nothing_left_to_do(structure, make_usager, goal, device):
    usager = make_usager(structure, goal_id=goal, device=device)
    _, screens = take(usager, lambda module: True)
    person = learner(usager, NOW + timedelta(hours=1))
    to_discover = [step.module for step in person.plan.steps if step.kind == "decouvrir"]
    assert len(screens) <= 15
    assert to_discover == []


@pytest.mark.parametrize("goal", ["demarches-en-ligne", "e-sante", "envoyer-un-message", "me-proteger"])
@pytest.mark.parametrize("device", ["ordinateur", "telephone"])
def test_someone_who_masters_nothing_starts_at_the_beginning(structure, make_usager, goal, device):
    usager = make_usager(structure, goal_id=goal, device=device)
    _, screens = take(usager, lambda module: False)
    person = learner(usager, NOW + timedelta(hours=1))
    assert len(screens) <= 15
    assert person.plan.acquired == ()
    assert person.graph[person.plan.steps[0].module].prerequisites == ()


@pytest.mark.parametrize("goal", ["demarches-en-ligne", "e-sante", "envoyer-un-message", "me-proteger"])
@pytest.mark.parametrize("device", ["ordinateur", "telephone"])
def test_someone_who_masters_half_starts_where_they_are(structure, make_usager, goal, device):
    usager = make_usager(structure, goal_id=goal, device=device)
    graph = learner(usager, NOW).graph
    closure = graph.closure(learner(usager, NOW).targets)
    known = set(closure[: len(closure) // 2])
    _, screens = take(usager, known.__contains__)
    person = learner(usager, NOW + timedelta(hours=1))
    discovered = {step.module for step in person.plan.steps if step.kind == "decouvrir"}
    wrong = (known & discovered) | (set(person.plan.acquired) - known)
    assert len(screens) <= 15
    assert len(wrong) <= len(closure) * 0.1
    assert known.issuperset(graph[next(iter(person.plan.steps)).module].prerequisites)


def test_an_answer_sent_twice_is_taken_once(usager):
    sitting = sittings.start(usager, NOW)
    screen = sittings.current_screen(sitting, NOW)
    give(sitting, screen, NOW, without="je_ne_sais_pas")
    give(sitting, screen, NOW, without="je_ne_sais_pas")
    assert len(queries.evidence_of_sitting(sitting)) == 1


def test_an_answer_to_a_screen_that_is_not_asked_is_refused_and_changes_nothing(usager, new_id):
    sitting = sittings.start(usager, NOW)
    screen = sittings.current_screen(sitting, NOW)
    with pytest.raises(sittings.NotAsked):
        sittings.answer(
            sitting,
            item_id="securite.rien.du_tout",
            step_number=0,
            answer_id=new_id(),
            given="x",
            without=None,
            now=NOW,
        )
    assert queries.evidence_of_sitting(sitting) == []
    assert sittings.current_screen(sitting, NOW) == screen


def test_resuming_gives_the_same_screen(usager):
    sitting = sittings.start(usager, NOW)
    first = sittings.current_screen(sitting, NOW)
    later = NOW + timedelta(days=3)
    assert sittings.start(usager, later).id == sitting.id
    assert sittings.current_screen(sitting, later) == first


def test_going_back_replaces_the_answer_and_keeps_the_old_one(usager):
    sitting = sittings.start(usager, NOW)
    while (screen := sittings.current_screen(sitting, NOW)).item.is_scene:
        give(sitting, screen, NOW, without="montre")
    give(sitting, screen, NOW, without="je_ne_sais_pas")
    before = queries.evidence_of_sitting(sitting)
    sittings.go_back(sitting)
    again = sittings.current_screen(sitting, NOW)
    assert again.item.id == screen.item.id
    give(sitting, again, NOW + timedelta(seconds=5), given=right_answer(again.step))
    rows = queries.evidence_of_sitting(sitting)
    assert len(rows) == len(before) + 1
    [standing] = [row for row in queries.standing(rows) if row.item_id == screen.item.id]
    assert standing.outcome == Outcome.SUCCESS
    assert standing.corrects_id is not None


def test_a_scene_goes_on_after_a_failed_step_and_each_step_is_evidence(structure, make_usager):
    usager = make_usager(structure, device="telephone")
    sitting = sittings.start(usager, NOW)
    now = NOW
    while not (screen := sittings.current_screen(sitting, now)).item.is_scene:
        now += timedelta(seconds=9)
        give(sitting, screen, now, given=right_answer(screen.step))
    scene = screen.item
    for number, _step in enumerate(scene.steps):
        screen = sittings.current_screen(sitting, now)
        assert (screen.item.id, screen.step_number) == (scene.id, number)
        now += timedelta(seconds=9)
        give(sitting, screen, now, without="montre")
    rows = [row for row in queries.evidence_of_sitting(sitting) if row.item_id == scene.id]
    assert [row.module_id for row in rows] == list(scene.modules)
    assert {row.outcome for row in rows} == {Outcome.SHOWN}


def test_what_someone_types_is_not_kept(structure, make_usager):
    usager = make_usager(structure)
    sitting = sittings.start(usager, NOW)
    now = NOW
    typed = 0
    while screen := sittings.current_screen(sitting, now):
        now += timedelta(seconds=9)
        if screen.step.kind == "saisie":
            typed += 1
            give(sitting, screen, now, given="mon vrai mot de passe")
        else:
            give(sitting, screen, now, given=right_answer(screen.step))
    rows = queries.evidence_of_sitting(sitting)
    assert "mon vrai mot de passe" not in str([row.response for row in rows])


def test_stopping_keeps_what_was_answered(usager):
    sitting = sittings.start(usager, NOW)
    give(sitting, sittings.current_screen(sitting, NOW), NOW, without="je_ne_sais_pas")
    sittings.stop(sitting, NOW)
    assert sittings.current_screen(sitting, NOW) is None
    assert len(queries.evidence_of(usager)) == 1


@pytest.fixture
def changed(app, monkeypatch):
    """``changed(items={…})``: the application with other items, as after a restart."""

    def change(**parts):
        content = replace(app.extensions["jalons_engines"].content, _banks={}, **parts)
        monkeypatch.setitem(app.extensions, "jalons_engines", Engines(content))

    return change


def test_a_scene_shortened_since_gives_way_to_the_next_screen(usager, changed):
    sitting = sittings.start(usager, NOW)
    items = current_engines().content.items
    scene = next(i for i in items.values() if i.is_scene and i.id in current_engines().bank("ordinateur"))
    sitting.pending = [sittings._entry(scene.id)]
    for _ in range(2):
        give(sitting, sittings.current_screen(sitting, NOW), NOW, without="montre")
    changed(items={**items, scene.id: scene.model_copy(update={"scene_steps": scene.scene_steps[:1]})})
    screen = sittings.current_screen(sitting, NOW)
    assert screen and screen.item.id != scene.id
    assert len(queries.evidence_of(usager)) == 2


def test_it_follows_a_goal_changed_on_the_way(usager):
    sitting = sittings.start(usager, NOW)
    give(sitting, sittings.current_screen(sitting, NOW), NOW, without="je_ne_sais_pas")
    reception.change_goal(usager, "me-proteger")
    screen = sittings.current_screen(sitting, NOW)
    needed = current_engines().content.goal_modules("me-proteger", usager.device)
    assert sittings.open_sitting(usager).goal_id == "me-proteger"
    assert set(screen.item.modules) <= set(needed)
    assert len(queries.evidence_of(usager)) == 1


def test_what_half_of_the_latest_people_were_asked_rests(structure, make_usager):
    seen = []
    for number in range(12):
        person = make_usager(structure, f"Personne {number}")
        at = NOW + timedelta(hours=number)
        sitting = sittings.start(person, at)
        seen.append(sittings.current_screen(sitting, at).item.id)
        give(sitting, sittings.current_screen(sitting, at), at + timedelta(minutes=1), without="montre")
        sittings.stop(sitting, at + timedelta(minutes=2))
    assert len(set(seen[:10])) == 1
    assert seen[10] == seen[11] != seen[0]


def test_what_others_were_asked_elsewhere_changes_nothing(structure, other_structure, make_usager):
    for number in range(12):
        person = make_usager(other_structure, f"Personne {number}")
        sitting = sittings.start(person, NOW)
        give(sitting, sittings.current_screen(sitting, NOW), NOW, without="montre")
        sittings.stop(sitting, NOW + timedelta(minutes=2))
    here = sittings.start(make_usager(structure), NOW + timedelta(hours=1))
    there = sittings.start(make_usager(other_structure, "Une autre"), NOW + timedelta(hours=1))
    assert here.pending[0]["item"] != there.pending[0]["item"]


def test_a_second_diagnostic_starts_from_what_the_person_s_page_says(usager, conseiller, new_id):
    """What was learnt since the first one is known, and is not taken for what was known before."""
    take(usager, lambda module: False)
    module = learner(usager, NOW + timedelta(hours=1)).plan.trail[0].module
    for week in range(1, 7):
        at = NOW + timedelta(weeks=week)
        new = NewSeance(new_id(), {module: Help.ALONE}, 60, "ordinateur", "lieu_activite", at)
        seances.record(usager, conseiller, new, at)
    later = NOW + timedelta(weeks=6, hours=1)
    sitting = sittings.start(usager, later)
    diagnostic = sittings.engine_of(sitting, current_engines())
    earlier = sittings.earlier_likelihoods(sitting, diagnostic, later)
    believed, person = diagnostic.belief([], earlier=earlier), learner(usager, later)
    assert person.belief[module] > 0.8
    for id_ in diagnostic.model.graph.ids:
        assert believed[id_] == pytest.approx(person.belief[id_], abs=0.015)
