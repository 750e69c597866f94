"""How long a gesture stays: the forgetting curve and the stability of FSRS-6.

Retrievability after ``t`` days without practice, for a memory of stability ``S`` days, is a power law

    R(t, S) = (1 + F t / S)^(-w),    F = 0.9^(-1/w) − 1,    so that R(S, S) = 0.9.

Stability grows with each success, the more so when the gesture was about to be forgotten (spacing effect),
and shrinks after a failure. Formulas and default weights: FSRS-6, open-spaced-repetition, "The Algorithm"
(https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). The weights were fitted on flash
cards, not on digital skills: only the shape is borrowed with some confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import exp

DEFAULT_WEIGHTS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
    0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip

_SHORTEST = 0.001
_LONGEST = 36_500.0


class Recall(IntEnum):
    """How a practice went, the four ratings of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one module: ``stability`` in days, ``difficulty`` from 1 (easy) to 10."""

    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class ForgettingCurve:
    """FSRS-6 with these 21 weights. Raises ``ValueError`` on another number of weights."""

    weights: tuple[float, ...] = DEFAULT_WEIGHTS

    def __post_init__(self) -> None:
        if len(self.weights) != 21:
            raise ValueError(f"FSRS-6 has 21 weights, not {len(self.weights)}")

    @property
    def _factor(self) -> float:
        return float(0.9 ** (-1 / self.weights[20])) - 1

    def retrievability(self, days: float, stability: float) -> float:
        """P(still there) ``days`` after the last practice; 1 at once, 0.9 after ``stability`` days."""
        return float((1 + self._factor * max(days, 0.0) / stability) ** -self.weights[20])

    def interval(self, stability: float, retention: float) -> float:
        """Days until retrievability falls to ``retention`` (in ]0, 1[), at most a century."""
        days = stability / self._factor * (retention ** (-1 / self.weights[20]) - 1)
        return float(min(days, _LONGEST))

    def first(self, recall: Recall) -> Memory:
        """The memory that a first practice leaves."""
        return Memory(
            stability=max(self.weights[recall - 1], _SHORTEST),
            difficulty=_within(self._first_difficulty(recall)),
        )

    def after(self, memory: Memory, days: float, recall: Recall) -> Memory:
        """The memory after another practice, ``days`` after the last one (under a day: same sitting)."""
        if days < 1:
            stability = self._same_day(memory.stability, recall)
        elif recall is Recall.AGAIN:
            stability = self._lapse(memory, days)
        else:
            stability = self._success(memory, days, recall)
        return Memory(
            min(max(stability, _SHORTEST), _LONGEST), self._next_difficulty(memory.difficulty, recall)
        )

    def _first_difficulty(self, recall: Recall) -> float:
        return self.weights[4] - exp(self.weights[5] * (recall - 1)) + 1

    def _next_difficulty(self, difficulty: float, recall: Recall) -> float:
        w = self.weights
        damped = difficulty - w[6] * (recall - 3) * (10 - difficulty) / 9
        return _within(w[7] * self._first_difficulty(Recall.EASY) + (1 - w[7]) * damped)

    def _same_day(self, stability: float, recall: Recall) -> float:
        w = self.weights
        growth: float = exp(w[17] * (recall - 3 + w[18])) * stability ** -w[19]
        return stability * (growth if recall is Recall.AGAIN else max(growth, 1.0))

    def _lapse(self, memory: Memory, days: float) -> float:
        w = self.weights
        r = self.retrievability(days, memory.stability)
        long_term: float = (
            w[11] * memory.difficulty ** -w[12] * ((memory.stability + 1) ** w[13] - 1) * exp((1 - r) * w[14])
        )
        return min(long_term, memory.stability / exp(w[17] * w[18]))

    def _success(self, memory: Memory, days: float, recall: Recall) -> float:
        w = self.weights
        r = self.retrievability(days, memory.stability)
        penalty = w[15] if recall is Recall.HARD else 1.0
        bonus = w[16] if recall is Recall.EASY else 1.0
        growth: float = (
            exp(w[8])
            * (11 - memory.difficulty)
            * memory.stability ** -w[9]
            * (exp((1 - r) * w[10]) - 1)
            * penalty
            * bonus
        )
        return memory.stability * (1 + growth)


def _within(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
