"""An answer as a browser sends it, and the evidence that it makes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.content.models import Item
from app.engine.evidence import Outcome, Source
from app.services.engines import current_engines
from app.store import queries
from app.store.models import DiagnosticSitting, EvidenceRow

WITHOUT_AN_ANSWER = {
    "je_ne_sais_pas": Outcome.DONT_KNOW,
    "montre": Outcome.SHOWN,
    "non_compris": Outcome.NOT_UNDERSTOOD,
}
APART = timedelta(microseconds=1)


class NotAsked(ValueError):
    """Nothing can be made of the answer: its item has left the content, or a step before it is missing."""


@dataclass(frozen=True)
class SentAnswer:
    """An answer to one step, or to all the steps of a simulated scene.

    ``given`` is what the browser sent, in the shape that the step's ``judge`` takes (for a simulated scene:
    its trace); ``without`` is a key of ``WITHOUT_AN_ANSWER`` when the person did not answer. ``answer_id``
    was made by whoever showed the screen; its steps share it. ``revises``: the person went back to this
    screen. ``age`` is how long ago the answer was given when it was sent, by the clock of the browser.
    """

    item_id: str
    step_number: int
    answer_id: uuid.UUID
    given: object
    without: str | None
    revises: bool = False
    age: timedelta = timedelta()


def evidence_of_answers(
    sitting: DiagnosticSitting, known: Sequence[EvidenceRow], sent: Sequence[SentAnswer], now: datetime
) -> tuple[list[EvidenceRow], list[SentAnswer]]:
    """The rows to add to those ``known`` of the diagnostic, and the answers that nothing can be made of.

    An answer taken already makes no row: sent twice, or the same step answered in two tabs.
    """
    new: list[EvidenceRow] = []
    refused: list[SentAnswer] = []
    for one, given_at in zip(sent, times_given(sent, sitting.started_at, now), strict=True):
        try:
            new += _rows(sitting, [*known, *new], one, given_at, now)
        except NotAsked:
            refused.append(one)
    return new, refused


def times_given(sent: Sequence[SentAnswer], started_at: datetime, now: datetime) -> list[datetime]:
    """When each answer was given, by the server's clock: one after the other, and none to come.

    An answer that says it is older than the diagnostic comes from a clock that was set in between: it counts
    as given now.
    """
    times: list[datetime] = []
    for n, one in enumerate(sent):
        told = now - max(one.age, timedelta())
        latest = now - APART * (len(sent) - 1 - n)
        moment = min(told if told >= started_at else now, latest)
        times.append(max(moment, times[-1] + APART) if times else moment)
    return times


def _rows(
    sitting: DiagnosticSitting,
    known: Sequence[EvidenceRow],
    sent: SentAnswer,
    given_at: datetime,
    now: datetime,
) -> list[EvidenceRow]:
    if any(row.answer_id == sent.answer_id and row.step == sent.step_number for row in known):
        return []
    engines = current_engines()
    item = engines.content.find_item(sent.item_id)
    if item is None or item.id not in engines.bank(sitting.device):
        raise NotAsked(sent.item_id)
    earlier = [row for row in known if row.item_id == item.id]
    if sent.revises:
        expected = sum(row.answer_id == sent.answer_id for row in earlier)
    else:
        done = {row.step for row in earlier}
        if sent.step_number in done:
            return []
        expected = len(done)
    if sent.step_number != expected or expected >= len(item.steps):
        raise NotAsked(sent.item_id)
    return [
        _row(sitting, item, step, sent, _replaced(earlier, step), given_at, now, outcome, response)
        for step, outcome, response in _outcomes(item, sent)
    ]


def _outcomes(item: Item, sent: SentAnswer) -> Iterator[tuple[int, Outcome, object]]:
    """For each step that the answer is about: what came of it, and what is kept of what was sent."""
    step = item.steps[sent.step_number]
    if item.is_simulated:
        yield from _simulated_outcomes(item, sent)
    elif sent.without:
        yield sent.step_number, WITHOUT_AN_ANSWER[sent.without], None
    else:
        outcome = Outcome.SUCCESS if step.judge(sent.given).right else Outcome.FAILURE
        # What someone typed is not kept: it could be a password of theirs.
        yield sent.step_number, outcome, None if step.kind == "saisie" else sent.given


def _simulated_outcomes(item: Item, sent: SentAnswer) -> Iterator[tuple[int, Outcome, object]]:
    if sent.without:
        yield 0, WITHOUT_AN_ANSWER[sent.without], None
        for number in range(1, len(item.steps)):
            yield number, Outcome.NOT_SEEN, None
        return
    for number, verdict in enumerate(item.judge(sent.given)):
        yield number, Outcome[verdict.outcome.upper()], list(verdict.gestures) or None


def _replaced(earlier: Sequence[EvidenceRow], step: int) -> EvidenceRow | None:
    """The answer that stands for this step, which the new one replaces."""
    return next((row for row in queries.standing(earlier) if row.step == step), None)


def _row(
    sitting: DiagnosticSitting,
    item: Item,
    number: int,
    sent: SentAnswer,
    replaced: EvidenceRow | None,
    given_at: datetime,
    now: datetime,
    outcome: Outcome,
    response: object,
) -> EvidenceRow:
    step = item.steps[number]
    return EvidenceRow(
        structure_id=sitting.structure_id,
        id=_row_id(sitting, item, number, sent),
        answer_id=sent.answer_id,
        usager_id=sitting.usager_id,
        module_id=step.module,
        source=Source.DIAGNOSTIC,
        outcome=outcome,
        item_id=item.id,
        step=number,
        guess=step.guess,
        slip=step.slip,
        response=response,
        device=sitting.device,
        sitting_id=sitting.id,
        corrects_id=replaced.id if replaced else None,
        content_version=current_engines().content.version,
        occurred_at=given_at,
        recorded_at=now,
    )


def _row_id(sitting: DiagnosticSitting, item: Item, number: int, sent: SentAnswer) -> uuid.UUID:
    """A first answer's id follows from its place in the diagnostic and not from who sent it: of two tabs that
    answer the same question in the same instant, the database keeps one."""
    if sent.revises:
        return uuid.uuid5(sent.answer_id, str(number))
    return uuid.uuid5(sitting.id, f"{item.id}/{number}")
