"""Why a module is believed mastered or not: what each fact added, from nothing known to now.

The parts add up to the whole, in points of probability:

    P(mastered now) = P(mastered | nothing known)
                      + what each fact on other modules added
                      + what each fact on the module added, in its turn
                      + what time did in between and since

*Facts on other modules* are seen together, since none comes first: the share of each is its Aumann-Shapley
value (Aumann & Shapley 1974). All their log-likelihood ratios r grow from 0 to what they are, in proportion,
and each fact gets what its own growth does to P:

    share of a fact on k = r_fact · ∫₀¹ ∂P_t(M_j) / ∂r_k dt,    ∂P(M_j) / ∂r_k = Cov(M_j, M_k)

so that no order of the facts shows. The integral is a Gauss-Legendre sum over t = s², because P moves most
where little is known yet.

*Facts on the module* come one after the other, as the filter takes them (``autonomy.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.engine.assessment import Assessment
from app.engine.autonomy import Track, by_module, in_order
from app.engine.belief import STRONGEST, BeliefModel, likelihood_pairs
from app.engine.evidence import Evidence, Likelihood
from app.engine.levels import Level, Parameters, fact_emission
from app.engine.prior import Floats

NODES = 10
"""Points of the integral: shares to half a point, with much told of most modules (tested)."""
PARTICLE_NODES = 4
"""The same where a belief takes a second."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one fact on another module added to the probability (negative: took from it)."""

    fact: Evidence
    change: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact on the module itself: the probability just before it and just after."""

    fact: Evidence
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Explanation:
    """All that P(``module`` mastered now) comes from: ``prior``, ``others``, ``own``, ``time``, ``rest``.

    ``others`` are the facts on other modules, in the order of the graph, then of time; ``from_others`` is the
    probability that they lead to, of what was mastered on arrival. ``own`` are the facts on the module, the
    oldest first. ``rest`` is 0 where the belief is exact, else what its approximation leaves over.
    """

    module: str
    prior: float
    others: tuple[Told, ...]
    from_others: float
    own: tuple[Turn, ...]
    time: float
    rest: float
    now: float

    @property
    def by_module(self) -> dict[str, float]:
        """What the facts on each other module added together, largest first."""
        sums: dict[str, float] = {}
        for told in self.others:
            sums[told.fact.module] = sums.get(told.fact.module, 0.0) + told.change
        return dict(sorted(sums.items(), key=lambda one: (-abs(one[1]), one[0])))


def explain(
    model: BeliefModel,
    known: Assessment,
    evidence: Sequence[Evidence],
    module: str,
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008  (frozen)
) -> Explanation:
    """What ``known[module]`` comes from, ``known`` being ``assess(model, evidence, now, parameters)``.

    Raises ``KeyError`` for a module that the graph lacks.
    """
    prior = model.posterior().as_dict()
    facts = dict(by_module(fact for fact in evidence if fact.occurred_at <= now))
    told = [likelihood for likelihood in known.likelihoods if likelihood.module != module]
    from_others = model.posterior(told)[module]
    slopes = _slopes(model, told, module)
    others = [
        Told(fact, ratio * float(slopes[model.graph.index[id_]]))
        for id_ in model.graph.ids
        if id_ in facts and id_ != module
        for fact, ratio in _ratios(Track(parameters, prior[id_], known.came), facts[id_])
    ]
    state = Track(parameters, prior[module], known.came)
    own = tuple(_turns(state, facts.get(module, ()), from_others))
    state.move_to(now)
    reached = _mastered(state, from_others)
    return Explanation(
        module=module,
        prior=prior[module],
        others=_adding_up(others, from_others - prior[module]),
        from_others=from_others,
        own=own,
        time=reached - from_others - sum(turn.change for turn in own),
        rest=known[module] - reached,
        now=known[module],
    )


def _ratios(state: Track, facts: Sequence[Evidence]) -> Iterator[tuple[Evidence, float]]:
    """Each fact with the log-likelihood ratio that it adds to what its module says of arrival."""
    for fact in in_order(facts):
        not_mastered, mastered = state.log_likelihoods
        state.take(fact)
        yield fact, (state.log_likelihoods[1] - mastered) - (state.log_likelihoods[0] - not_mastered)


def _turns(state: Track, facts: Sequence[Evidence], from_others: float) -> Iterator[Turn]:
    """Each fact on the module in turn; ``state`` is left after the last."""
    for fact in in_order(facts):
        untold = copy(state)
        untold.move_to(fact.occurred_at)
        before = _mastered(untold, from_others)
        state.take(fact)
        says_nothing = fact_emission(fact, state.parameters) is None
        yield Turn(fact, before, before if says_nothing else _mastered(state, from_others))


def _mastered(state: Track, from_others: float) -> float:
    return state.given(state.arrived(from_others))[Level.AUTONOME]


def _slopes(model: BeliefModel, told: Sequence[Likelihood], module: str) -> Floats:
    """∫₀¹ Cov_t(M_j, M_k) dt of this module j with each k, (n,), all that is told growing from nothing."""
    evidence = np.log(model.evidence(told))
    ratios = evidence[:, 1] - evidence[:, 0]
    points, weights = np.polynomial.legendre.leggauss(NODES if model.is_exact else PARTICLE_NODES)
    found = np.zeros(len(ratios))
    for s, weight in zip((points + 1) / 2, weights, strict=True):
        found += weight * s * _covariances(model, s**2 * ratios, model.graph.index[module])
    return found


def _covariances(model: BeliefModel, ratios: Floats, j: int) -> Floats:
    """Cov(M_j, M_k) for each k, (n,), under these log-likelihood ratios."""
    belief = model.posterior_of(likelihood_pairs(ratios))
    p = belief.probabilities
    if not model.is_exact:
        return np.asarray(belief.pairs[j] - p[j] * p)
    # Cov = P(M_j) (P(M_k | M_j) − P(M_k)): one more belief, where all pairs would take several times that.
    sure = ratios.copy()
    sure[j] = STRONGEST
    return np.asarray(p[j] * (model.posterior_of(likelihood_pairs(sure)).probabilities - p))


def _adding_up(others: Sequence[Told], whole: float) -> tuple[Told, ...]:
    """These shares with what the sum over points missed, spread over them by size."""
    missed = whole - sum(told.change for told in others)
    size = sum(abs(told.change) for told in others)
    if not size:
        return tuple(others)
    return tuple(Told(told.fact, told.change + missed * abs(told.change) / size) for told in others)
