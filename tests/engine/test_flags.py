"""Flags: the bad item is found, the sound ones are left alone."""

import numpy as np
import pytest

from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel, Prior
from app.engine.diagnostic import Answer, answer_likelihoods
from app.engine.evidence import Outcome
from app.engine.flags import StepAnswer, arc_flags, group_flags, item_flags, step_answers
from app.engine.graph import Module, ModuleGraph

GRAPH = ModuleGraph(
    [Module("a", "d", difficulty=0.0), Module("b", "d", ("a",), 0.0), Module("c", "d", difficulty=0.0)]
)
BANK = ItemBank(Item(f"{m}{k}", (Step(m, 0.1, 0.1),)) for m in "abc" for k in range(3))
MODEL = BeliefModel(GRAPH, Prior(domain_spread=0.0, domain_points=1))


def answers(
    seed: int, flat: str = "", by_group: str = "", skipping: float = 0.0
) -> tuple[list[list[Answer]], dict[int, str]]:
    """Two hundred people; ``flat`` is answered by chance, ``by_group`` fails on phones, some skip ``a``."""
    rng = np.random.default_rng(seed)
    people, groups = [], {}
    for person, state in enumerate(MODEL.posterior().samples(rng, 200)):
        known = dict(zip(GRAPH.ids, state, strict=True))
        if rng.random() < skipping:
            known |= {"a": False, "b": True}
        groups[person] = "telephone" if person % 2 else "ordinateur"
        given = []
        for item in BANK.items:
            chance = 0.9 if known[item.modules[0]] else 0.1
            if item.id == flat:
                chance = 0.5
            if item.id == by_group and groups[person] == "telephone":
                chance *= 0.4
            right = rng.random() < chance
            given.append(Answer(item.id, (Outcome.SUCCESS if right else Outcome.FAILURE,)))
        people.append(given)
    return people, groups


@pytest.fixture(scope="module")
def sound() -> list[StepAnswer]:
    return step_answers(MODEL, BANK, answers(0)[0])


def test_sound_items_are_left_alone(sound: list[StepAnswer]) -> None:
    assert item_flags(sound) == []


def test_each_answer_is_judged_by_all_the_others() -> None:
    """One by one: the belief from everything but the answer, for questions, scenes and certainties."""
    scene = Item("s", (Step("a", 0.05, 0.1), Step("b", 0.05, 0.1)))
    strong = Item("t", tuple(Step("c", 0.01, 0.01) for _ in range(8)))
    bank = ItemBank([*BANK.items, scene, strong])
    rng = np.random.default_rng(0)
    outcomes = [Outcome.SUCCESS, Outcome.FAILURE, Outcome.DONT_KNOW, Outcome.NOT_SEEN]
    people = [
        [Answer(item.id, tuple(outcomes[rng.integers(4)] for _ in item.steps)) for item in bank.items]
        for _ in range(5)
    ]
    # One whose eight steps say all but for certain what the others deny.
    denied = [Answer(item.id, (Outcome.FAILURE,)) for item in BANK.items]
    people.append([*denied, Answer("t", (Outcome.SUCCESS,) * 8)])
    for found in step_answers(MODEL, bank, people):
        rest = [
            likelihood
            for answer in people[found.person]
            if answer.item_id != found.item_id
            for likelihood in answer_likelihoods(bank[answer.item_id], answer.outcomes)
        ]
        step = bank[found.item_id].steps[found.step]
        assert found.mastered == pytest.approx(MODEL.posterior(rest)[step.module], rel=1e-6)


def test_only_the_items_wanted_are_judged(sound: list[StepAnswer]) -> None:
    some = step_answers(MODEL, BANK, answers(0)[0], only={"b1"})
    assert some == [answer for answer in sound if answer.item_id == "b1"]


def test_an_item_answered_by_chance_is_flat() -> None:
    flags = item_flags(step_answers(MODEL, BANK, answers(1, flat="c1")[0]))
    assert [flag.item_id for flag in flags if flag.is_flat] == ["c1"]


def test_an_item_that_fails_on_phones_is_found() -> None:
    people, groups = answers(2, by_group="b2")
    flags = group_flags(step_answers(MODEL, BANK, people), groups)
    assert {(flag.item_id, flag.group) for flag in flags} == {("b2", "ordinateur"), ("b2", "telephone")}
    assert next(flag for flag in flags if flag.group == "telephone").gap < 0


@pytest.mark.parametrize(("skipping", "found"), [(0.0, []), (0.4, ["b"])])
def test_a_prerequisite_that_people_skip_is_found(skipping: float, found: list[str]) -> None:
    people, _ = answers(3, skipping=skipping)
    seen = [
        [
            likelihood
            for answer in given
            for likelihood in answer_likelihoods(BANK[answer.item_id], answer.outcomes)
        ]
        for given in people
    ]
    assert [flag.module for flag in arc_flags(MODEL, seen)] == found
