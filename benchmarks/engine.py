"""How long the engine takes, and how that grows with the graph: `python -m benchmarks.engine`.

For each number of modules, seven questions each, on one core: building the model, scoring an answer and
choosing the next screen, a history of 500 evidence rows to a belief; then a choice on the shipped content.
Processor time, so that a busy machine counts less; medians and 95th percentiles over whole diagnostics, the
last screens included.
"""

from __future__ import annotations

import os

# One core: set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.content.library import Content
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood
from app.engine.replay import imagined
from app.engine.simulation import Shape, random_graph, scenes, single_items
from app.services.engines import Engines
from benchmarks.plots import curves

ROOT = Path(__file__).parents[1]
SIZES = {30: (5, 8), 60: (10, 16), 120: (15, 24), 240: (24, 40)}
"""Domains, and arcs between them, by number of modules."""
WIDE = (24, 69)
"""The same of 240 modules, too wide for exact sums."""
ITEMS = 7
"""Questions a module: 420 for 60."""


def choice_times(diagnostic: Diagnostic, people: int, seed: int) -> list[float]:
    """Milliseconds of each choice of whole diagnostics, the answer before it scored included."""
    rng, times = np.random.default_rng(seed), []
    graph = diagnostic.model.graph
    for state in diagnostic.model.posterior().samples(rng, people):
        answers: list[Answer] = []
        for _ in range(diagnostic.settings.budget):
            began = time.process_time()
            choices = diagnostic.next_items(answers)
            diagnostic.stop(answers)
            times.append(1000 * (time.process_time() - began))
            if not choices:
                break
            answers.append(imagined(choices[0].item, state, graph, rng))
    return times


def random_diagnostic(
    modules: int, joined: tuple[int, int], scenes_beside: int, rng: np.random.Generator
) -> Diagnostic:
    """Every module of a random graph of this size, domains and arcs between them, is the goal."""
    domains, across = joined
    graph = random_graph(rng, Shape(modules, domains, round(modules * 1.05), across))
    twice = [replace(item, id=f"{item.id}.{n}") for n in (0, 1) for item in single_items(graph, rng)]
    questions = [
        item for module in graph.ids for item in [item for item in twice if item.modules == (module,)][:ITEMS]
    ]
    bank = ItemBank([*questions, *scenes(graph, rng, scenes_beside)])
    return Diagnostic(BeliefModel(graph), bank, {})


def history_time(model: BeliefModel, rng: np.random.Generator) -> float:
    """Milliseconds from 500 likelihoods to a belief, the median of ten."""
    times = []
    for _ in range(10):
        modules = rng.choice(model.graph.ids, 500)
        history = [Likelihood(str(m), *rng.uniform(0.05, 1, 2)) for m in modules]
        began = time.process_time()
        _ = model.posterior(history).probabilities
        times.append(1000 * (time.process_time() - began))
    return float(np.median(times))


def growth(people: int, scenes_beside: int, seed: int) -> dict[int, tuple[float, float]]:
    """Prints a row a number of modules, and one of a graph too wide; gives the median and 95th percentile of
    a choice on the others."""
    found = {}
    print("modules  items  width  entries  build ms  choice p50  p95 ms  5 items ms  500 rows ms")
    for modules, joined in SIZES.items():
        found[modules] = _row(modules, joined, people, scenes_beside, seed)
    _row(max(SIZES), WIDE, people, scenes_beside, seed)
    return found


def _row(
    modules: int, joined: tuple[int, int], people: int, scenes_beside: int, seed: int
) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    diagnostic = random_diagnostic(modules, joined, scenes_beside, rng)
    began = time.process_time()
    model = BeliefModel(diagnostic.model.graph)
    _ = model.pair_plan
    build = 1000 * (time.process_time() - began)
    choice_times(diagnostic, 1, seed)
    times = choice_times(diagnostic, people, seed)
    began = time.process_time()
    diagnostic.next_items([], 5)
    five = 1000 * (time.process_time() - began)
    middle, slow = float(np.median(times)), float(np.quantile(times, 0.95))
    width = f"{model.width}" if model.is_exact else f"≥{model.width}"
    print(
        f"{modules:7} {len(diagnostic.bank):6} {width:>6} {model.entries:8} {build:9.1f}"
        f" {middle:11.1f} {slow:7.1f} {five:11.1f} {history_time(model, rng):12.1f}"
        f"{'' if model.is_exact else '  prerequisites cut'}",
        flush=True,
    )
    return middle, slow


def shipped(people: int, seed: int) -> None:
    """Prints a row a goal and device of the shipped content, the slowest first, and all of them together."""
    content = Content.load(ROOT / "parcours", ROOT / "quizzes")
    engines, rows, every = Engines(content), [], list[float]()
    for goal in content.goals.values():
        for device in goal.devices:
            diagnostic = engines.diagnostic(goal.id, device)
            choice_times(diagnostic, 1, seed)
            times = choice_times(diagnostic, people, seed)
            every += times
            sizes = f"{len(diagnostic.model.graph)} modules, {len(diagnostic.bank)} screens"
            rows.append((np.quantile(times, 0.95), np.median(times), f"{goal.id}, {device} ({sizes})"))
    print("\nshipped content: choice p50, p95 ms")
    for p95, p50, name in sorted(rows, reverse=True):
        print(f"{p50:6.1f} {p95:6.1f}  {name}")
    print(f"{np.median(every):6.1f} {np.quantile(every, 0.95):6.1f}  all of them")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--scenes", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="a file for the growth, as SVG")
    options = parser.parse_args()
    found = growth(options.people, options.scenes, options.seed)
    shipped(options.people, options.seed)
    if options.plot:
        series = {
            name: [(float(modules), values[place], 0.0) for modules, values in found.items()]
            for place, name in enumerate(("median", "95th percentile"))
        }
        curves(options.plot, series, across="modules", up="milliseconds a choice", logarithmic=True)


if __name__ == "__main__":
    main()
