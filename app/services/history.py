"""What happened, newest first: sessions and diagnostics with their evidence, corrected rows included."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.engine.evidence import Source
from app.services.modules import ModuleName, module_name
from app.services.observations import HELP_WORDS
from app.store import queries
from app.store.models import DiagnosticSitting, EvidenceRow, Seance, Usager

NOT_WORKED_ON = "Pas travaillé"


@dataclass(frozen=True)
class Fact:
    """One observation of a session, with the values that it replaced, oldest first."""

    row: EvidenceRow
    module: ModuleName
    value: str
    replaced: tuple[Replaced, ...]


@dataclass(frozen=True)
class Replaced:
    """A value that was corrected since."""

    value: str
    recorded_at: datetime
    author: str


@dataclass(frozen=True)
class Visit:
    """A session or a diagnostic."""

    at: datetime
    seance: Seance | None
    sitting: DiagnosticSitting | None
    author: str
    facts: tuple[Fact, ...]
    answers: int
    """How many screens of the diagnostic were answered."""


def visits(person: Usager) -> list[Visit]:
    """All that happened with a person, newest first."""
    rows = queries.evidence_of(person)
    names = {account.id: account.name for account in queries.accounts(person.structure_id)}
    found = [_session(seance, rows, names) for seance in queries.seances_of(person)]
    found += [_diagnostic(sitting, rows) for sitting in queries.sittings_of(person)]
    return sorted(found, key=lambda visit: visit.at, reverse=True)


def _session(seance: Seance, rows: Sequence[EvidenceRow], names: dict[uuid.UUID, str]) -> Visit:
    own = [row for row in rows if row.seance_id == seance.id]
    by_id = {row.id: row for row in own}
    return Visit(
        at=seance.occurred_at,
        seance=seance,
        sitting=None,
        author=names.get(seance.author_id, ""),
        facts=tuple(_fact(row, by_id, names) for row in queries.standing(own)),
        answers=0,
    )


def _fact(row: EvidenceRow, by_id: dict[uuid.UUID, EvidenceRow], names: dict[uuid.UUID, str]) -> Fact:
    replaced: list[Replaced] = []
    older = by_id.get(row.corrects_id) if row.corrects_id else None
    while older is not None:
        author = names.get(older.author_id, "") if older.author_id else ""
        replaced.insert(0, Replaced(value_of(older), older.recorded_at, author))
        older = by_id.get(older.corrects_id) if older.corrects_id else None
    return Fact(row, module_name(row.module_id), value_of(row), tuple(replaced))


def value_of(row: EvidenceRow) -> str:
    """What an observation says, in a word."""
    return HELP_WORDS.get(row.help, row.help) if row.help else NOT_WORKED_ON  # type: ignore[call-overload]


def _diagnostic(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow]) -> Visit:
    own = [row for row in rows if row.sitting_id == sitting.id]
    return Visit(
        at=sitting.started_at,
        seance=None,
        sitting=sitting,
        author="",
        facts=(),
        answers=len({row.item_id for row in queries.standing(own)}),
    )


def can_be_corrected(row: EvidenceRow) -> bool:
    """Whether an evidence row is one that a conseiller noted in a session."""
    return row.source == Source.OBSERVATION and row.seance_id is not None
