"""What each module calls for: nothing, a check, a review, some practice, or to be discovered.

mastered surely, not due for review        nothing
was mastered, due                          réviser
worked on, not yet autonome                pratiquer, as often as practice is expected to take
never worked on, doubtful                  vérifier: a few minutes against the time of teaching
else                                       découvrir, then pratiquer
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import Protocol

from app.engine.autonomy import Autonomy
from app.engine.graph import ModuleGraph
from app.engine.levels import Level, Levels
from app.engine.practice import USUAL, Courses


class StepKind(StrEnum):
    """What one does with a module in a session."""

    DISCOVER = "decouvrir"
    PRACTISE = "pratiquer"
    VERIFY = "verifier"
    REVIEW = "reviser"


CHECKS = frozenset({StepKind.VERIFY, StepKind.REVIEW})
"""Kinds that look at what may be mastered, rather than teach it."""


class Mastery(Protocol):
    """P(mastered now) by module id: a ``Belief``, or a plain mapping."""

    def __getitem__(self, module_id: str, /) -> float: ...


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """Where the planner draws its lines; all are probabilities but for minutes and counts.

    - ``acquired``: mastered from there on. ``doubt``: worth a check from there to ``acquired``.
    - ``retention``: retrievability under which what was mastered is reviewed.
    - ``seen_alone``: the same for what was worked on, where the last session leaves less doubt.
    - ``open``: P(guidé or autonome) that a prerequisite should be expected to have before what needs it is
      discovered: whoever does it with a hint can go on.
    - ``enough``: P(autonome) expected after the practices that are planned.
    - ``in_vain``: practices that are lost where something counts as mastered and is not.
    - ``verify_minutes``; ``practise_share`` and ``review_share`` of the minutes that teaching takes, at least
      ``shortest`` minutes; ``verify_per_session``: more checks and reviews than that would be an exam;
      ``steps_per_session``: of one module.
    - ``gap_days``: between two sessions. ``kind_order``: what a session does first.
    - ``courses``: what practice brings to people here.
    """

    acquired: float = 0.8
    doubt: float = 0.25
    seen_alone: float = 0.7
    retention: float = 0.8
    open: float = 0.8
    enough: float = 0.6
    in_vain: float = 3.0
    verify_minutes: int = 3
    practise_share: float = 0.6
    review_share: float = 0.2
    shortest: int = 5
    verify_per_session: int = 6
    steps_per_session: int = 3
    gap_days: float = 7.0
    kind_order: tuple[StepKind, ...] = (
        StepKind.VERIFY,
        StepKind.DISCOVER,
        StepKind.PRACTISE,
        StepKind.REVIEW,
    )
    courses: Courses = USUAL


@dataclass(frozen=True, slots=True)
class Needed:
    """One step that a module calls for; ``success`` is P(it goes well)."""

    kind: StepKind
    minutes: int
    success: float


@dataclass(frozen=True, slots=True)
class Need:
    """The steps that one module calls for, in order, none where it is acquired.

    ``ready_after`` is after how many of them what needs this module may be discovered: 0 where it need not
    wait.
    ``if_missing`` is the minutes that a failed check or review would add, ``missing`` the probability that it
    fails; ``saves`` those that a check or review is expected to save.
    """

    module: str
    probability: float
    steps: tuple[Needed, ...] = ()
    ready_after: int = 0
    times_worked: int = 0
    level: int = 0
    retrievability: float = 0.0
    stability: float = 0.0
    if_missing: int = 0
    saves: float = 0.0

    @property
    def minutes(self) -> int:
        """Of all its steps together."""
        return sum(step.minutes for step in self.steps)

    @property
    def missing(self) -> float:
        return 1 - self.probability if self.if_missing else 0.0


def needs_of(
    graph: ModuleGraph,
    belief: Mastery,
    autonomy: Mapping[str, Autonomy],
    modules: Iterable[str],
    settings: PlanSettings,
) -> dict[str, Need]:
    """The need of each of these modules, in the order given."""
    return {
        module: _need(module, graph[module].minutes, float(belief[module]), autonomy.get(module), settings)
        for module in modules
    }


def once_more(need: Need, minutes: int, settings: PlanSettings) -> Need:
    """The need of a module that takes ``minutes`` to teach, with a review where nothing was called for."""
    if need.steps:
        return need
    step = Needed(StepKind.REVIEW, _short(minutes, settings.review_share, settings), need.probability)
    return replace(need, steps=(step,), ready_after=0)


def practice_minutes(minutes: int, settings: PlanSettings) -> int:
    """Of one practice of a module that takes so long to teach."""
    return _short(minutes, settings.practise_share, settings)


def _need(module: str, minutes: int, p: float, known: Autonomy | None, settings: PlanSettings) -> Need:
    worked = known is not None and known.times_worked > 0
    sure = p >= (settings.seen_alone if worked else settings.acquired)
    if known is not None and _due(known, settings):
        return _review(module, minutes, p, known, settings, 0 if sure else _taught(minutes, settings))
    if sure:
        return Need(module, p)
    if known is not None and worked and known.level > Level.DECOUVERTE and p < settings.doubt:
        return _practice(module, minutes, p, known, settings)
    if p >= settings.doubt:
        return _doubtful(module, minutes, p, known, settings)
    steps, ready_after = _lesson(minutes, p, settings)
    return Need(module, p, steps, ready_after, times_worked=known.times_worked if known else 0)


def to_make_sure(need: Need, minutes: int, settings: PlanSettings) -> Need:
    """The need of a module that counts as mastered and takes ``minutes`` to teach, with a check."""
    step = Needed(StepKind.VERIFY, settings.verify_minutes, need.probability)
    return replace(need, steps=(step,), saves=_saved_by_knowing(need.probability, minutes, settings))


def _review(
    module: str, minutes: int, p: float, known: Autonomy, settings: PlanSettings, if_missing: int
) -> Need:
    """A review, which keeps nothing waiting. It fails as a check does where mastery is not sure: then there
    is as much to do, so that time that passes makes nothing look shorter."""
    step = Needed(StepKind.REVIEW, _short(minutes, settings.review_share, settings), p)
    return Need(
        module,
        p,
        (step,),
        times_worked=known.times_worked,
        level=known.level,
        retrievability=known.retrievability,
        stability=known.stability,
        if_missing=if_missing,
        saves=_saved_by_knowing(p, minutes, settings),
    )


def _doubtful(module: str, minutes: int, p: float, known: Autonomy | None, settings: PlanSettings) -> Need:
    """A check: of what was never worked on, it may spare the whole lesson, and what comes next waits for it;
    what was worked on far enough keeps nothing waiting."""
    step = Needed(StepKind.VERIFY, settings.verify_minutes, p)
    taught = _taught(minutes, settings)
    if known is None or not known.times_worked:
        return Need(module, p, (step,), 1, if_missing=taught, saves=p * taught)
    guided = known.levels[Level.GUIDE] + known.levels[Level.AUTONOME]
    saves = _saved_by_knowing(p, minutes, settings)
    ready_after = 0 if guided >= settings.open else 1
    return Need(module, p, (step,), ready_after, known.times_worked, if_missing=taught, saves=saves)


def _saved_by_knowing(p: float, minutes: int, settings: PlanSettings) -> float:
    """Minutes that are expected to be lost by not knowing whether this is mastered, whatever is done: a
    practice of what is mastered already, or what is built on it in vain where it is not."""
    practice = practice_minutes(minutes, settings)
    return min(p * practice, (1 - p) * settings.in_vain * practice)


def _due(known: Autonomy, settings: PlanSettings) -> bool:
    return (
        known.level is Level.AUTONOME and known.stability > 0 and known.retrievability <= settings.retention
    )


def _practice(module: str, minutes: int, p: float, known: Autonomy, settings: PlanSettings) -> Need:
    """Practice as often as it takes, from the levels that the facts tell and the mastery that all tells."""
    levels = _with_mastered(known.levels, p)
    course = settings.courses(levels, known.stability, settings.gap_days)
    step = Needed(StepKind.PRACTISE, practice_minutes(minutes, settings), max(p, levels[2]))
    times = course.times_to(settings.enough)
    ready = 1 if levels[2] + levels[3] >= settings.open else min(course.times_to_guided(settings.open), times)
    return Need(module, p, (step,) * times, ready, known.times_worked, known.level)


def _lesson(minutes: int, p: float, settings: PlanSettings) -> tuple[tuple[Needed, ...], int]:
    courses = settings.courses
    course = courses(courses.parameters.initial(p), 0.0, settings.gap_days)
    times = course.times_to(settings.enough)
    again = Needed(StepKind.PRACTISE, practice_minutes(minutes, settings), 0.5)
    steps = (Needed(StepKind.DISCOVER, minutes, p), *((again,) * (times - 1)))
    return steps, min(course.times_to_guided(settings.open), times)


def _taught(minutes: int, settings: PlanSettings) -> int:
    """Minutes of the whole lesson of what is not mastered at all."""
    return sum(step.minutes for step in _lesson(minutes, 0.0, settings)[0])


def _with_mastered(levels: Levels, p: float) -> Levels:
    """These levels with this P(autonome), the others in proportion."""
    rest = sum(levels[:3])
    if rest <= 0:
        return (0.0, 0.0, 1 - p, p)
    a, b, c = (share * (1 - p) / rest for share in levels[:3])
    return (a, b, c, p)


def _short(minutes: int, share: float, settings: PlanSettings) -> int:
    return min(minutes, max(settings.shortest, ceil(share * minutes)))
