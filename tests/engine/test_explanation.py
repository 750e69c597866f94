"""Why a module is believed mastered: parts that add up to the whole, and say what brought them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_assessment import END, GRAPH, MODEL, PRIOR, START, answered, facts, worked

from app.engine import belief, explanation
from app.engine.assessment import assess
from app.engine.belief import BeliefModel, Prior
from app.engine.evidence import Evidence, Outcome, Source
from app.engine.explanation import Explanation, explain
from app.engine.simulation import Kind, Shape, simulate

NOW = START + timedelta(days=60)


def explained(evidence: list[Evidence], module: str, model: BeliefModel = MODEL) -> Explanation:
    return explain(model, assess(model, evidence, NOW), evidence, module, NOW)


def whole(told: Explanation) -> float:
    own = sum(turn.change for turn in told.own)
    return told.prior + sum(part.change for part in told.others) + own + told.time + told.rest


@given(facts, st.sampled_from(GRAPH.ids))
def test_the_parts_add_up_to_the_whole(evidence: list[Evidence], module: str) -> None:
    known = assess(MODEL, evidence, END)
    told = explain(MODEL, known, evidence, module, END)
    assert whole(told) == pytest.approx(known[module], abs=1e-9)
    assert told.now == known[module]
    assert told.rest == pytest.approx(0, abs=1e-9)
    assert told.prior == pytest.approx(PRIOR[module])
    assert sum(told.by_module.values()) == pytest.approx(told.from_others - told.prior, abs=1e-9)
    assert {part.fact.id for part in (*told.others, *told.own)} == {fact.id for fact in evidence}


@given(facts, st.sampled_from(GRAPH.ids), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_show(evidence: list[Evidence], module: str, shuffler: Random) -> None:
    shuffled = list(evidence)
    shuffler.shuffle(shuffled)
    known = assess(MODEL, evidence, END)
    assert explain(MODEL, known, shuffled, module, END) == explain(MODEL, known, evidence, module, END)


def test_alike_facts_on_modules_that_stand_alike_weigh_the_same() -> None:
    evidence = [answered("souris", Outcome.SUCCESS, minutes) for minutes in (0, 1)]
    first, second = explained(evidence, "lire").others
    assert first.change == pytest.approx(second.change, abs=1e-9)
    assert first.change > 0


def test_alone_a_fact_has_all_that_it_changed() -> None:
    evidence = [answered("souris", Outcome.FAILURE)]
    told = explained(evidence, "repondre")
    moved = assess(MODEL, evidence, START).arrival["repondre"] - PRIOR["repondre"]
    assert told.others[0].change == pytest.approx(moved, abs=1e-9)
    assert moved < -0.05


def test_what_pulls_up_and_what_pulls_down_are_told_apart() -> None:
    evidence = [answered("souris", Outcome.SUCCESS), answered("clavier", Outcome.DONT_KNOW, minutes=1)]
    told = explained(evidence, "repondre").by_module
    assert told["souris"] > 0 > told["clavier"]
    assert list(told) == ["clavier", "souris"]  # the largest first


def test_a_share_lies_between_what_a_fact_does_first_and_what_it_does_last() -> None:
    one, other = answered("souris", Outcome.SUCCESS), answered("clavier", Outcome.SUCCESS, minutes=1)
    together = assess(MODEL, [one, other], NOW).arrival["lire"]
    alone, without = (assess(MODEL, [fact], NOW).arrival["lire"] for fact in (one, other))
    share = explained([one, other], "lire").by_module["souris"]
    assert together - without < share < alone - PRIOR["lire"]


def test_time_takes_back_what_practice_gave() -> None:
    evidence = worked("lire", "guide", "seul", "seul")
    later = START + timedelta(days=400)
    soon = explain(MODEL, assess(MODEL, evidence, NOW), evidence, "lire", NOW)
    late = explain(MODEL, assess(MODEL, evidence, later), evidence, "lire", later)
    assert [turn.fact.help for turn in soon.own] == ["guide", "seul", "seul"]
    assert soon.own[-1].change > 0
    assert late.own == soon.own
    assert late.time < soon.time < 0


def test_what_says_nothing_changes_nothing_and_is_still_told() -> None:
    evidence = [answered("lire", Outcome.NOT_UNDERSTOOD), answered("souris", Outcome.NOT_SEEN)]
    told = explained(evidence, "lire")
    assert [turn.change for turn in told.own] == [0.0]
    assert [part.change for part in told.others] == [0.0]
    assert whole(told) == pytest.approx(PRIOR["lire"])


def test_shares_are_exact_to_half_a_point_however_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = simulate(Kind.T1, np.random.default_rng(3), 1, Shape(40, 6, 42, 12)).graph
    model, rng = BeliefModel(graph, Prior(ability_points=7, domain_points=2)), np.random.default_rng(4)
    evidence = [
        Evidence(f"{n}", str(module), Source.DIAGNOSTIC, START, outcome, guess=0.05, slip=0.05)
        for n, module in enumerate(rng.choice(graph.ids[:-1], 60))
        for outcome in [Outcome.SUCCESS if rng.random() < 0.6 else Outcome.FAILURE]
    ]
    told = explained(evidence, graph.ids[-1], model)
    monkeypatch.setattr(explanation, "NODES", 80)
    finer = explained(evidence, graph.ids[-1], model)
    assert max(abs(part.change) for part in finer.others) > 0.03
    for part, exact in zip(told.others, finer.others, strict=True):
        assert part.fact == exact.fact
        assert part.change == pytest.approx(exact.change, abs=0.005)


def test_on_a_graph_too_wide_the_parts_add_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = [
        answered("souris", Outcome.SUCCESS),
        answered("clavier", Outcome.FAILURE, minutes=1),
        *worked("lire", "seul"),
    ]
    exact = explained(evidence, "lire")
    monkeypatch.setattr(belief, "LARGEST", 0)
    model = BeliefModel(GRAPH)
    told = explained(evidence, "lire", model)
    assert whole(told) == pytest.approx(assess(model, evidence, NOW)["lire"])
    assert abs(told.rest) < 0.05
    for module, change in exact.by_module.items():
        assert told.by_module[module] == pytest.approx(change, abs=0.05)


def test_a_module_that_the_graph_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        explained([], "parti")
