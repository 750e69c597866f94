"""Taking a diagnostic: which screens now, what came of answers, going back, ending."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content.models import Item, Step
from app.engine.assessment import assess
from app.engine.bank import ItemBank
from app.engine.diagnostic import Answer, Diagnostic, StopReason
from app.engine.evidence import Likelihood, Outcome
from app.engine.tilting import tilted
from app.services.engines import Engines, current_engines
from app.services.exposure import exposure
from app.services.facts import facts
from app.services.sent_answers import WITHOUT_AN_ANSWER, NotAsked, SentAnswer, evidence_of_answers
from app.store import queries
from app.store.database import db, write_once
from app.store.models import DiagnosticSitting, EvidenceRow, Usager

__all__ = ["WITHOUT_AN_ANSWER", "NotAsked", "SentAnswer"]

STOPPED_BY_USAGER = "arret"
HANDED_OUT = 5
"""Screens that a tablet holds, so that the person can go on when the network drops."""
ATTEMPTS = 5
"""Times that answers are tried again when another tab's were written in the same instant."""


@dataclass(frozen=True)
class Screen:
    """What is asked: an item, at one of its steps."""

    item: Item
    step: Step
    step_number: int
    answer_id: uuid.UUID
    number: int
    """How many screens were answered before this one."""
    previous: Notice | None
    """What came of the step before, inside a scene."""
    can_go_back: bool
    revises: bool = False
    """Whether the person went back to this screen; the answer given before stands until the new one."""


@dataclass(frozen=True)
class Notice:
    """What came of a step: right or not, and what to tell."""

    right: bool
    text: str


@dataclass(frozen=True)
class Asked:
    """The item asked now, with what came of its steps answered so far."""

    item_id: str
    taken: tuple[Outcome, ...]
    revises: bool


# --- starting, finding ---


def start(
    usager: Usager, now: datetime, sitting_id: uuid.UUID | None = None, *, simulates: bool = False
) -> DiagnosticSitting:
    """Begin a diagnostic for the person's goal; one that is open goes on instead.

    ``sitting_id`` is the page's: a button touched twice begins one diagnostic and not two. ``simulates``:
    whether the browser can show simulated scenes.
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
        simulates=simulates,
        started_at=now,
    )
    _advance(sitting, now, [])
    if not write_once([sitting]) and sitting_id:
        return start(usager, now)
    return sitting


def open_sitting(usager: Usager) -> DiagnosticSitting | None:
    """The diagnostic that the person has begun and not ended."""
    return next((s for s in queries.sittings_of(usager) if s.ended_at is None), None)


def own_sitting(usager: Usager, sitting_id: uuid.UUID) -> DiagnosticSitting | None:
    """A diagnostic of this person, ended or not; ``None`` where it is somebody else's."""
    return next((s for s in queries.sittings_of(usager) if s.id == sitting_id), None)


def current_screen(sitting: DiagnosticSitting, now: datetime) -> Screen | None:
    """What is asked now; ``None`` when the diagnostic has ended."""
    return next(iter(screens(sitting, now)), None)


def screens(sitting: DiagnosticSitting, now: datetime) -> list[Screen]:
    """What is asked now, then what a tablet may ask without hearing from the server: each screen handed out,
    at every step left of it. Empty when the diagnostic has ended."""
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    if sitting.ended_at is None and not _askable(sitting, rows):
        _advance(sitting, now)
        db.session.commit()
    if sitting.ended_at is not None:
        return []
    entries = _askable(sitting, rows)
    answered = len({row.item_id for row in rows} - {entries[0]["item"]})
    return [
        screen for place, entry in enumerate(entries) for screen in _steps_left(entry, rows, answered + place)
    ]


def asked_now(sitting: DiagnosticSitting) -> Asked | None:
    """What is asked now, of what was handed out."""
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    for entry in _askable(sitting, rows):
        taken = sorted(_taken(rows, entry), key=lambda row: row.step)
        return Asked(entry["item"], tuple(Outcome(row.outcome) for row in taken), entry["revises"])
    return None


def are_the_last(sitting: DiagnosticSitting) -> bool:
    """Whether nothing else will be asked after what was handed out."""
    asked = {entry["item"] for entry in sitting.pending}
    answered = {answer.item_id for answer in answers_of(sitting)} - asked
    left = engine_of(sitting, current_engines()).settings.budget - len(answered)
    return len(asked) < HANDED_OUT or len(asked) >= left


def _steps_left(entry: Mapping[str, Any], rows: Sequence[EvidenceRow], number: int) -> Iterator[Screen]:
    item = current_engines().content.items[entry["item"]]
    taken = _taken(rows, entry)
    for step_number in range(len(taken), 1 if item.is_simulated else len(item.steps)):
        is_first = step_number == len(taken)
        yield Screen(
            item=item,
            step=item.steps[step_number],
            step_number=step_number,
            answer_id=uuid.UUID(entry["answer"]),
            number=number,
            previous=_notice(item, taken[-1]) if taken and is_first else None,
            can_go_back=number > 0 and step_number == 0 and not entry["revises"],
            revises=entry["revises"],
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
    revises: bool | None = None,
) -> None:
    """Take one answer as ``take`` does; whether it ``revises`` an earlier one is read from what was asked,
    unless told. Raises ``NotAsked``."""
    if revises is None:
        revises = any(entry["revises"] and entry["answer"] == str(answer_id) for entry in sitting.pending)
    sent = SentAnswer(item_id, step_number, answer_id, given, without, revises)
    if take(sitting, [sent], now):
        raise NotAsked(item_id)


def take(
    sitting: DiagnosticSitting, sent: Sequence[SentAnswer], now: datetime, on_screen: str | None = None
) -> list[SentAnswer]:
    """Take answers in the order given, each once whatever the retries, and choose what comes next.

    ``on_screen`` is the item that the page shows meanwhile: it stays the next one. Answers to screens handed
    out earlier count even when others have been chosen since, or when the diagnostic has ended. Returns
    those that nothing can be made of.
    """
    for _ in range(ATTEMPTS):
        known = queries.evidence_of_sitting(sitting)
        new, refused = evidence_of_answers(sitting, known, sent, now)
        if sitting.ended_at is None:
            # Chosen before anything is written: SQLite has one writer at a time, and choosing takes a while.
            with db.session.no_autoflush:
                _follow_answers(sitting, [*known, *new], new, now, on_screen)
        if write_once(new):
            return refused
    raise RuntimeError(f"the answers of {sitting.id} were not written")


def _follow_answers(
    sitting: DiagnosticSitting,
    rows: Sequence[EvidenceRow],
    new: Sequence[EvidenceRow],
    now: datetime,
    on_screen: str | None,
) -> None:
    """Bring what is asked up to date with the answers just taken."""
    ids = {row.item_id: str(row.answer_id) for row in new}
    sitting.pending = [{**e, "answer": ids.get(e["item"], e["answer"])} for e in sitting.pending]
    still_asked = [entry["item"] for entry in _askable(sitting, rows)]
    is_complete = len(still_asked) < len(sitting.pending) or not still_asked
    if is_complete or ids.keys() - set(still_asked) or (on_screen or still_asked[0]) != still_asked[0]:
        _advance(sitting, now, rows, on_screen)


def go_back(sitting: DiagnosticSitting) -> None:
    """Ask the last answered screen again; its answer stands until it is given again."""
    rows = queries.standing(queries.evidence_of_sitting(sitting))
    if sitting.ended_at is not None or not rows or any(entry["revises"] for entry in sitting.pending):
        return
    last = rows[-1]
    if current_engines().content.find_item(last.item_id or "") is None:
        return
    sitting.pending = [_entry(last.item_id or "", revises=True), *sitting.pending]
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
    if sitting.ended_at is None and any(entry["revises"] for entry in sitting.pending):
        sitting.pending = [entry for entry in sitting.pending if not entry["revises"]]
        db.session.commit()


def stop(sitting: DiagnosticSitting, now: datetime) -> None:
    """End the diagnostic because the person asked to."""
    if sitting.ended_at is None:
        _end(sitting, now, STOPPED_BY_USAGER)
        db.session.commit()


# --- what the engine needs ---


def _entry(item_id: str, *, revises: bool = False) -> dict[str, Any]:
    return {"item": item_id, "answer": str(uuid.uuid4()), "revises": revises}


def _askable(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow]) -> list[dict[str, Any]]:
    """What was handed out, less what was answered since and what has left the content."""
    return [entry for entry in sitting.pending if _is_askable(sitting, rows, entry)]


def _is_askable(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow], entry: Mapping[str, Any]) -> bool:
    item = current_engines().content.find_item(entry["item"])
    is_there = item is not None and item.id in _bank(sitting)
    return is_there and len(_taken(rows, entry)) < len(item.steps)


def _taken(rows: Sequence[EvidenceRow], entry: Mapping[str, Any]) -> list[EvidenceRow]:
    """The steps of a screen handed out that were answered; of one gone back to, those answered again."""
    if entry["revises"]:
        return [row for row in rows if str(row.answer_id) == entry["answer"]]
    return [row for row in rows if row.item_id == entry["item"]]


def _bank(sitting: DiagnosticSitting) -> ItemBank:
    return current_engines().bank(sitting.device)


def engine_of(sitting: DiagnosticSitting, engines: Engines) -> Diagnostic:
    """The diagnostic of this goal on this device."""
    return engines.diagnostic(sitting.goal_id, sitting.device, simulates=sitting.simulates)


def answers_of(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow] | None = None) -> list[Answer]:
    """The answers that stand, oldest first; those to items gone since are in ``earlier_likelihoods``."""
    bank = _bank(sitting)
    screens: dict[str, dict[int, Outcome]] = {}
    for row in queries.standing(queries.evidence_of_sitting(sitting) if rows is None else rows):
        if row.item_id in bank:
            screens.setdefault(row.item_id, {})[row.step] = Outcome(row.outcome)
    return [
        Answer(item_id, tuple(steps.get(n, Outcome.NOT_SEEN) for n in range(len(bank[item_id].steps))))
        for item_id, steps in screens.items()
    ]


def earlier_likelihoods(
    sitting: DiagnosticSitting, diagnostic: Diagnostic, now: datetime
) -> list[Likelihood]:
    """What everything else known about the person says, as of now: the belief that it gives is the one that
    the person's page shows."""
    bank = _bank(sitting)
    person = queries.usager(sitting.structure_id, sitting.usager_id)
    if person is None:
        return []
    rows = queries.evidence_of(person)
    others = [row for row in rows if row.sitting_id != sitting.id or row.item_id not in bank]
    if not others:
        return []
    engines = current_engines()
    known = assess(engines.model(sitting.device), facts(others), now, engines.parameters)
    return tilted(diagnostic.model, known.as_dict(), known.likelihoods)


def _advance(
    sitting: DiagnosticSitting,
    now: datetime,
    rows: Sequence[EvidenceRow] | None = None,
    on_screen: str | None = None,
) -> None:
    """Choose the next screens, or end the diagnostic; ``rows``: its evidence, where some is not written."""
    rows = queries.standing(queries.evidence_of_sitting(sitting) if rows is None else rows)
    diagnostic = engine_of(sitting, current_engines())
    answers = answers_of(sitting, rows)
    earlier = earlier_likelihoods(sitting, diagnostic, now)
    begun = _begun(sitting, rows)
    reason = None if begun else reason_to_end(diagnostic, answers, earlier)
    if reason:
        _end(sitting, now, reason)
        return
    left = diagnostic.settings.budget - len(answers)
    shown = [on_screen] if on_screen and _can_stay(sitting, rows, on_screen) else []
    choices = diagnostic.next_items(
        answers,
        HANDED_OUT,
        earlier=earlier,
        on_screen=on_screen if shown else None,
        exposure=exposure(sitting),
    )
    chosen = [choice.item.id for choice in choices]
    fresh = list(dict.fromkeys([*shown, *chosen]))[: max(left, 0)]
    known = {entry["item"]: entry for entry in sitting.pending}
    asked = sorted(dict.fromkeys([*begun, *fresh]), key=lambda item: item != on_screen)[:HANDED_OUT]
    if asked:
        sitting.pending = [known.get(item) or _entry(item) for item in asked]
    else:
        _end(sitting, now, StopReason.EXHAUSTED)


def reason_to_end(
    diagnostic: Diagnostic, answers: Sequence[Answer], earlier: Sequence[Likelihood]
) -> StopReason | None:
    """Why nothing is asked after these answers; scenes passed over at once use up the budget too."""
    reason = diagnostic.stop(answers, earlier=earlier)
    return reason or (StopReason.EXHAUSTED if len(answers) >= diagnostic.settings.budget else None)


def _begun(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow]) -> list[str]:
    """The scenes of which some steps are answered and some are not."""
    return [e["item"] for e in _askable(sitting, rows) if not e["revises"] and _taken(rows, e)]


def _can_stay(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow], item_id: str) -> bool:
    """Whether what a page shows now may be asked next."""
    entry = _entry(item_id)
    return not _taken(rows, entry) and _is_askable(sitting, rows, entry)


def _end(sitting: DiagnosticSitting, now: datetime, reason: str) -> None:
    sitting.ended_at, sitting.stop_reason, sitting.pending = now, reason, []
