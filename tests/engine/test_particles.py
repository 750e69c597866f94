"""Particles stand in on graphs too wide for exact sums, where messages do not settle."""

import numpy as np
import pytest

from app.engine import belief
from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel, TooWideError
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood, Outcome
from app.engine.graph import Module, ModuleGraph
from app.engine.simulation import Kind, Shape, simulate


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every graph is too wide, and no messages settle."""
    monkeypatch.setattr(belief, "LARGEST", 0)
    monkeypatch.setattr(belief, "UNSETTLED", -1.0)


GRAPH = simulate(Kind.T1, np.random.default_rng(2), 1, Shape(18, 3, 18, 5)).graph
SEEN = [Likelihood(m, 0.9, 0.1) if k % 2 else Likelihood(m, 0.1, 0.9) for k, m in enumerate(GRAPH.ids[::2])]


def test_particles_agree_with_exact_sums(request: pytest.FixtureRequest) -> None:
    exact = BeliefModel(GRAPH).posterior(SEEN)
    request.getfixturevalue("restless")
    model = BeliefModel(GRAPH)
    assert not model.is_exact
    sampled = model.posterior(SEEN)
    assert np.abs(sampled.probabilities - exact.probabilities).max() > 1e-6
    np.testing.assert_allclose(sampled.probabilities, exact.probabilities, atol=0.05)
    np.testing.assert_allclose(sampled.pairs, exact.pairs, atol=0.05)
    np.testing.assert_allclose(sampled.readiness, exact.readiness, atol=0.05)
    assert sampled.ability[0] == pytest.approx(exact.ability[0], abs=0.15)


@pytest.mark.usefixtures("restless")
def test_the_same_answers_give_the_same_belief_in_any_order() -> None:
    first = BeliefModel(GRAPH).posterior(SEEN).as_dict()
    assert BeliefModel(GRAPH).posterior(SEEN[::-1]).as_dict() == first


@pytest.mark.usefixtures("restless")
def test_the_diagnostic_goes_on_as_usual() -> None:
    bank = ItemBank(Item(f"{m}{k}", (Step(m, 0.1, 0.1),)) for m in GRAPH.ids for k in range(2))
    asked = Diagnostic(BeliefModel(GRAPH), bank, {})
    first = asked.next_items([])[0].item
    second = asked.next_items([Answer(first.id, (Outcome.SUCCESS,))])[0].item
    assert first.id != second.id


@pytest.mark.usefixtures("restless")
def test_what_only_exact_sums_tell_is_refused() -> None:
    with pytest.raises(TooWideError):
        _ = BeliefModel(GRAPH).posterior().log_evidence


def test_a_graph_with_too_many_arcs_between_domains_is_too_wide() -> None:
    world = simulate(Kind.T1, np.random.default_rng(1), 1, Shape(120, 12, 200, 140))
    model = BeliefModel(world.graph)
    assert not model.is_exact
    assert model.width > 12


def test_a_small_graph_is_exact() -> None:
    assert BeliefModel(ModuleGraph([Module("a", "d")])).is_exact
