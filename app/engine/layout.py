"""Laying out what is needed in sessions, each filled as ``filling.py`` says.

A module waits until those before it have come far enough. Ties go to the goal's order, so the same needs
always give the same sessions. What a conseiller wished comes before all this, but for prerequisites.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.advance import Advance
from app.engine.filling import Chosen, Filling
from app.engine.graph import ModuleGraph
from app.engine.needs import Need, PlanSettings, StepKind
from app.engine.reasons import Code, Reason
from app.engine.request import PlannedSession, PlanRequest, PlanStep
from app.engine.wishes import before_each, possible_moves


class Layout:
    """Sessions being filled from what is to do (``todo``), in the goal's order (``ranks``).

    ``unsure`` is what counts as mastered and may not be: nothing waits for it, but time that is left in the
    first session may go to a check of it; by the next one it is known better, or no longer unsure.
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
        unsure: Mapping[str, Need] | None = None,
    ) -> None:
        self.graph = graph
        self.todo = todo
        self.ranks = ranks
        self.request = request
        self.settings = settings
        self.before = {module: self._before(module) for module in todo}
        kept = possible_moves(request.moves, self.before)
        self._moved = {move.module for move in kept}
        self.held = before_each(kept)
        self.urgency = self._urgencies()
        self.readiness = readiness or {}
        self.unsure = unsure or {}
        self.is_beginning = not any(need.times_worked for need in todo.values())

    def sessions(self) -> tuple[PlannedSession, ...]:
        """Session after session until no step is left; those that only wait for what is set aside are not
        counted."""
        done: list[PlannedSession] = []
        advance = Advance(self.todo, self.before)
        number = 0
        while advance.open:
            filled = self._session(advance, number, first=not done)
            if filled.steps:
                advance = filled.advance
                steps = tuple(self._step(chosen, filled.advance) for chosen in filled.steps)
                done.append(PlannedSession(steps, sum(step.minutes for step in steps)))
                number += 1
                continue
            waits = [wait for module in advance.open if (wait := self.wait(module, advance)) > number]
            if not waits:
                # Settings that allow no check leave what only needs one aside.
                break
            number = min(waits)
        return tuple(done)

    def _session(self, advance: Advance, number: int, first: bool) -> Filling:
        """The session worth most, by how many checks it makes; ``number`` counts the sessions before it.

        Where nothing is worth its time any more, what is left is checked all the same.
        """
        most = self.settings.verify_per_session
        best = Filling(self, advance.copy(), number, first).filled()
        for checks in range(1, most + 1):
            tried = Filling(self, advance.copy(), number, first).with_checks(checks)
            if tried.checks < checks:
                break
            if tried.filled().worth > best.worth:
                best = tried
        if best.steps:
            return best
        return Filling(self, advance.copy(), number, first).with_checks(most, worth_it=False).filled()

    def wait(self, module: str, advance: Advance) -> int:
        """The sessions that must have passed before this module comes."""
        return 0 if advance.placed.get(module) else self.request.set_aside.get(module, 0)

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
        """The nearest modules to do that come before this one, beyond those that keep nothing waiting."""
        found: dict[str, None] = {}
        waiting = list(self.graph[module].prerequisites)
        for prerequisite in waiting:
            if prerequisite in self.todo:
                found[prerequisite] = None
            if prerequisite not in self.todo or not self.todo[prerequisite].ready_after:
                waiting.extend(p for p in self.graph[prerequisite].prerequisites if p not in waiting)
        return tuple(found)

    def is_held(self, module: str, advance: Advance) -> bool:
        """Whether something that was moved before this module has not come yet."""
        return module in self.held and any(not advance.placed[first] for first in self.held[module])

    def holds(self, module: str, advance: Advance) -> list[str]:
        """This module, and what waits for it because of a move: it comes when they would have come."""
        found = [module]
        for first in found if self.held and not advance.placed[module] else ():
            found.extend(then for then, held in self.held.items() if first in held and then not in found)
        return found

    def _step(self, chosen: Chosen, advance: Advance) -> PlanStep:
        """This step with its reason."""
        step = chosen.step
        return PlanStep(chosen.module, step.kind, step.minutes, self._reason(chosen, advance))

    def _reason(self, chosen: Chosen, advance: Advance) -> Reason:
        module, step = chosen.module, chosen.step
        need = self.todo.get(module) or self.unsure[module]
        if chosen.more:
            return _again(need.times_worked + chosen.nth + 1)
        if not chosen.nth and (wish := self._wish(module)):
            return Reason(wish)
        match step.kind:
            case StepKind.REVIEW:
                return Reason(
                    Code.REVIEW, (), {"retrievability": need.retrievability, "days": need.stability}
                )
            case StepKind.VERIFY:
                numbers = {"probability": need.probability, "minutes": float(step.minutes)}
                return Reason(Code.VERIFY, (), numbers)
            case StepKind.PRACTISE if not chosen.nth:
                numbers = {"times": float(need.times_worked), "level": float(need.level)}
                return Reason(Code.PRACTISE, (), numbers)
            case StepKind.PRACTISE:
                return _again(need.times_worked + chosen.nth + 1)
            case StepKind.DISCOVER:
                return self._why_discover(chosen, advance)

    def _wish(self, module: str) -> Code | None:
        """What a conseiller wished of this module."""
        if module in self.request.pinned:
            return Code.PINNED
        if self.request.set_aside.get(module, 0):
            return Code.SET_ASIDE
        if module in self.request.added:
            return Code.ADDED
        return Code.MOVED if module in self._moved else None

    def _why_discover(self, chosen: Chosen, advance: Advance) -> Reason:
        module = chosen.module
        if come := tuple(p for p in self.before[module] if advance.placed[p]):
            return Reason(Code.PREREQUISITES_BEFORE, come)
        prerequisites = self.graph[module].prerequisites
        known = tuple(p for p in prerequisites if p not in self.request.skipped and p not in self.todo)
        if known:
            return Reason(Code.PREREQUISITES_MASTERED, known)
        if module in self.request.targets:
            return Reason(Code.GOAL)
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
