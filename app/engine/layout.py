"""Laying out what is needed in sessions.

A session checks, opens something new and practises; it opens at most ``new_per_session`` new things, and goes
from one module to the next before it comes back to one. Time left goes to more practice of what is not sure.
A module waits until those before it have come far enough. Ties go to the goal's order, so the same needs
always give the same sessions. What a conseiller wished comes before all this, but for prerequisites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.engine.graph import ModuleGraph
from app.engine.needs import Need, Needed, PlanSettings, StepKind, practice_minutes
from app.engine.reasons import Code, Reason
from app.engine.wishes import Move, before_each, possible_moves


@dataclass(frozen=True)
class PlanStep:
    """One module in one session: what to do with it, for how long, and why."""

    module: str
    kind: StepKind
    minutes: int
    reason: Reason


@dataclass(frozen=True)
class PlannedSession:
    """The steps of one session, in order, and their minutes together."""

    steps: tuple[PlanStep, ...]
    minutes: int


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for.

    ``targets`` are the goal's modules; ``pinned`` come first, in this order, with what they need; ``skipped``
    are left out. ``added`` come beside the goal, without what they need where the goal doesn't need it.
    ``moves`` are wishes about order, the newest last: each holds as far as prerequisites and newer ones let
    it. ``set_aside`` says after how many sessions a module may come (0: at once); what needs it waits too.
    ``again`` are pinned or added modules to look at once more even where they seem mastered.
    ``session_minutes`` is the length of a session, kept unless one single step is longer; ``new_per_session``
    the most new things in one. Both are at least 1, or ``ValueError``.
    """

    targets: tuple[str, ...]
    session_minutes: int = 60
    new_per_session: int = 2
    pinned: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    again: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.session_minutes < 1 or self.new_per_session < 1:
            raise ValueError("a session has at least one minute and room for one new thing")


class Layout:
    """Sessions being filled from what is to do (``todo``), in the goal's order (``ranks``).

    Of someone who has not worked on anything yet, the first thing taught is the one with the most
    ``readiness`` (0 where it has none), whatever the goal's order: a first session must not miss.
    """

    def __init__(
        self,
        graph: ModuleGraph,
        todo: Mapping[str, Need],
        ranks: Mapping[str, int],
        request: PlanRequest,
        settings: PlanSettings,
        readiness: Mapping[str, float] | None = None,
    ) -> None:
        self.graph = graph
        self.todo = todo
        self.ranks = ranks
        self.request = request
        self.settings = settings
        self.before = {module: self._before(module) for module in todo}
        self.placed = dict.fromkeys(todo, 0)
        self._waiting = {module: len(before) for module, before in self.before.items()}
        self._after: dict[str, list[str]] = {module: [] for module in todo}
        for module, before in self.before.items():
            for prerequisite in before:
                self._after[prerequisite].append(module)
        self.open = {module for module, waiting in self._waiting.items() if not waiting}
        kept = possible_moves(request.moves, self.before)
        self._moved = {move.module for move in kept}
        self._held = before_each(kept)
        self._urgency = self._urgencies()
        self._readiness = readiness or {}
        self._is_beginning = not any(need.times_worked for need in todo.values())

    def sessions(self) -> tuple[PlannedSession, ...]:
        """Session after session until no step is left; those that only wait for what is set aside are not
        counted."""
        done: list[PlannedSession] = []
        number = 0
        while self.open:
            steps = self._fill(number, first=not done)
            if steps:
                done.append(PlannedSession(tuple(steps), sum(step.minutes for step in steps)))
                number += 1
                continue
            waits = [wait for module in self.open if (wait := self._wait(module)) > number]
            if not waits:
                # Settings that allow no check leave what only needs one aside.
                break
            number = min(waits)
        return tuple(done)

    def _wait(self, module: str) -> int:
        return 0 if self.placed[module] else self.request.set_aside.get(module, 0)

    def _urgencies(self) -> dict[str, int]:
        """For what is pinned and what it needs: the place of the first pinned module that it serves."""
        found: dict[str, int] = {}
        for place, pinned in enumerate(self.request.pinned):
            waiting = [pinned] if pinned in self.todo else []
            while waiting:
                module = waiting.pop()
                if module not in found:
                    found[module] = place
                    waiting.extend(self.before[module])
        return found

    def _before(self, module: str) -> tuple[str, ...]:
        """The nearest modules to do that must come before this one, beyond those with nothing to do."""
        found: dict[str, None] = {}
        waiting = list(self.graph[module].prerequisites)
        for prerequisite in waiting:
            if prerequisite in self.todo:
                found[prerequisite] = None
            else:
                waiting.extend(self.graph[prerequisite].prerequisites)
        return tuple(found)

    def _fill(self, number: int, first: bool) -> list[PlanStep]:
        """The steps of one session; ``number`` counts the sessions before it."""
        steps: list[PlanStep] = []
        times: dict[str, int] = {}
        room, counts = self.request.session_minutes, dict.fromkeys(StepKind, 0)
        most = {
            StepKind.DISCOVER: self.request.new_per_session,
            StepKind.VERIFY: self.settings.verify_per_session,
        }
        while True:
            opening = first and not steps
            teaches_first = first and self._is_beginning and not counts[StepKind.DISCOVER]
            ready = {
                module: (
                    times.get(module, 0),
                    *self._rank(module, self._next(module), opening, teaches_first),
                )
                for module in self.open
                if self._wait(module) <= number
            }
            fitting = [
                (min(ready.get(held, rank) for held in self._holds(module)), rank, module, step)
                for module, rank in ready.items()
                for step in (self._next(module),)
                if not self._is_held(module)
                and (step.minutes <= room or not steps)
                and counts[step.kind] < most.get(step.kind, self.request.session_minutes)
                and times.get(module, 0) < self.settings.steps_per_session
            ]
            if not fitting:
                return [*steps, *self._practices(steps, times, room)]
            _, _, module, step = min(fitting, key=lambda found: found[:2])
            steps.append(PlanStep(module, step.kind, step.minutes, self._reason(module, step, opening)))
            times[module] = times.get(module, 0) + 1
            room -= step.minutes
            counts[step.kind] += 1
            self._place(module)

    def _practices(self, steps: Sequence[PlanStep], times: Mapping[str, int], room: int) -> list[PlanStep]:
        """What time is left goes to what this session is about and is not sure, the least sure first: a check
        that fails is followed by practice, and nobody comes for three minutes."""
        found: list[PlanStep] = []
        counts = dict(times)
        while True:
            fitting = [
                (counts[module], self.todo[module].probability, self.ranks[module], module, minutes)
                for module in dict.fromkeys(step.module for step in steps)
                for minutes in (practice_minutes(self.graph[module].minutes, self.settings),)
                if self.todo[module].probability < self.settings.acquired
                and minutes <= room
                and counts[module] < self.settings.steps_per_session
            ]
            if not fitting:
                return found
            *_, module, minutes = min(fitting)
            counts[module] += 1
            room -= minutes
            worked = self.todo[module].times_worked + self.placed[module] + counts[module] - times[module]
            found.append(PlanStep(module, StepKind.PRACTISE, minutes, _again(worked)))

    def _next(self, module: str) -> Needed:
        return self.todo[module].steps[self.placed[module]]

    def _is_held(self, module: str) -> bool:
        """Whether something that was moved before this module has not come yet."""
        return any(not self.placed[first] for first in self._held.get(module, ()))

    def _holds(self, module: str) -> list[str]:
        """This module, and what waits for it because of a move: it comes when they would have come."""
        found = [module]
        for first in found if not self.placed[module] else ():
            found.extend(then for then, held in self._held.items() if first in held and then not in found)
        return found

    def _place(self, module: str) -> None:
        """One more step of this module is placed: it may be finished, and may open others."""
        need = self.todo[module]
        self.placed[module] += 1
        if self.placed[module] == len(need.steps):
            self.open.discard(module)
        if self.placed[module] == need.ready_after:
            for following in self._after[module]:
                self._waiting[following] -= 1
                if not self._waiting[following]:
                    self.open.add(following)

    def _rank(self, module: str, step: Needed, opening: bool, teaches_first: bool) -> tuple[float, ...]:
        """What comes first: what is pinned; at the very start, an easy success; then by kind and goal, but
        for the very first thing taught: the one that the person is the likeliest to be ready for."""
        pinned = self._urgency.get(module, len(self.request.pinned))
        is_first_taught = teaches_first and step.kind is StepKind.DISCOVER
        easy = -round(step.success, 2) if opening and not is_first_taught else 0.0
        ready = -round(self._readiness.get(module, 0.0), 2) if is_first_taught else 0.0
        return (pinned, easy, self.settings.kind_order.index(step.kind), ready, self.ranks[module])

    def _reason(self, module: str, step: Needed, opening: bool) -> Reason:
        need, placed = self.todo[module], self.placed[module]
        if not placed and (wish := self._wish(module)):
            return Reason(wish)
        match step.kind:
            case StepKind.REVIEW:
                return Reason(
                    Code.REVIEW, (), {"retrievability": need.retrievability, "days": need.stability}
                )
            case StepKind.VERIFY:
                numbers = {"probability": need.probability, "minutes": float(step.minutes)}
                return Reason(Code.VERIFY, (), numbers)
            case StepKind.PRACTISE if placed == 0:
                numbers = {"times": float(need.times_worked), "level": float(need.level)}
                return Reason(Code.PRACTISE, (), numbers)
            case StepKind.PRACTISE:
                return _again(need.times_worked + placed + 1)
            case StepKind.DISCOVER:
                return self._why_discover(module, step, opening)

    def _wish(self, module: str) -> Code | None:
        """What a conseiller wished of this module."""
        if module in self.request.pinned:
            return Code.PINNED
        if self.request.set_aside.get(module, 0):
            return Code.SET_ASIDE
        if module in self.request.added:
            return Code.ADDED
        return Code.MOVED if module in self._moved else None

    def _why_discover(self, module: str, step: Needed, opening: bool) -> Reason:
        prerequisites = self.graph[module].prerequisites
        if self.before[module]:
            return Reason(Code.PREREQUISITES_BEFORE, self.before[module])
        known = tuple(p for p in prerequisites if p not in self.request.skipped)
        if known:
            return Reason(Code.PREREQUISITES_MASTERED, known)
        if module in self.request.targets:
            return Reason(Code.GOAL)
        if opening and step.success >= self.settings.doubt:
            return Reason(Code.FIRST_SUCCESS)
        return Reason(Code.NEEDED_FOR, self._opens(module))

    def _opens(self, module: str) -> tuple[str, ...]:
        """What this module leads to next on the way to the target that it serves first."""
        for target in (*self.request.pinned, *self.request.targets, *self.request.added):
            way = set(self.graph.closure([target]))
            following = [m for m in self.graph.successors(module) if m in way]
            if module in way and following:
                opened = min(following, key=self.graph.index.__getitem__)
                return tuple(dict.fromkeys((opened, target)))
        return ()


def _again(times: int) -> Reason:
    """Why to practise once more what will then have been worked on so many times."""
    return Reason(Code.CONSOLIDATE, (), {"times": float(times)})
