"""Graphs too wide for exact sums: prerequisites are cut, and messages stand for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import hypothesis.strategies as st
import numpy as np
import pytest
from brute_force import marginals_and_pairs, readiness
from hypothesis import given, settings
from strategies import evidence_on, graphs, graphs_without_loops

from app.engine import belief, cut_tree
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel, Prior, TooWideError
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood, Outcome
from app.engine.graph import Module, ModuleGraph
from app.engine.simulation import Shape, random_graph, single_items

SMALL = Prior(ability_points=4, domain_points=3)
ONE_DOMAIN_POINT = Prior(ability_points=4, domain_points=1)


@contextmanager
def cut_to(numbers: int) -> Iterator[None]:
    """Every graph is too wide, and what is kept of it holds about so many numbers."""
    with patch.object(belief, "LARGEST", 0), patch.object(belief, "CUT_TO", numbers):
        yield


def wide_graph(across: int = 69) -> ModuleGraph:
    return random_graph(np.random.default_rng(1), Shape(240, 24, 212 + across, across))


WIDE = BeliefModel(wide_graph())
"""240 modules with 69 arcs between domains."""


@settings(max_examples=40)
@given(st.data())
def test_cuts_that_close_no_loop_are_exact(data: st.DataObject) -> None:
    graph = data.draw(graphs_without_loops())
    likelihoods = data.draw(evidence_on(graph))
    with cut_to(0), patch.object(cut_tree, "STILL", 0.0), patch.object(cut_tree, "UNDAMPED", 100):
        model = BeliefModel(graph, ONE_DOMAIN_POINT)
        found = model.posterior(likelihoods)
        assert not model.is_exact
        marginals, _ = marginals_and_pairs(model, likelihoods)
        np.testing.assert_allclose(found.probabilities, marginals, atol=1e-9)
        np.testing.assert_allclose(found.readiness, readiness(model, likelihoods), atol=1e-9)


@settings(max_examples=30)
@given(st.data())
def test_a_graph_that_needs_no_cut_is_exact(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    likelihoods = data.draw(evidence_on(graph))
    with cut_to(1_000_000):
        model = BeliefModel(graph, SMALL)
        found = model.posterior(likelihoods)
    marginals, pairs = marginals_and_pairs(model, likelihoods)
    np.testing.assert_allclose(found.probabilities, marginals, atol=1e-9)
    np.testing.assert_allclose(found.pairs, pairs, atol=1e-9)
    np.testing.assert_allclose(found.readiness, readiness(model, likelihoods), atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_with_loops_it_is_close_to_brute_force(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed), Shape(12, 3, 13, 5))
    seen = [Likelihood(m, 0.9, 0.2) if k % 2 else Likelihood(m, 0.1, 0.8) for k, m in enumerate(graph.ids)][
        ::3
    ]
    with cut_to(0):
        model = BeliefModel(graph, SMALL)
    found = model.posterior(seen)
    marginals, _ = marginals_and_pairs(model, seen)
    assert np.abs(found.probabilities - marginals).mean() < 0.03
    assert np.abs(found.readiness - readiness(model, seen)).mean() < 0.03


@settings(max_examples=40)
@given(st.data())
def test_what_is_cut_is_still_a_belief(data: st.DataObject) -> None:
    graph = data.draw(graphs(10))
    likelihoods = data.draw(evidence_on(graph))
    with cut_to(0):
        found = BeliefModel(graph, SMALL).posterior(likelihoods)
    p, pairs, ready = found.probabilities, found.pairs, found.readiness
    assert np.isfinite(pairs).all()
    assert ((p >= 0) & (p <= 1)).all()
    np.testing.assert_allclose(pairs, pairs.T, atol=1e-12)
    np.testing.assert_allclose(np.diag(pairs), p, atol=1e-12)
    assert (pairs <= np.minimum.outer(p, p) + 1e-9).all()
    assert (ready >= -1e-12).all()
    assert (ready <= 1 - p + 0.05).all()
    assert found.ability_weights.sum() == pytest.approx(1)


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    graph = data.draw(graphs(10))
    likelihoods = data.draw(evidence_on(graph))
    shuffled = data.draw(st.permutations(likelihoods))
    with cut_to(0):
        first = BeliefModel(graph, SMALL).posterior(likelihoods)
        # A model that has believed other things meanwhile, as one that serves several people has.
        other = BeliefModel(graph, SMALL)
        other.posterior([Likelihood(m, 0.9, 0.1) for m in graph.ids])
        second = other.posterior(shuffled)
    assert first.as_dict() == second.as_dict()
    np.testing.assert_array_equal(first.pairs, second.pairs)


def test_a_thousand_contradictory_answers_stay_finite() -> None:
    ids = WIDE.graph.ids
    seen = [Likelihood(m, 0.99, 0.01) for m in ids[120:] for _ in range(10)]
    seen += [Likelihood(m, 0.01, 0.99) for m in ids[:120] for _ in range(10)]
    found = WIDE.posterior(seen)
    assert np.isfinite(found.probabilities).all()
    assert (found.probabilities[120:] > 0.99).all()
    assert (found.probabilities[:120] < 0.01).all()


def test_it_is_near_exact_sums_on_240_modules() -> None:
    graph = random_graph(np.random.default_rng(1), Shape(240, 24, 252, 40))
    seen = [Likelihood(m, 0.9, 0.15) if k % 3 else Likelihood(m, 0.1, 0.85) for k, m in enumerate(graph.ids)]
    exact = BeliefModel(graph).posterior(seen[::8])
    with cut_to(60_000):
        model = BeliefModel(graph)
    assert not model.is_exact
    found = model.posterior(seen[::8])
    assert np.abs(found.probabilities - exact.probabilities).mean() < 0.003
    assert np.abs(found.readiness - exact.readiness).mean() < 0.003
    assert found.ability == pytest.approx(exact.ability, abs=0.05)


def test_a_wide_graph_of_240_modules_leads_a_diagnostic() -> None:
    graph = WIDE.graph
    bank = ItemBank(single_items(graph, np.random.default_rng(1)))
    asked = Diagnostic(WIDE, bank, {})
    answers: list[Answer] = []
    for number in range(4):
        item = asked.next_items(answers)[0].item
        assert item.id not in {answer.item_id for answer in answers}
        answers.append(Answer(item.id, (Outcome.FAILURE if number % 2 else Outcome.SUCCESS,)))
    resumed = Diagnostic(BeliefModel(graph), bank, {})
    choice, again = asked.next_items(answers)[0], resumed.next_items(answers)[0]
    assert (choice.item.id, choice.gain) == (again.item.id, again.gain)


def test_a_goal_that_touches_little_is_asked_about_exactly() -> None:
    bank = ItemBank(single_items(WIDE.graph, np.random.default_rng(1)))
    goal = {module: 1.0 for module in WIDE.graph.ids if module.startswith("d03")}
    asked = Diagnostic(WIDE, bank, goal)
    small = BeliefModel(WIDE.graph.restricted_to(goal))
    assert small.is_exact
    alone = Diagnostic(small, bank.restricted_to(small.graph.ids), goal)
    assert asked.next_items([])[0] == alone.next_items([])[0]


def test_a_graph_with_three_prerequisites_a_module_at_random_is_made_small() -> None:
    rng = np.random.default_rng(1)
    model = BeliefModel(
        ModuleGraph(
            Module(
                f"m{j:03}",
                f"d{rng.integers(12):02}",
                tuple(f"m{i:03}" for i in rng.choice(j, min(j, 3), replace=False)),
            )
            for j in range(120)
        )
    )
    assert not model.is_exact
    assert model.entries < 3 * belief.CUT_TO
    seen = [Likelihood(m, 0.9, 0.1) for m in model.graph.ids[::10]]
    assert model.posterior(seen).probabilities.mean() > model.posterior().probabilities.mean()


def test_a_module_with_forty_prerequisites_makes_no_table_of_them_all() -> None:
    before = [Module(f"m{j:02}", "a") for j in range(40)]
    model = BeliefModel(ModuleGraph([*before, Module("last", "b", tuple(m.id for m in before))]))
    assert model.entries < 3 * belief.CUT_TO
    assert model.posterior([Likelihood("last", 0.9, 0.05)])["m00"] > model.posterior()["m00"]
    lacked = model.posterior([Likelihood("m00", 0.05, 0.9)])
    assert lacked["last"] < model.posterior()["last"]


def test_modules_far_too_easy_and_far_too_hard_stay_finite() -> None:
    graph = ModuleGraph(
        [
            *(Module(f"m{j}", "a", difficulty=40.0 * (-1) ** j) for j in range(6)),
            *(Module(f"n{j}", "b", ("m0", f"m{j}"), difficulty=-40.0 * (-1) ** j) for j in range(1, 6)),
        ]
    )
    with cut_to(0):
        model = BeliefModel(graph)
    for first, second in ((0.99, 0.01), (0.01, 0.99)):
        seen = [Likelihood(m, first, second) for m in graph.ids for _ in range(20)]
        found = model.posterior(seen)
        assert np.isfinite(found.pairs).all()
        assert ((found.probabilities > 0.9) == (first > second)).all()


def test_what_only_exact_sums_tell_is_refused() -> None:
    with pytest.raises(TooWideError):
        _ = WIDE.tree
    with pytest.raises(TooWideError):
        _ = WIDE.posterior().log_evidence
