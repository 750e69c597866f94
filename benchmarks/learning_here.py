"""What `jalons calibrate --learning` is worth where people learn as the authors think, slower, or faster.

    python -m benchmarks.learning_here [--worlds 12] [--people 12]

All simulated. Figures are fitted and judged as the command does, on people of one world; they are then held
against people of other worlds, and our planner leads yet others to their goal with them. Standard errors are
over worlds.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.engine.evidence import Evidence
from app.engine.learning_rates import judged, log_likelihood
from app.engine.levels import Parameters
from app.engine.needs import PlanSettings
from app.engine.practice import Courses, times_left
from app.engine.simulation import Shape
from benchmarks.cohort import cohort
from benchmarks.plan_ways import ours
from benchmarks.planner import sessions_to_goal, setting

HISTORIES = (20, 40, 80)
DRAWS = 8
FIT_SEEDS, OTHER_SEEDS, PLAN_SEEDS = 1200, 1300, 1400
QUICKER = {"slower": -1.0, "as the authors think": 0.0, "faster": 1.0}
"""Logits on every chance of learning."""
NOTHING = (1.0, 0.0, 0.0, 0.0)


def histories(seed: int, people: int, quicker: float) -> list[list[Evidence]]:
    return [one.evidence for one in cohort(seed, people, sessions=8, horizons=(), quicker=quicker).people]


def report_fits(name: str, quicker: float) -> Parameters:
    """The table of fits; the figures of the first fit on most people."""
    others = [one for n in range(3) for one in histories(OTHER_SEEDS + n, 40, quicker)]
    before = log_likelihood(others, Parameters())
    for people in HISTORIES:
        fits = [
            judged(histories(FIT_SEEDS + draw, people, quicker), Parameters(), np.random.default_rng(draw))
            for draw in range(DRAWS)
        ]
        gains = np.array([log_likelihood(others, each.fit.parameters) - before for each in fits])
        kept = np.array([each.is_better for each in fits])
        print(
            f"{name:22s} {people:3d} people: found better {kept.sum()} of {DRAWS}; log likelihood a fact on"
            f" {len(others)} others {_with_error(gains)}, worst of those applied"
            f" {gains[kept].min() if kept.any() else float('nan'):+.4f}"
        )
    return fits[0].fit.parameters


@dataclass
class Led:
    """What came of people led to their goal: sessions, and forecasts at the start with what came."""

    sessions: list[int] = field(default_factory=list)
    outside: list[tuple[bool, bool]] = field(default_factory=list)
    """Took longer than the interval said, took less."""


def led(seed: int, people: int, quicker: float, parameters: Parameters) -> Led:
    """The people of one world, led by our planner with these figures."""
    place = setting(seed, people, Shape())
    place = replace(place, ease={module: ease + quicker for module, ease in place.ease.items()})
    settings, found = PlanSettings(courses=Courses(parameters)), Led()
    for person in range(people):
        case = place.case(person, settings)
        if case is None:
            continue
        case.parameters = parameters
        took = sessions_to_goal(case, ours)
        found.sessions.append(took)
        found.outside.append((took > case.forecasts[0].high, took < case.forecasts[0].low))
    return found


def report_plans(name: str, quicker: float, fitted: Parameters, worlds: int, people: int) -> None:
    times = [times_left(NOTHING, parameters) for parameters in (Parameters(), fitted)]
    print(f"{name:22s} from nothing, one in two alone after {times[0]} times, fitted {times[1]}")
    usual, own = (
        [led(PLAN_SEEDS + n, people, quicker, parameters) for n in range(worlds)]
        for parameters in (Parameters(), fitted)
    )
    for way, found in (("authors' figures", usual), ("fitted", own)):
        early, late = np.mean([pair for one in found for pair in one.outside], axis=0)
        print(
            f"   {way:17s} {_with_error([np.mean(one.sessions) for one in found])} sessions; 80 % interval"
            f" right {1 - early - late:.1%}, took longer {early:.1%}, took less {late:.1%}"
        )
    gained = [np.mean(o.sessions) - np.mean(u.sessions) for u, o in zip(usual, own, strict=True)]
    print(f"   fitted instead of the authors': {_with_error(gained)} sessions")


def _with_error(values: Sequence[float] | np.ndarray) -> str:
    return f"{np.mean(values):+.4f} ± {np.std(values, ddof=1) / np.sqrt(len(values)):.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--people", type=int, default=12, help="a world, led to their goal")
    arguments = parser.parse_args()
    fitted = {name: report_fits(name, quicker) for name, quicker in QUICKER.items()}
    for name, quicker in QUICKER.items():
        report_plans(name, quicker, fitted[name], arguments.worlds, arguments.people)


if __name__ == "__main__":
    main()
