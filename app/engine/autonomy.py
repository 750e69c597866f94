"""Autonomy over time: what the facts of one person say of each module now, learning and forgetting included.

A forward filter of a hidden Markov chain (Rabiner 1989, eq. 19-20) over four levels (``levels.py``). The
chain is exact given the parameters: its stability is not hidden, it follows from the dates and the help
recorded (``forgetting.py``). With two levels and no forgetting it is Bayesian knowledge tracing (Corbett &
Anderson 1995).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import exp, log

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

__all__ = ["Autonomy", "Level", "Parameters", "Track", "follow", "follow_all", "likelihoods", "references"]

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

    ``log_likelihood`` is log P(all facts so far); ``practised`` is when ``memory`` was last refreshed;
    ``struggled`` tells that help or a failure was recorded, so that a success no longer shows what was
    brought. ``reference`` is P(autonome) before any fact, the parameters' own by default.
    """

    __slots__ = (
        "at",
        "last_worked",
        "levels",
        "log_likelihood",
        "memory",
        "parameters",
        "practised",
        "reference",
        "struggled",
        "times_worked",
    )

    def __init__(self, parameters: Parameters, reference: float | None = None) -> None:
        low, high = _REFERENCE_RANGE
        p = parameters.mastered if reference is None else reference
        self.parameters = parameters
        self.reference = min(max(p, low), high)
        self.levels: Levels = parameters.initial(self.reference)
        self.log_likelihood = 0.0
        self.at: datetime | None = None
        self.memory: Memory | None = None
        self.practised: datetime | None = None
        self.struggled = False
        self.times_worked = 0
        self.last_worked: datetime | None = None

    def elapsed(self, instant: datetime) -> tuple[float, float]:
        """Days since the last fact, and the share of what was there then that is still there; (0, 1) within
        one sitting."""
        days = 0.0 if self.at is None else (instant - self.at) / _DAY
        if self.at is None or days < self.parameters.sitting_days:
            return 0.0, 1.0
        if self.memory is None or self.practised is None:
            return days, 1.0
        curve, stability = self.parameters.curve, self.memory.stability
        before = curve.retrievability((self.at - self.practised) / _DAY, stability)
        return days, curve.retrievability((instant - self.practised) / _DAY, stability) / before

    def move_to(self, instant: datetime) -> None:
        """Let time pass; nothing changes within one sitting."""
        days, kept = self.elapsed(instant)
        if days:
            self.levels = idle(self.levels, kept, days, self.reference, self.parameters)
        if days or self.at is None:
            self.at = instant

    def take(self, fact: Evidence) -> None:
        """Add one fact, no older than the last: time first, then what it tells, then what practice taught."""
        emission = fact_emission(fact, self.parameters)
        if emission is None:
            return
        self.move_to(fact.occurred_at)
        self.levels, probability = seen(self.levels, emission)
        self.log_likelihood += log(probability)
        if fact.source is Source.DECLARATION:
            return
        self._remember(fact)
        if fact.source is Source.DIAGNOSTIC:
            return
        self.levels = taught(self.levels, self.parameters.ups(teaching_help(fact)))
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

    def autonomy(self) -> Autonomy:
        """What there is to say at ``at``."""
        stability = retrievability = 0.0
        due = None
        if self.memory is not None and self.practised is not None and self.at is not None:
            stability, curve = self.memory.stability, self.parameters.curve
            days = (self.at - self.practised) / _DAY
            days = days if days >= self.parameters.sitting_days else 0.0
            retrievability = curve.retrievability(days, stability)
            if self.levels[2] + self.levels[3] >= 0.5:
                due = self.practised + _DAY * curve.interval(stability, self.parameters.retention)
        return Autonomy(
            levels=self.levels,
            level=most_likely(self.levels),
            stability=stability,
            retrievability=retrievability,
            review_due=due,
            last=self.last_worked,
            times_worked=self.times_worked,
        )


def track(
    evidence: Iterable[Evidence], now: datetime, parameters: Parameters, reference: float | None = None
) -> Track:
    """The filter run over the facts of one module, up to ``now``; later facts are left out."""
    state = Track(parameters, reference)
    for fact in in_order(evidence):
        if fact.occurred_at <= now:
            state.take(fact)
    state.move_to(now)
    return state


def teaching_help(fact: Evidence) -> Help | None:
    """The help that this practice taught with; a gesture that was shown counts as a hint."""
    return Help.GUIDED if fact.help is None and fact.outcome is Outcome.SHOWN else fact.help


def follow(
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008  (frozen)
    reference: float | None = None,
) -> Autonomy:
    """Autonomy on the one module that this evidence is about, as of ``now`` (aware, UTC).

    Facts come in any order, each id counts once, and those after ``now`` are left out. ``reference`` is
    P(autonome) before any of them (from the belief graph); the parameters' own by default.
    """
    return track(evidence, now, parameters, reference).autonomy()


def follow_all(
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008
    references: Mapping[str, float] | None = None,
) -> dict[str, Autonomy]:
    """``follow`` for each module that the evidence names, by module id in alphabetical order."""
    return {
        module: follow(facts, now, parameters, (references or {}).get(module))
        for module, facts in by_module(evidence)
    }


def likelihoods(
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008
    references: Mapping[str, float] | None = None,
) -> list[Likelihood]:
    """What the belief graph gets: for each module, P(evidence | mastered now), P(evidence | not mastered
    now).

    The pair is P(evidence, M now) / P(M at the reference), so that a module alone with that reference as its
    prior has in the graph exactly the posterior of the filter. For answers of one sitting it is exactly the
    product of their guess and slip likelihoods. Old failures before teaching weigh little; old successes
    fade. Modules whose evidence says nothing are left out. Pairs are scaled, where needed, to stay in ]0, 1].
    """
    found = []
    for module, facts in by_module(evidence):
        state = track(facts, now, parameters, (references or {}).get(module))
        if state.at is not None and (state.log_likelihood != 0.0 or state.times_worked):
            found.append(_pair(module, state))
    return found


def references(probabilities: Mapping[str, float], pairs: Iterable[Likelihood]) -> dict[str, float]:
    """P(mastered) of each module from all that is known *but its own evidence*.

    ``probabilities`` is the belief that these pairs gave. Dividing a module's own pair out of its marginal
    leaves what the prior and its neighbours say (the cavity of expectation propagation, Minka 2001): the
    right reference for a second call of ``likelihoods``.
    """
    cavities = dict(probabilities)
    for pair in pairs:
        if pair.module in cavities:
            mastered = cavities[pair.module] / pair.mastered
            not_mastered = (1 - cavities[pair.module]) / pair.not_mastered
            cavities[pair.module] = mastered / (mastered + not_mastered)
    return cavities


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


def _pair(module: str, state: Track) -> Likelihood:
    # Very long histories underflow; only the ratio matters then.
    scale = exp(max(state.log_likelihood, -200.0))
    mastered = scale * state.levels[3] / state.reference
    not_mastered = scale * (1 - state.levels[3]) / (1 - state.reference)
    largest = max(mastered, not_mastered, 1.0)
    tiny = 1e-300
    return Likelihood(module, max(mastered / largest, tiny), max(not_mastered / largest, tiny))


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
