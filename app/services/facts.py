"""From the rows of the database to the facts that the engine reads."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.evidence import Evidence, Help, Outcome, Source
from app.store.models import EvidenceRow
from app.store.queries import standing


def facts(rows: Sequence[EvidenceRow]) -> list[Evidence]:
    """The facts that stand, in the order given; corrected rows, and observations taken back, are left out."""
    return [fact(row) for row in standing(rows) if not _is_taken_back(row)]


def _is_taken_back(row: EvidenceRow) -> bool:
    return row.source == Source.OBSERVATION and row.help is None


def fact(row: EvidenceRow) -> Evidence:
    """One row as a fact."""
    return Evidence(
        id=str(row.id),
        module=row.module_id,
        source=Source(row.source),
        occurred_at=row.occurred_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        help=Help(row.help) if row.help else None,
        guess=row.guess,
        slip=row.slip,
        item_id=row.item_id,
    )


def done_alone(fact: Evidence) -> bool:
    """Whether the person did it without help: seen so, or answered rightly with nobody helping."""
    if fact.help is None:
        return fact.outcome == Outcome.SUCCESS
    return fact.help in (Help.ALONE, Help.TEACHES)
