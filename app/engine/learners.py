"""Simulated learners over sessions: they learn, forget, are helped and practise at home. None is a real
person.

They are made to differ from what ``levels.py`` assumes, so that following them is a test: each has a pace, a
memory, a reliance on others and a life in which some gestures are used; modules are more or less easy; a
missing prerequisite slows learning down; conseillers help more or less than needed; items are told with wrong
guess and slip; forgetting is drawn session by session from a curve with the person's own stability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

import numpy as np

from app.engine.evidence import Evidence, Help, Outcome, Source
from app.engine.forgetting import ForgettingCurve, Memory, Recall
from app.engine.graph import ModuleGraph
from app.engine.levels import Level, shifted

_DAY = timedelta(days=1)
_CURVE = ForgettingCurve()
_RECALL = (Recall.AGAIN, Recall.HARD, Recall.GOOD, Recall.GOOD)

# P(help | true level), by rows; the engine is told other figures.
_HELP_NEEDED = (
    (0.12, 0.70, 0.14, 0.04, 0.00),
    (0.08, 0.54, 0.30, 0.07, 0.01),
    (0.05, 0.17, 0.50, 0.26, 0.02),
    (0.03, 0.05, 0.14, 0.62, 0.16),
)
# Chance of one level up in a whole session part with this help, for an average person and module.
_LESSON: Mapping[Help, tuple[float, float, float]] = MappingProxyType(
    {
        Help.DONE_FOR: (0.04, 0.02, 0.02),
        Help.ACCOMPANIED: (0.75, 0.50, 0.25),
        Help.GUIDED: (0.70, 0.65, 0.50),
        Help.ALONE: (0.60, 0.55, 0.60),
        Help.TEACHES: (0.60, 0.55, 0.65),
    }
)
_FALLS = (0.05, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Population:
    """What a simulated population is like; standard deviations are of normal laws.

    ``pace`` and ``ease`` (of a module) in logits on the chance of learning; ``memory`` in log stability;
    ``reliant`` the share of people who mostly want it done for them; ``in_use`` the chance that a gesture
    brought along stays in use and is not forgotten; ``at_home`` the chance a week of practising a module
    worked on; ``missing`` logits lost for each unmastered prerequisite; ``overhelp`` the chance of one notch
    more help.
    """

    pace: float = 0.6
    ease: float = 0.4
    memory: float = 0.5
    reliant: float = 0.08
    in_use: float = 0.4
    at_home: float = 0.03
    missing: float = 2.5
    overhelp: float = 0.08


@dataclass(frozen=True, slots=True)
class Traits:
    """One simulated person: pace in logits, memory as a factor on stability, P(has it done for them)."""

    pace: float
    memory: float
    reliance: float


class Learner:
    """One simulated person on one graph, from a first knowledge state on. Time only goes forward."""

    def __init__(
        self,
        graph: ModuleGraph,
        levels: Mapping[str, Level],
        now: datetime,
        rng: np.random.Generator,
        *,
        population: Population = Population(),
        ease: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.graph = graph
        self.now = now
        self.population = population
        self._rng = rng
        self._ease = ease
        self.levels = dict(levels)
        reliant = rng.random() < population.reliant
        self.traits = Traits(
            pace=float(rng.normal(0, population.pace)),
            memory=float(np.exp(rng.normal(0, population.memory))),
            reliance=0.6 if reliant else float(rng.beta(1, 20)),
        )
        # What was mastered on arrival was learnt in life: durable, and some of it in use.
        brought = Memory(60 * self.traits.memory, 4.0)
        mastered = [module for module, level in levels.items() if level is Level.AUTONOME]
        self._memory = dict.fromkeys(mastered, brought)
        self._refreshed = dict.fromkeys(mastered, now)
        self._in_use = {module for module in mastered if rng.random() < population.in_use}
        self._count = 0

    def masters(self, module: str) -> bool:
        """Whether this module is truly mastered now."""
        return self.levels[module] is Level.AUTONOME

    def wait_until(self, instant: datetime) -> None:
        """Let time pass: things are forgotten, and a few are practised at home."""
        days = (instant - self.now) / _DAY
        for module, memory in list(self._memory.items()):
            if module in self._in_use or self.levels[module] is Level.DECOUVERTE:
                continue
            since = (self.now - self._refreshed[module]) / _DAY
            kept = _CURVE.retrievability(since + days, memory.stability)
            kept /= _CURVE.retrievability(since, memory.stability)
            level = self.levels[module]
            if self._rng.random() < (1 - kept) * _FALLS[level - 1]:
                self.levels[module] = Level(level - 1)
        self.now = instant
        chance = 1 - (1 - self.population.at_home) ** (days / 7)
        for module in self._memory:
            if self.levels[module] >= Level.GUIDE and self._rng.random() < chance:
                self._learn(module, Help.ALONE)

    def work(self, module: str) -> Evidence:
        """One session part on this module: the help that it took is recorded, and some is learnt."""
        help = self._help(module)
        self._learn(module, help)
        return self._fact(module, Source.PRACTICE, help=help)

    def answer(self, module: str, guess: float, slip: float, source: Source = Source.DIAGNOSTIC) -> Evidence:
        """A question or a check on this module; the guess and slip recorded of it are wrong by up to half."""
        right = self._rng.random() < (1 - slip if self.masters(module) else guess)
        told = self._rng.uniform(0.5, 1.5, 2)
        if right and self.masters(module):
            # Doing it once more from memory is itself practice (testing effect, Roediger & Karpicke 2006).
            self._refresh(module)
        return self._fact(
            module,
            source,
            outcome=Outcome.SUCCESS if right else Outcome.FAILURE,
            guess=min(0.45, guess * told[0]),
            slip=min(0.45, slip * told[1]),
        )

    def _fact(
        self,
        module: str,
        source: Source,
        *,
        help: Help | None = None,
        outcome: Outcome | None = None,
        guess: float | None = None,
        slip: float | None = None,
    ) -> Evidence:
        self._count += 1
        # Facts of one session follow one another by minutes, as they do in life.
        instant = self.now + timedelta(minutes=self._count % 200)
        return Evidence(f"{self._count:06d}", module, source, instant, outcome, help, guess, slip)

    def _help(self, module: str) -> Help:
        if self._rng.random() < self.traits.reliance:
            return Help.DONE_FOR
        chances = _HELP_NEEDED[self.levels[module]]
        rank = int(self._rng.choice(5, p=chances))
        if rank > 1 and self._rng.random() < self.population.overhelp:
            rank -= 1
        return tuple(Help)[rank]

    def _learn(self, module: str, help: Help) -> None:
        level = self.levels[module]
        if level < Level.AUTONOME:
            missing = sum(self.levels[p] < Level.GUIDE for p in self.graph[module].prerequisites)
            logits = self.traits.pace + self._ease.get(module, 0.0) - self.population.missing * missing
            if self._rng.random() < shifted(_LESSON[help][level], logits):
                self.levels[module] = Level(level + 1)
        if help is not Help.DONE_FOR:
            self._refresh(module)

    def _refresh(self, module: str) -> None:
        recall = _RECALL[self.levels[module]]
        memory = self._memory.get(module)
        if memory is None:
            first = _CURVE.first(Recall.GOOD)
            memory = replace(first, stability=first.stability * self.traits.memory)
        else:
            days = (self.now - self._refreshed[module]) / _DAY
            memory = _CURVE.after(memory, days, recall)
        self._memory[module] = memory
        self._refreshed[module] = self.now


def draw_ease(graph: ModuleGraph, population: Population, rng: np.random.Generator) -> dict[str, float]:
    """How easy each module is to learn, in logits, the same for everyone."""
    return {module: float(rng.normal(0, population.ease)) for module in graph.ids}


def first_levels(
    graph: ModuleGraph, mastered: Mapping[str, bool], rng: np.random.Generator
) -> dict[str, Level]:
    """True levels on arrival: autonome where mastered; elsewhere lower, the less the more is missing
    before."""
    levels: dict[str, Level] = {}
    for module in graph.ids:
        if mastered[module]:
            levels[module] = Level.AUTONOME
            continue
        ready = all(mastered[p] for p in graph[module].prerequisites)
        levels[module] = Level(int(rng.choice(3, p=(0.55, 0.27, 0.18) if ready else (0.85, 0.11, 0.04))))
    return levels
