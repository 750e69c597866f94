"""A person then and now: each module acquired, in progress, not acquired, or never looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.engine.evidence import Outcome
from app.engine.planner import PlanSettings
from app.services.learner import Learner, from_evidence
from app.services.modules import ModuleName, module_name
from app.services.wishes import NO_WISHES

SAYS_NOTHING = (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)
LINES = PlanSettings()


class State(StrEnum):
    """Where someone stands on a module. *Non passé* is kept apart: nobody looked, so nobody knows."""

    ACQUIRED = "acquis"
    IN_PROGRESS = "en_cours"
    NOT_ACQUIRED = "non_acquis"
    NOT_SEEN = "non_passe"


@dataclass(frozen=True)
class Side:
    """One of the two instants: the state of each module, and how many there are in each state."""

    at: datetime
    states: Mapping[str, State]
    likely: int
    """How many of those never looked at are believed to be mastered, from what the others tell."""

    @property
    def counts(self) -> dict[State, int]:
        counted = Counter(self.states.values())
        return {state: counted[state] for state in State}


@dataclass(frozen=True)
class Change:
    """A module whose state is not the same on both sides."""

    module: ModuleName
    before: State
    after: State


@dataclass(frozen=True)
class Comparison:
    """Both sides, and what moved between them; ``modules`` is how many are compared."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    modules: int


def compare(person: Learner, first: datetime, second: datetime) -> Comparison:
    """The person at two instants, over the modules of the goals and all those looked at since."""
    then, later = _as_of(person, first), _as_of(person, second)
    looked_at = {fact.module for fact in person.evidence if fact.module in person.graph}
    ids = person.graph.in_order(looked_at.union(person.graph.closure(person.targets)))
    before, after = _side(then, ids), _side(later, ids)
    order = list(State)
    changes = [
        Change(module_name(id_), before.states[id_], after.states[id_])
        for id_ in ids
        if before.states[id_] != after.states[id_]
    ]
    changes.sort(key=lambda change: (order.index(change.after), order.index(change.before)))
    return Comparison(before, after, tuple(changes), len(ids))


def _as_of(person: Learner, at: datetime) -> Learner:
    facts = [fact for fact in person.evidence if fact.occurred_at <= at]
    return from_evidence(person.usager, facts, at, NO_WISHES)


def _side(person: Learner, ids: tuple[str, ...]) -> Side:
    states = {id_: state_of(person, id_) for id_ in ids}
    likely = sum(
        state is State.NOT_SEEN and person.belief[id_] >= LINES.acquired for id_, state in states.items()
    )
    return Side(person.now, states, likely)


def state_of(person: Learner, module_id: str) -> State:
    """Where someone stands on a module, by the planner's own lines."""
    told = any(
        fact.module == module_id and (fact.help is not None or fact.outcome not in SAYS_NOTHING)
        for fact in person.evidence
    )
    if not told:
        return State.NOT_SEEN
    known = person.autonomy.get(module_id)
    worked = known is not None and known.times_worked > 0
    if person.belief[module_id] >= (LINES.seen_alone if worked else LINES.acquired):
        return State.ACQUIRED
    return State.IN_PROGRESS if worked or person.belief[module_id] >= LINES.doubt else State.NOT_ACQUIRED
