"""How many screens the diagnostic needs on the shipped content: `python -m benchmarks.content`.

For each parcours and device: after how many screens 85 and 90 % of the goal's modules are judged rightly, on
average over simulated people. They are drawn from the engine's own prior on the device's graph, by which one
module in twenty-five is against the order, and the engine is told guesses and slips that are off by up to
half. Everyone learning on the same device is the same crowd for every parcours. Simulated people, not
real ones: the figures compare contents, they say nothing of how right Jalons is about someone.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from app.content.library import Content
from app.content.models import DEVICES, Device, Goal
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, Diagnostic, Settings
from app.engine.replay import Record, imagined
from app.engine.simulation import World, wrongly_told

ROOT = Path(__file__).parents[1]
WANTED = (0.85, 0.90)
BUDGET = Settings().budget
MOST = 2 * BUDGET
"""Screens after which a share that was not reached is given up."""
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A parcours on a device. ``shares[n]`` is the mean share of its modules judged rightly after n
    screens."""

    goal: Goal
    device: Device
    modules: int
    shares: tuple[float, ...]

    def reached(self, share: float) -> int | None:
        """Screens after which the mean is at least `share`."""
        return next((n for n, found in enumerate(self.shares) if found >= share), None)


@cache
def shipped() -> Content:
    """The content of the repository."""
    return Content.load(ROOT / "parcours", ROOT / "quizzes")


@cache
def crowd(device: Device, people: int, seed: int) -> World:
    """Simulated people on the graph and the bank of a device, with their answers to every item."""
    graph, bank = shipped().graph(device), shipped().bank(device)
    rng = np.random.default_rng([seed, DEVICES.index(device)])
    mastery = BeliefModel(graph).posterior().samples(rng, people)
    right = np.array(
        [
            [
                outcome == "reussi"
                for item in bank.items
                for outcome in imagined(item, state, graph, rng).outcomes
            ]
            for state in mastery
        ],
        dtype=np.int8,
    )
    return World(graph, wrongly_told(bank, rng), right, mastery)


def measure(case: tuple[str, Device], *, people: int, seed: int) -> Line:
    """Lead everyone's diagnostic for a goal, screen by screen, until both shares are reached."""
    goal, device = shipped().goals[case[0]], case[1]
    world = crowd(device, people, seed)
    modules = shipped().goal_modules(goal.id, device)
    diagnostic = Diagnostic(BeliefModel(world.graph), world.told, dict.fromkeys(modules, 1.0))
    columns = [world.graph.index[module] for module in modules]
    truth = world.mastery[:, columns]
    records = [Record(row, world.first_columns()) for row in world.right]
    answers: list[list[Answer]] = [[] for _ in records]
    shares = [_share(diagnostic, answers, columns, truth)]
    while shares[-1] < max(WANTED) and len(shares) <= MOST and _ask(diagnostic, records, answers):
        shares.append(_share(diagnostic, answers, columns, truth))
    return Line(goal, device, len(modules), tuple(shares))


def _share(
    diagnostic: Diagnostic, answers: Sequence[list[Answer]], columns: list[int], truth: np.ndarray
) -> float:
    beliefs = np.array([diagnostic.belief(given).probabilities[columns] for given in answers])
    return float(((beliefs >= 0.5) == truth).mean())


def _ask(diagnostic: Diagnostic, records: Sequence[Record], answers: Sequence[list[Answer]]) -> bool:
    """One more screen for everyone; false when nobody has any left."""
    asked = False
    for record, given in zip(records, answers, strict=True):
        for choice in diagnostic.next_items(given):
            given.append(record.answer(choice.item))
            asked = True
    return asked


def cases(goals: Sequence[str]) -> Iterator[tuple[str, Device]]:
    """Every parcours on each of its devices."""
    for goal in shipped().goals.values():
        if not goals or goal.id in goals:
            yield from ((goal.id, device) for device in goal.devices)


def written(line: Line) -> str:
    """The line as a row of the table in docs/contenu/qualite.md."""
    cells = [line.goal.title, line.device.value, str(line.modules), f"{100 * line.shares[0]:.0f} %"]
    for share in WANTED:
        number = line.reached(share)
        if number is None:
            best = f"{100 * max(line.shares):.0f} % après {len(line.shares) - 1}"
            cells.append(f"jamais ({best})")
        else:
            cells.append(str(number))
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("goals", nargs="*", metavar="PARCOURS", help="ids of parcours; all of them if none")
    parser.add_argument("--people", type=int, default=60, help=f"simulated people, {MOST_PEOPLE} at most")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    led = partial(measure, people=min(options.people, MOST_PEOPLE), seed=options.seed)
    print("| parcours | appareil | modules | sans question | écrans pour 85 % | écrans pour 90 % |")
    print("|---|---|--:|--:|--:|--:|")
    with ProcessPoolExecutor(options.workers, get_context("spawn")) as pool:
        for line in pool.map(led, cases(options.goals)):
            print(written(line), flush=True)
            print(f"{line.goal.id} {line.device}: {line.shares}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
