"""Refitting the prior on recorded answers: difficulties, slopes and the spread of abilities.

Expectation–maximisation (Dempster, Laird & Rubin 1977; Bock & Aitkin 1981 for latent traits). The E-step sums
each clique's posterior table over people; from these come, for each module, ability point and number of
prerequisites lacked, how many people there were and how many mastered it. The M-step is a logistic regression
a module, shrunk to what the author said. Guess and slip stay the author's: answers of an adaptive diagnostic
do not identify them (docs/moteur.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.engine.belief import BeliefModel, missing_among
from app.engine.evidence import Likelihood
from app.engine.graph import ModuleGraph
from app.engine.held_out import HeldOut, set_apart
from app.engine.junction_tree import Floats
from app.engine.prior import Prior

People = Sequence[Sequence[Likelihood]]
NEWTON_STEPS = 8
LEAST_SPREAD = 0.2
TINY = 1e-12
LONGEST_STEP = np.array([[0.5], [1.0]])
"""Of log a and of b, in one step."""


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
class Calibration(HeldOut):
    """A refitted prior, judged by mean log evidence a person; ``error`` is infinite where one person alone
    was held out."""

    fit: Fit


def calibrate(
    graph: ModuleGraph,
    prior: Prior,
    people: People,
    rng: np.random.Generator,
    *,
    author: Prior | None = None,
    shrinkage: Shrinkage | None = None,
    iterations: int = 12,
) -> Calibration:
    """Refit on most people and judge on the others, against ``prior``.

    The fit starts from ``author`` and is held near it (``prior`` where none is given): an earlier fit to the
    same answers must not be what holds the next one. Raises ``ValueError`` with fewer than ten people.
    """
    if len(people) < 10:
        raise ValueError("calibration needs at least ten people")
    apart, used = set_apart(people, rng)
    fit = refit(graph, author or prior, used, shrinkage=shrinkage, iterations=iterations)
    before, after = log_evidence(graph, prior, apart), log_evidence(graph, fit.prior, apart)
    gains = after - before
    error = float(gains.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else float("inf")
    return Calibration(float(before.mean()), float(after.mean()), error, len(used), len(apart), fit)


def log_evidence(graph: ModuleGraph, prior: Prior, people: People) -> Floats:
    """The log evidence of each person, in nats, (people,)."""
    model = BeliefModel(graph, prior)
    return np.array([model.posterior(seen).log_evidence for seen in people])


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
    met, mastered = _counts(model, totals)
    levels = met.shape[1]
    ability = model.domain_points[:, None] + model.ability_points[None]
    slopes, difficulties = _regressed(
        np.tile(ability.ravel(), levels),
        np.repeat(model.prior.leak ** np.arange(levels), ability.size),
        met.reshape(len(graph), -1),
        mastered.reshape(len(graph), -1),
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


def _counts(model: BeliefModel, totals: _Totals) -> tuple[Floats, Floats]:
    """Expected people who lack so many of a module's prerequisites, and of them those who master it, in their
    regular states, (n, prerequisites lacked, domain points, grid)."""
    graph, tree = model.graph, model.tree
    points, grid = len(model.domain_points), len(model.ability_points)
    most = max(len(set(module.prerequisites)) for module in graph.modules)
    met = np.zeros((2, len(graph), most + 1, points, grid))
    for j, module in enumerate(graph.modules):
        parents = sorted({graph.index[p] for p in module.prerequisites})
        scope = [*parents, len(graph) + graph.domains.index(module.domain), j]
        clique = tree.home(scope)
        sums = np.zeros((2 ** len(parents), points, 2, grid))
        labels = tree.rows(tree.cliques[clique].variables, scope)
        np.add.at(sums.reshape(-1, grid), labels, totals.cliques[clique])
        np.add.at(met[0, j], missing_among(len(parents)), sums.sum(axis=2))
        np.add.at(met[1, j], missing_among(len(parents)), sums[:, :, 1])
    return met[0], met[1]


def _regressed(
    ability: Floats,
    passed: Floats,
    met: Floats,
    mastered: Floats,
    author: tuple[Floats, Floats],
    start: tuple[Floats, Floats],
    shrinkage: Shrinkage,
) -> tuple[Floats, Floats]:
    """Slopes and difficulties of all modules at once: penalised Fisher scoring on (log a, b).

    ``met`` and ``mastered`` are (n, points); a module is mastered with probability logistic(a (ability − b))
    times ``passed``, both (points,).
    """
    target = np.stack([np.log(author[0]), author[1]])
    hold = np.array([[_precision(shrinkage.log_slope)], [_precision(shrinkage.difficulty)]])
    fitted = np.stack([np.log(start[0]), start[1]])
    worth, step = _scored(fitted, ability, passed, met, mastered, target, hold)
    damping = np.ones(len(met))
    for _ in range(NEWTON_STEPS):
        tried = fitted + damping * step
        found, next_step = _scored(tried, ability, passed, met, mastered, target, hold)
        better = found >= worth
        fitted, step = np.where(better, tried, fitted), np.where(better, next_step, step)
        worth, damping = np.maximum(found, worth), np.where(better, 1.0, damping / 4)
    return np.exp(fitted[0]), fitted[1]


def _scored(
    fitted: Floats,
    ability: Floats,
    passed: Floats,
    met: Floats,
    mastered: Floats,
    target: Floats,
    hold: Floats,
) -> tuple[Floats, Floats]:
    """Penalised log-likelihood of each module at ``fitted`` (2, n), and the step that should raise it."""
    slope, difficulty = np.exp(fitted[0])[:, None], fitted[1][:, None]
    logit = slope * (ability - difficulty)
    able = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    chance = np.clip(passed * able, TINY, 1 - TINY)
    penalty = (hold * (fitted - target) ** 2).sum(axis=0) / 2
    worth = (mastered * np.log(chance) + (met - mastered) * np.log1p(-chance)).sum(axis=1) - penalty
    left = (1 - able) / (1 - chance)
    error, spread = (mastered - met * chance) * left, met * chance * (1 - able) * left
    gradient = np.stack([(error * logit).sum(axis=1), -(error * slope).sum(axis=1)])
    gradient -= hold * (fitted - target)
    # Fisher information, with a little of the identity so that a module nobody reached stays put.
    a = (spread * logit**2).sum(axis=1) + hold[0] + 1e-6
    b = (spread * slope**2).sum(axis=1) + hold[1] + 1e-6
    c = -(spread * logit * slope).sum(axis=1)
    full = np.stack([b * gradient[0] - c * gradient[1], a * gradient[1] - c * gradient[0]]) / (a * b - c**2)
    return worth, np.clip(full, -LONGEST_STEP, LONGEST_STEP)


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
