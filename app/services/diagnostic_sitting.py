"""Taking a diagnostic: which screen now, what came of an answer, going back, ending."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content.models import Item, Step
from app.engine import autonomy
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Likelihood, Outcome, Source
from app.services.engines import Engines, current_engines
from app.services.facts import facts
from app.store import queries
from app.store.database import db, write_once
from app.store.models import DiagnosticSitting, EvidenceRow, Usager

STOPPED_BY_USAGER = "arret"
WITHOUT_AN_ANSWER = {
    "je_ne_sais_pas": Outcome.DONT_KNOW,
    "montre": Outcome.SHOWN,
    "non_compris": Outcome.NOT_UNDERSTOOD,
}


class NotAsked(ValueError):
    """The answer is to a screen that is not being asked: an old page, a second tab, a made-up form."""


@dataclass(frozen=True)
class Screen:
    """What is asked now: an item, at one of its steps."""

    item: Item
    step: Step
    step_number: int
    answer_id: uuid.UUID
    number: int
    """How many screens were answered before this one."""
    previous: Notice | None
    """What came of the step before, inside a scene."""
    can_go_back: bool


@dataclass(frozen=True)
class Notice:
    """What came of a step: right or not, and what to tell."""

    right: bool
    text: str


# --- starting, finding ---


def start(usager: Usager, now: datetime, sitting_id: uuid.UUID | None = None) -> DiagnosticSitting:
    """Begin a diagnostic for the person's goal; one that is open goes on instead.

    ``sitting_id`` is the page's: a button touched twice begins one diagnostic and not two.
    """
    known = open_sitting(usager)
    if known is not None:
        return known
    sitting = DiagnosticSitting(
        id=sitting_id or uuid.uuid4(),
        structure_id=usager.structure_id,
        usager_id=usager.id,
        goal_id=usager.goal_id or "",
        device=usager.device,
        pending=[],
        started_at=now,
    )
    _advance(sitting, now, [])
    if not write_once([sitting]) and sitting_id:
        return start(usager, now)
    return sitting


def open_sitting(usager: Usager) -> DiagnosticSitting | None:
    """The diagnostic that the person has begun and not ended."""
    return next((s for s in queries.sittings_of(usager) if s.ended_at is None), None)


def current_screen(sitting: DiagnosticSitting, now: datetime) -> Screen | None:
    """What is asked now; ``None`` when the diagnostic has ended."""
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    if sitting.ended_at is None and not _pending_is_askable(sitting, rows):
        _advance(sitting, now)
        db.session.commit()
    if sitting.ended_at is not None:
        return None
    entry = sitting.pending[0]
    item = current_engines().content.items[entry["item"]]
    taken = _taken(rows, entry)
    number = len({row.item_id for row in rows} - {item.id})
    return Screen(
        item=item,
        step=item.steps[len(taken)],
        step_number=len(taken),
        answer_id=uuid.UUID(entry["answer"]),
        number=number,
        previous=_notice(item, taken[-1]) if taken else None,
        can_go_back=number > 0 and not taken and not entry["revises"],
    )


def _notice(item: Item, row: EvidenceRow) -> Notice:
    step = item.steps[row.step]
    if row.outcome == Outcome.SUCCESS:
        return Notice(True, step.task.feedback_right or "")
    return Notice(False, step.judge(row.response).feedback or step.show)


# --- answering ---


def answer(
    sitting: DiagnosticSitting,
    *,
    item_id: str,
    step_number: int,
    answer_id: uuid.UUID,
    given: object,
    without: str | None,
    now: datetime,
) -> None:
    """Take an answer, once whatever the retries, and choose what comes next.

    ``given`` is what the browser sent, in the shape that the step's ``judge`` takes; ``without`` is a key of
    ``WITHOUT_AN_ANSWER`` when the person did not answer. Raises ``NotAsked``.
    """
    if sitting.ended_at is not None:
        if queries.answer_is_known(sitting.structure_id, answer_id):
            return
        raise NotAsked(item_id)
    rows = queries.evidence_of_sitting(sitting)
    row_id = uuid.uuid5(answer_id, str(step_number))
    if any(row.id == row_id for row in rows):
        return
    entry = next((e for e in sitting.pending if e["item"] == item_id), None)
    item = current_engines().content.find_item(item_id)
    if entry is None or item is None:
        raise NotAsked(item_id)
    taken = sum(str(row.answer_id) == entry["answer"] for row in rows)
    if step_number != taken or (taken and str(answer_id) != entry["answer"]):
        raise NotAsked(item_id)
    corrects_id = _revised(rows, item_id, step_number) if entry["revises"] else None
    row = _row(sitting, item, step_number, answer_id, given, without, now, corrects_id)
    if step_number + 1 < len(item.steps):
        sitting.pending = [{**entry, "answer": str(answer_id)}]
    else:
        # Chosen before anything is written: SQLite has one writer at a time, and choosing takes a while.
        _advance(sitting, now, [*rows, row])
    write_once([row])


def _row(
    sitting: DiagnosticSitting,
    item: Item,
    step_number: int,
    answer_id: uuid.UUID,
    given: object,
    without: str | None,
    now: datetime,
    corrects_id: uuid.UUID | None,
) -> EvidenceRow:
    step = item.steps[step_number]
    if without:
        outcome = WITHOUT_AN_ANSWER[without]
    else:
        outcome = Outcome.SUCCESS if step.judge(given).right else Outcome.FAILURE
    return EvidenceRow(
        structure_id=sitting.structure_id,
        id=uuid.uuid5(answer_id, str(step_number)),
        answer_id=answer_id,
        usager_id=sitting.usager_id,
        module_id=step.module,
        source=Source.DIAGNOSTIC,
        outcome=outcome,
        item_id=item.id,
        step=step_number,
        guess=step.guess,
        slip=step.slip,
        # What someone typed is not kept: it could be a password of theirs.
        response=None if without or step.kind == "saisie" else given,
        device=sitting.device,
        sitting_id=sitting.id,
        corrects_id=corrects_id,
        content_version=current_engines().content.version,
        occurred_at=now,
        recorded_at=now,
    )


def _revised(rows: Sequence[EvidenceRow], item_id: str, step_number: int) -> uuid.UUID | None:
    """The row of the answer gone back to that this step replaces."""
    standing = queries.standing(rows)
    return next((row.id for row in standing if row.item_id == item_id and row.step == step_number), None)


def go_back(sitting: DiagnosticSitting) -> None:
    """Ask the last answered screen again; its answer stands until it is given again."""
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    if sitting.ended_at is not None or not rows:
        return
    last = rows[-1]
    if current_engines().content.find_item(last.item_id or "") is None:
        return
    sitting.pending = [_entry(last.item_id or "", revises=True)]
    db.session.commit()


def follow(usager: Usager) -> None:
    """Turn an open diagnostic to the goal and the device that the person has now, not yet committed."""
    sitting = open_sitting(usager)
    wanted = (usager.goal_id, usager.device)
    if sitting and usager.goal_id and (sitting.goal_id, sitting.device) != wanted:
        sitting.goal_id, sitting.device = wanted
        sitting.pending = []


def keep_answer(sitting: DiagnosticSitting, now: datetime) -> None:
    """Go on without answering again the screen gone back to."""
    if sitting.ended_at is None and sitting.pending and sitting.pending[0]["revises"]:
        _advance(sitting, now)
        db.session.commit()


def stop(sitting: DiagnosticSitting, now: datetime) -> None:
    """End the diagnostic because the person asked to."""
    if sitting.ended_at is None:
        sitting.ended_at, sitting.stop_reason, sitting.pending = now, STOPPED_BY_USAGER, []
        db.session.commit()


# --- what the engine needs ---


def _entry(item_id: str, *, revises: bool = False) -> dict[str, Any]:
    return {"item": item_id, "answer": str(uuid.uuid4()), "revises": revises}


def _pending_is_askable(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow]) -> bool:
    """Whether the content still has what was to be asked: the item, and the step the person is at."""
    if not sitting.pending:
        return False
    entry = sitting.pending[0]
    item = current_engines().content.find_item(entry["item"])
    is_there = item is not None and item.id in current_engines().bank(sitting.device)
    return is_there and len(_taken(rows, entry)) < len(item.steps)


def _taken(rows: Sequence[EvidenceRow], entry: Mapping[str, Any]) -> list[EvidenceRow]:
    """The steps of a pending screen that were answered."""
    return [row for row in rows if str(row.answer_id) == entry["answer"]]


def engine_of(sitting: DiagnosticSitting, engines: Engines, earlier: Sequence[Likelihood] = ()) -> Diagnostic:
    """The diagnostic of this goal on this device, for someone of whom ``earlier`` is known."""
    return engines.diagnostic(sitting.goal_id, sitting.device, {likelihood.module for likelihood in earlier})


def answers_of(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow] | None = None) -> list[Answer]:
    """The answers that stand, oldest first; those to items gone since are in ``earlier_likelihoods``."""
    bank = current_engines().bank(sitting.device)
    screens: dict[str, dict[int, Outcome]] = {}
    for row in queries.standing(queries.evidence_of_sitting(sitting) if rows is None else rows):
        if row.item_id in bank:
            screens.setdefault(row.item_id, {})[row.step] = Outcome(row.outcome)
    return [
        Answer(item_id, tuple(steps.get(n, Outcome.NOT_SEEN) for n in range(len(bank[item_id].steps))))
        for item_id, steps in screens.items()
    ]


def earlier_likelihoods(sitting: DiagnosticSitting, now: datetime) -> list[Likelihood]:
    """What everything else known about the person says, as of now."""
    bank = current_engines().bank(sitting.device)
    person = queries.usager(sitting.structure_id, sitting.usager_id)
    if person is None:
        return []
    rows = queries.evidence_of(person)
    others = [row for row in rows if row.sitting_id != sitting.id or row.item_id not in bank]
    return autonomy.likelihoods(facts(others), now)


def _advance(sitting: DiagnosticSitting, now: datetime, rows: Sequence[EvidenceRow] | None = None) -> None:
    """Choose the next screen, or end the diagnostic; ``rows``: its evidence, where not all is written yet."""
    diagnostic = engine_of(sitting, current_engines())
    answers = answers_of(sitting, rows)
    earlier = earlier_likelihoods(sitting, now)
    reason = diagnostic.stop(answers, earlier=earlier)
    choices = [] if reason else diagnostic.next_items(answers, 1, earlier=earlier)
    if choices:
        sitting.pending = [_entry(choices[0].item.id)]
    else:
        sitting.ended_at, sitting.stop_reason, sitting.pending = now, reason or "plus_de_question", []
