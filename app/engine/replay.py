"""Replaying a method on recorded answers: what it would have asked, and believed after each screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.engine.bank import Item
from app.engine.belief import Belief
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Outcome
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats

NOT_TAKEN = -1


class Record:
    """Someone's recorded answers. ``row`` (steps,) has 1, 0 or ``NOT_TAKEN``, in the order of the bank's
    steps; ``first_columns`` says where each item's steps begin."""

    def __init__(self, row: NDArray[np.int8], first_columns: Mapping[str, int]) -> None:
        self._row = row
        self._first_columns = first_columns

    def outcomes(self, item: Item) -> tuple[Outcome, ...]:
        """What came of each step of the item."""
        start = self._first_columns[item.id]
        names = {1: Outcome.SUCCESS, 0: Outcome.FAILURE, NOT_TAKEN: Outcome.NOT_SEEN}
        return tuple(names[int(value)] for value in self._row[start : start + len(item.steps)])

    def answer(self, item: Item) -> Answer:
        return Answer(item.id, self.outcomes(item))

    def taken(self, item: Item) -> bool:
        """Was any step of the item taken?"""
        return set(self.outcomes(item)) != {Outcome.NOT_SEEN}


def imagined(item: Item, state: NDArray[Any], graph: ModuleGraph, rng: np.random.Generator) -> Answer:
    """What someone who masters ``state`` (n,) might answer, if guess and slip are what they are said to
    be."""
    chances = [1 - s.slip if state[graph.index[s.module]] else s.guess for s in item.steps]
    return Answer(item.id, tuple(Outcome.SUCCESS if rng.random() < c else Outcome.FAILURE for c in chances))


@dataclass(slots=True)
class Replay:
    """One person under one method.

    ``beliefs`` maps a number of screens to P(mastered), (n,), and ``readiness`` to what ranks the module to
    learn next, (n,). ``asked`` are the item ids in order, up to the last checkpoint; ``choices`` how many
    screens were chosen for all of them. ``stopped_at`` is the number of screens after which the method would
    stop, and ``at_stop`` the belief then. A method that has no more to ask keeps its last belief.
    """

    beliefs: dict[int, Floats] = field(default_factory=dict)
    readiness: dict[int, Floats] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    choices: int = 0
    stopped_at: int = -1
    until_stop: list[str] = field(default_factory=list)
    at_stop: Floats = field(default_factory=lambda: np.empty(0))

    def note(self, screens: int, checkpoints: Sequence[int], belief: Floats, readiness: Floats) -> None:
        """Keep the belief where a checkpoint wants it."""
        if screens in checkpoints:
            self.beliefs[screens], self.readiness[screens] = belief, readiness

    def end(self, checkpoints: Sequence[int], belief: Floats, readiness: Floats) -> Replay:
        """Fill the checkpoints that were never reached, and the stop if there was none."""
        for checkpoint in checkpoints:
            self.beliefs.setdefault(checkpoint, belief)
            self.readiness.setdefault(checkpoint, readiness)
        if self.stopped_at < 0:
            self.stopped_at, self.at_stop = len(self.asked), belief
            self.until_stop = list(self.asked)
        return self


class Method(Protocol):
    """A way to choose questions and to judge from the answers."""

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        """Lead someone's diagnostic to the last checkpoint."""
        ...


@dataclass(frozen=True, slots=True)
class Adaptive:
    """The engine's own diagnostic: at each checkpoint, one whose budget is that number of screens.

    They share their screens up to those that are chosen with the end in sight. ``stopped_at`` is of the
    diagnostic's own budget.
    """

    diagnostic: Diagnostic

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        replay, own = Replay(), self.diagnostic.settings.budget
        end = max(1, self.diagnostic.settings.next_step)
        longest = max(*checkpoints, own)
        shared = self._go_on([], record, self.diagnostic.with_budget(longest + end), longest - end, replay)
        for budget in sorted({*checkpoints, own}):
            within = self.diagnostic.with_budget(budget)
            answers = self._go_on(shared[: max(0, budget - end)], record, within, budget, replay)
            belief = within.belief(answers)
            if budget == own:
                replay.stopped_at, replay.at_stop = _stop(within, answers)
                replay.until_stop = [answer.item_id for answer in answers[: replay.stopped_at]]
            if budget in checkpoints:
                replay.beliefs[budget], replay.readiness[budget] = belief.probabilities, belief.readiness
                replay.asked = [answer.item_id for answer in answers]
        return replay

    def _go_on(
        self, answers: list[Answer], record: Record, diagnostic: Diagnostic, until: int, replay: Replay
    ) -> list[Answer]:
        """These answers and those to the next screens, up to so many; fewer when the bank runs out."""
        answers = list(answers)
        untaken = [item.id for item in diagnostic.bank.items if not record.taken(item)]
        while len(answers) < until:
            choices = diagnostic.next_items(answers, exclude=untaken)
            replay.choices += 1
            if not choices:
                break
            answers.append(record.answer(choices[0].item))
        return answers


def _stop(diagnostic: Diagnostic, answers: Sequence[Answer]) -> tuple[int, Floats]:
    """After how many of these answers the diagnostic would have stopped, and the belief then."""
    for screens in range(len(answers) + 1):
        if diagnostic.stop(answers[:screens]) is not None:
            return screens, diagnostic.belief(answers[:screens]).probabilities
    return len(answers), diagnostic.belief(answers).probabilities


def listed(
    diagnostic: Diagnostic, items: Sequence[Item], record: Record, checkpoints: Sequence[int]
) -> Replay:
    """Ask these items in this order and score the answers exactly."""
    replay = Replay()
    taken = [item for item in items if record.taken(item)][: max(checkpoints)]
    answers = [record.answer(item) for item in taken]
    replay.asked = [item.id for item in taken]
    belief: Belief = diagnostic.belief(answers)
    for checkpoint in checkpoints:
        reached = diagnostic.belief(answers[:checkpoint])
        replay.note(checkpoint, checkpoints, reached.probabilities, reached.readiness)
    return replay.end(checkpoints, belief.probabilities, belief.readiness)
