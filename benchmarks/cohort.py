"""Simulated people followed over sessions by a conseiller who knows them a little; shared by the
benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from app.engine.evidence import Evidence, Help, Outcome
from app.engine.graph import ModuleGraph
from app.engine.learners import Learner, Population, draw_ease, first_levels
from app.engine.levels import Level
from app.engine.simulation import Kind, Shape, simulate

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SMALL = Shape(modules=24, domains=4, arcs=26, across=8)


@dataclass
class Followed:
    """One simulated person: what was recorded, and the true levels at the start of each session."""

    goal: tuple[str, ...]
    evidence: list[Evidence] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    truths: list[dict[str, Level]] = field(default_factory=list)
    later: dict[int, dict[str, bool]] = field(default_factory=dict)
    sessions: list[list[Evidence]] = field(default_factory=list)


@dataclass(frozen=True)
class Cohort:
    """People on one graph."""

    graph: ModuleGraph
    people: Sequence[Followed]


def cohort(
    seed: int,
    people: int,
    *,
    sessions: int = 12,
    horizons: Sequence[int] = (30, 90, 180, 365),
    quicker: float = 0.0,
) -> Cohort:
    """These many people of one world of kind T1, each followed over so many sessions, then let alone.

    ``quicker`` is by how much all of them learn more easily than usual, in logits.
    """
    rng = np.random.default_rng(seed)
    world = simulate(Kind.T1, rng, people, SMALL)
    population = Population()
    ease = {m: drawn + quicker for m, drawn in draw_ease(world.graph, population, rng).items()}
    found = []
    for mastery in world.mastery:
        mastered = dict(zip(world.graph.ids, (bool(m) for m in mastery), strict=True))
        levels = first_levels(world.graph, mastered, rng)
        learner = Learner(world.graph, levels, START, rng, population=population, ease=ease)
        found.append(_follow(learner, _goal(world.graph, mastered, rng), rng, sessions, horizons))
    return Cohort(world.graph, found)


def _goal(graph: ModuleGraph, mastered: dict[str, bool], rng: np.random.Generator) -> tuple[str, ...]:
    missing = [m for m in graph.ids if not mastered[m]] or list(graph.ids)
    targets = [str(t) for t in rng.choice(missing, min(2, len(missing)), replace=False)]
    return graph.closure(targets)


def _follow(
    learner: Learner,
    goal: tuple[str, ...],
    rng: np.random.Generator,
    sessions: int,
    horizons: Sequence[int],
) -> Followed:
    person = Followed(goal)
    for module in rng.choice(goal, min(6, len(goal)), replace=False):
        person.evidence.append(learner.answer(str(module), rng.uniform(0.05, 0.25), rng.uniform(0.05, 0.15)))
    for _ in range(sessions):
        gap = int(rng.choice([7, 14, 45, 180], p=[0.74, 0.15, 0.08, 0.03]))
        learner.wait_until(learner.now + timedelta(days=gap))
        person.starts.append(learner.now)
        person.truths.append(dict(learner.levels))
        facts = [learner.work(module) for module in _chosen(person, learner.graph, rng)]
        person.sessions.append(facts)
        person.evidence += facts
    end = learner.now
    for days in horizons:
        learner.wait_until(end + timedelta(days=days))
        person.later[days] = {module: learner.masters(module) for module in goal}
    return person


def _chosen(person: Followed, graph: ModuleGraph, rng: np.random.Generator) -> list[str]:
    """Three modules for a session, from what was seen only: those in hand, then what comes next, sometimes
    any.

    A choice made from the truth would let whoever follows the person guess it from what is not worked on.
    """
    alone: dict[str, int] = {}
    for fact in person.evidence:
        if fact.help in (Help.ALONE, Help.TEACHES) or fact.outcome is Outcome.SUCCESS:
            alone[fact.module] = alone.get(fact.module, 0) + 1
        elif fact.help is not Help.DONE_FOR:
            alone[fact.module] = 0
    open_ = [module for module in person.goal if alone.get(module, 0) < 2]
    open_.sort(key=lambda module: (module not in alone, graph.index[module]))
    chosen = [module for module in open_[:3] if rng.random() < 0.8]
    others = [module for module in person.goal if module not in chosen]
    while len(chosen) < min(3, len(person.goal)) and others:
        chosen.append(str(others.pop(int(rng.integers(len(others))))))
    return chosen
