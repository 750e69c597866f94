"""The diagnostic: what it asks, when it stops, and what it says of itself."""

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from strategies import banks_on, graphs

from app.engine import selection
from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import Belief, BeliefModel, Prior
from app.engine.diagnostic import Answer, Diagnostic, Settings, StopReason, answer_likelihoods
from app.engine.evidence import Likelihood, Outcome
from app.engine.graph import Module, ModuleGraph
from app.engine.information import best_after, best_after_scene, channel, entropy, scene_gain, step_gains

SMALL = Prior(ability_points=4, domain_points=2)
CHAIN = ModuleGraph([Module("a", "d"), Module("b", "d", ("a",)), Module("c", "d", ("b",))])
QUESTIONS = ItemBank(
    [Item(f"{m}{k}", (Step(m, 0.1, 0.1),), f"f{k}") for m in "abc" for k in range(3)]
    + [Item("scene", (Step("a", 0.02, 0.1), Step("b", 0.02, 0.1)), "scene")]
)
RIGHT, WRONG = Outcome.SUCCESS, Outcome.FAILURE
OUTCOMES = st.sampled_from(list(Outcome))


def diagnostic(**options: Any) -> Diagnostic:
    return Diagnostic(BeliefModel(CHAIN, SMALL), QUESTIONS, {"c": 1, "b": 1, "a": 1}, Settings(**options))


@pytest.mark.parametrize("outcome", [Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD])
def test_what_was_not_seen_or_understood_changes_nothing(outcome: Outcome) -> None:
    asked = diagnostic()
    before = asked.belief([]).as_dict()
    assert asked.belief([Answer("b0", (outcome,)), Answer("scene", (outcome, outcome))]).as_dict() == before


def test_i_dont_know_is_stronger_than_a_wrong_answer() -> None:
    item = Item("q", (Step("a", 0.25, 0.1),))
    dont_know, wrong, shown = (
        answer_likelihoods(item, (o,))[0] for o in (Outcome.DONT_KNOW, WRONG, Outcome.SHOWN)
    )
    assert dont_know.mastered / dont_know.not_mastered < wrong.mastered / wrong.not_mastered
    assert shown == wrong


def test_an_item_without_guess_or_slip_still_leaves_a_doubt() -> None:
    item = Item("q", (Step("a", 0.0, 0.0),))
    assert answer_likelihoods(item, (RIGHT,)) == [Likelihood("a", 0.99, 0.01)]


@settings(max_examples=25)
@given(st.data())
def test_resuming_gives_the_same_next_items(data: st.DataObject) -> None:
    graph = data.draw(graphs(6))
    bank = data.draw(banks_on(graph))
    answers = [
        Answer(item.id, tuple(data.draw(OUTCOMES) for _ in item.steps))
        for item in data.draw(st.lists(st.sampled_from(bank.items), unique=True, max_size=4))
    ]
    goal = dict.fromkeys(graph.ids, 1.0)
    first = Diagnostic(BeliefModel(graph, SMALL), bank, goal).next_items(answers, 3)
    again = Diagnostic(BeliefModel(graph, SMALL), ItemBank(reversed(bank.items)), goal).next_items(answers, 3)
    assert [choice.item.id for choice in first] == [choice.item.id for choice in again]
    assert not {choice.item.id for choice in first} & {answer.item_id for answer in answers}
    assert len({choice.item.id for choice in first}) == len(first)


@settings(max_examples=25)
@given(st.data())
def test_the_gain_of_a_question_is_the_expected_drop_of_entropy(data: st.DataObject) -> None:
    graph = data.draw(graphs(6))
    bank = data.draw(banks_on(graph, scenes=0))
    asked = Diagnostic(BeliefModel(graph, SMALL), bank, {}, Settings(easy=0, variety=1))
    choice = asked.next_items([Answer(bank.items[0].id, (RIGHT,))])[0]
    before = asked.model.coarse.posterior(answer_likelihoods(bank.items[0], (RIGHT,)))
    step = choice.item.steps[0]
    chance = before[step.module]
    success = chance * (1 - step.slip) + (1 - chance) * step.guess
    pair = [Likelihood(step.module, 1 - step.slip, max(step.guess, 1e-9))]
    other = [Likelihood(step.module, max(step.slip, 1e-9), 1 - step.guess)]
    given_first = answer_likelihoods(bank.items[0], (RIGHT,))
    left = sum(
        weight * entropy(asked.model.coarse.posterior([*given_first, *seen]).probabilities).mean()
        for weight, seen in ((success, pair), (1 - success, other))
    )
    gain = entropy(before.probabilities).mean() - left
    j, wanted = graph.index[step.module], np.arange(len(graph))
    exact = step_gains(np.array([j]), np.array([step.guess]), np.array([step.slip]), before.pairs, wanted)
    assert exact.mean() == pytest.approx(gain, abs=1e-6)
    assert choice.gain == pytest.approx(gain, rel=0.15, abs=0.005)


def test_the_gain_of_a_scene_is_near_its_exact_one() -> None:
    model = BeliefModel(CHAIN)
    belief = model.posterior()
    scene = QUESTIONS["scene"]
    states = belief.samples(np.random.default_rng(0), 4000).astype(float)
    sampled = scene_gain(channel(scene), [0, 1], states, np.full(4000, 1 / 4000), belief.probabilities).sum()
    exact = entropy(belief.probabilities).sum()
    for outcomes in ((RIGHT, RIGHT), (RIGHT, WRONG), (WRONG, RIGHT), (WRONG, WRONG)):
        seen = answer_likelihoods(scene, outcomes)
        after = model.posterior(seen)
        scale = 1.0
        for likelihood in seen:
            scale *= max(likelihood.mastered, likelihood.not_mastered)
        exact -= scale * np.exp(after.log_evidence) * entropy(after.probabilities).sum()
    assert sampled == pytest.approx(exact, rel=0.03)


def test_the_first_screen_is_an_easy_one() -> None:
    assert diagnostic(easy=0.7).next_items([])[0].item.modules == ("a",)


def test_two_of_a_family_do_not_follow_where_another_is_as_good() -> None:
    asked = diagnostic()
    answers = [Answer("a0", (RIGHT,))]
    assert asked.next_items(answers)[0].item.family != "f0"


def test_what_everyone_has_seen_rests() -> None:
    exposure = {item.id: 0.9 for item in QUESTIONS.items if item.id != "c2"}
    model = BeliefModel(CHAIN, SMALL)
    asked = Diagnostic(model, QUESTIONS, {}, Settings(exposure_cap=0.5))
    assert [choice.item.id for choice in asked.next_items([], 5, exposure=exposure)] == ["c2"]
    assert asked.next_items([], exposure=dict.fromkeys(exposure | {"c2": 1.0}, 1.0))


def test_excluded_items_are_not_asked() -> None:
    excluded = [item.id for item in QUESTIONS.items if item.id != "b1"]
    assert [c.item.id for c in diagnostic().next_items([], 3, exclude=excluded)] == ["b1"]


def test_it_stops_when_sure() -> None:
    answers = [Answer(f"{m}{k}", (RIGHT,)) for m in "cba" for k in range(2)]
    assert diagnostic(sure=0.9).stop(answers) is StopReason.SURE


def test_it_stops_at_the_budget() -> None:
    assert (
        diagnostic(budget=2, sure=1.1).stop([Answer("a0", (RIGHT,)), Answer("c0", (WRONG,))])
        is StopReason.BUDGET
    )


def test_it_stops_gently_when_someone_struggles() -> None:
    answers = [Answer(f"{m}0", (Outcome.DONT_KNOW,)) for m in "abc"]
    assert diagnostic(struggle=3, sure=1.1, least=3).stop(answers) is StopReason.GENTLE
    assert diagnostic(struggle=3, sure=1.1, least=3).stop([*answers[:2], Answer("c0", (RIGHT,))]) is None


def test_it_stops_when_nothing_is_left() -> None:
    answers = [Answer(item.id, (WRONG,) * len(item.steps)) for item in QUESTIONS.items]
    asked = diagnostic(budget=99)
    assert asked.stop(answers) is StopReason.EXHAUSTED
    assert asked.next_items(answers) == []


def test_it_says_what_each_answer_changed() -> None:
    effects = diagnostic().effects([Answer("c0", (RIGHT,)), Answer("a0", (Outcome.NOT_SEEN,))])
    assert set(effects[0]) == {"a", "b", "c"}
    before, after = effects[0]["c"]
    assert after > before
    assert effects[1] == {}


def test_answers_to_items_gone_since_are_left_out() -> None:
    asked = diagnostic()
    assert asked.belief([Answer("gone", (RIGHT,))]).as_dict() == asked.belief([]).as_dict()
    assert asked.next_items([Answer("gone", (RIGHT,))])


def test_a_goal_gone_since_is_every_module() -> None:
    assert Diagnostic(BeliefModel(CHAIN), QUESTIONS, {"gone": 1.0}).goal == dict.fromkeys("abc", 1.0)


def test_only_what_the_goal_needs_is_asked() -> None:
    graph = ModuleGraph([*CHAIN.modules, Module("z", "other")])
    bank = ItemBank([*QUESTIONS.items, Item("z0", (Step("z", 0.01, 0.01),))])
    asked = Diagnostic(BeliefModel(graph), bank, {"a": 1, "b": 1, "c": 1})
    assert "z0" not in {choice.item.id for choice in asked.next_items([], 5)}


def test_choosing_on_what_the_goal_needs_is_choosing_on_everything() -> None:
    graph = ModuleGraph([*CHAIN.modules, Module("z", "d", ("a",)), Module("y", "other")])
    goal = {"a": 1.0, "b": 1.0}
    asked = Diagnostic(BeliefModel(graph, SMALL), QUESTIONS, goal)
    answers = [Answer("a0", (RIGHT,))]
    nothing = Likelihood("y", 0.5, 0.5)
    narrow, wide = asked.next_items(answers)[0], asked.next_items(answers, earlier=[nothing])[0]
    assert narrow.item == wide.item
    assert narrow.gain == pytest.approx(wide.gain, abs=0.02)


def test_the_last_screens_also_count_what_to_propose_next(monkeypatch: pytest.MonkeyPatch) -> None:
    # So much that it decides: of all that is left, a second question on a tells least of the goal.
    much = 10.0
    monkeypatch.setattr(selection, "NEXT_STEP_WORTH", much)
    answers = [Answer("a0", (RIGHT,)), Answer("b0", (WRONG,))]
    asked = diagnostic(budget=3, next_step=1)
    belief = asked.belief(answers)

    def expected(item: Item, of: Callable[[Belief], float]) -> float:
        """Over both answers, the chance of each times what ``of`` gives then."""
        [step] = item.steps
        right = belief[step.module] * (1 - step.slip) + (1 - belief[step.module]) * step.guess
        return sum(
            chance * of(asked.belief([*answers, Answer(item.id, (outcome,))]))
            for outcome, chance in ((RIGHT, right), (WRONG, 1 - right))
        )

    def best(then: Belief) -> float:
        return float(then.readiness.max())

    def doubt(then: Belief) -> float:
        return float(entropy(then.probabilities).mean())

    def worth(item: Item) -> float:
        return doubt(belief) - expected(item, doubt) + much * expected(item, best)

    left = [item for item in QUESTIONS.items if item.id not in ("a0", "b0", "scene")]
    chosen = asked.next_items(answers, exclude=["scene"])[0].item
    assert worth(chosen) == pytest.approx(max(worth(item) for item in left), abs=0.2)
    assert chosen.modules == ("a",)
    assert diagnostic(budget=3, next_step=0).next_items(answers)[0].item.modules != ("a",)


def test_before_its_last_screens_it_asks_as_it_would_without_them() -> None:
    answers = [Answer("a0", (RIGHT,))]
    with_, without = (diagnostic(budget=9, next_step=n).next_items(answers, 3) for n in (2, 0))
    assert with_ == without


@settings(max_examples=25)
@given(st.data())
def test_the_last_screen_is_the_one_that_makes_the_most_be_judged_rightly(data: st.DataObject) -> None:
    graph = data.draw(graphs(6))
    bank = data.draw(banks_on(graph, scenes=0))
    first = bank.items[0]
    asked = Diagnostic(
        BeliefModel(graph, SMALL), bank, {}, Settings(budget=2, easy=0, variety=1, next_step=0)
    )
    answers = [Answer(first.id, (RIGHT,))]

    def rightly(item: Item) -> float:
        step = item.steps[0]
        chance = asked.belief(answers)[step.module]
        success = chance * (1 - step.slip) + (1 - chance) * step.guess
        after = [asked.belief([*answers, Answer(item.id, (outcome,))]) for outcome in (RIGHT, WRONG)]
        return sum(
            weight * asked.expected_accuracy(belief)
            for weight, belief in zip((success, 1 - success), after, strict=True)
        )

    [chosen] = asked.next_items(answers)
    best = max(rightly(item) for item in bank.items if item.id != first.id)
    assert rightly(chosen.item) >= best - selection.LEFT_AT_LAST * chosen.gain - 1e-9


def test_before_the_last_screen_doubt_counts_and_at_the_last_verdicts() -> None:
    """ "Likely" tells more, but whatever is answered one would go on thinking it mastered."""
    graph = ModuleGraph([Module("likely", "d", (), -1.0), Module("even", "d", (), 0.0)])
    bank = ItemBank(
        [Item("telling", (Step("likely", 0.3, 0.3),), "f"), Item("deciding", (Step("even", 0.4, 0.4),), "g")]
    )
    model = BeliefModel(graph, Prior(spread=0, domain_spread=0))
    asked = Diagnostic(model, bank, {}, Settings(easy=0, variety=1, next_step=0))
    assert asked.with_budget(2).next_items([])[0].item.id == "telling"
    assert asked.with_budget(1).next_items([])[0].item.id == "deciding"


def test_what_comes_after_the_screen_shown_knows_that_it_is_shown() -> None:
    """A page that shows one screen already asks for those after it."""
    graph = ModuleGraph([Module("likely", "d", (), -1.0), Module("even", "d", (), 0.0)])
    told = [Item(f"telling{k}", (Step("likely", 0.3, 0.3),), f"f{k}") for k in range(3)]
    bank = ItemBank([*told, Item("deciding", (Step("even", 0.4, 0.4),), "g")])
    model = BeliefModel(graph, Prior(spread=0, domain_spread=0))
    asked = Diagnostic(model, bank, {}, Settings(easy=0, variety=1, next_step=0))
    shown = asked.with_budget(2).next_items([])[0].item.id
    assert shown.startswith("telling")
    after = [choice.item.id for choice in asked.with_budget(2).next_items([], 4, on_screen=shown)]
    assert after[0] == "deciding"
    assert shown not in after
    answered = [Answer(shown, (RIGHT,))]
    assert asked.next_items(answered, on_screen=shown) == asked.next_items(answered)


@settings(max_examples=15)
@given(st.floats(0.02, 0.4), st.floats(0.02, 0.4), st.integers(0, 2**32 - 1))
def test_a_scene_of_one_step_is_worth_what_a_question_is_for_the_next_step(
    guess: float, slip: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    states = rng.random((64, 4)) < 0.5
    told = (rng.random((64, 3)) < 0.3).astype(float)
    scene = best_after_scene(channel(Item("s", (Step("m", guess, slip),))), states[:, [2]], told)
    question = best_after(np.array([2]), np.array([guess]), np.array([slip]), states.astype(float), told)
    assert question[0] == pytest.approx(scene, abs=1e-12)
    assert scene >= told.mean(axis=0).max() - 1e-12
