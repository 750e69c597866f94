"""Replaying the diagnostic on recorded answers: what would have been asked, and believed after each
screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.engine.bank import Item
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Outcome
from app.engine.junction_tree import Floats


class Asked(Protocol):
    """Gives someone's outcomes on an item, as recorded."""

    def __call__(self, item: Item) -> tuple[Outcome, ...]: ...


@dataclass(frozen=True, slots=True)
class Replay:
    """One person's diagnostic. ``beliefs`` maps a number of screens to P(mastered), (n,); ``asked`` are the
    item ids in order; ``stopped_at`` is the number of screens at which the stop rule first fires, and
    ``at_stop`` the belief then. Beliefs after the last screen asked stay the same."""

    beliefs: Mapping[int, Floats]
    asked: tuple[str, ...]
    stopped_at: int
    at_stop: Floats


def recorded(row: NDArray[np.bool_], first_columns: Mapping[str, int]) -> Asked:
    """Outcomes read off a person's row of ``World.right``."""

    def outcomes(item: Item) -> tuple[Outcome, ...]:
        start = first_columns[item.id]
        return tuple(
            Outcome.SUCCESS if right else Outcome.FAILURE for right in row[start : start + len(item.steps)]
        )

    return outcomes


def replay(diagnostic: Diagnostic, asked: Asked, checkpoints: Sequence[int]) -> Replay:
    """Lead one person's diagnostic to the last checkpoint, whatever the stop rule says, and note when it
    would have stopped."""
    answers: list[Answer] = []
    beliefs: dict[int, Floats] = {}
    stopped_at, at_stop = -1, np.empty(0)
    for screens in range(max(checkpoints) + 1):
        belief = diagnostic.belief(answers).probabilities
        if screens in checkpoints:
            beliefs[screens] = belief
        if stopped_at < 0 and diagnostic.stop(answers) is not None:
            stopped_at, at_stop = screens, belief
        if screens == max(checkpoints):
            break
        choices = diagnostic.next_items(answers)
        if not choices:
            beliefs |= {c: belief for c in checkpoints if c >= screens}
            break
        answers.append(Answer(choices[0].item.id, asked(choices[0].item)))
    if stopped_at < 0:
        stopped_at, at_stop = len(answers), belief
    return Replay(beliefs, tuple(answer.item_id for answer in answers), stopped_at, at_stop)
