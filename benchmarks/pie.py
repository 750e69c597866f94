"""The real data that look most like a path: three ordered levels, answered at three times (dcmdata, ``pie``).

Each answer from the second on is forecast from those before, levels and times together. Half of the pupils
serve to fit (guess, slip, learning, difficulty of each level), the other half to report; ten such halvings:
`python -m benchmarks.pie ../shared/data/dcm_pie.csv`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engine.assessment import assess
from app.engine.autonomy import Parameters
from app.engine.belief import BeliefModel, Prior
from app.engine.evidence import Evidence, Outcome, Source
from app.engine.graph import Module, ModuleGraph
from benchmarks import bkt

Floats = NDArray[np.float64]
TIMES = {"baseline": 0, "midway": 1, "end_of_unit": 2}
LEVELS = ("L1", "L2", "L3")
START = datetime(2026, 1, 5, tzinfo=UTC)
BETWEEN = timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """One pupil's answer: when (0, 1, 2), at which level, to which task, right or not."""

    time: int
    level: str
    task: str
    right: int


def read(path: Path) -> list[list[Answer]]:
    """Each pupil's answers, by time, level and task; those without a score or a time are left out."""
    pupils: dict[str, list[tuple[int, str, str, int]]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["time"] in TIMES and row["score"] in ("0", "1"):
                pupils[row["student"]].append(
                    (TIMES[row["time"]], row["pathway_level"], row["task"], int(row["score"]))
                )
    return [[Answer(*row) for row in sorted(pupils[p])] for p in sorted(pupils)]


def by_level(pupils: Sequence[Sequence[Answer]], level: str) -> Floats:
    """(steps, pupils) of 1, 0 and nan."""
    rows = [[a.right for a in pupil if a.level == level] for pupil in pupils]
    right = np.full((max(map(len, rows)), len(rows)), np.nan)
    for n, row in enumerate(rows):
        right[: len(row), n] = row
    return right


def bkt_forecasts(models: dict[str, bkt.Bkt], pupils: Sequence[Sequence[Answer]]) -> list[list[float]]:
    """P(right) before each answer, level by level."""
    found: list[list[float]] = []
    for pupil in pupils:
        chances = {}
        for level in LEVELS:
            right = np.array([[float(a.right)] for a in pupil if a.level == level])
            chances[level] = list(models[level].predict(right)[1][:, 0]) if len(right) else []
        found.append([chances[a.level].pop(0) for a in pupil])
    return found


@dataclass(frozen=True)
class Ours:
    """The belief graph L1 → L2 → L3 over the autonomy filter cut down to two states."""

    model: BeliefModel
    guess: dict[str, float]
    slip: dict[str, float]
    parameters: Parameters

    def forecasts(self, pupil: Sequence[Answer]) -> list[float]:
        """P(right) before each answer."""
        found, past = [], []
        for k, answer in enumerate(pupil):
            now = START + answer.time * BETWEEN
            known = assess(self.model, past, now, self.parameters)
            p, guess, slip = known[answer.level], self.guess[answer.task], self.slip[answer.task]
            found.append(p * (1 - slip) + (1 - p) * guess)
            outcome = Outcome.SUCCESS if answer.right else Outcome.FAILURE
            past.append(Evidence(str(k), answer.level, Source.PRACTICE, now, outcome, guess=guess, slip=slip))
        return found


@dataclass(frozen=True)
class Tasks:
    """Guess and slip by task."""

    guess: dict[str, float]
    slip: dict[str, float]


def tasks_of(models: dict[str, bkt.Bkt], train: Sequence[Sequence[Answer]]) -> Tasks:
    """Guess and slip of each task, from how those who know its level by BKT and those who do not fared at it,
    shrunk to the level's by 20 pupils."""
    counts: dict[str, list[float]] = {}
    for pupil in train:
        for level in LEVELS:
            answers = [a for a in pupil if a.level == level]
            if not answers:
                continue
            right = np.array([[float(a.right)] for a in answers] + [[np.nan]])
            known = float(models[level].predict(right)[0][-1, 0])
            for a in answers:
                guess, slip = models[level].guess, models[level].slip
                row = counts.setdefault(a.task, [20 * guess, 20.0, 20 * slip, 20.0])
                row[0] += (1 - known) * a.right
                row[1] += 1 - known
                row[2] += known * (1 - a.right)
                row[3] += known
    return Tasks(
        {task: row[0] / row[1] for task, row in counts.items()},
        {task: row[2] / row[3] for task, row in counts.items()},
    )


def make_ours(tasks: Tasks, learn: float, prior: Prior) -> Ours:
    """The graph over tasks with their own guess and slip, and one learning rate for all levels."""
    graph = ModuleGraph([Module("L1", "pie"), Module("L2", "pie", ("L1",)), Module("L3", "pie", ("L2",))])
    parameters = replace(
        Parameters(), start=(0.0, 0.0, 1.0), answering=(0.0, 0.0, learn), falls=(0, 0, 0), outside_days=1e9
    )
    return Ours(BeliefModel(graph, prior), tasks.guess, tasks.slip, parameters)


def fitted(tasks: Tasks, train: Sequence[Sequence[Answer]]) -> Ours:
    """The difficulties and the learning rate with the least log loss on the training pupils, one after the
    other."""
    truth = flat([[a.right for a in pupil] for pupil in train])
    learn, difficulties, spread = 0.1, dict.fromkeys(LEVELS, -1.0), 1.0

    def loss() -> float:
        prior = Prior(spread=spread, domain_spread=0.1, difficulties=difficulties)
        ours = make_ours(tasks, learn, prior)
        return log_loss(flat([ours.forecasts(pupil) for pupil in train]), truth)

    for _ in range(2):
        for level in LEVELS:
            losses = {}
            for value in np.arange(-3, 1.6, 0.5):
                difficulties[level] = float(value)
                losses[float(value)] = loss()
            difficulties[level] = min(losses, key=losses.__getitem__)
        tried = {}
        for value in (0.0, 0.03, 0.06, 0.1, 0.2):
            learn = value
            tried[value] = loss()
        learn = min(tried, key=tried.__getitem__)
        tried = {}
        for value in (0.7, 1.0, 1.5, 2.0):
            spread = value
            tried[value] = loss()
        spread = min(tried, key=tried.__getitem__)
    return make_ours(tasks, learn, Prior(spread=spread, domain_spread=0.1, difficulties=difficulties))


def averages(pupils: Sequence[Sequence[Answer]], train: Sequence[Sequence[Answer]], last: bool) -> Floats:
    """The pupil's last answer, or moving average of all, turned into a frequency by level on training
    pupils."""

    def features(group: Sequence[Sequence[Answer]]) -> list[tuple[str, int]]:
        rows = []
        for pupil in group:
            now = 0.5
            for answer in pupil:
                rows.append((answer.level, min(int(now * 5), 4)))
                now = float(answer.right) if last else 0.7 * now + 0.3 * answer.right
        return rows

    outcomes = flat([[a.right for a in pupil] for pupil in train])
    sums: dict[tuple[str, int], list[float]] = defaultdict(lambda: [outcomes.mean() * 5, 5.0])
    for key, right in zip(features(train), outcomes, strict=True):
        sums[key][0] += right
        sums[key][1] += 1
    return np.array([sums[key][0] / sums[key][1] for key in features(pupils)])


def flat(rows: Sequence[Sequence[float]]) -> Floats:
    return np.array([value for row in rows for value in row], dtype=float)


def log_loss(p: Floats, y: Floats) -> float:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def halving(pupils: Sequence[Sequence[Answer]], seed: int) -> dict[str, float]:
    """The log loss of each way on one half of the pupils, fitted on the other."""
    order = np.random.default_rng(seed).permutation(len(pupils))
    train = [pupils[i] for i in order[: len(order) // 2]]
    test = [pupils[i] for i in order[len(order) // 2 :]]
    truth = flat([[a.right for a in pupil] for pupil in test])
    losses = {
        "level's frequency": log_loss(_frequency(test, train), truth),
        "last answer": log_loss(averages(test, train, True), truth),
        "moving average": log_loss(averages(test, train, False), truth),
    }
    for name, forgetting in (("BKT", False), ("BKT with forgetting", True)):
        models = {level: bkt.fit(by_level(train, level), forgetting=forgetting) for level in LEVELS}
        losses[name] = log_loss(flat(bkt_forecasts(models, test)), truth)
        if not forgetting:
            ours = fitted(tasks_of(models, train), train[:150])
            losses["ours"] = log_loss(flat([ours.forecasts(pupil) for pupil in test]), truth)
    return losses


def report(path: Path, halvings: int = 10) -> None:
    """Print the mean log loss of each way over the halvings, with the standard error of the difference to
    ours."""
    pupils = read(path)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = list(pool.map(partial(halving, pupils), range(halvings)))
    losses = {name: np.array([each[name] for each in found]) for name in found[0]}
    answers = sum(map(len, pupils))
    print(f"\npie: {len(pupils)} pupils, {answers} answers, {halvings} halvings; log loss of the next answer")
    for name, values in losses.items():
        gap = values - losses["ours"]
        error = gap.std(ddof=1) / np.sqrt(len(gap)) if len(gap) > 1 else 0.0
        print(
            f"{name:22s} {values.mean():.4f}   more than ours by {gap.mean():+.4f} ± {error:.4f}, worst"
            f" {gap.min():+.4f}"
        )


def _frequency(pupils: Sequence[Sequence[Answer]], train: Sequence[Sequence[Answer]]) -> Floats:
    means = {level: np.nanmean(by_level(train, level)) for level in LEVELS}
    return np.array([means[a.level] for pupil in pupils for a in pupil])


if __name__ == "__main__":
    report(Path(sys.argv[1]))
