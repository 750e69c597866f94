"""Answers that a simulated person gives: right or wrong, in the shape that the step judges."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.content.models import Step
from app.content.models.tasks import ChoiceTask, MatchTask, OrderTask, TouchTask
from app.engine.evidence import Outcome

GIVES_UP = 0.4
"""Share of failures where the person says so rather than try."""


def respond(step: Step, right: bool, in_scene: bool, rng: np.random.Generator) -> tuple[Outcome, Any]:
    """What came of a step and what was given; nothing given where the person did not try or had to write."""
    if right:
        return Outcome.SUCCESS, _right(step)
    if in_scene and rng.random() < GIVES_UP:
        return Outcome.SHOWN, None
    wrong = None if rng.random() < GIVES_UP else _wrong(step, rng)
    if wrong is None and step.kind != "saisie":
        return (Outcome.SHOWN if in_scene else Outcome.DONT_KNOW), None
    return Outcome.FAILURE, wrong


def _right(step: Step) -> Any:
    match step.task:
        case ChoiceTask() as task:
            return task.right_answer.key
        case TouchTask() as task:
            return task.targets[0]
        case OrderTask() as task:
            return [card.key for card in task.cards]
        case MatchTask() as task:
            return {pair.left_key: pair.right_key for pair in task.pairs}
    return None


def _wrong(step: Step, rng: np.random.Generator) -> Any:
    match step.task:
        case ChoiceTask() as task:
            return _one_of([answer.key for answer in task.answers if not answer.right], rng)
        case TouchTask() as task:
            return _one_of([z.id for z in task.screen.zones() if z.id not in task.targets], rng)
        case OrderTask() as task:
            keys = [card.key for card in task.cards]
            return [keys[1], keys[0], *keys[2:]]
        case MatchTask() as task:
            rights = [pair.right_key for pair in task.pairs]
            return dict(zip((p.left_key for p in task.pairs), [*rights[1:], rights[0]], strict=True))
    return None


def _one_of(choices: list[str], rng: np.random.Generator) -> str | None:
    return choices[int(rng.integers(len(choices)))] if choices else None
