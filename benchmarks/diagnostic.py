"""The diagnostic and its rivals on simulated people: `python -m benchmarks.diagnostic EXPERIMENT…`.

Every method meets the same people and the same answers, in diagnostics of so many screens each. Prints, for
each experiment and method, the mean over worlds of each score after a few numbers of screens, its standard
error over worlds, the worst world, and after how many screens the mean (and the worst world) reaches a share
of modules judged rightly. Simulated people, not real ones.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from app.engine import belief
from app.engine.belief import BeliefModel, Prior
from app.engine.calibration import refit
from app.engine.diagnostic import Diagnostic, Settings, answer_likelihoods
from app.engine.evidence import Likelihood
from app.engine.needs import StepKind
from app.engine.planner import PlanRequest, plan
from app.engine.replay import Adaptive, Record
from app.engine.scores import score
from app.engine.simulation import Kind, Shape, World, simulate, with_wrong_arcs
from app.services.worlds import evaluate
from benchmarks.plots import Points, curves

SHOWN = (5, 10, 15, 20, 25)
SHOWN_SCENES = (3, 5, 6, 8, 9, 12)
BETWEEN = (*range(12, 25), 27, 30)
BETWEEN_SCENES = (4, 7, 10)
"""Numbers of screens besides, to see when a share of modules is reached."""
COLUMNS = ("accuracy", "log_loss", "ece", "worst_tenth", "tenth_percentile", "first_ready", "milliseconds")
NAMES = {
    "fixe": "optimised fixed form",
    "pix": "Pix's rule, in tubes",
    "pix-graphe": "Pix's rule, over the graph",
    "rasch": "Rasch, one ability",
    "oppia": "Oppia's halving",
    "hasard": "random items",
}
RIVALS = ("fixe", "pix", "pix-graphe", "rasch", "oppia", "hasard")
PAST = 100
"""People whose past diagnostics refit the prior."""
WORKERS = os.cpu_count() or 1
REACHED = (0.85, 0.90, 0.925, 0.93)
VARIABLE = Settings(budget=25, sure=0.905, struggle=25)
"""For the line on stopping: by the expected accuracy alone, 15 screens on average."""

REFERENCE = 8_000_000
"""Numbers in the tables of a graph up to which exact sums are run to compare with: a second a belief."""
APPROACHED = {
    "48 modules, cut to 5,000 numbers": (Shape(), 5_000, 1),
    "56 modules, 50 of 90 arcs between domains": (Shape(56, 8, 90, 50), belief.CUT_TO, 2),
    "240 modules, 55 arcs between domains": (Shape(240, 24, 267, 55), belief.CUT_TO, 5),
}
"""Graphs on which approached beliefs are compared with exact ones, what their tables are cut to, and out of
how many people one is taken: the larger the graph, the longer exact sums take."""
RANDOM_ITEMS = (18, 30)
WAYS = {"cut": belief.UNSETTLED, "particles": -1.0}
"""How unsettled messages may be for each way to answer: never too much, and always."""

WHOLE = Settings(next_step=0)
"""Every screen for the goal as a whole."""


def world_of(kind: str, seed: int, people: int, scenes: int = 0, wrong: int = 0) -> World:
    rng = np.random.default_rng(seed)
    world = simulate(Kind(kind), rng, people, Shape(scenes=scenes))
    return with_wrong_arcs(world, rng, wrong)


def run(
    name: str,
    worlds: Sequence[World],
    method: str,
    numbers: Sequence[int],
    *,
    between: Sequence[int] = BETWEEN,
    prior_for: Callable[[World], Prior] = lambda world: Prior(),
    settings: Settings | None = None,
) -> dict[str, Any]:
    """A method on every world; prints its table and gives back all the results."""
    results = []
    every = sorted({*numbers, *between})
    for world in worlds:
        results.append(
            evaluate(world, method, every, workers=WORKERS, prior=prior_for(world), settings=settings)
        )
        print(f"  {name} {method}: {len(results)}/{len(worlds)} worlds", file=sys.stderr, flush=True)
    print(f"\n## {name}, {method}: {len(worlds)} worlds of {worlds[0].people} simulated people")
    print("screens  " + "  ".join(f"{column:>22}" for column in COLUMNS))
    for number in numbers:
        cells = []
        for column in COLUMNS:
            values = np.array([result["questions"][str(number)][column] for result in results])
            error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
            worst = values.max() if column in ("log_loss", "ece", "milliseconds") else values.min()
            cells.append(f"{values.mean():7.3f} ±{error:5.3f} ({worst:6.3f})")
        print(f"{number:7}  " + "  ".join(cells))
    _print_reached(results, every)
    names = ("mean", "accuracy", "tenth_percentile", "worst_tenth")
    screens, *shares = np.mean([[r["stop"][name] for name in names] for r in results], axis=0)
    told = ", ".join(f"{name} {share:.3f}" for name, share in zip(names[1:], shares, strict=True))
    print(f"stop: {screens:.1f} screens on average, {told}", flush=True)
    return {"experiment": name, "method": method, "results": results}


def _print_reached(results: Sequence[dict[str, Any]], numbers: Sequence[int]) -> None:
    curves = np.array([[r["questions"][str(n)]["accuracy"] for n in numbers] for r in results])
    for share in REACHED:
        each = [_first(numbers, curve, share) for curve in curves]
        worst = "never" if None in each else f"{max(e for e in each if e is not None):.1f}"
        mean = _first(numbers, curves.mean(axis=0), share)
        print(f"{share:.1%} reached after {'never' if mean is None else f'{mean:.1f}'}; worst world {worst}")


def _first(numbers: Sequence[int], curve: np.ndarray, share: float) -> float | None:
    """Screens at which a curve, straight between these numbers, first reaches a share."""
    above = np.flatnonzero(curve >= share)
    if not len(above):
        return None
    i = int(above[0])
    if i == 0:
        return float(numbers[0])
    return float(np.interp(share, curve[i - 1 : i + 1], numbers[i - 1 : i + 1]))


def refitted(past: dict[int, World], world: World) -> Prior:
    """The prior refitted on the diagnostics, of 20 screens, of other people of the same world."""
    columns = world.first_columns()
    adaptive = Adaptive(Diagnostic(BeliefModel(world.graph), world.told, {}))
    evidence = []
    for row in past[id(world)].right:
        record = Record(row, columns)
        answers = [record.answer(world.told[item]) for item in adaptive.lead(record, (20,)).asked]
        evidence.append(adaptive.diagnostic.likelihoods(answers))
    return refit(world.graph, Prior(), evidence).prior


def first_lessons(worlds: Sequence[World], settings: Settings) -> None:
    """Prints for how many people the first thing that the plan teaches is one that they are ready for: not
    mastered, and all before it mastered. Every module is a target; people with nothing left are left out."""
    shares = []
    for world in worlds:
        graph, columns = world.graph, world.first_columns()
        adaptive = Adaptive(Diagnostic(BeliefModel(graph), world.told, {}, settings))
        right = []
        for row, mastery in zip(world.right, world.mastery, strict=True):
            record = Record(row, columns)
            asked = adaptive.lead(record, (settings.budget,)).asked
            known = adaptive.diagnostic.belief([record.answer(world.told[item]) for item in asked])
            steps = plan(graph, known, {}, PlanRequest(graph.ids)).steps
            taught = next((step.module for step in steps if step.kind is StepKind.DISCOVER), None)
            if taught is not None:
                before = [graph.index[p] for p in graph[taught].prerequisites]
                right.append(not mastery[graph.index[taught]] and mastery[before].all())
        shares.append(np.mean(right))
        print(f"  first lessons: {len(shares)}/{len(worlds)} worlds", file=sys.stderr, flush=True)
    error = np.std(shares, ddof=1) / np.sqrt(len(shares)) if len(shares) > 1 else 0.0
    print(
        f"\n## First lesson of the plan after {settings.budget} screens, {settings.next_step} of them for it:"
        f" ready {np.mean(shares):.3f} ±{error:.3f} ({min(shares):.3f})",
        flush=True,
    )


def particles(seeds: Sequence[int], people: int) -> None:
    """Prints what exact sums, cut prerequisites and particles each make of the same answers to random items,
    on graphs where all three can run."""
    for name, (shape, cut_to, share) in APPROACHED.items():
        count = max(1, people // share)
        with patch.object(belief, "LARGEST", REFERENCE):
            worlds = [simulate(Kind.T3, np.random.default_rng(seed), count, shape) for seed in seeds]
            models = [BeliefModel(world.graph) for world in worlds]
        kept = [(world, model) for world, model in zip(worlds, models, strict=True) if model.is_exact]
        print(f"\n## {name}: {len(kept)} worlds of {count} simulated people", flush=True)
        for items in RANDOM_ITEMS:
            found = [_approached(world, exact, cut_to, items) for world, exact in kept]
            _print_approached(items, found)


def _approached(world: World, exact: BeliefModel, cut_to: int, items: int) -> dict[str, tuple[float, ...]]:
    """Accuracy, log loss, mean gap to the exact chances, largest gap and milliseconds a belief, each way."""
    seen = _random_answers(world, items)
    true = np.array([exact.posterior(pairs).probabilities for pairs in seen])
    result = {}
    for way, unsettled in WAYS.items():
        with patch.object(belief, "CUT_TO", cut_to), patch.object(belief, "UNSETTLED", unsettled):
            model = BeliefModel(world.graph, largest=0)
            began = time.process_time()
            beliefs = np.array([model.posterior(pairs).probabilities for pairs in seen])
        spent = 1000 * (time.process_time() - began) / len(seen)
        result[way] = (*_told(beliefs, world), *_gaps(beliefs, true), spent)
    return {"exact": (*_told(true, world), 0.0, 0.0, np.nan), **result}


def _random_answers(world: World, items: int) -> list[list[Likelihood]]:
    rng, columns, asked = np.random.default_rng(0), world.first_columns(), world.told.items
    seen = []
    for row in world.right:
        drawn = [asked[i] for i in rng.choice(len(asked), items, replace=False)]
        record = Record(row, columns)
        seen.append([pair for item in drawn for pair in answer_likelihoods(item, record.outcomes(item))])
    return seen


def _told(beliefs: np.ndarray, world: World) -> tuple[float, float]:
    scores = score(beliefs, world.mastery, world.graph)
    return scores.accuracy, scores.log_loss


def _gaps(beliefs: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    gaps = np.abs(beliefs - true)
    return float(gaps.mean()), float(gaps.max())


def _print_approached(items: int, found: Sequence[dict[str, tuple[float, ...]]]) -> None:
    for way in found[0]:
        rows = np.array([each[way] for each in found])
        apart = rows[:, 0] - np.array([each["exact"][0] for each in found])
        error = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else 0.0
        accuracy, loss, gap, _, spent = rows.mean(axis=0)
        print(
            f"{items:3} items  {way:10} accuracy {accuracy:.4f} ({apart.mean():+.4f} ±{error:.4f})  log loss"
            f" {loss:.4f}  gap {gap:.4f}, {rows[:, 3].max():.3f} at most  {spent:.0f} ms",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "experiments",
        nargs="+",
        help="singles variable whole lesson particles rivals scenes wrong3 wrong8 wrong16 refit T0 … T4",
    )
    parser.add_argument("--worlds", type=int, default=24)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seed", type=int, default=3000, help="of the first world; the next ones follow")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path, help="a file for the curves of what was run, as SVG")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.worlds)
    make = partial(_worlds, seeds, options.people)
    done: list[dict[str, Any]] = []
    for experiment in options.experiments:
        if experiment == "particles":
            particles(seeds, options.people)
            continue
        done += _experiment(experiment, make)
        if options.json:
            options.json.write_text(json.dumps(done), encoding="utf-8")
    if options.plot:
        curves(
            options.plot,
            {NAMES.get(run_["method"], run_["method"]): _points(run_["results"]) for run_ in done},
            across="screens",
            up="modules judged rightly, %",
            level=90,
        )


def _points(results: Sequence[dict[str, Any]]) -> Points:
    """Accuracy in percent after each number of screens, the mean over worlds and its standard error."""
    points = []
    for number in results[0]["questions"]:
        values = 100 * np.array([result["questions"][number]["accuracy"] for result in results])
        error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
        points.append((float(number), float(values.mean()), float(error)))
    return points


def _worlds(seeds: Sequence[int], people: int, kind: str, more: int = 0, **options: int) -> list[World]:
    return [world_of(kind, seed, people + more, **options) for seed in seeds]


def _experiment(name: str, make: Callable[..., list[World]]) -> list[dict[str, Any]]:
    if name == "singles":
        return [run("T3", make("T3"), "jalons", SHOWN)]
    if name == "variable":
        return [run("T3, as long as it takes", make("T3"), "jalons", (25,), between=(), settings=VARIABLE)]
    if name == "whole":
        return [run("T3, no screen for the next step", make("T3"), "jalons", SHOWN, settings=WHOLE)]
    if name == "lesson":
        for settings in (WHOLE, Settings()):
            first_lessons(make("T3"), settings)
        return []
    if name == "rivals":
        worlds = make("T3")
        return [run("T3", worlds, method, SHOWN) for method in RIVALS]
    if name in RIVALS:
        return [run("T3", make("T3"), name, SHOWN)]
    if name == "scenes":
        worlds = make("T3", scenes=60)
        return [run("T3, 60 scenes", worlds, "jalons", SHOWN_SCENES, between=BETWEEN_SCENES)]
    if name.startswith("wrong"):
        count = int(name.removeprefix("wrong"))
        return [run(f"T3, {count} wrong arcs", make("T3", wrong=count), "jalons", SHOWN)]
    if name == "refit":
        whole = make("T3", more=PAST)
        worlds = [world.only(slice(PAST, None)) for world in whole]
        past = {id(world): all_.only(slice(PAST)) for world, all_ in zip(worlds, whole, strict=True)}
        before = run("T3, prior as it is", worlds, "jalons", SHOWN)
        after = run("T3, prior refitted", worlds, "jalons", SHOWN, prior_for=partial(refitted, past))
        return [before, after]
    return [run(name, make(name), "jalons", SHOWN)]


if __name__ == "__main__":
    main()
