"""Autonomy over time: what the facts of one person say of each module now, learning and forgetting included.

A forward filter of a hidden Markov chain (Rabiner 1989, eq. 19-20) over four levels (``levels.py``). The
chain is exact given the parameters: its stability is not hidden, it follows from the dates and the help
recorded (``forgetting.py``). With two levels and no forgetting it is Bayesian knowledge tracing (Corbett &
Anderson 1995).

It runs twice, from either answer to one question: was the module mastered when the person came? What the
facts say of that goes to the belief graph, whose prior is about people as they come; ``assessment.py`` puts
the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import exp, log, log1p

from app.engine.evidence import Evidence, Help, Likelihood, Outcome, Source
from app.engine.forgetting import Memory, Recall
from app.engine.levels import (
    Level,
    Levels,
    Parameters,
    fact_emission,
    idle,
    most_likely,
    seen,
    taught,
)

__all__ = ["Autonomy", "Level", "Parameters", "Track", "arrival", "follow", "follow_all", "likelihood"]

_DAY = timedelta(days=1)
_HELP_ORDER = {help: rank for rank, help in enumerate(Help)}
_RECALL = {
    Help.ACCOMPANIED: Recall.AGAIN,
    Help.GUIDED: Recall.HARD,
    Help.ALONE: Recall.GOOD,
    Help.TEACHES: Recall.EASY,
}
# Beyond these a reference leaves a fact no room to say anything.
_REFERENCE_RANGE = (0.02, 0.98)
# Under this log-likelihood only the ratio of a pair matters.
_UNDERFLOW = -200.0


@dataclass(frozen=True)
class Autonomy:
    """One module of one person, as of an instant.

    ``levels`` is P(découverte), P(accompagné), P(guidé), P(autonome); ``level`` the most likely one.
    ``stability`` (days until one chance in ten that it is gone) and ``retrievability`` (P(still there), 1
    just after a practice) are 0 while nothing was ever retrieved. ``review_due`` is ``None`` while there is
    nothing to review. ``times_worked`` counts sittings of practice or observation.
    """

    levels: Levels
    level: Level
    stability: float
    retrievability: float
    review_due: datetime | None
    last: datetime | None
    times_worked: int

    @property
    def mastered(self) -> float:
        """P(autonome)."""
        return self.levels[3]


class Track:
    """The filter between two facts: the distribution at ``at`` and the memory left by the last practice.

    ``branches`` are the levels given the facts and that the module was not mastered on arrival, then that it
    was; ``log_likelihoods`` are log P(all facts so far) given each. ``practised`` is when ``memory`` was last
    refreshed; ``struggled`` tells that help or a failure was recorded, so that a success no longer shows what
    was brought. ``reference`` is P(mastered) of such a module among people as they come, the parameters' own
    by default; ``came`` when this person came, the first fact by default.
    """

    __slots__ = (
        "at",
        "branches",
        "came",
        "last_worked",
        "log_likelihoods",
        "memory",
        "parameters",
        "practised",
        "reference",
        "struggled",
        "times_worked",
    )

    def __init__(
        self, parameters: Parameters, reference: float | None = None, came: datetime | None = None
    ) -> None:
        low, high = _REFERENCE_RANGE
        p = parameters.mastered if reference is None else reference
        self.parameters = parameters
        self.reference = min(max(p, low), high)
        self.branches: tuple[Levels, Levels] = (parameters.initial(0.0), parameters.initial(1.0))
        self.log_likelihoods = (0.0, 0.0)
        self.came = came
        self.at = came
        self.memory: Memory | None = None
        self.practised: datetime | None = None
        self.struggled = False
        self.times_worked = 0
        self.last_worked: datetime | None = None

    @property
    def levels(self) -> Levels:
        """The distribution over levels now, where nothing but these facts and the reference is known."""
        return self.given(self.arrived(self.reference))

    @property
    def log_likelihood(self) -> float:
        """log P(all facts so far), where nothing but the reference is known besides."""
        not_mastered, mastered = self.log_likelihoods
        one, other = log1p(-self.reference) + not_mastered, log(self.reference) + mastered
        return max(one, other) + log1p(exp(-abs(one - other)))

    def arrived(self, before: float) -> float:
        """P(mastered on arrival) given these facts, ``before`` being the same from all else."""
        not_mastered, mastered = self.log_likelihoods
        largest = max(not_mastered, mastered)
        yes, no = before * exp(mastered - largest), (1 - before) * exp(not_mastered - largest)
        return yes / (yes + no)

    def given(self, arrived: float) -> Levels:
        """The distribution over levels now, ``arrived`` being P(mastered on arrival) given all that is
        known."""
        rows = zip(*self.branches, strict=True)
        a, b, c, d = ((1 - arrived) * without + arrived * with_it for without, with_it in rows)
        return (a, b, c, d)

    def elapsed(self, instant: datetime) -> tuple[float, float]:
        """Days since the last fact, and the share of what was there then that is still there; (0, 1) within
        one sitting."""
        days = 0.0 if self.at is None else (instant - self.at) / _DAY
        if self.at is None or days < self.parameters.sitting_days:
            return 0.0, 1.0
        curve = self.parameters.curve
        if self.memory is not None and self.practised is not None:
            since, stability = self.practised, self.memory.stability
        elif self.came is not None and not self.struggled:
            since, stability = self.came, self.parameters.brought_days
        else:
            return days, 1.0
        before = curve.retrievability((self.at - since) / _DAY, stability)
        return days, curve.retrievability((instant - since) / _DAY, stability) / before

    def move_to(self, instant: datetime) -> None:
        """Let time pass; nothing changes within one sitting."""
        days, kept = self.elapsed(instant)
        if days:
            not_mastered, mastered = (
                idle(levels, kept, days, self.reference, self.parameters) for levels in self.branches
            )
            self.branches = (not_mastered, mastered)
        if days or self.at is None:
            self.at = instant

    def take(self, fact: Evidence) -> None:
        """Add one fact, no older than the last: time first, then what it tells, then what practice taught."""
        emission = fact_emission(fact, self.parameters)
        if emission is None:
            return
        self.move_to(fact.occurred_at)
        (not_mastered, without), (mastered, with_it) = (seen(levels, emission) for levels in self.branches)
        self.branches = (not_mastered, mastered)
        one, other = self.log_likelihoods
        self.log_likelihoods = (one + log(without), other + log(with_it))
        if fact.source is Source.DECLARATION:
            return
        self._remember(fact)
        if fact.source is Source.DIAGNOSTIC:
            return
        ups = self.parameters.ups(teaching_help(fact))
        not_mastered, mastered = (taught(levels, ups) for levels in self.branches)
        self.branches = (not_mastered, mastered)
        sitting = self.parameters.sitting_days
        if self.last_worked is None or (fact.occurred_at - self.last_worked) / _DAY >= sitting:
            self.times_worked += 1
        self.last_worked = fact.occurred_at

    def _remember(self, fact: Evidence) -> None:
        recall = _recall(fact)
        if recall is None:
            return
        success = recall >= Recall.GOOD
        if self.memory is None:
            if success or fact.source is not Source.DIAGNOSTIC:
                self.memory = self._first_memory(recall)
                self.practised = fact.occurred_at
        else:
            days = 0.0 if self.practised is None else (fact.occurred_at - self.practised) / _DAY
            # A second failure of the day is the same failure.
            if success or days >= 1:
                self.memory = self.parameters.curve.after(self.memory, days, recall)
            self.practised = fact.occurred_at
        self.struggled = self.struggled or not success

    def _first_memory(self, recall: Recall) -> Memory:
        memory = self.parameters.curve.first(recall)
        if recall >= Recall.GOOD and not self.struggled:
            return Memory(max(memory.stability, self.parameters.brought_days), memory.difficulty)
        return memory

    def autonomy(self, levels: Levels | None = None) -> Autonomy:
        """What there is to say at ``at``, the levels being these, or ``levels`` where more is known."""
        known = self.levels if levels is None else levels
        stability = retrievability = 0.0
        due = None
        if self.memory is not None and self.practised is not None and self.at is not None:
            stability, curve = self.memory.stability, self.parameters.curve
            days = (self.at - self.practised) / _DAY
            days = days if days >= self.parameters.sitting_days else 0.0
            retrievability = curve.retrievability(days, stability)
            if known[2] + known[3] >= 0.5:
                due = self.practised + _DAY * curve.interval(stability, self.parameters.retention)
        return Autonomy(
            levels=known,
            level=most_likely(known),
            stability=stability,
            retrievability=retrievability,
            review_due=due,
            last=self.last_worked,
            times_worked=self.times_worked,
        )

    @property
    def told(self) -> bool:
        """Whether any fact so far tells something of this module."""
        return self.log_likelihoods != (0.0, 0.0) or self.times_worked > 0


def track(
    evidence: Iterable[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008  (frozen)
    reference: float | None = None,
    came: datetime | None = None,
) -> Track:
    """The filter run over the facts of one module, up to ``now``; later facts are left out."""
    state = Track(parameters, reference, came)
    for fact in in_order(evidence):
        if fact.occurred_at <= now:
            state.take(fact)
    state.move_to(now)
    return state


def arrival(evidence: Iterable[Evidence], now: datetime) -> datetime | None:
    """When the person came: the first fact that tells something, on whatever module."""
    return min(
        (fact.occurred_at for fact in evidence if fact.occurred_at <= now and not _says_nothing(fact)),
        default=None,
    )


def teaching_help(fact: Evidence) -> Help | None:
    """The help that this practice taught with; a gesture that was shown counts as a hint."""
    return Help.GUIDED if fact.help is None and fact.outcome is Outcome.SHOWN else fact.help


def follow(
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008
    reference: float | None = None,
) -> Autonomy:
    """Autonomy on the one module that this evidence is about, as of ``now`` (aware, UTC).

    Facts come in any order, each id counts once, and those after ``now`` are left out. ``reference`` is
    P(mastered) of such a module among people as they come; the parameters' own by default.
    """
    return track(evidence, now, parameters, reference).autonomy()


def follow_all(
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008
) -> dict[str, Autonomy]:
    """``follow`` for each module that the evidence names, by module id in alphabetical order: each for
    itself, without a graph."""
    return {module: follow(facts, now, parameters) for module, facts in by_module(evidence)}


def likelihood(module: str, state: Track) -> Likelihood:
    """What the belief graph gets: P(facts | mastered on arrival), P(facts | not mastered on arrival).

    A module alone with the reference as its prior has then exactly the posterior of the filter. For answers
    of one sitting it is exactly the product of their guess and slip likelihoods. Scaled, where the history is
    so long that it underflows, to stay in ]0, 1].
    """
    not_mastered, mastered = state.log_likelihoods
    largest = max(not_mastered, mastered)
    scale = largest if largest < _UNDERFLOW else 0.0
    tiny = 1e-300
    return Likelihood(module, max(exp(mastered - scale), tiny), max(exp(not_mastered - scale), tiny))


def in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each fact once, by date; at one instant, by source, then help, then id, so that no order of arrival
    shows."""
    once = {fact.id: fact for fact in evidence}
    return sorted(
        once.values(),
        key=lambda fact: (
            fact.occurred_at,
            fact.source is not Source.DIAGNOSTIC,
            -1 if fact.help is None else _HELP_ORDER[fact.help],
            fact.id,
        ),
    )


def by_module(evidence: Iterable[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """The facts of each module, modules in alphabetical order."""
    sorted_facts = sorted(evidence, key=lambda fact: fact.module)
    return [(module, list(facts)) for module, facts in groupby(sorted_facts, key=lambda fact: fact.module)]


def _says_nothing(fact: Evidence) -> bool:
    return fact.help is None and fact.outcome in (None, Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)


def _recall(fact: Evidence) -> Recall | None:
    helped = fact.help is not None and (
        fact.outcome in (None, Outcome.SUCCESS, Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)
        or fact.help not in (Help.ALONE, Help.TEACHES)
    )
    if helped and fact.help is not None:
        return _RECALL.get(fact.help)
    match fact.outcome:
        case Outcome.SUCCESS:
            return Recall.GOOD
        case Outcome.FAILURE | Outcome.DONT_KNOW | Outcome.SHOWN:
            return Recall.AGAIN
        case _:
            return None
