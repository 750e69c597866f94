"""Questions that do not tell those who know from those who do not, in the diagnostics of a period.

Counting finds the suspects: those whose successes go least with the rest of each diagnostic. The engine then
judges them (see ``engine.flags``), on their last answers only: what it costs does not grow with the years.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.engine import flags
from app.engine.diagnostic import Answer
from app.engine.evidence import Outcome
from app.services.engines import current_engines
from app.services.periods import Period
from app.store import statistics_queries
from app.store.models import EvidenceRow
from app.store.statistics_queries import AskedStep

MOST_SUSPECTS = 8
LAST_ANSWERS = 30


@dataclass(frozen=True)
class FlatQuestion:
    """A question to look at: how many answered it, the share of successes found and expected, and whether it
    parts people less than it should or only disagrees with its author."""

    item_id: str
    step: int
    text: str
    answers: int
    successes: float
    expected: float
    is_flat: bool


@dataclass(frozen=True)
class Questions:
    """``answered`` questions had answers enough to be judged."""

    answered: int
    flat: tuple[FlatQuestion, ...]


def questions(structure_id: uuid.UUID, period: Period) -> Questions:
    """The questions to look at, of those answered often enough."""
    asked = statistics_queries.asked_steps(structure_id, period.start, period.end, flags.LEAST_ANSWERS)
    known = [step for step in asked if current_engines().content.find_item(step.item_id)]
    found = [_judge(structure_id, period, suspect) for suspect in known[:MOST_SUSPECTS]]
    return Questions(len(known), tuple(question for question in found if question))


def _judge(structure_id: uuid.UUID, period: Period, suspect: AskedStep) -> FlatQuestion | None:
    engines = current_engines()
    diagnostics = statistics_queries.answers_with(
        structure_id, period.start, period.end, suspect.item_id, suspect.device, LAST_ANSWERS
    )
    answers = flags.step_answers(
        engines.model(suspect.device),
        engines.bank(suspect.device),
        [_answers(rows) for rows in diagnostics],
        only={suspect.item_id},
    )
    flagged = flags.item_flags([answer for answer in answers if answer.step == suspect.step])
    if not flagged:
        return None
    flag = flagged[0]
    return FlatQuestion(
        item_id=suspect.item_id,
        step=suspect.step,
        text=_text(suspect),
        answers=suspect.answers,
        successes=flag.observed,
        expected=flag.expected,
        is_flat=flag.is_flat,
    )


def _answers(rows: Sequence[EvidenceRow]) -> list[Answer]:
    """The screens of one diagnostic, with an outcome for each step of each."""
    found = []
    for (item_id, _), steps in groupby(rows, key=lambda row: (row.item_id, row.answer_id)):
        by_step = {row.step: Outcome(row.outcome) for row in steps}
        outcomes = tuple(by_step.get(n, Outcome.NOT_SEEN) for n in range(max(by_step) + 1))
        found.append(Answer(item_id or "", outcomes))
    return found


def _text(suspect: AskedStep) -> str:
    item = current_engines().content.items[suspect.item_id]
    return item.steps[min(suspect.step, len(item.steps) - 1)].consigne
