"""The belief: exact, monotone, and the same in any order."""

import random

import hypothesis.strategies as st
import numpy as np
import pytest
from brute_force import marginals_and_pairs, readiness
from hypothesis import given, settings
from strategies import evidence_on, graphs

from app.engine.belief import COARSE_OVER, CUT_OVER, BeliefModel, Prior
from app.engine.evidence import Likelihood
from app.engine.graph import Module, ModuleGraph
from app.engine.simulation import Kind, Shape, simulate

SMALL = Prior(ability_points=4, domain_points=3)


def random_graph(count: int, seed: int) -> ModuleGraph:
    rng = random.Random(seed)
    return ModuleGraph(
        Module(
            f"m{j:02}",
            rng.choice("abc"),
            tuple(f"m{i:02}" for i in rng.sample(range(j), min(j, rng.randrange(4)))),
        )
        for j in range(count)
    )


@settings(max_examples=30)
@given(st.data())
def test_it_agrees_with_brute_force(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    likelihoods = data.draw(evidence_on(graph))
    model = BeliefModel(graph, SMALL)
    belief = model.posterior(likelihoods)
    marginals, pairs = marginals_and_pairs(model, likelihoods)
    np.testing.assert_allclose(belief.probabilities, marginals, atol=1e-9)
    np.testing.assert_allclose(belief.pairs, pairs, atol=1e-9)
    np.testing.assert_allclose(belief.readiness, readiness(model, likelihoods), atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_brute_force_on_twelve_modules(seed: int) -> None:
    graph = random_graph(12, seed)
    model = BeliefModel(graph, SMALL)
    likelihoods = [
        Likelihood(f"m{j:02}", 0.9, 0.2) if j % 2 else Likelihood(f"m{j:02}", 0.1, 0.8)
        for j in range(0, 12, 3)
    ]
    belief = model.posterior(likelihoods)
    marginals, pairs = marginals_and_pairs(model, likelihoods)
    np.testing.assert_allclose(belief.probabilities, marginals, atol=1e-9)
    np.testing.assert_allclose(belief.pairs, pairs, atol=1e-9)


@settings(max_examples=60)
@given(st.data())
def test_evidence_for_a_module_never_lowers_it(data: st.DataObject) -> None:
    graph = data.draw(graphs(12))
    likelihoods = data.draw(evidence_on(graph))
    module = data.draw(st.sampled_from(graph.ids))
    against, in_favour = sorted(data.draw(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1))))
    model = BeliefModel(graph, SMALL)
    before = model.posterior(likelihoods)[module]
    after = model.posterior([*likelihoods, Likelihood(module, in_favour, against)])[module]
    assert after >= before - 1e-12


@settings(max_examples=60)
@given(st.data())
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    graph = data.draw(graphs(12))
    likelihoods = data.draw(evidence_on(graph))
    shuffled = data.draw(st.permutations(likelihoods))
    model = BeliefModel(graph, SMALL)
    assert model.posterior(likelihoods).as_dict() == BeliefModel(graph, SMALL).posterior(shuffled).as_dict()


@settings(max_examples=30)
@given(st.data())
def test_samples_follow_the_posterior(data: st.DataObject) -> None:
    graph = data.draw(graphs(9))
    belief = BeliefModel(graph, SMALL).posterior(data.draw(evidence_on(graph)))
    states = belief.samples(np.random.default_rng(1), 4000).astype(float)
    np.testing.assert_allclose(states.mean(axis=0), belief.probabilities, atol=0.05)
    np.testing.assert_allclose(states.T @ states / len(states), belief.pairs, atol=0.05)


def test_without_evidence_it_is_the_prior() -> None:
    graph = ModuleGraph([Module("seul", "d", difficulty=0.0)])
    belief = BeliefModel(graph, Prior(departure=0)).posterior()
    assert belief["seul"] == pytest.approx(0.5)
    assert belief.log_evidence == pytest.approx(0.0)


def test_it_says_how_likely_the_evidence_was() -> None:
    graph = ModuleGraph([Module("seul", "d", difficulty=0.0)])
    belief = BeliefModel(graph, Prior(departure=0)).posterior([Likelihood("seul", 0.9, 0.3)])
    # Likelihood pairs are known up to a factor: the largest of the two is 1.
    assert belief.log_evidence == pytest.approx(np.log((0.5 * 0.9 + 0.5 * 0.3) / 0.9))


def test_modules_out_of_the_graph_are_ignored() -> None:
    model = BeliefModel(ModuleGraph([Module("a", "d")]))
    assert model.posterior([Likelihood("gone", 0.9, 0.1)]).as_dict() == model.posterior().as_dict()


@pytest.mark.parametrize("pair", [(0.0, 0.5), (0.5, 0.0), (1.2, 0.5)])
def test_it_rejects_what_is_no_likelihood(pair: tuple[float, float]) -> None:
    model = BeliefModel(ModuleGraph([Module("a", "d")]))
    with pytest.raises(ValueError, match="likelihood"):
        model.posterior([Likelihood("a", *pair)])


def test_a_thousand_contradictory_answers_stay_finite() -> None:
    graph = random_graph(12, 3)
    likelihoods = [Likelihood(m, 0.99, 0.01) for m in graph.ids[6:] for _ in range(100)]
    likelihoods += [Likelihood(m, 0.01, 0.99) for m in graph.ids[:6] for _ in range(100)]
    belief = BeliefModel(graph).posterior(likelihoods)
    assert np.isfinite(belief.probabilities).all()
    assert (belief.probabilities[6:] > 0.99).all()
    assert (belief.probabilities[:6] < 0.01).all()


def test_one_thing_missed_says_little_of_what_comes_after() -> None:
    chain = [Module("m0", "d"), *(Module(f"m{i}", "d", (f"m{i - 1}",)) for i in range(1, 6))]
    model = BeliefModel(ModuleGraph(chain))
    seen = [Likelihood(f"m{i}", 0.9, 0.1) for i in (1, 3, 3, 5)] + [Likelihood("m2", 0.02, 0.98)] * 2
    belief = model.posterior(seen)
    assert belief["m2"] < 0.1
    assert belief["m4"] > 0.9


def test_a_skipped_prerequisite_is_believed() -> None:
    graph = ModuleGraph([Module("souris", "d"), Module("tiktok", "d", ("souris",))])
    model = BeliefModel(graph)
    belief = model.posterior([Likelihood("souris", 0.05, 0.9)] * 3 + [Likelihood("tiktok", 0.9, 0.05)] * 3)
    assert belief["tiktok"] > 0.9
    assert belief["souris"] < 0.2


def test_evidence_flows_both_ways_along_arcs() -> None:
    graph = ModuleGraph([Module("a", "d"), Module("b", "d", ("a",)), Module("c", "d", ("b",))])
    model = BeliefModel(graph)
    before = model.posterior()
    assert model.posterior([Likelihood("c", 0.9, 0.1)])["a"] > before["a"]
    assert model.posterior([Likelihood("a", 0.1, 0.9)])["c"] < before["c"]


def test_an_empty_graph_has_an_empty_belief() -> None:
    belief = BeliefModel(ModuleGraph([])).posterior()
    assert belief.as_dict() == {}
    assert belief.pairs.shape == (0, 0)


def test_screens_are_compared_on_fewer_points_only_where_the_graph_is_large() -> None:
    model = BeliefModel(ModuleGraph([Module("a", "d"), Module("b", "d", ("a",))]))
    assert model.coarse is model
    wide = ModuleGraph(
        Module(f"m{j:02}", "abcde"[j % 5], tuple(f"m{i:02}" for i in range(max(0, j - 3), j)))
        for j in range(60)
    )
    large = BeliefModel(wide)
    assert large.is_exact
    assert large.entries > COARSE_OVER
    assert large.coarse.entries < large.entries / 2


def test_screens_of_a_very_large_graph_are_compared_with_prerequisites_cut() -> None:
    rng = np.random.default_rng(4003)
    shape = Shape(modules=60, domains=10, arcs=95, across=42)
    model = BeliefModel(simulate(Kind.T3, rng, 1, shape).graph)
    assert model.is_exact and model.entries > CUT_OVER
    assert not model.coarse.is_exact and model.coarse.entries < CUT_OVER
    told = [Likelihood(str(m), 0.9, 0.2) for m in rng.choice(model.graph.ids, 10)]
    told += [Likelihood(str(m), 0.1, 0.8) for m in rng.choice(model.graph.ids, 10)]
    exact, near = model.posterior(told).probabilities, model.coarse.posterior(told).probabilities
    assert np.abs(near - exact).mean() < 0.03


@settings(max_examples=30)
@given(st.data(), st.floats(0.5, 0.999))
def test_the_likeliest_abilities_tell_as_much_as_their_share(data: st.DataObject, share: float) -> None:
    graph = data.draw(graphs())
    belief = BeliefModel(graph, Prior()).posterior(data.draw(evidence_on(graph)))
    near = belief.likeliest(share)
    assert np.abs(near.probabilities - belief.probabilities).max() <= 1 - share + 1e-9
    assert np.abs(near.pairs - belief.pairs).max() <= 1 - share + 1e-9
    assert near.ability_weights[belief.ability_weights.argmax()] >= belief.ability_weights.max() - 1e-12
    assert near.ability_weights.sum() == pytest.approx(1)
    np.testing.assert_array_equal(belief.likeliest(1.0).probabilities, belief.probabilities)


def test_pairs_are_those_of_conditioning_on_a_large_graph() -> None:
    world = simulate(Kind.T1, np.random.default_rng(4), people=1)
    model = BeliefModel(world.graph)
    evidence = model.evidence([Likelihood(m, 0.9, 0.2) for m in world.graph.ids[::5]])
    belief = model.posterior_of(evidence)
    for j in range(0, len(world.graph), 5):
        mastered = evidence.copy()
        mastered[j, 0] = 1e-15
        expected = model.posterior_of(mastered).probabilities * belief.probabilities[j]
        np.testing.assert_allclose(belief.pairs[j], expected, atol=1e-9)
