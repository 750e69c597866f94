"""Why a screen was asked: what was in doubt just before, and what it was expected to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.diagnostic import Answer, Choice, Diagnostic
from app.engine.evidence import Likelihood
from app.engine.information import entropy


@dataclass(frozen=True, slots=True)
class Doubt:
    """A module that the screen was expected to tell of: P(mastered) just before, the expected drop of its
    doubt in nats, and the ``share`` of its doubt that this is."""

    module: str
    before: float
    gain: float
    share: float


@dataclass(frozen=True)
class QuestionReason:
    """Why one screen was asked.

    ``gain`` is what it was expected to tell in all: the mean of the drops of ``doubts`` over the goal's
    modules, by their weights; ``doubts`` are the largest first. ``success`` is the chance that all of it
    would go right; ``opening`` tells that it came first, among the easy ones.
    """

    doubts: tuple[Doubt, ...]
    gain: float
    success: float
    opening: bool


def why_asked(
    diagnostic: Diagnostic, answers: Sequence[Answer], *, earlier: Sequence[Likelihood] = ()
) -> list[QuestionReason | None]:
    """The reason of each screen that was answered, given the answers before it; ``None`` for one that is no
    longer in the bank, or not about the goal any more."""
    everything = {item.id for item in diagnostic.bank.items}
    found: list[QuestionReason | None] = []
    for place, answer in enumerate(answers):
        before = answers[:place]
        others = everything - {answer.item_id}
        choices = diagnostic.next_items(before, earlier=earlier, exclude=others)
        opening = not before and not earlier and diagnostic.settings.easy > 0
        found.append(_reason(diagnostic, choices[0], before, earlier, opening) if choices else None)
    return found


def _reason(
    diagnostic: Diagnostic,
    choice: Choice,
    before: Sequence[Answer],
    earlier: Sequence[Likelihood],
    opening: bool,
) -> QuestionReason:
    belief = diagnostic.belief(before, earlier=earlier)
    doubts = []
    for module, gain in choice.gain_by_module.items():
        probability = belief[module]
        doubt = float(entropy(np.array(probability)))
        doubts.append(Doubt(module, probability, gain, min(1.0, gain / doubt) if doubt else 0.0))
    return QuestionReason(tuple(doubts), choice.gain, choice.success, opening)
