"""Sessions to the goal of simulated people: our plan, the fixed order, what was failed, and an oracle.

    python -m benchmarks.planner [--people 60] [--worlds 8] [--seed 500] [--scenes 60] [--fit]

Each person is the same for every way of choosing (same seed, same first levels): a diagnostic as Jalons leads
it, then a session a week of 60 minutes until every target is truly autonome after a session. Standard errors
are over worlds. A second table tells where the minutes of a person went. ``--fit`` prints what sets the
forecast's two widths, on worlds that are not reported.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise, takewhile
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from app.engine.belief import BeliefModel
from app.engine.diagnostic import Diagnostic
from app.engine.evidence import Evidence, Source
from app.engine.forecast import Forecast
from app.engine.learners import Learner, Population, draw_ease, first_levels
from app.engine.levels import Level
from app.engine.planner import PlanSettings
from app.engine.replay import Record
from app.engine.simulation import Kind, Shape, World, simulate
from benchmarks.plan_ways import METHODS, MINUTES, Case, Chooser, Step
from benchmarks.plots import bars

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
LONGEST = 80
TARGETS = 2
TEST_SEEDS = 500
FIT_SEEDS = 400
LABELS = {
    "ours": "jalons",
    "oracle": "jalons told what is mastered",
    "oracle of levels": "jalons told every level",
}
USES = ("useful", "checks", "mastered already", "prerequisite below guidé", "unused")


def sessions_to_goal(case: Case, choose: Chooser) -> int:
    """Sessions until the goal is truly reached, at most ``LONGEST``."""
    for session in range(LONGEST):
        if case.reached():
            return session
        case.learner.wait_until(case.now + WEEK)
        lead_session(case, choose)
    return LONGEST


def lead_session(case: Case, choose: Chooser) -> None:
    """Carry one session out. A check is made on the tablet, where what it shows moves the path at once: so
    the time left is chosen for anew after the checks that come first."""
    case.room = MINUTES
    while case.room and (steps := [step for step in choose(case) if step.minutes <= case.room]):
        checks = list(takewhile(lambda step: step.verify, steps))
        for step in checks or steps:
            do(case, step)
        if not checks:
            break
    case.minutes["unused"] += case.room


def do(case: Case, step: Step) -> None:
    """Carry this step out; it leaves its facts."""
    case.room -= step.minutes
    case.minutes[use_of(case, step)] += step.minutes
    case.evidence += check(case, step.module) if step.verify else [case.learner.work(step.module)]


def check(case: Case, module: str) -> list[Evidence]:
    """A check as the tablet makes it: in a scene with this module where there is one, the one least often
    seen, which tells of each of its modules; else a question on it alone."""
    scenes = [item for item in case.bank.items if item.is_scene and module in item.modules]
    if not scenes:
        return [case.learner.answer(module, 0.05, 0.1)]
    scene = min(scenes, key=lambda item: (case.checked[item.id], len(item.steps)))
    case.checked[scene.id] += 1
    return [case.learner.answer(step.module, step.guess, step.slip) for step in scene.steps]


def use_of(case: Case, step: Step) -> str:
    """What the minutes of this step go to, as the truth is just before it."""
    levels = case.learner.levels
    if step.verify:
        return "checks"
    if levels[step.module] is Level.AUTONOME:
        return "mastered already"
    before = case.graph[step.module].prerequisites
    return "prerequisite below guidé" if any(levels[p] < Level.GUIDE for p in before) else "useful"


@dataclass(frozen=True)
class Setting:
    """One world, with what its people have in common."""

    world: World
    model: BeliefModel
    ease: dict[str, float]
    seed: int

    def case(self, person: int, settings: PlanSettings) -> Case | None:
        """This person with their goal, after the diagnostic; ``None`` when they can do it all already."""
        rng = np.random.default_rng((self.seed, person))
        graph = self.world.graph
        mastered = dict(zip(graph.ids, (bool(m) for m in self.world.mastery[person]), strict=True))
        missing = [m for m in graph.ids if not mastered[m]]
        if not missing:
            return None
        drawn = rng.choice(missing, min(TARGETS, len(missing)), replace=False)
        targets = tuple(sorted(str(target) for target in drawn))
        levels = first_levels(graph, mastered, rng)
        learner = Learner(graph, levels, START, rng, population=Population(), ease=self.ease)
        case = Case(graph, self.model, self.world.told, targets, learner, settings=settings)
        case.evidence += self._diagnostic(case, person)
        return case

    def _diagnostic(self, case: Case, person: int) -> list[Evidence]:
        record = Record(self.world.right[person], self.world.first_columns())
        goal = dict.fromkeys(case.graph.closure(case.targets), 1.0)
        diagnostic = Diagnostic(self.model, self.world.told, goal)
        facts: list[Evidence] = []
        answers = []
        while diagnostic.stop(answers) is None:
            item = diagnostic.next_items(answers)[0].item
            answers.append(record.answer(item))
            for step, outcome in zip(item.steps, answers[-1].outcomes, strict=True):
                when, id_ = START + timedelta(minutes=len(answers)), f"d{len(facts)}"
                source, guess, slip = Source.DIAGNOSTIC, step.guess, step.slip
                facts.append(Evidence(id_, step.module, source, when, outcome, None, guess, slip))
        return facts


def setting(seed: int, people: int, shape: Shape) -> Setting:
    """A world of kind T1 with so many people."""
    rng = np.random.default_rng(seed)
    world = simulate(Kind.T1, rng, people, shape)
    return Setting(world, BeliefModel(world.graph), draw_ease(world.graph, Population(), rng), seed)


@dataclass
class Result:
    """Sessions to goal by method, and the forecasts with what came: (forecast, sessions it took)."""

    sessions: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in METHODS})
    forecasts: list[tuple[Forecast, int]] = field(default_factory=list)
    minutes: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in METHODS})
    false_ends: int = 0


def run(seed: int, people: int, methods: Sequence[str], shape: Shape) -> Result:
    """One world, each of its people with each method."""
    place = setting(seed, people, shape)
    settings = PlanSettings()
    result = Result()
    for person in range(people):
        for name in methods:
            case = place.case(person, settings)
            if case is None:
                break
            took = sessions_to_goal(case, METHODS[name](case))
            result.sessions[name].append(took)
            result.minutes[name] += case.minutes
            if name == "ours" and took < LONGEST:
                result.forecasts += [(made, took - k) for k, made in enumerate(case.forecasts[:4:3])]
                result.false_ends += any(made.high == 0 for made in case.forecasts)
    return result


def report(results: Sequence[Result]) -> None:
    """The tables."""
    oracle_means = [np.mean(r.sessions["oracle"]) for r in results if r.sessions["oracle"]]
    fixed_means = [np.mean(r.sessions["fixed order"]) for r in results if r.sessions["fixed order"]]
    for name in METHODS:
        means = [float(np.mean(r.sessions[name])) for r in results if r.sessions[name]]
        if not means:
            continue
        line = f"{name:18s} {_with_error(means)} sessions"
        if oracle_means:
            line += f"   to the oracle {_with_error(np.divide(means, oracle_means) - 1, True)}"
        if fixed_means:
            line += f"   to the fixed order {_with_error(np.divide(means, fixed_means) - 1, True)}"
        never = np.mean([s == LONGEST for r in results for s in r.sessions[name]])
        print(f"{line}   not reached {never:.1%}")
    pairs = [pair for r in results for pair in r.forecasts]
    if pairs:
        inside = [[made.low <= took <= made.high for made, took in r.forecasts] for r in results]
        below = np.mean([took < made.low for made, took in pairs])
        above = np.mean([took > made.high for made, took in pairs])
        widths = np.mean([made.high - made.low for made, _ in pairs])
        print(
            f"80 % interval right {_with_error([float(np.mean(i)) for i in inside], True)} of {len(pairs)}; "
            f"too early {below:.1%}, too late {above:.1%}, mean width {widths:.1f} sessions"
        )
        ratio = [took / made.sessions for made, took in pairs if made.sessions]
        print(f"sessions taken over forecast: mean {np.mean(ratio):.2f}, median {np.median(ratio):.2f}")
        print(f"thought done too early: {sum(r.false_ends for r in results)} people")


def report_minutes(results: Sequence[Result]) -> None:
    """Where the minutes of a person went, on average."""
    for name in METHODS:
        people = sum(len(r.sessions[name]) for r in results)
        if people:
            total = sum((r.minutes[name] for r in results), Counter())
            print(f"{name:18s} " + "   ".join(f"{use} {total[use] / people:.0f}" for use in USES))


def fit_widths(results: Sequence[Result]) -> None:
    """What ``forecast.py`` reads its figures off: sessions taken over sessions forecast, by forecast."""
    pairs = [(made.sessions, took) for r in results for made, took in r.forecasts if made.sessions and took]
    forecast, took = (np.array([pair[i] for pair in pairs], dtype=float) for i in (0, 1))
    for low, high in pairwise((0, 8, 12, 16, 20, 30, 45, 99)):
        here = (forecast >= low) & (forecast < high)
        if here.sum() > 5:
            quantiles = np.quantile(took[here] / forecast[here], [0.1, 0.5, 0.9])
            rounded = np.round(quantiles, 2)
            print(f"   {low}-{high}: {here.sum()} forecasts, taken over forecast 10/50/90 %: {rounded}")


def _with_error(values: Sequence[float] | np.ndarray, percent: bool = False) -> str:
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    if percent:
        return f"{np.mean(values):+.1%} ± {error:.1%}"
    return f"{np.mean(values):.2f} ± {error:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--seed", type=int, help="of the first world")
    parser.add_argument("--scenes", type=int, default=0, help="beside the questions of the diagnostic")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--plot", type=Path, help="a file for the sessions to the goal, as SVG")
    arguments = parser.parse_args()
    first = arguments.seed or (FIT_SEEDS if arguments.fit else TEST_SEEDS)
    methods = ("ours",) if arguments.fit else tuple(METHODS)
    one = partial(run, people=arguments.people, methods=methods, shape=Shape(scenes=arguments.scenes))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        results = list(pool.map(one, range(first, first + arguments.worlds)))
    print(f"{arguments.worlds} worlds × {arguments.people} simulated people")
    report(results)
    report_minutes(results)
    if arguments.fit:
        fit_widths(results)
    if arguments.plot:
        means = {
            LABELS.get(name, name): [float(np.mean(r.sessions[name])) for r in results] for name in methods
        }
        bars(
            arguments.plot,
            {
                name: (float(np.mean(own)), float(np.std(own, ddof=1) / np.sqrt(len(own))))
                for name, own in means.items()
            },
            across="sessions to the goal",
        )


if __name__ == "__main__":
    main()
