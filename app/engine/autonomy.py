"""Autonomy over time: what the facts of one person say of each module now, learning and forgetting included.

A forward filter of a hidden Markov chain (Rabiner 1989, eq. 19-20) over four levels (``levels.py``). The
chain is exact given the parameters: its stability is not hidden, it follows from the dates and the help
recorded (``forgetting.py``). With two levels and no forgetting it is Bayesian knowledge tracing (Corbett &
Anderson 1995).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Track:
    """The filter between two facts: the distribution at ``at`` and the memory left by the last practice.

    ``log_likelihood`` is log P(all facts so far); ``practised`` is when ``memory`` was last refreshed;
    ``struggled`` tells that help or a failure was recorded, so that a success no longer shows what was
    brought.
    """

    levels: Levels
    reference: float
    at: datetime | None = None
    log_likelihood: float = 0.0
    memory: Memory | None = None
    practised: datetime | None = None
    struggled: bool = False
    times_worked: int = 0
    last_worked: datetime | None = None

    @staticmethod
    def start(parameters: Parameters, reference: float | None = None) -> Track:
        """Before any fact. ``reference`` is P(autonome) there, the parameters' own by default."""
        p = parameters.mastered if reference is None else reference
        low, high = _REFERENCE_RANGE
        p = min(max(p, low), high)
        return Track(parameters.initial(p), p)

    def moved_to(self, instant: datetime, parameters: Parameters) -> Track:
        """The same, with what time has done since; nothing within one sitting."""
        if self.at is None:
            return replace(self, at=instant)
        days = (instant - self.at) / _DAY
        if days < parameters.sitting_days:
            return self
        kept = 1.0
        if self.memory is not None and self.practised is not None:
            curve, stability = parameters.curve, self.memory.stability
            kept = curve.retrievability((instant - self.practised) / _DAY, stability)
            kept /= curve.retrievability((self.at - self.practised) / _DAY, stability)
        return replace(self, levels=idle(self.levels, kept, days, self.reference, parameters), at=instant)

    def after(self, fact: Evidence, parameters: Parameters) -> Track:
        """The same, with one more fact: time first, then what it tells, then what the practice taught."""
        emission = fact_emission(fact, parameters)
        if emission is None:
            return self
        here = self.moved_to(fact.occurred_at, parameters)
        levels, probability = seen(here.levels, emission)
        here = replace(here, levels=levels, log_likelihood=here.log_likelihood + log(probability))
        if fact.source is Source.DECLARATION:
            return here
        here = here._remembering(fact, parameters)
        if fact.source is Source.DIAGNOSTIC:
            return here
        new_sitting = (
            here.last_worked is None
            or (fact.occurred_at - here.last_worked) / _DAY >= parameters.sitting_days
        )
        help = Help.GUIDED if fact.help is None and fact.outcome is Outcome.SHOWN else fact.help
        return replace(
            here,
            levels=taught(here.levels, parameters.ups(help)),
            times_worked=here.times_worked + new_sitting,
            last_worked=fact.occurred_at,
        )

    def _remembering(self, fact: Evidence, parameters: Parameters) -> Track:
        recall = _recall(fact)
        if recall is None:
            return self
        success = recall >= Recall.GOOD
        if self.memory is None:
            if fact.source is Source.DIAGNOSTIC and not success:
                return replace(self, struggled=True)
            memory = parameters.curve.first(recall)
            if success and not self.struggled:
                memory = replace(memory, stability=max(memory.stability, parameters.brought_days))
        elif self.practised is not None and fact.occurred_at - self.practised < _DAY and not success:
            # A second failure of the day is the same failure.
            memory = self.memory
        else:
            days = 0.0 if self.practised is None else (fact.occurred_at - self.practised) / _DAY
            memory = parameters.curve.after(self.memory, days, recall)
        return replace(
            self, memory=memory, practised=fact.occurred_at, struggled=self.struggled or not success
        )

    def autonomy(self, parameters: Parameters) -> Autonomy:
        """What there is to say at ``at``."""
        stability = retrievability = 0.0
        due = None
        if self.memory is not None and self.practised is not None and self.at is not None:
            stability = self.memory.stability
            days = (self.at - self.practised) / _DAY
            if days < parameters.sitting_days:
                days = 0.0
            retrievability = parameters.curve.retrievability(days, stability)
            if self.levels[2] + self.levels[3] >= 0.5:
                due = self.practised + _DAY * parameters.curve.interval(stability, parameters.retention)
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
    state = Track.start(parameters, reference)
    for fact in in_order(evidence):
        if fact.occurred_at <= now:
            state = state.after(fact, parameters)
    return state.moved_to(now, parameters)


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
    return track(evidence, now, parameters, reference).autonomy(parameters)


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
