"""How long the engine takes, and how that grows with the graph: `python -m benchmarks.engine`.

For each number of modules, on one core: building the model, scoring an answer and choosing the next screen, a
history of 500 evidence rows to a belief. Processor time, so that a busy machine does not count; medians and
95th percentiles.
"""

from __future__ import annotations

import os

# One core: set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time

import numpy as np

from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood
from app.engine.replay import Record
from app.engine.simulation import Kind, Shape, World, simulate
from app.engine.triangulation import table_entries, width

SIZES = {30: (5, 8), 60: (10, 16), 120: (15, 24), 240: (24, 40)}
SCREENS = 20


def choice_times(world: World, people: int) -> tuple[list[float], Diagnostic]:
    """Milliseconds of each choice, the answer before it scored included."""
    diagnostic = Diagnostic(BeliefModel(world.graph), world.told, {})
    columns, times = world.first_columns(), []
    for row in world.right[:people]:
        record, answers = Record(row, columns), list[Answer]()
        for _ in range(SCREENS):
            began = time.process_time()
            choice = diagnostic.next_items(answers)[0]
            diagnostic.stop(answers)
            times.append(1000 * (time.process_time() - began))
            answers.append(record.answer(choice.item))
    return times, diagnostic


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--scenes", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print("modules  items  width  entries  build ms  choice p50  p95 ms  5 items ms  500 rows ms")
    for modules, (domains, across) in SIZES.items():
        rng = np.random.default_rng(options.seed)
        shape = Shape(modules, domains, round(modules * 1.05), across, options.scenes)
        world = simulate(Kind.T3, rng, options.people, shape)
        began = time.process_time()
        model = BeliefModel(world.graph)
        _ = model.pair_plan
        build = 1000 * (time.process_time() - began)
        times, diagnostic = choice_times(world, options.people)
        began = time.process_time()
        diagnostic.next_items([], 5)
        five = 1000 * (time.process_time() - began)
        entries = table_entries(model.tree.cliques, model.tree.sizes) * len(model.ability_points)
        print(
            f"{modules:7} {len(world.told):6} {width(model.tree.cliques):6} {entries:8} {build:9.1f}"
            f" {np.median(times):11.1f} {np.quantile(times, 0.95):7.1f} {five:11.1f}"
            f" {history_time(model, rng):12.1f}"
        )


if __name__ == "__main__":
    main()
