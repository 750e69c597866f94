"""The four levels of autonomy and what moves them: help seen, practice, time.

One module of one person is a hidden Markov chain over the ordered levels découverte < accompagné < guidé <
autonome. Three things act on its distribution, each a small function here:

- ``seen``: a fact is an emission, P(fact | level) (help given, or success at a step with its guess and slip);
- ``taught``: a practice moves one level up with a chance that depends on the help;
- ``idle``: time moves one level down with 1 − retrievability, and, slowly, up (people live outside
  workshops).

Mastered, as the belief graph means it, is *autonome*: an item's guess is P(success | not autonome).
The figures of the tables are the authors' judgement, not fitted: no open data has the help that adults were
given. What fits them is in ``learning_rates.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from math import exp, log
from types import MappingProxyType

from app.engine.evidence import Evidence, Help, Outcome, Source
from app.engine.forgetting import ForgettingCurve

Levels = tuple[float, float, float, float]
Ups = tuple[float, float, float]


FLOOR = 0.01
"""Least guess and slip that any answer has, as in a diagnostic: nothing is proof."""


class Level(IntEnum):
    """Autonomy on one module, in order."""

    DECOUVERTE = 0
    ACCOMPAGNE = 1
    GUIDE = 2
    AUTONOME = 3


# P(help given | level), a column a level, columns sum to 1. Done-for is almost flat: it says more of the day,
# or of what the person wished, than of what they can do. Among the others the ratio of two rows grows with
# the level, so less help is always better news (total positivity of order 2, tested).
_EMISSION: Mapping[Help, Levels] = MappingProxyType(
    {
        Help.DONE_FOR: (0.20, 0.18, 0.165, 0.15),
        Help.ACCOMPANIED: (0.62, 0.52, 0.225, 0.07),
        Help.GUIDED: (0.14, 0.23, 0.42, 0.15),
        Help.ALONE: (0.037, 0.064, 0.17, 0.51),
        Help.TEACHES: (0.003, 0.006, 0.02, 0.12),
    }
)

# Chance of going one level up in a practice, from découverte, accompagné, guidé.
_LEARNING: Mapping[Help, Ups] = MappingProxyType(
    {
        Help.DONE_FOR: (0.03, 0.02, 0.01),
        Help.ACCOMPANIED: (0.70, 0.45, 0.20),
        Help.GUIDED: (0.70, 0.60, 0.45),
        Help.ALONE: (0.60, 0.60, 0.60),
        Help.TEACHES: (0.60, 0.60, 0.70),
    }
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the filter assumes of everyone.

    - ``mastered``: P(autonome) of a module that nothing is known of; ``start`` shares out the rest.
    - ``emission``: P(help | level); ``learning``: chance of one level up, by help; ``answering``: the same
      for a practice answer where nobody noted the help. ``pace`` shifts all these chances, in logits.
    - ``falls``: how much of 1 − retrievability brings down accompagné, guidé, autonome by one level.
    - ``outside_days``: half-life of not being autonome for reasons that no one records (learning elsewhere).
    - ``brought_days``: stability of what was already mastered at the first fact: learnt in life, in use.
    - ``sitting_days``: facts closer than this are one sitting, between which nothing is forgotten.
    - ``retention``: a review is due when retrievability falls to it.
    - ``guess``, ``slip``: of an answer that came without; ``trust``: weight of a declaration, 0 to 1.
    """

    mastered: float = 0.3
    start: Ups = (0.55, 0.25, 0.20)
    emission: Mapping[Help, Levels] = field(default_factory=lambda: _EMISSION)
    learning: Mapping[Help, Ups] = field(default_factory=lambda: _LEARNING)
    answering: Ups = (0.12, 0.12, 0.12)
    pace: float = 0.0
    falls: Ups = (0.1, 0.5, 1.0)
    outside_days: float = 1500.0
    brought_days: float = 60.0
    sitting_days: float = 0.25
    retention: float = 0.8
    guess: float = 0.1
    slip: float = 0.1
    trust: float = 0.4
    curve: ForgettingCurve = field(default_factory=ForgettingCurve)

    def initial(self, mastered: float | None = None) -> Levels:
        """Distribution over levels before any fact, with this P(autonome) or the usual one."""
        p = self.mastered if mastered is None else mastered
        a, b, c = (share * (1 - p) for share in self.start)
        return (a, b, c, p)

    def ups(self, help: Help | None) -> Ups:
        """Chance of one level up from each of the three lower ones, in a practice with this help."""
        base = self.answering if help is None else self.learning[help]
        if self.pace == 0:
            return base
        a, b, c = (shifted(chance, self.pace) for chance in base)
        return (a, b, c)


def shifted(chance: float, logits: float) -> float:
    """This probability moved by so many logits; 0 and 1 stay."""
    if chance <= 0 or chance >= 1:
        return chance
    return 1 / (1 + exp(-(log(chance / (1 - chance)) + logits)))


def answer_pair(outcome: Outcome, guess: float, slip: float) -> tuple[float, float]:
    """P(outcome | mastered), P(outcome | not mastered) of one step.

    "Je ne sais pas" cannot be a lucky guess, so its guess is 0. "Montrez-moi" is a failure. What was not seen
    or not understood says nothing: (1, 1).
    """
    guess, slip = max(guess, FLOOR), max(slip, FLOOR)
    match outcome:
        case Outcome.SUCCESS:
            return 1 - slip, guess
        case Outcome.FAILURE | Outcome.SHOWN:
            return slip, 1 - guess
        case Outcome.DONT_KNOW:
            return slip, 1.0
        case Outcome.NOT_SEEN | Outcome.NOT_UNDERSTOOD:
            return 1.0, 1.0


def fact_emission(fact: Evidence, parameters: Parameters) -> Levels | None:
    """P(fact | level) for each level; ``None`` when the fact says nothing.

    A success with help is not a success alone: there the help speaks, not the answer. A failure that nobody
    helped with is a failure.
    """
    levels: Levels
    outcome = None if fact.outcome in (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD) else fact.outcome
    alone = fact.help in (Help.ALONE, Help.TEACHES)
    if fact.help is not None and (outcome in (None, Outcome.SUCCESS) or not alone):
        levels = parameters.emission[fact.help]
    elif outcome is not None:
        guess = parameters.guess if fact.guess is None else fact.guess
        slip = parameters.slip if fact.slip is None else fact.slip
        mastered, not_mastered = answer_pair(outcome, guess, slip)
        levels = (not_mastered, not_mastered, not_mastered, mastered)
    else:
        return None
    if fact.source is Source.DECLARATION:
        a, b, c, d = (p**parameters.trust for p in levels)
        levels = (a, b, c, d)
    return levels


def seen(levels: Levels, emission: Levels) -> tuple[Levels, float]:
    """The levels after a fact, and the probability that the fact had."""
    a, b, c, d = (p * e for p, e in zip(levels, emission, strict=True))
    total = a + b + c + d
    return (a / total, b / total, c / total, d / total), total


def taught(levels: Levels, ups: Ups) -> Levels:
    """The levels after a practice that moves one level up with these chances."""
    a, b, c, d = levels
    u, v, w = ups
    return (a * (1 - u), a * u + b * (1 - v), b * v + c * (1 - w), c * w + d)


def idle(levels: Levels, kept: float, days: float, reference: float, parameters: Parameters) -> Levels:
    """The levels after ``days`` without practice, when a share ``kept`` of what was there is still there.

    What is forgotten goes one level down, but for a share ``reference`` (P(autonome) of such a module) that
    stays in use in life. And whoever is not autonome becomes so elsewhere, by ``outside_days``, up to that
    same share: after very long an old fact tells nothing more than the reference.
    """
    a, b, c, d = levels
    rise = reference * (1 - 0.5 ** (days / parameters.outside_days))
    risen = rise * (a + b + c)
    a, b, c = a * (1 - rise), b * (1 - rise), c * (1 - rise)
    first, second, third = (fall * (1 - kept) for fall in parameters.falls)
    third *= 1 - reference
    return (
        a + b * first,
        b * (1 - first) + c * second,
        c * (1 - second) + d * third,
        d * (1 - third) + risen,
    )


def most_likely(levels: Sequence[float]) -> Level:
    """The most likely level; the higher of two that are equally likely."""
    return Level(max(range(4), key=lambda level: (round(levels[level], 12), level)))
