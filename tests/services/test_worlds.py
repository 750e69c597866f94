"""Worlds on disk, and evaluating methods on them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import belief
from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel, Prior, TooWideError
from app.engine.calibration import refit
from app.engine.diagnostic import Settings, answer_likelihoods
from app.engine.graph import Module, ModuleGraph
from app.engine.replay import NOT_TAKEN, Record
from app.engine.scores import score
from app.engine.simulation import Kind, Shape, World, simulate
from app.services.world_files import read_world, write_world
from app.services.worlds import Task, evaluate, lead_all, lead_learning, methods
from tests.services.world_writing import written

SHAPE = Shape(modules=9, domains=3, arcs=8, across=2, scenes=2)
SHORT = Settings(budget=6)
SHORTEST = Settings(budget=2)
EVERYTHING = 60


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Kind.T3, np.random.default_rng(1), 6, SHAPE)


@pytest.fixture(scope="module")
def sparse() -> World:
    """Twenty-three people who took a third of the steps, one who took nothing, one item that nobody took."""
    made = simulate(Kind.T3, np.random.default_rng(2), 23, SHAPE)
    taken = np.random.default_rng(3).random(made.right.shape) < 0.35
    taken[4] = False
    taken[:, 0] = False
    return replace(made, right=np.where(taken, made.right, NOT_TAKEN).astype(np.int8))


@pytest.fixture(scope="module")
def crowd() -> World:
    """More people than a structure waits for before it calibrates, abler than the prior believes."""
    graph = ModuleGraph(Module(m, "d", before, 2.0) for m, before in (("a", ()), ("b", ("a",)), ("c", ())))
    bank = ItemBank(Item(f"{m}{k}", (Step(m, 0.1, 0.1),)) for m in graph.ids for k in range(2))
    able = replace(Prior(), mean=2.5)
    rng = np.random.default_rng(4)
    mastery = BeliefModel(graph, able).posterior().samples(rng, 230)
    known = np.repeat(mastery, 2, axis=1)
    right = (rng.random(known.shape) < np.where(known, 0.9, 0.1)).astype(np.int8)
    return World(graph, bank, right, mastery)


def timeless(result: dict[str, Any]) -> dict[str, Any]:
    """The same without the milliseconds."""
    for scores in result["questions"].values():
        del scores["milliseconds"]
    return result


def test_a_world_is_read_as_it_was_written(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    read = read_world(tmp_path)
    assert read.graph.ids == world.graph.ids
    assert [item.modules for item in read.told.items] == [item.modules for item in world.told.items]
    np.testing.assert_array_equal(read.right, world.right)
    np.testing.assert_array_equal(read.mastery, world.mastery)


def test_mastery_may_come_in_another_order(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    lines = (tmp_path / "mastery.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "mastery.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    np.testing.assert_array_equal(read_world(tmp_path).mastery, world.mastery)


def test_an_empty_answer_is_not_taken(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    header, first, *rest = (tmp_path / "answers.csv").read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[1] = ""
    (tmp_path / "answers.csv").write_text("\n".join([header, ",".join(cells), *rest]), encoding="utf-8")
    assert read_world(tmp_path).right[0, 0] == -1


def test_rows_of_a_scene_make_one_screen_wherever_they_are(tmp_path: Path) -> None:
    items = "item,module,guess,slip,scene\nx1,b,0.1,0.1,S\nq1,a,0.1,0.1,\nx2,c,0.2,0.1,S\n"
    answers = "usager,q1,x1,x2\nu1,1,0,1\nu2,0,,1\nu3,1,1,0\n"
    read = read_world(written(tmp_path, items=items, answers=answers))
    assert [(item.id, item.modules) for item in read.told.items] == [("S", ("b", "c")), ("q1", ("a",))]
    assert read.right.tolist() == [[0, 1, 1], [-1, 1, 0], [1, 0, 1]]


def test_a_question_and_a_scene_of_the_same_name_are_two_screens(tmp_path: Path) -> None:
    items = "item,module,guess,slip,scene\nq1,a,0.1,0.1,\nq2,b,0.1,0.1,q1\nq3,c,0.2,0.1,q1\n"
    read = read_world(written(tmp_path, items=items))
    assert [item.modules for item in read.told.items] == [("a",), ("b", "c")]
    assert len(read.told.by_id) == 2


def test_a_step_and_a_question_of_the_same_name_are_written_apart(tmp_path: Path) -> None:
    graph = ModuleGraph([Module("a", "d")])
    scene = Item("S", (Step("a", 0.1, 0.1), Step("a", 0.2, 0.1)))
    bank = ItemBank([scene, Item("S/1", (Step("a", 0.3, 0.1),))])
    write_world(tmp_path, World(graph, bank, np.array([[1, 0, 1]], np.int8), np.array([[True]])))
    back = read_world(tmp_path)
    assert [item.steps for item in back.told.items] == [item.steps for item in bank.items]
    assert back.right.tolist() == [[1, 0, 1]]


def test_evaluating_gives_every_score(world: World) -> None:
    result = evaluate(world, "jalons", (2, 4))
    assert set(result["questions"]) == {"2", "4"}
    assert {"accuracy", "log_loss", "ece", "wrongly_skipped", "milliseconds"} <= set(result["questions"]["4"])
    assert 0 < result["stop"]["mean"] <= 15


@pytest.mark.parametrize("method", methods())
def test_every_method_gives_the_same_figures_whoever_leads_it(method: str, sparse: World) -> None:
    """Twenty-three people in chunks of ten: one process or two, all of them or the first ones."""
    one, two = (timeless(evaluate(sparse, method, (3, 6), settings=SHORT, workers=n)) for n in (1, 2))
    assert one == two


@pytest.mark.parametrize("method", ["hasard", "pix"])
def test_the_luck_of_a_person_is_their_own(method: str, sparse: World) -> None:
    task = Task(sparse, method, (4,), 0, SHORT)
    model = BeliefModel(sparse.graph)
    everyone = lead_all(task, model, range(sparse.people)).replays
    last = lead_all(task, model, range(sparse.people - 1, sparse.people)).replays
    assert last[0].asked == everyone[-1].asked
    assert len({tuple(replay.asked) for replay in everyone}) > 1


def test_the_seed_decides(sparse: World) -> None:
    first, again, other = (timeless(evaluate(sparse, "hasard", (4,), seed=seed)) for seed in (3, 3, 4))
    assert first == again != other


@pytest.mark.parametrize("method", methods())
def test_mastery_is_read_only_to_score(method: str, sparse: World) -> None:
    shuffled = replace(sparse, mastery=np.random.default_rng(0).permuted(sparse.mastery, axis=None))
    model = BeliefModel(sparse.graph)
    one, other = (
        lead_all(Task(world, method, (0, 3, 6), 0, SHORT), model, range(world.people)).replays
        for world in (sparse, shuffled)
    )
    for before, after in zip(one, other, strict=True):
        assert before.asked == after.asked
        assert before.stopped_at == after.stopped_at
        assert before.at_stop.tolist() == after.at_stop.tolist()
        for screens in (0, 3, 6):
            assert before.beliefs[screens].tolist() == after.beliefs[screens].tolist()


def test_learning_does_not_read_mastery_either(crowd: World) -> None:
    shuffled = replace(crowd, mastery=np.random.default_rng(0).permuted(crowd.mastery, axis=None))
    one, other = (
        lead_learning(Task(world, "jalons", (2,), 0, SHORTEST), BeliefModel(world.graph))[0].replays
        for world in (crowd, shuffled)
    )
    assert [r.at_stop.tolist() for r in one] == [r.at_stop.tolist() for r in other]


@pytest.mark.parametrize("method", methods())
def test_what_nobody_took_is_asked_of_nobody(method: str, sparse: World) -> None:
    task = Task(sparse, method, (3, EVERYTHING), 0, Settings(budget=EVERYTHING))
    replays = lead_all(task, BeliefModel(sparse.graph), range(sparse.people)).replays
    columns = sparse.first_columns()
    for row, replay in zip(sparse.right, replays, strict=True):
        taken = {item.id for item in sparse.told.items if Record(row, columns).taken(item)}
        assert set(replay.asked) <= taken
        assert len(set(replay.asked)) == len(replay.asked)
        if method in ("jalons", "hasard", "fixe"):
            assert set(replay.asked) == taken


def test_numbers_of_screens_come_once_each_and_in_order(world: World) -> None:
    assert list(evaluate(world, "hasard", (4, 0, 2, 4))["questions"]) == ["0", "2", "4"]


def test_it_says_whether_beliefs_are_exact(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert evaluate(world.only(slice(1)), "jalons", (1,), settings=SHORT)["exact"] is True
    monkeypatch.setattr(belief, "LARGEST", 10)
    assert evaluate(world.only(slice(1)), "jalons", (1,), settings=SHORT)["exact"] is False


class TestLearning:
    """A structure that calibrates after 100 people, 200, and so on."""

    def test_those_who_follow_gain_and_the_first_hundred_do_not_change(self, crowd: World) -> None:
        task, model = Task(crowd, "jalons", (2,), 0, SHORTEST), BeliefModel(crowd.graph)
        led, learnt = lead_learning(task, model)
        still = lead_all(task, model, range(crowd.people))
        assert learnt == [100, 200]
        same = [
            a.at_stop.tolist() == b.at_stop.tolist() for a, b in zip(led.replays, still.replays, strict=True)
        ]
        assert all(same[:100])
        assert not any(same[100:])
        losses = [
            score(np.array([r.at_stop for r in replays[100:]]), crowd.mastery[100:], crowd.graph).log_loss
            for replays in (led.replays, still.replays)
        ]
        assert losses[0] < losses[1] - 0.01

    def test_each_fit_is_on_all_the_diagnostics_so_far(self, crowd: World) -> None:
        task, model = Task(crowd, "jalons", (2,), 0, SHORT), BeliefModel(crowd.graph)
        led, _ = lead_learning(task, model)
        columns = crowd.first_columns()
        seen = [
            [
                likelihood
                for item in replay.until_stop
                for likelihood in answer_likelihoods(
                    crowd.told[item], Record(row, columns).outcomes(crowd.told[item])
                )
            ]
            for replay, row in zip(led.replays[:200], crowd.right[:200], strict=True)
        ]
        prior = refit(crowd.graph, Prior(), seen).prior
        after = lead_all(task, BeliefModel(crowd.graph, prior), range(200, crowd.people)).replays
        assert [r.at_stop.tolist() for r in after] == [r.at_stop.tolist() for r in led.replays[200:]]
        assert all(len(replay.until_stop) == replay.stopped_at for replay in led.replays)
        assert min(replay.stopped_at for replay in led.replays) < SHORT.budget

    def test_people_keep_their_order_whatever_the_workers(self, crowd: World) -> None:
        some = crowd.only(slice(120))
        one, two = (
            timeless(evaluate(some, "jalons", (2,), settings=SHORTEST, learn=True, workers=n)) for n in (1, 2)
        )
        assert one == two
        assert one["learnt"] == [100]

    @pytest.mark.parametrize(("people", "learnt"), [(99, []), (100, []), (101, [100])])
    def test_it_says_on_how_many_it_learnt(self, crowd: World, people: int, learnt: list[int]) -> None:
        result = evaluate(crowd.only(slice(people)), "jalons", (1,), settings=Settings(budget=1), learn=True)
        assert result["learnt"] == learnt
        assert "learnt" not in evaluate(crowd.only(slice(1)), "jalons", (1,))

    def test_a_graph_too_wide_is_refused_before_anyone_is_led(
        self, crowd: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(belief, "LARGEST", 10)
        led: list[int] = []
        with pytest.raises(TooWideError):
            evaluate(crowd, "jalons", (1,), learn=True, progress=led.append)
        assert led == []
