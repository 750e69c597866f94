"""How many more times: what practice after practice is expected to bring on one module.

The same chain as in ``levels.py``, run forward without observations: at each occasion the help follows what
the level calls for, it teaches, and time passes until the next one. Nothing is drawn at random: these are
expected distributions, from which a number of occasions is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from app.engine.evidence import Help
from app.engine.forgetting import Memory, Recall
from app.engine.levels import Level, Levels, Parameters, Ups, idle, most_likely, taught

LONGEST = 12
HOPE = 0.4
"""Logits by which practice brings less than the chain of one module says; fitted on simulated people."""
_RECALL = (Recall.AGAIN, Recall.AGAIN, Recall.HARD, Recall.GOOD)


@dataclass(frozen=True, slots=True)
class Course:
    """What is expected just after each of the next occasions, the first one included: P(autonome), and
    P(guidé or autonome)."""

    mastered: tuple[float, ...]
    guided: tuple[float, ...]

    def times_to(self, probability: float) -> int:
        """Occasions until P(autonome) reaches this; as many as were looked at when it never does."""
        for times, mastered in enumerate(self.mastered, start=1):
            if mastered >= probability:
                return times
        return len(self.mastered)

    def times_to_guided(self, probability: float) -> int:
        """The same until P(guidé or autonome) reaches this."""
        for times, guided in enumerate(self.guided, start=1):
            if guided >= probability:
                return times
        return len(self.guided)


def expected_ups(parameters: Parameters) -> Ups:
    """Chance of one level up from each level, over the help that such a person gets there.

    Done-for is left out: whoever plans an occasion plans for the person to do it.
    """
    helps = [help for help in Help if help is not Help.DONE_FOR]
    chances = []
    for level in range(3):
        weights = [parameters.emission[help][level] for help in helps]
        gains = [parameters.ups(help)[level] for help in helps]
        chances.append(sum(w * g for w, g in zip(weights, gains, strict=True)) / sum(weights))
    return (chances[0], chances[1], chances[2])


def course(
    levels: Levels,
    parameters: Parameters,
    *,
    stability: float = 0.0,
    gap_days: float = 7.0,
    longest: int = LONGEST,
) -> Course:
    """What the next ``longest`` occasions, ``gap_days`` apart, are expected to bring from these levels."""
    ups = expected_ups(parameters)
    memory = Memory(stability, 5.0) if stability > 0 else None
    reached, guided = [], []
    for occasion in range(longest):
        if occasion:
            kept = 1.0 if memory is None else parameters.curve.retrievability(gap_days, memory.stability)
            levels = idle(levels, kept, gap_days, parameters.mastered, parameters)
        levels = taught(levels, ups)
        recall = _RECALL[most_likely(levels)]
        curve = parameters.curve
        memory = curve.first(recall) if memory is None else curve.after(memory, gap_days, recall)
        reached.append(levels[Level.AUTONOME])
        guided.append(levels[Level.GUIDE] + levels[Level.AUTONOME])
    return Course(tuple(reached), tuple(guided))


def times_left(
    levels: Levels, parameters: Parameters, *, stability: float = 0.0, gap_days: float = 7.0
) -> int:
    """Occasions by which half of those at these levels are autonome, ``gap_days`` apart; ``LONGEST`` at most.

    The expected course is too hopeful for this: one module's chain sees neither the prerequisites that are
    missing nor the help that goes too far. ``HOPE`` slows it.
    """
    slowed = replace(parameters, pace=parameters.pace - HOPE)
    return course(levels, slowed, stability=stability, gap_days=gap_days).times_to(0.5)


class Courses:
    """``course`` for everyone with the same parameters, to the nearest hundredth of a level, remembered."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._remembered = lru_cache(maxsize=4096)(self._course)

    def __call__(self, levels: Levels, stability: float = 0.0, gap_days: float = 7.0) -> Course:
        a, b, c, d = (round(p, 2) for p in levels)
        return self._remembered((a, b, c, d), round(stability, 1), gap_days)

    def _course(self, levels: Levels, stability: float, gap_days: float) -> Course:
        return course(levels, self.parameters, stability=stability, gap_days=gap_days)


USUAL = Courses(Parameters())
"""With the authors' figures."""
