"""Each question that a person was asked, why, what they answered, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.content.models import Goal, Item, Step
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood
from app.engine.question_reasons import QuestionReason, why_asked
from app.services import diagnostic_sitting
from app.services.engines import current_engines
from app.services.figure_sentences import question_sentence
from app.services.modules import ModuleName, module_name
from app.store import queries
from app.store.models import DiagnosticSitting, EvidenceRow, Usager

NOTICEABLE = 0.05
DOUBTS_SHOWN = 3


@dataclass(frozen=True)
class AskedStep:
    """One step: the instruction, the answer in words (empty: not kept, or none), what came of it."""

    module: ModuleName
    text: str
    answer: str
    outcome: str
    anchor: str
    """Where the page of questions shows it."""


@dataclass(frozen=True)
class Effect:
    """A module that an answer moved."""

    module: ModuleName
    before: float
    after: float


@dataclass(frozen=True)
class InDoubt:
    """A module that a screen was to tell of: its probability just before, and the share of its doubt that the
    answer was expected to lift."""

    module: ModuleName
    before: float
    share: float


@dataclass(frozen=True)
class Asked:
    """One screen of a diagnostic, and why it was asked. ``exists`` is false when such a diagnostic no longer
    asks it: what it changed, and why it was asked, cannot be told then."""

    title: str
    exists: bool
    steps: tuple[AskedStep, ...]
    effects: tuple[Effect, ...]
    sentence: str
    in_doubt: tuple[InDoubt, ...]


@dataclass(frozen=True)
class Questions:
    """A diagnostic with all that it asked. Where the graph is too wide for exact sums, what the answers
    changed is not ``is_exact``."""

    sitting: DiagnosticSitting
    goal: Goal | None
    asked: tuple[Asked, ...]
    is_exact: bool


def questions(person: Usager) -> list[Questions]:
    """The diagnostics of a person, newest first, each question with what it changed."""
    return [_questions(sitting) for sitting in queries.sittings_of(person)]


def _questions(sitting: DiagnosticSitting) -> Questions:
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    screens: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        screens.setdefault(row.item_id or "", []).append(row)
    answers = diagnostic_sitting.answers_of(sitting)
    diagnostic = diagnostic_sitting.engine_of(sitting, current_engines())
    earlier = diagnostic_sitting.earlier_likelihoods(sitting, diagnostic, sitting.started_at)
    effects = _effects(diagnostic, answers, earlier)
    asked = zip(answers, why_asked(diagnostic, answers, earlier=earlier), strict=True)
    reasons = {answer.item_id: reason for answer, reason in asked}
    return Questions(
        sitting=sitting,
        goal=current_engines().content.find_goal(sitting.goal_id),
        asked=tuple(
            _asked(item_id, own, item_id in diagnostic.bank, effects.get(item_id, ()), reasons.get(item_id))
            for item_id, own in screens.items()
        ),
        is_exact=diagnostic.model.is_exact,
    )


def _effects(
    diagnostic: Diagnostic, answers: Sequence[Answer], earlier: Sequence[Likelihood]
) -> dict[str, tuple[Effect, ...]]:
    """What each screen moved, given all that was known when the diagnostic began."""
    return {
        answer.item_id: _noticeable(answer.item_id, moved)
        for answer, moved in zip(answers, diagnostic.effects(answers, earlier=earlier), strict=True)
    }


def _noticeable(item_id: str, moved: Mapping[str, tuple[float, float]]) -> tuple[Effect, ...]:
    """The moves worth reading: those of the modules asked about first, then the largest."""
    item = current_engines().content.find_item(item_id)
    asked = item.modules if item else ()
    shown = {id_: pair for id_, pair in moved.items() if abs(pair[1] - pair[0]) >= NOTICEABLE}
    order = sorted(shown, key=lambda id_: id_ not in asked)
    return tuple(Effect(module_name(id_), *shown[id_]) for id_ in order)


def _asked(
    item_id: str,
    rows: Sequence[EvidenceRow],
    exists: bool,
    effects: tuple[Effect, ...],
    reason: QuestionReason | None,
) -> Asked:
    item = current_engines().content.find_item(item_id)
    ordered = sorted(rows, key=lambda row: row.step)
    return Asked(
        title=_title(item, item_id),
        exists=exists,
        steps=tuple(_step(item, row) for row in ordered),
        effects=effects,
        sentence=question_sentence(reason) if reason else "",
        in_doubt=tuple(
            InDoubt(module_name(doubt.module), doubt.before, doubt.share)
            for doubt in (reason.doubts[:DOUBTS_SHOWN] if reason else ())
        ),
    )


def _title(item: Item | None, item_id: str) -> str:
    if item is None:
        return item_id
    return item.title if item.is_scene else item.steps[0].consigne


def _step(item: Item | None, row: EvidenceRow) -> AskedStep:
    step = item.steps[row.step] if item and row.step < len(item.steps) else None
    return AskedStep(
        module=module_name(row.module_id),
        text=step.consigne if step else "",
        answer=answer_in_words(step, row.response) if step else "",
        outcome=row.outcome or "",
        anchor=anchor_of(row),
    )


def anchor_of(row: EvidenceRow) -> str:
    """The anchor of an answer on the page of questions."""
    return f"reponse-{row.answer_id}-{row.step}"


def answer_in_words(step: Step, response: object) -> str:
    """What was chosen, as the screen said it; empty when nothing was kept or the choices changed since."""
    if response is None:
        return ""
    task = step.task
    if step.kind == "choix":
        return next((answer.text for answer in task.answers if answer.key == response), "")
    if step.kind == "toucher":
        zone = step.screen.zone(str(response)) if step.screen else None
        return zone.name if zone else ""
    if step.kind == "ordre" and isinstance(response, list):
        texts = {card.key: card.text for card in task.cards}
        return " → ".join(texts.get(key, "?") for key in response)
    if step.kind == "associer" and isinstance(response, dict):
        rights = {pair.right_key: pair.right for pair in task.pairs}
        return " · ".join(f"{p.left.text} : {rights.get(response.get(p.left_key), '?')}" for p in task.pairs)
    return ""
