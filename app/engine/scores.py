"""How right a set of beliefs was, against the truth that a simulation knows."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats

Bools = NDArray[np.bool_]

ECE_BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Over people and modules. All are shares or probabilities except ``brier`` and ``log_loss`` (nats).

    ``wrongly_skipped`` is the share judged mastered that is not; ``wrongly_assigned`` the share judged to be
    learnt that is mastered already (both of all verdicts). ``worst_tenth`` is the mean accuracy of the tenth
    of people judged worst; ``tenth_percentile`` the accuracy that nine in ten reach. ``first_ready`` is the
    share of people whose first proposed module is ready to be learnt: not mastered, its prerequisites
    mastered. ``None`` is for what has no value: ``balanced_accuracy`` where all is mastered, or nothing;
    ``kappa`` where verdicts and truth are besides all the same; ``first_ready`` where nobody has anything
    ready.
    """

    accuracy: float
    balanced_accuracy: float | None
    brier: float
    log_loss: float
    kappa: float | None
    ece: float
    wrongly_skipped: float
    wrongly_assigned: float
    worst_tenth: float
    tenth_percentile: float
    first_ready: float | None

    def as_dict(self) -> dict[str, float | None]:
        return asdict(self)


def score(
    probabilities: Floats, mastery: Bools, graph: ModuleGraph, readiness: Floats | None = None
) -> Scores:
    """Score P(mastered), (people, n), against ``mastery``. ``readiness`` (people, n) ranks what to learn
    next; without it, P(least sure prerequisite) − P(module) does."""
    verdict = probabilities > 0.5
    right = verdict == mastery
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    accuracy = float(right.mean())
    by_person = np.sort(right.mean(axis=1))
    return Scores(
        accuracy=accuracy,
        balanced_accuracy=_balanced_accuracy(right, mastery),
        brier=float(np.mean((probabilities - mastery) ** 2)),
        log_loss=float(-np.mean(np.log(np.where(mastery, clipped, 1 - clipped)))),
        kappa=_kappa(verdict, mastery),
        ece=expected_calibration_error(probabilities, mastery),
        wrongly_skipped=float(np.mean(verdict & ~mastery)),
        wrongly_assigned=float(np.mean(~verdict & mastery)),
        worst_tenth=float(by_person[: max(1, len(by_person) // 10)].mean()),
        tenth_percentile=float(np.quantile(by_person, 0.1)),
        first_ready=_first_ready(probabilities, mastery, graph, readiness),
    )


def expected_calibration_error(probabilities: Floats, truth: Bools) -> float:
    """Mean gap between what was said and what was so, over bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((probabilities * ECE_BINS).astype(np.intp), ECE_BINS - 1).ravel()
    said = np.bincount(bins, probabilities.ravel(), ECE_BINS)
    so = np.bincount(bins, truth.ravel().astype(np.float64), ECE_BINS)
    return float(np.abs(said - so).sum() / truth.size)


def _balanced_accuracy(right: Bools, mastery: Bools) -> float | None:
    """Mean of the shares judged rightly among what is mastered and among what is not."""
    if mastery.all() or not mastery.any():
        return None
    return float(right[mastery].mean() + right[~mastery].mean()) / 2


def _kappa(verdict: Bools, mastery: Bools) -> float | None:
    """Agreement beyond what two raters with these shares would reach by chance (Cohen 1960)."""
    said, so = float(verdict.mean()), float(mastery.mean())
    by_chance = said * so + (1 - said) * (1 - so)
    if by_chance == 1:
        return None
    return (float((verdict == mastery).mean()) - by_chance) / (1 - by_chance)


def _first_ready(
    probabilities: Floats, mastery: Bools, graph: ModuleGraph, readiness: Floats | None
) -> float | None:
    parents = [[graph.index[p] for p in module.prerequisites] for module in graph.modules]
    ready = np.empty(mastery.shape, dtype=bool)
    rank = np.empty(probabilities.shape)
    for j, before in enumerate(parents):
        ready[:, j] = ~mastery[:, j] & mastery[:, before].all(axis=1)
        # P(all prerequisites) is at most that of the least sure one; with the graph it is close to it.
        rank[:, j] = probabilities[:, before].min(axis=1, initial=1.0) - probabilities[:, j]
    if readiness is not None:
        rank = readiness
    some = ready.any(axis=1)
    if not some.any():
        return None
    return float(ready[some, rank[some].argmax(axis=1)].mean())
