"""What a session changed: the person as they were just before it was recorded, and just after."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.engines import current_engines
from app.services.facts import facts
from app.services.learner import Learner, from_evidence
from app.services.modules import ModuleName, module_name
from app.services.trail import Stake, trail
from app.services.wishes import wishes_of
from app.store import plan_queries, queries
from app.store.models import Seance, Usager

NOTICEABLE = 0.05


@dataclass(frozen=True)
class Move:
    """A module whose probability moved, or whose level did."""

    module: ModuleName
    before: float
    after: float
    level_before: int | None
    level_after: int | None
    worked_on: bool


@dataclass(frozen=True)
class Changes:
    """All that a session changed."""

    moves: tuple[Move, ...]
    came: tuple[Stake, ...]
    gone: tuple[Stake, ...]
    next_before: Stake | None
    next_after: Stake | None
    sessions_before: int
    sessions_after: int

    @property
    def path_moved(self) -> bool:
        return bool(self.came or self.gone)


def changes_of(person: Usager, seance: Seance) -> Changes:
    """The change that a session made when it was recorded, both sides seen at that instant.

    Derived from the evidence alone, so it can be shown again at any time; corrections made since are left
    out, as they are changes of their own.
    """
    rows = queries.evidence_of(person)
    # What was wished of the plan then: a change made since is not the session's doing.
    wishes = wishes_of(plan_queries.plan_changes_of(person), seance.recorded_at)
    by_then = [row for row in rows if row.recorded_at <= seance.recorded_at]
    own = {row.id for row in by_then if row.seance_id == seance.id}
    earlier = facts([row for row in by_then if row.id not in own])
    before = from_evidence(person, earlier, seance.recorded_at, wishes)
    after = from_evidence(person, facts(by_then), seance.recorded_at, wishes)
    worked_on = {row.module_id for row in by_then if row.id in own and row.help}
    return _compare(before, after, worked_on)


def _compare(before: Learner, after: Learner, worked_on: set[str]) -> Changes:
    trail_before, trail_after = trail(before), trail(after)
    was = {stake.module.id for stake in trail_before.ahead}
    now_is = {stake.module.id for stake in trail_after.ahead}
    return Changes(
        moves=_moves(before, after, worked_on),
        came=tuple(stake for stake in trail_after.ahead if stake.module.id not in was),
        gone=tuple(stake for stake in trail_before.ahead if stake.module.id not in now_is),
        next_before=trail_before.next,
        next_after=trail_after.next,
        sessions_before=before.plan.forecast.rounded,
        sessions_after=after.plan.forecast.rounded,
    )


def _moves(before: Learner, after: Learner, worked_on: set[str]) -> tuple[Move, ...]:
    engines = current_engines()
    goal = set(engines.content.goal_modules(after.usager.goal_id or "", after.usager.device))
    found = []
    for module_id in after.graph.ids:
        was, is_now = before.belief[module_id], after.belief[module_id]
        shown = module_id in worked_on or (module_id in goal and abs(is_now - was) >= NOTICEABLE)
        if shown:
            found.append(
                Move(
                    module=module_name(module_id),
                    before=was,
                    after=is_now,
                    level_before=_level(before, module_id),
                    level_after=_level(after, module_id),
                    worked_on=module_id in worked_on,
                )
            )
    found.sort(key=lambda move: (not move.worked_on, -abs(move.after - move.before)))
    return tuple(found)


def _level(person: Learner, module_id: str) -> int | None:
    followed = person.autonomy.get(module_id)
    return int(followed.level) if followed and followed.times_worked else None
