"""What simulated people learn in four group sessions, by how their groups were made.

    python -m benchmarks.groups [--people 60] [--worlds 8] [--size 6]

Each person's belief comes from 12 single questions. Groups are then made at random, by overall level (sum of
P), or by ``level_groups``; every group does, each week, the module that most of its members are ready for by
what was believed at first and seen since (the same rule for all), 60 minutes on it. Counted: levels gained a
person (true, of 0 to 3 a module) and modules newly autonome. Standard errors are over worlds; the same people
serve all three ways.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from app.engine.assessment import assess
from app.engine.belief import BeliefModel
from app.engine.evidence import Evidence
from app.engine.groups import level_groups, next_modules
from app.engine.learners import Learner, Population, draw_ease, first_levels
from app.engine.levels import Level
from app.engine.simulation import Kind, Shape, World, simulate

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SESSIONS, PARTS, QUESTIONS = 4, 3, 12
SEEDS = 700

Beliefs = dict[str, Mapping[str, float]]


def people_of(world: World, seed: int) -> dict[str, Learner]:
    """The world's people, the same whoever groups them."""
    ease = draw_ease(world.graph, Population(), np.random.default_rng(seed))
    found = {}
    for i, row in enumerate(world.mastery):
        rng = np.random.default_rng((seed, i))
        mastered = dict(zip(world.graph.ids, (bool(m) for m in row), strict=True))
        levels = first_levels(world.graph, mastered, rng)
        found[f"p{i:03d}"] = Learner(world.graph, levels, START, rng, ease=ease)
    return found


def asked(learner: Learner, rng: np.random.Generator) -> list[Evidence]:
    """Twelve single questions on as many modules."""
    modules = rng.choice(learner.graph.ids, QUESTIONS, replace=False)
    return [learner.answer(str(m), rng.uniform(0.05, 0.25), rng.uniform(0.05, 0.15)) for m in modules]


def grouped(way: str, beliefs: Beliefs, world: World, size: int, rng: np.random.Generator) -> list[list[str]]:
    """Groups of this size, made this way."""
    people = sorted(beliefs)
    sizes = [size] * (len(people) // size)
    if len(people) % size:
        sizes.append(len(people) % size)
    if way == "by shared fringe":
        made = level_groups(world.graph, beliefs, sizes, rng, sessions=SESSIONS)
        return [list(group.people) for group in made.groups]
    if way == "by overall level":
        people.sort(key=lambda person: sum(beliefs[person].values()))
    else:
        people = [people[i] for i in rng.permutation(len(people))]
    cuts = np.cumsum([0, *sizes])
    return [people[a:b] for a, b in itertools.pairwise(cuts)]


def learnt(way: str, seed: int, people: int, size: int) -> tuple[float, float, float]:
    """Levels gained a person, modules newly autonome a person, and the seconds that grouping took."""
    rng = np.random.default_rng(seed)
    world = simulate(Kind.T1, rng, people, Shape())
    learners = people_of(world, seed)
    model = BeliefModel(world.graph)
    questions = np.random.default_rng(seed + 1)
    evidence = {name: asked(learner, questions) for name, learner in learners.items()}
    before = {name: dict(learner.levels) for name, learner in learners.items()}
    beliefs: Beliefs = {name: _belief(model, evidence[name], START) for name in learners}
    start = time.perf_counter()
    groups = grouped(way, beliefs, world, size, np.random.default_rng(seed + 2))
    seconds = time.perf_counter() - start
    for week in range(1, SESSIONS + 1):
        now = START + timedelta(days=7 * week)
        for group in groups:
            _session(group, learners, evidence, model, now)
    gained = _gains(before, learners)
    return (*gained, seconds)


def _session(
    group: Sequence[str],
    learners: Mapping[str, Learner],
    evidence: Mapping[str, list[Evidence]],
    model: BeliefModel,
    now: datetime,
) -> None:
    beliefs = {name: _belief(model, evidence[name], now) for name in group}
    chosen = next_modules(model.graph, beliefs, count=1)
    for name in group:
        learners[name].wait_until(now)
        for _ in range(PARTS):
            if chosen:
                evidence[name].append(learners[name].work(chosen[0].module))


def _belief(model: BeliefModel, evidence: Sequence[Evidence], now: datetime) -> Mapping[str, float]:
    return assess(model, evidence, now + timedelta(hours=4)).as_dict()


def _gains(before: Mapping[str, Mapping[str, Level]], learners: Mapping[str, Learner]) -> tuple[float, float]:
    levels = modules = 0
    for name, learner in learners.items():
        for module, level in learner.levels.items():
            levels += max(0, level - before[name][module])
            modules += level is Level.AUTONOME and before[name][module] is not Level.AUTONOME
    return levels / len(learners), modules / len(learners)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--size", type=int, default=6)
    arguments = parser.parse_args()
    ways = ("at random", "by overall level", "by shared fringe")
    found = {
        way: [learnt(way, SEEDS + 10 * w, arguments.people, arguments.size) for w in range(arguments.worlds)]
        for way in ways
    }
    print(f"{arguments.worlds} worlds × {arguments.people} simulated people in groups of {arguments.size}")
    for way, rows in found.items():
        table = np.array(rows)
        errors = table.std(axis=0, ddof=1) / np.sqrt(len(table))
        gap = (np.array(found[ways[-1]]) - table)[:, 0]
        print(
            f"{way:18s} levels gained {table[:, 0].mean():.2f} ± {errors[0]:.2f}   modules newly autonome "
            f"{table[:, 1].mean():.2f} ± {errors[1]:.2f}   fringe − this {gap.mean():+.2f} ± "
            f"{gap.std(ddof=1) / np.sqrt(len(gap)):.2f} levels   grouping {table[:, 2].mean():.2f} s"
        )


if __name__ == "__main__":
    main()
