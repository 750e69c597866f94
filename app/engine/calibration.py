"""Refitting the prior on recorded answers: difficulties, slopes and the spread of abilities.

Expectation–maximisation (Dempster, Laird & Rubin 1977; Bock & Aitkin 1981 for latent traits). The E-step sums
each clique's posterior table over people; from these come, for each module and ability point, how many were
ready for the module and how many mastered it. The M-step is a logistic regression a module, shrunk to what
the author said. Guess and slip stay the author's: answers of an adaptive diagnostic do not identify them
(docs/moteur.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.engine.belief import BeliefModel
from app.engine.evidence import Likelihood
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats
from app.engine.prior import Prior

People = Sequence[Sequence[Likelihood]]
NEWTON_STEPS = 8
LEAST_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """How far a fit may go from the author, as standard deviations; ``inf`` is free, 0 leaves as it is.

    ``difficulty`` in logits, ``log_slope`` of the logarithm of the slope. ``people`` is the number of
    imaginary people who hold ability mean and spreads where the prior has them; ``inf`` leaves them.
    """

    difficulty: float = 0.5
    log_slope: float = 0.25
    people: float = 20.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A refitted prior. ``log_likelihoods`` is the mean log evidence a person at each iteration, in nats;
    evidence is scaled to its larger likelihood, so only differences between priors mean something."""

    prior: Prior
    log_likelihoods: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fit on some people, judged on others: mean log evidence a person held out, before and after."""

    fit: Fit
    before: float
    after: float
    people: int
    held_out: int

    @property
    def is_better(self) -> bool:
        """Is the refitted prior worth applying?"""
        return self.after > self.before


def calibrate(
    graph: ModuleGraph,
    prior: Prior,
    people: People,
    rng: np.random.Generator,
    *,
    author: Prior | None = None,
    shrinkage: Shrinkage | None = None,
    held_out: float = 0.2,
    iterations: int = 12,
) -> Calibration:
    """Refit on most people and judge on the others, against ``prior``.

    The fit starts from ``author`` and is held near it (``prior`` where none is given): an earlier fit to the
    same answers must not be what holds the next one. Raises ``ValueError`` with fewer than ten people.
    """
    if len(people) < 10:
        raise ValueError("calibration needs at least ten people")
    order = rng.permutation(len(people))
    kept = max(1, round(held_out * len(people)))
    apart, used = [people[i] for i in order[:kept]], [people[i] for i in order[kept:]]
    fit = refit(graph, author or prior, used, shrinkage=shrinkage, iterations=iterations)
    before, after = mean_log_evidence(graph, prior, apart), mean_log_evidence(graph, fit.prior, apart)
    return Calibration(fit, before, after, len(used), len(apart))


def mean_log_evidence(graph: ModuleGraph, prior: Prior, people: People) -> float:
    """Mean over people of the log evidence, in nats."""
    model = BeliefModel(graph, prior)
    return float(np.mean([model.posterior(seen).log_evidence for seen in people]))


def refit(
    graph: ModuleGraph,
    prior: Prior,
    people: People,
    *,
    weights: Sequence[float] | None = None,
    shrinkage: Shrinkage | None = None,
    iterations: int = 12,
    tolerance: float = 1e-5,
) -> Fit:
    """Refit difficulties, slopes, ability mean and spreads to people's evidence.

    ``weights`` counts people who share the same evidence. Stops early when the mean log evidence moves by
    less than ``tolerance``.
    """
    shrinkage = shrinkage or Shrinkage()
    counts = np.ones(len(people)) if weights is None else np.asarray(weights, dtype=np.float64)
    author = prior
    history: list[float] = []
    for _ in range(iterations):
        model = BeliefModel(graph, prior)
        totals, log_evidence = _expected(model, people, counts)
        history.append(log_evidence / counts.sum())
        if len(history) > 1 and abs(history[-1] - history[-2]) < tolerance:
            break
        prior = _maximised(model, author, totals, counts.sum(), shrinkage)
    return Fit(prior, tuple(history))


@dataclass(slots=True)
class _Totals:
    """Summed over people: a table a clique, weights of the ability grid."""

    cliques: list[Floats]
    grid: Floats


def _expected(model: BeliefModel, people: People, counts: Floats) -> tuple[_Totals, float]:
    totals = _Totals([np.zeros_like(n.base) for n in model.tree.nodes], np.zeros(len(model.ability_points)))
    log_evidence = 0.0
    for seen, count in zip(people, counts, strict=True):
        belief = model.posterior(seen)
        weight = belief.ability_weights * count
        for total, joint in zip(totals.cliques, belief.propagation.joints, strict=True):
            total += joint * weight
        totals.grid += weight
        log_evidence += count * belief.log_evidence
    return totals, log_evidence


def _maximised(
    model: BeliefModel, author: Prior, totals: _Totals, people: float, shrinkage: Shrinkage
) -> Prior:
    graph = model.graph
    ready, mastered = zip(*(_counts(model, totals, j) for j in range(len(graph))), strict=True)
    ability = model.domain_points[:, None] + model.ability_points[None]
    slopes, difficulties = _regressed(
        np.broadcast_to(ability, (len(graph), *ability.shape)).reshape(len(graph), -1),
        np.array(ready).reshape(len(graph), -1),
        np.array(mastered).reshape(len(graph), -1),
        (author.slope_of(graph), author.difficulty_of(graph)),
        (model.prior.slope_of(graph), model.prior.difficulty_of(graph)),
        shrinkage,
    )
    fitted = replace(
        model.prior,
        slopes={**model.prior.slopes, **dict(zip(graph.ids, slopes.tolist(), strict=True))},
        difficulties={**model.prior.difficulties, **dict(zip(graph.ids, difficulties.tolist(), strict=True))},
    )
    if np.isinf(shrinkage.people):
        return fitted
    return _with_spreads(fitted, author, model, totals, people, shrinkage.people)


def _counts(model: BeliefModel, totals: _Totals, j: int) -> tuple[Floats, Floats]:
    """Expected people ready for module j, and of them those who master it, in their regular states,
    (domain points, grid)."""
    graph, tree = model.graph, model.tree
    module = graph.modules[j]
    domain = len(graph) + graph.domains.index(module.domain)
    parents = dict.fromkeys((graph.index[p] for p in module.prerequisites), 1)
    both = []
    for value in (0, 1):
        rows = [
            tree.states_where({**parents, j: value, domain: point})
            for point in range(len(model.domain_points))
        ]
        both.append(np.array([totals.cliques[clique][states].sum(axis=0) for clique, states in rows]))
    return both[0] + both[1], both[1]


def _regressed(
    ability: Floats,
    ready: Floats,
    mastered: Floats,
    author: tuple[Floats, Floats],
    start: tuple[Floats, Floats],
    shrinkage: Shrinkage,
) -> tuple[Floats, Floats]:
    """Slopes and difficulties of all modules at once: penalised Newton on (log a, b); tables are (n,
    points)."""
    log_slope, difficulty = np.log(start[0]), start[1].copy()
    hold_slope, hold_difficulty = _precision(shrinkage.log_slope), _precision(shrinkage.difficulty)
    for _ in range(NEWTON_STEPS):
        slope = np.exp(log_slope)[:, None]
        logit = slope * (ability - difficulty[:, None])
        chance = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
        error, spread = mastered - ready * chance, ready * chance * (1 - chance)
        gradient = np.stack(
            [
                (error * logit).sum(axis=1) - hold_slope * (log_slope - np.log(author[0])),
                -(error * slope).sum(axis=1) - hold_difficulty * (difficulty - author[1]),
            ]
        )
        # Fisher information, with a little of the identity so that a module nobody reached stays put.
        a = (spread * logit**2).sum(axis=1) + hold_slope + 1e-6
        b = (spread * slope**2).sum(axis=1) + hold_difficulty + 1e-6
        c = -(spread * logit * slope).sum(axis=1)
        determinant = a * b - c**2
        log_slope += np.clip((b * gradient[0] - c * gradient[1]) / determinant, -0.5, 0.5)
        difficulty += np.clip((a * gradient[1] - c * gradient[0]) / determinant, -1, 1)
    return np.exp(log_slope), difficulty


def _precision(deviation: float) -> float:
    return 0.0 if np.isinf(deviation) else 1 / max(deviation, 1e-4) ** 2


def _with_spreads(
    fitted: Prior, author: Prior, model: BeliefModel, totals: _Totals, people: float, imaginary: float
) -> Prior:
    """Mean and spreads by moments, with ``imaginary`` people as the author believes them to be."""
    share = people / (people + imaginary)
    grid = totals.grid / totals.grid.sum()
    mean = share * float(grid @ model.ability_points) + (1 - share) * author.mean
    spread = share * float(grid @ (model.ability_points - mean) ** 2) + (1 - share) * author.spread**2
    offsets = np.zeros(len(model.domain_points))
    for domain in range(len(model.graph), len(model.tree.sizes)):
        for point in range(len(offsets)):
            clique, states = model.tree.states_where({domain: point})
            offsets[point] += totals.cliques[clique][states].sum()
    offsets /= offsets.sum()
    own = share * float(offsets @ model.domain_points**2) + (1 - share) * author.domain_spread**2
    return replace(
        fitted,
        mean=mean,
        spread=max(LEAST_SPREAD, float(np.sqrt(spread))),
        domain_spread=float(np.sqrt(own)) if author.domain_spread else 0.0,
    )
