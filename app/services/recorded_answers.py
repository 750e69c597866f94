"""Answers as calibration and flags read them: diagnostics recorded here, one a person, or a world's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.bank import Item, ItemBank, Step
from app.engine.diagnostic import Answer, answer_likelihoods
from app.engine.evidence import Likelihood, Outcome
from app.engine.replay import Record
from app.engine.simulation import Answered
from app.services.calibrations import people_of
from app.store import diagnostic_queries
from app.store.models import EvidenceRow, Usager

Groups = Mapping[int, str]


@dataclass(frozen=True)
class Recorded:
    """What people answered. Of those here, in their first diagnostic: later ones come after something was
    learnt.

    ``evidence`` has the guess and slip of each question as they were when it was answered; ``answers`` only
    those to questions that are still asked. ``groups`` tells, by what they differ in, which people (by
    place) are in which group.
    """

    evidence: list[list[Likelihood]]
    answers: list[list[Answer]]
    groups: dict[str, Groups]


def recorded(device: str, bank: ItemBank, structure_id: uuid.UUID | None = None) -> Recorded:
    """The first diagnostic of each person on a device, in one structure or in all but demonstrations."""
    first: dict[tuple[uuid.UUID, uuid.UUID], tuple[Usager, list[EvidenceRow]]] = {}
    for person, rows in diagnostic_queries.diagnostic_answers(device, structure_id):
        first.setdefault((person.structure_id, person.attached_to_id or person.id), (person, rows))
    people = [person for person, _ in first.values()]
    return Recorded(
        evidence=[_evidence(rows) for _, rows in first.values()],
        answers=[_answers(rows, bank) for _, rows in first.values()],
        groups={
            "âge": {
                i: f"né·e dans les années {p.birth_decade}" for i, p in enumerate(people) if p.birth_decade
            },
            # Of whoever was erased it is not known any more.
            "voix": {
                i: "avec la voix" if p.sound else "sans la voix"
                for i, p in enumerate(people)
                if p.erased_at is None
            },
        },
    )


def recorded_in(world: Answered) -> Recorded:
    """All that everyone in a folder of answers answered; nothing is known of them besides."""
    records = [Record(row, world.first_columns()) for row in world.right]
    answers = [[r.answer(item) for item in world.told.items if r.taken(item)] for r in records]
    return Recorded(people_of(world), answers, groups={})


def _evidence(rows: Sequence[EvidenceRow]) -> list[Likelihood]:
    found = []
    for row in rows:
        if row.guess is not None and row.slip is not None:
            asked = Item(row.item_id or "", (Step(row.module_id, row.guess, row.slip),))
            found += answer_likelihoods(asked, [Outcome(row.outcome)])
    return found


def _answers(rows: Sequence[EvidenceRow], bank: ItemBank) -> list[Answer]:
    steps: dict[str, dict[int, Outcome]] = {}
    for row in rows:
        if row.item_id in bank:
            steps.setdefault(row.item_id, {})[row.step] = Outcome(row.outcome)
    return [
        Answer(item_id, tuple(taken.get(n, Outcome.NOT_SEEN) for n in range(len(bank[item_id].steps))))
        for item_id, taken in steps.items()
    ]
