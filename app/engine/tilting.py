"""Evidence that gives a belief graph the probabilities wanted.

A diagnostic asks what is mastered now; the graph's prior is about people as they come. For someone who has
learnt here since, the graph is tilted: of all distributions with the wanted marginals it is given the nearest
to it (least Kullback-Leibler divergence, Csiszár 1975), which is one likelihood ratio a module. Newton's
method on the logarithms of those ratios; the Jacobian is the covariance of the modules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from app.engine.belief import BeliefModel, likelihood_pairs
from app.engine.evidence import Likelihood
from app.engine.prior import Floats

NEAR_ENOUGH = 0.01
MOST_BELIEFS = 16
_LONGEST_STEP = 3.0
_RIDGE = 1e-3
_SUREST = 0.002
"""No module is wanted surer than this: evidence to come must be able to move it."""


def tilted(
    model: BeliefModel, wanted: Mapping[str, float], start: Sequence[Likelihood] = ()
) -> list[Likelihood]:
    """Likelihoods under which each module of the graph has the probability ``wanted``, to ``NEAR_ENOUGH``.

    The search begins at ``start``: what the graph was told of people as they came. Where that is near enough,
    it is the answer.
    """
    target = np.clip([wanted[module] for module in model.graph.ids], _SUREST, 1 - _SUREST)
    ratios = _ratios(model, start)
    belief = model.posterior_of(_evidence(ratios))
    if _off(target, belief.probabilities) < NEAR_ENOUGH:
        return list(start)
    told = ratios != 0
    ratios[told] += (_logit(target) - _logit(np.clip(belief.probabilities, _SUREST, 1 - _SUREST)))[told]
    belief, scale = model.posterior_of(_evidence(ratios)), 1.0
    for _ in range(MOST_BELIEFS):
        p = belief.probabilities
        if _off(target, p) < NEAR_ENOUGH:
            break
        covariance = belief.pairs - np.outer(p, p) + _RIDGE * np.eye(len(p))
        step = np.linalg.solve(covariance, target - p)
        step *= min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
        tried = model.posterior_of(_evidence(ratios + scale * step))
        if np.linalg.norm(target - tried.probabilities) < np.linalg.norm(target - p):
            ratios, belief, scale = ratios + scale * step, tried, min(1.0, 2 * scale)
        else:
            scale /= 2
    pairs = _evidence(ratios).tolist()
    return [
        Likelihood(module, mastered, not_mastered)
        for module, (not_mastered, mastered) in zip(model.graph.ids, pairs, strict=True)
        if mastered != not_mastered
    ]


def _off(target: Floats, probabilities: Floats) -> float:
    return float(np.abs(target - probabilities).max(initial=0.0))


def _ratios(model: BeliefModel, likelihoods: Sequence[Likelihood]) -> Floats:
    """Logarithm of the likelihood ratio of each module, (n,)."""
    evidence = model.evidence(likelihoods)
    return np.asarray(np.log(evidence[:, 1]) - np.log(evidence[:, 0]))


def _evidence(ratios: Floats) -> Floats:
    return likelihood_pairs(np.clip(ratios, -50.0, 50.0))


def _logit(p: Floats) -> Floats:
    return np.asarray(np.log(p) - np.log1p(-p))
