"""Simulated worlds and the methods led on them."""

import numpy as np
import pytest

from app.engine.bank import Item, ItemBank, Step
from app.engine.baselines import FixedForm, RandomForm, RaschCat, optimised_form
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Diagnostic
from app.engine.graph import Module, ModuleGraph
from app.engine.oppia_rule import OppiaRule
from app.engine.pix_rule import PixRule, predicted_level, tubes_of
from app.engine.prior import difficulty_at
from app.engine.replay import NOT_TAKEN, Adaptive, Method, Record
from app.engine.scores import expected_calibration_error, score
from app.engine.simulation import Kind, Shape, World, people_of, simulate, with_wrong_arcs

SHAPE = Shape(modules=12, domains=3, arcs=12, across=3, scenes=4)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Kind.T3, np.random.default_rng(7), 12, SHAPE)


def methods(world: World) -> dict[str, Method]:
    model = BeliefModel(world.graph)
    diagnostic = Diagnostic(model, world.told, {})
    rng = np.random.default_rng(1)
    return {
        "jalons": Adaptive(diagnostic),
        "fixed": FixedForm(diagnostic, optimised_form(diagnostic, 6, 4, rng)),
        "random": RandomForm(diagnostic, rng),
        "rasch": RaschCat(model, world.told),
        "pix": PixRule(world.graph, world.told, tubes_of(model), rng),
        "pix_graph": PixRule(world.graph, world.told, tubes_of(model, whole_graph=True), rng),
        "oppia": OppiaRule(world.graph, world.told, model.posterior().probabilities),
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_seed_gives_the_same_world(kind: Kind) -> None:
    first, second = (simulate(kind, np.random.default_rng(3), 5, SHAPE) for _ in range(2))
    assert first.graph.ids == second.graph.ids
    assert first.told.items == second.told.items
    np.testing.assert_array_equal(first.right, second.right)
    np.testing.assert_array_equal(first.mastery, second.mastery)


def test_a_world_has_the_shape_asked(world: World) -> None:
    assert len(world.graph) == 12
    assert sum(len(module.prerequisites) for module in world.graph.modules) == 12
    assert sum(item.is_scene for item in world.told.items) == 4
    assert all(3 <= len(item.steps) <= 5 for item in world.told.items if item.is_scene)
    assert world.right.shape == (12, sum(len(item.steps) for item in world.told.items))


def test_nobody_breaks_the_order_in_t1() -> None:
    world = simulate(Kind.T1, np.random.default_rng(5), 50, SHAPE)
    for j, module in enumerate(world.graph.modules):
        for prerequisite in module.prerequisites:
            assert not (world.mastery[:, j] & ~world.mastery[:, world.graph.index[prerequisite]]).any()


def test_wrong_arcs_are_only_in_the_engines_graph(world: World) -> None:
    wrong = with_wrong_arcs(world, np.random.default_rng(2), 5)
    assert sum(len(m.prerequisites) for m in wrong.graph.modules) == 17
    for module in world.graph.ids:
        np.testing.assert_array_equal(
            wrong.mastery[:, wrong.graph.index[module]], world.mastery[:, world.graph.index[module]]
        )


@pytest.mark.parametrize("name", ["jalons", "fixed", "random", "rasch", "pix", "pix_graph", "oppia"])
def test_every_method_believes_something_at_every_checkpoint(world: World, name: str) -> None:
    method = methods(world)[name]
    replay = method.lead(Record(world.right[0], world.first_columns()), (0, 3, 6))
    assert sorted(replay.beliefs) == [0, 3, 6]
    assert all(((belief >= 0) & (belief <= 1)).all() for belief in replay.beliefs.values())
    assert len(replay.asked) <= 6
    assert len(set(replay.asked)) == len(replay.asked)


def test_what_was_not_taken_is_not_asked(world: World) -> None:
    row = world.right[0].copy()
    row[5:] = NOT_TAKEN
    columns = world.first_columns()
    for name, method in methods(world).items():
        if name != "fixed":
            replay = method.lead(Record(row, columns), (8,))
            assert all(columns[item] < 5 for item in replay.asked), name


def test_a_checkpoint_is_a_diagnostic_of_that_many_screens(world: World) -> None:
    whole = methods(world)["jalons"]
    record = Record(world.right[0], world.first_columns())
    replay = whole.lead(record, (0, 4, 9))
    for screens in (4, 9):
        alone = Adaptive(whole.diagnostic.with_budget(screens)).lead(record, (screens,))
        np.testing.assert_array_equal(alone.beliefs[screens], replay.beliefs[screens])
        assert len(alone.asked) == screens
    assert alone.asked == replay.asked


def test_asking_more_makes_it_more_right(world: World) -> None:
    method = methods(world)["jalons"]
    replays = [method.lead(Record(row, world.first_columns()), (0, 10)) for row in world.right]
    before, after = (
        score(np.array([replay.beliefs[c] for replay in replays]), world.mastery, world.graph)
        for c in (0, 10)
    )
    assert after.accuracy > before.accuracy
    assert after.log_loss < before.log_loss


def test_the_predicted_level_follows_the_answers() -> None:
    assert predicted_level([]) == 3.5
    assert predicted_level([(3, True), (4, True)]) > 3.5 > predicted_level([(3, False), (2, False)])


def test_a_perfect_belief_scores_perfectly(world: World) -> None:
    scores = score(world.mastery.astype(float), world.mastery, world.graph)
    assert scores.accuracy == scores.kappa == scores.first_ready == 1.0
    assert scores.brier == scores.ece == scores.wrongly_skipped == 0.0


def test_calibration_error_by_hand() -> None:
    said = np.array([0.95, 0.95, 0.05, 0.05])
    assert expected_calibration_error(said, np.array([True, False, False, False])) == pytest.approx(0.25)


def test_items_that_are_mostly_luck_can_be_told_wrongly() -> None:
    graph = ModuleGraph([Module("a", "d")])
    lucky = ItemBank(Item(f"q{k}", (Step("a", 0.7, 0.2),)) for k in range(20))
    told = people_of(Kind.T3, graph, lucky, np.random.default_rng(0), 3).told
    steps = [item.steps[0] for item in told.items]
    assert all(step.guess + step.slip < 1 for step in steps)
    assert min(step.guess for step in steps) < 0.7 < max(step.guess for step in steps)


def test_people_meet_the_difficulty_that_the_engine_believes_where_no_author_said() -> None:
    bank = ItemBank([Item("q", (Step("a", 0.1, 0.1),))])
    depth = difficulty_at(0)
    unsaid, said = (
        people_of(Kind.T1, ModuleGraph([Module("a", "d", (), b)]), bank, np.random.default_rng(0), 200)
        for b in (None, depth)
    )
    np.testing.assert_array_equal(unsaid.mastery, said.mastery)
