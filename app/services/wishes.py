"""What conseillers wish of someone's plan: what stands of the changes they made, as the planner reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from app.engine.autonomy import Autonomy
from app.engine.planner import Move, PlanRequest
from app.store.models import PlanChange, Usager


class Kind(StrEnum):
    """What a change does."""

    PIN = "epingler"
    SKIP = "passer"
    SET_ASIDE = "mettre_de_cote"
    MOVE = "deplacer"
    ADD = "ajouter"
    GOALS = "buts"
    RHYTHM = "rythme"
    DEVICES = "appareils"


OF_A_MODULE = (Kind.PIN, Kind.SKIP, Kind.SET_ASIDE, Kind.MOVE, Kind.ADD)
PLACING = (Kind.PIN, Kind.SKIP, Kind.SET_ASIDE)
"""A module has at most one of these at a time: the last one said."""


@dataclass(frozen=True)
class Wishes:
    """The changes that stand, by module: what is pinned (the last one first), skipped, set aside, added, and
    moves, the oldest first. Goals, rhythm and devices are in the person's own row."""

    pinned: Mapping[str, PlanChange] = field(default_factory=dict)
    skipped: Mapping[str, PlanChange] = field(default_factory=dict)
    set_aside: Mapping[str, PlanChange] = field(default_factory=dict)
    added: Mapping[str, PlanChange] = field(default_factory=dict)
    moves: tuple[PlanChange, ...] = ()

    def request(
        self, usager: Usager, targets: tuple[str, ...], followed: Mapping[str, Autonomy], now: datetime
    ) -> PlanRequest:
        """What the planner is asked for, given what was worked on so far."""
        asked_for = {**self.pinned, **self.added}
        return PlanRequest(
            targets=targets,
            session_minutes=usager.session_minutes,
            pinned=tuple(self.pinned),
            skipped=frozenset(self.skipped),
            added=tuple(self.added),
            moves=tuple(_move(change) for change in self.moves),
            set_aside={
                module: ceil((until(change) - now) / timedelta(days=usager.session_days))
                for module, change in self.set_aside.items()
            },
            # Asked for and not worked on since: it comes even where it seems mastered.
            again=frozenset(
                m for m, change in asked_for.items() if not _worked_since(followed.get(m), change)
            ),
        )

    def on(self, module_id: str) -> tuple[PlanChange, ...]:
        """What stands about one module, the oldest first."""
        kinds = (self.pinned, self.skipped, self.set_aside, self.added)
        found = [changes[module_id] for changes in kinds if module_id in changes]
        found += [change for change in self.moves if change.module_id == module_id]
        return tuple(sorted(found, key=lambda change: change.made_at))


NO_WISHES = Wishes()


def wishes_of(changes: Iterable[PlanChange], at: datetime) -> Wishes:
    """What stood at an instant of these changes, given the oldest first."""
    placed: dict[str, PlanChange] = {}
    added: dict[str, PlanChange] = {}
    moves: list[PlanChange] = []
    for change in changes:
        if not stands(change, at) or change.module_id is None:
            continue
        if change.kind in PLACING:
            placed.pop(change.module_id, None)
            placed[change.module_id] = change
        elif change.kind == Kind.ADD:
            added[change.module_id] = change
        elif change.kind == Kind.MOVE:
            moves.append(change)
    return Wishes(
        pinned=dict(reversed([(m, c) for m, c in placed.items() if c.kind == Kind.PIN])),
        skipped={m: c for m, c in placed.items() if c.kind == Kind.SKIP},
        set_aside={m: c for m, c in placed.items() if c.kind == Kind.SET_ASIDE and until(c) > at},
        added=added,
        moves=tuple(moves),
    )


def stands(change: PlanChange, at: datetime) -> bool:
    """Whether a change was made by then, and not undone by then."""
    return change.made_at <= at and (change.undone_at is None or change.undone_at > at)


def until(change: PlanChange) -> datetime:
    """When what was set aside comes back."""
    return datetime.fromisoformat((change.value or {})["until"])


def _worked_since(followed: Autonomy | None, change: PlanChange) -> bool:
    return followed is not None and followed.last is not None and followed.last >= change.made_at


def _move(change: PlanChange) -> Move:
    value = change.value or {}
    return Move(change.module_id or "", value["other"], bool(value["earlier"]))
