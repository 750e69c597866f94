"""Filling one session: checks, then something new and practice, then what time is left.

It opens at most ``new_per_session`` new things, and goes from one module to the next before it comes back to
one. Time left goes to more practice of what is not sure.

Everything has a worth, in minutes: practice its own length times the chance that it is not mastered yet, a
check what it is expected to save (``needs.py``). So a check fills a gap, or takes the place of practice that
is worth less, but never of what a conseiller pinned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.advance import Advance
from app.engine.needs import CHECKS, Need, Needed, StepKind, practice_minutes

if TYPE_CHECKING:
    from app.engine.layout import Layout


@dataclass(frozen=True, slots=True)
class Chosen:
    """A step of a session: ``nth`` is how many of its module were placed before, ``more`` whether it only
    fills the session."""

    module: str
    step: Needed
    nth: int
    more: bool = False


class Filling:
    """One session being filled, the one after ``number`` others, from ``advance`` on, which it moves."""

    def __init__(self, layout: Layout, advance: Advance, number: int, first: bool) -> None:
        self.advance = advance
        self.steps: list[Chosen] = []
        self._pinned = 0
        self._worth = 0.0
        self.checks = 0
        self._layout = layout
        self._number = number
        self._first = first
        self._room = layout.request.session_minutes
        self._times: Counter[str] = Counter()
        self._more: Counter[str] = Counter()
        self._new = 0

    def with_checks(self, most: int, worth_it: bool = True) -> Filling:
        """This session with its ``most`` most useful checks, or as many as there are; with ``worth_it``, none
        that takes longer than it saves."""
        while self.checks < most and self._check(worth_it):
            self.checks += 1
        return self

    def filled(self) -> Filling:
        """This session with lessons and practice in the time that is left."""
        while self._teach() or self._practise_more():
            pass
        return self

    @property
    def worth(self) -> tuple[int, float]:
        """How many modules come that are pinned, or that these need; then all that this session is worth, in
        minutes."""
        return self._pinned, round(self._worth, 6)

    def _check(self, worth_it: bool) -> bool:
        fitting = [
            (self._check_rank(module, need, step), module, step)
            for module, need, step in self._to_check()
            if self._fits(step) and (not worth_it or self._saves(module, need) >= step.minutes)
        ]
        if not fitting:
            return False
        _, module, step = min(fitting)
        need = self._need(module)
        self._add(Chosen(module, step, self.advance.placed.get(module, 0)))
        self._worth += self._saves(module, need)
        if module in self.advance.open:
            self.advance.place(module)
        return True

    def _to_check(self) -> Iterator[tuple[str, Need, Needed]]:
        """What may be checked: what calls for it, and in the first session what is not quite sure."""
        for module in self._may_come():
            step = self.advance.next(module)
            if step.kind in CHECKS:
                yield module, self._layout.todo[module], step
        for module, need in self._layout.unsure.items() if self._first else ():
            if not self._times[module] and self._layout.wait(module, self.advance) <= self._number:
                yield module, need, need.steps[0]

    def _check_rank(self, module: str, need: Need, step: Needed) -> tuple[float, ...]:
        """What is pinned; at the very start, an easy success; then what saves most."""
        pinned = self._layout.urgency.get(module, len(self._layout.request.pinned))
        easy = -round(step.success, 2) if self._is_opening else 0.0
        return (pinned, easy, -round(self._saves(module, need), 6), self._layout.graph.index[module])

    def _saves(self, module: str, need: Need) -> float:
        """Minutes that its check is expected to save; what a conseiller wished for comes before all else."""
        layout = self._layout
        wished = module in layout.urgency or module in layout.request.added
        most = max(layout.request.session_minutes, *(step.minutes for step in need.steps))
        return most if wished and module in layout.todo else need.saves

    def _teach(self) -> bool:
        """The next thing to discover or to practise, if any fits."""
        layout = self._layout
        ready = {
            module: self._rank(module, step)
            for module in self._may_come(even_held=True)
            if (step := self.advance.next(module)).kind not in CHECKS and self._is_possible(module, step)
        }
        fitting = [
            (min(ready.get(held, rank) for held in layout.holds(module, self.advance)), rank, module)
            for module, rank in ready.items()
            if not layout.is_held(module, self.advance)
        ]
        if not fitting:
            return False
        *_, module = min(fitting)
        step = self.advance.next(module)
        self._add(Chosen(module, step, self.advance.placed[module]))
        self._worth += step.minutes * (1 - self._need(module).probability)
        self._new += step.kind is StepKind.DISCOVER
        self.advance.place(module)
        return True

    def _is_possible(self, module: str, step: Needed) -> bool:
        layout = self._layout
        return (
            self._fits(step)
            and (step.kind is not StepKind.DISCOVER or self._new < layout.request.new_per_session)
            and self._times[module] < layout.settings.steps_per_session
        )

    def _practise_more(self) -> bool:
        """What time is left goes to what this session is about and is not sure, and to what was worked on and
        is still to be checked, the least sure first: a check that fails is followed by practice, and nobody
        comes for three minutes."""
        layout = self._layout
        doubtful = (m for m in self._may_come() if self.advance.next(m).kind is StepKind.VERIFY)
        worked_on = (module for module in doubtful if layout.todo[module].times_worked)
        fitting = [
            (
                self._times[module],
                need.probability,
                layout.ranks.get(module, len(layout.ranks)),
                module,
                minutes,
            )
            for module in dict.fromkeys((*self._times, *worked_on))
            for need in (self._need(module),)
            for minutes in (practice_minutes(layout.graph[module].minutes, layout.settings),)
            if need.probability < layout.settings.acquired
            and minutes <= self._room
            and self._times[module] < layout.settings.steps_per_session
        ]
        if not fitting:
            return False
        *_, module, minutes = min(fitting)
        need = self._need(module)
        nth = self.advance.placed.get(module, 0) + self._more[module]
        if module in self.advance.open and self.advance.next(module).kind is StepKind.VERIFY:
            # Practice tells what the check would have told.
            self.advance.place(module)
        else:
            self._more[module] += 1
        step = Needed(StepKind.PRACTISE, minutes, need.probability)
        self._add(Chosen(module, step, nth, more=True))
        self._worth += minutes * (1 - need.probability)
        return True

    def _may_come(self, even_held: bool = False) -> list[str]:
        """The open modules that nothing keeps from this session; ``even_held``: those that a move keeps back
        included."""
        layout, advance = self._layout, self.advance
        if not layout.held and not layout.request.set_aside:
            return list(advance.open)
        return [
            module
            for module in advance.open
            if layout.wait(module, advance) <= self._number
            and (even_held or not layout.is_held(module, advance))
        ]

    def _fits(self, step: Needed) -> bool:
        return step.minutes <= self._room or not self.steps

    @property
    def _is_opening(self) -> bool:
        return self._first and not self.steps

    def _need(self, module: str) -> Need:
        return self._layout.todo.get(module) or self._layout.unsure[module]

    def _add(self, chosen: Chosen) -> None:
        self._pinned += chosen.module in self._layout.urgency and not self._times[chosen.module]
        self.steps.append(chosen)
        self._times[chosen.module] += 1
        self._room -= chosen.step.minutes

    def _rank(self, module: str, step: Needed) -> tuple[float, ...]:
        """What comes first: what was not yet done in this session; what is pinned; at the very start, an easy
        success; then by kind and goal, but for the very first thing taught: the one that the person is the
        likeliest to be ready for; and what comes back in one session: the least sure first."""
        layout = self._layout
        pinned = layout.urgency.get(module, len(layout.request.pinned))
        teaches_first = self._first and layout.is_beginning and not self._new
        is_first_taught = teaches_first and step.kind is StepKind.DISCOVER
        easy = -round(step.success, 2) if self._is_opening and not is_first_taught else 0.0
        ready = -round(layout.readiness.get(module, 0.0), 2) if is_first_taught else 0.0
        kind = layout.settings.kind_order.index(step.kind)
        times = self._times[module]
        surely = self._need(module).probability if times else 0.0
        return (times, pinned, easy, kind, ready, surely, layout.ranks[module])
