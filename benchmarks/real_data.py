"""The engine on real answers: `python -m benchmarks.real_data [FOLDER]`, default `../shared/data`.

- LSAT-6 (Bock & Lieberman 1970): calibration against the published 2PL.
- ECPE (Templin & Hoffman 2013, from r-dcm/dcmdata): three skills in a linear order, 28 items, 2,922 people.
Under the
  order an item that needs several skills needs the hardest of them, so each is a one-step item. Guess, slip
  and the prior are fitted on half the people; the other half is replayed.

The data are read in place and never stored.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel, Prior
from app.engine.calibration import Shrinkage, refit
from app.engine.evidence import Likelihood
from app.engine.graph import Module, ModuleGraph
from app.engine.simulation import World
from app.services.worlds import evaluate
from benchmarks.diagnostic import NAMES
from benchmarks.plots import curves

FREE = Shrinkage(difficulty=np.inf, log_slope=np.inf, people=np.inf)
ORDER = ("lexical", "cohesive", "morphosyntactic")
COLUMN_OF = {"morphosyntactic": "skill1", "cohesive": "skill2", "lexical": "skill3"}
ITERATIONS = 25


def lsat6(path: Path) -> None:
    rows = [[int(cell) for cell in row] for row in _rows(path)[1:]]
    graph = ModuleGraph(Module(f"i{k}", "lsat", difficulty=0.0) for k in range(5))
    people = [
        [Likelihood(f"i{k}", *((1.0, 1e-12) if row[k] else (1e-12, 1.0))) for k in range(5)] for row in rows
    ]
    counts = [float(row[5]) for row in rows]
    prior = Prior(
        spread=1, domain_spread=0, domain_points=1, slope=1, departure=0, ability_points=61, ability_reach=6
    )
    fit = refit(graph, prior, people, weights=counts, shrinkage=FREE, iterations=400, tolerance=1e-9)
    print("## LSAT-6: 2PL by our calibration (published)")
    print(f"log-likelihood {sum(counts) * fit.log_likelihoods[-1]:.3f} (-2466.653)")
    print(
        "difficulties",
        *(f"{fit.prior.difficulties[f'i{k}']:.3f}" for k in range(5)),
        "(-3.360 -1.370 -0.280 -1.866 -3.124)",
    )
    print(
        "slopes", *(f"{fit.prior.slopes[f'i{k}']:.3f}" for k in range(5)), "(0.825 0.723 0.891 0.689 0.658)"
    )


def ecpe(folder: Path, seed: int, plot: Path | None) -> None:
    answers = np.array(
        [[int(cell) for cell in row[1:]] for row in _rows(folder / "dcm_ecpe_data.csv")[1:]], np.int8
    )
    needs = _hardest(_rows(folder / "dcm_ecpe_qmatrix.csv"))
    graph = ModuleGraph(
        Module(name, "english", (ORDER[i - 1],) if i else (), difficulty=-1.0) for i, name in enumerate(ORDER)
    )
    prior, guesses, slips, total = _fit(graph, needs, answers)
    print("\n## ECPE, all 2,922 people: one-step items on an ordered graph")
    print(f"log-likelihood {total:.1f} (DINA -42841.6, linear hierarchy -42751.3, LCDM -42738.6)")
    order = np.random.default_rng(seed).permutation(len(answers))
    first, second = order[: len(order) // 2], order[len(order) // 2 :]
    prior, guesses, slips, _ = _fit(graph, needs, answers[first])
    bank = ItemBank(
        Item(f"E{k + 1:02}", (Step(needs[k], float(guesses[k]), float(slips[k])),)) for k in range(len(needs))
    )
    model = BeliefModel(graph, prior)
    whole = np.array(
        [model.posterior(_seen(row, needs, guesses, slips)).probabilities for row in answers[second]]
    )
    world = World(graph, bank, answers[second], whole > 0.5)
    print(
        f"## ECPE, replayed on the other {len(second)}: share of verdicts of the whole test (28 items) found"
    )
    found = {}
    for method in ("jalons", "fixe", "hasard", "pix", "rasch"):
        result = evaluate(world, method, (3, 5, 8, 10, 15), seed=seed, prior=prior)
        shares = {int(n): s["accuracy"] for n, s in result["questions"].items()}
        print(f"{method:8}", *(f"{n}: {share:.3f}" for n, share in shares.items()))
        found[NAMES.get(method, method)] = [(float(n), 100 * share, 0.0) for n, share in shares.items()]
    if plot:
        curves(plot, found, across="items asked, of 28", up="verdicts of the whole test found, %")


def _fit(
    graph: ModuleGraph, needs: Sequence[str], answers: np.ndarray
) -> tuple[Prior, np.ndarray, np.ndarray, float]:
    """Guess, slip and prior by EM on complete answers, where they are identified."""
    prior = Prior(
        leak=0.005, departure=0.0, domain_points=1, domain_spread=0.0, spread=1.0, ability_points=15
    )
    guesses, slips = np.full(len(needs), 0.4), np.full(len(needs), 0.15)
    patterns, counts = np.unique(answers, axis=0, return_counts=True)
    columns = [graph.index[module] for module in needs]
    total = 0.0
    for _ in range(ITERATIONS):
        people = [_seen(row, needs, guesses, slips) for row in patterns]
        model = BeliefModel(graph, prior)
        beliefs = [model.posterior(seen) for seen in people]
        scales = np.array([_scale(graph, seen) for seen in people])
        total = float(counts @ (scales + [belief.log_evidence for belief in beliefs]))
        known = np.array([belief.probabilities for belief in beliefs])[:, columns] * counts[:, None]
        unknown = counts[:, None] - known
        guesses = np.clip((unknown * patterns).sum(axis=0) / unknown.sum(axis=0), 0.01, 0.95)
        slips = np.clip((known * (1 - patterns)).sum(axis=0) / known.sum(axis=0), 0.01, 0.98 - guesses)
        prior = refit(
            graph, prior, people, weights=counts.tolist(), shrinkage=Shrinkage(1.0, 0.5, np.inf), iterations=1
        ).prior
    return prior, guesses, slips, total


def _scale(graph: ModuleGraph, seen: Sequence[Likelihood]) -> float:
    """What ``log_evidence`` leaves out: the larger log-likelihood of each module's evidence."""
    logs = np.zeros((len(graph), 2))
    for likelihood in seen:
        logs[graph.index[likelihood.module]] += np.log([likelihood.mastered, likelihood.not_mastered])
    return float(logs.max(axis=1).sum())


def _seen(row: np.ndarray, needs: Sequence[str], guesses: np.ndarray, slips: np.ndarray) -> list[Likelihood]:
    return [
        Likelihood(module, 1 - slip, guess) if right else Likelihood(module, slip, 1 - guess)
        for module, right, guess, slip in zip(needs, row, guesses, slips, strict=True)
    ]


def _hardest(rows: Sequence[Sequence[str]]) -> list[str]:
    header = rows[0]
    return [
        next(name for name in reversed(ORDER) if row[header.index(COLUMN_OF[name])] == "1")
        for row in rows[1:]
    ]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="a file for the curves on ECPE, as SVG")
    options = parser.parse_args()
    lsat6(options.folder / "lsat6_freq.csv")
    ecpe(options.folder, options.seed, options.plot)


if __name__ == "__main__":
    main()
