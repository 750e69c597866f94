"""What an answer's form says, in the shape that a step judges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.content.models import Step
from app.content.models.tasks import ChoiceTask, MatchTask, OrderTask, TouchTask, TypeTask
from app.services.diagnostic_sitting import WITHOUT_AN_ANSWER
from app.services.engines import current_engines

LONGEST_TEXT = 200


def without_an_answer(fields: Mapping[str, str]) -> str | None:
    """What the person said instead of answering, if they did."""
    without = fields.get("sans")
    return without if without in WITHOUT_AN_ANSWER else None


def given_answer(item_id: str, step_number: int, fields: Mapping[str, str]) -> Any | None:
    """What was answered, in the shape that is judged; ``None`` when the form is half filled, or when the
    content has no such step."""
    item = current_engines().content.find_item(item_id)
    if item is None or not 0 <= step_number < len(item.steps):
        return None
    step = item.steps[step_number]
    if item.is_simulated:
        return _trace(fields.get("trace", ""))
    if step.kind in ("choix", "toucher"):
        return _one_of(_choices(step), fields.get("reponse"))
    if step.kind == "saisie":
        return fields.get("texte", "").strip()[:LONGEST_TEXT] or None
    if step.kind == "ordre":
        return _order(step, fields)
    rights = {pair.right_key for pair in step.task.pairs}
    links = {p.left_key: _one_of(rights, fields.get(f"paire_{p.left_key}")) for p in step.task.pairs}
    return links if all(links.values()) else None


def right_fields(step: Step) -> list[dict[str, str]]:
    """What a form says when it is answered rightly, in each way that there is; of a text, all its spellings
    that are accepted. The inverse of ``given_answer`` and of the step's judge."""
    task = step.task
    if isinstance(task, ChoiceTask):
        return [{"reponse": answer.key} for answer in task.answers if answer.right]
    if isinstance(task, TouchTask):
        return [{"reponse": zone} for zone in task.targets]
    if isinstance(task, TypeTask):
        return [{"texte": text, "tolerance": task.tolerance} for text in task.accepted]
    if isinstance(task, OrderTask):
        return [{f"rang_{card.key}": str(n) for n, card in enumerate(task.cards, start=1)}]
    if isinstance(task, MatchTask):
        return [{f"paire_{pair.left_key}": pair.right_key for pair in task.pairs}]
    return []


def what_to_do(step: Step) -> str:
    """What to tell someone whose form is half filled."""
    return {
        "ordre": "Donnez un numéro différent à chaque ligne.",
        "associer": "Choisissez une réponse pour chaque ligne.",
        "saisie": "Écrivez votre réponse, ou touchez « Je ne sais pas ».",
    }.get(step.kind, "Touchez une réponse, ou « Je ne sais pas ».")


def _trace(text: str) -> Any | None:
    """The gestures of a simulated scene; none where a browser without simulators passes it."""
    try:
        return json.loads(text or "[]")
    except (ValueError, RecursionError):
        return None


def _order(step: Step, fields: Mapping[str, str]) -> list[str] | None:
    ranks = {card.key: fields.get(f"rang_{card.key}", "") for card in step.task.cards}
    if sorted(ranks.values()) != [str(n) for n in range(1, len(ranks) + 1)]:
        return None
    return sorted(ranks, key=ranks.__getitem__)


def _choices(step: Step) -> set[str]:
    if step.kind == "choix":
        return {answer.key for answer in step.task.answers}
    return {zone.id for zone in step.screen.zones()} if step.screen else set()


def _one_of(choices: set[str], given: str | None) -> str | None:
    """What was chosen, if the screen offers it: not what an old page offered, nor a text made up."""
    return given if given in choices else None
