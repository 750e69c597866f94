"""What diagnostics asked, counted or read over many people."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.engine.evidence import Source
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow, Structure, Usager


def asked_lately(sitting: DiagnosticSitting, last: int) -> tuple[int, dict[str, int]]:
    """How many diagnostics of the same goal and device had ended when this one began, the ``last`` ones at
    most; and in how many of them each item was asked."""
    before = (
        sa.select(DiagnosticSitting.id)
        .where(
            DiagnosticSitting.structure_id == sitting.structure_id,
            DiagnosticSitting.goal_id == sitting.goal_id,
            DiagnosticSitting.device == sitting.device,
            DiagnosticSitting.ended_at < sitting.started_at,
        )
        .order_by(DiagnosticSitting.ended_at.desc(), DiagnosticSitting.id)
        .limit(last)
    )
    ids = list(db.session.scalars(before))
    rows = db.session.execute(
        sa.select(EvidenceRow.item_id, sa.func.count(sa.distinct(EvidenceRow.sitting_id)))
        .where(
            EvidenceRow.structure_id == sitting.structure_id,
            EvidenceRow.sitting_id.in_(ids),
            EvidenceRow.item_id.is_not(None),
        )
        .group_by(EvidenceRow.item_id)
    )
    return len(ids), {item_id: count for item_id, count in rows}  # noqa: C416


def diagnostic_answers(
    device: str, structure_id: uuid.UUID | None = None
) -> list[tuple[Usager, list[EvidenceRow]]]:
    """The standing answers of every diagnostic on a device, the oldest diagnostic first, and who took it.

    Of one structure, or of all those that are not a demonstration.
    """
    correction = aliased(EvidenceRow)
    corrected = sa.select(correction.corrects_id).where(correction.corrects_id.is_not(None))
    whose = Structure.is_demo.is_(False) if structure_id is None else Structure.id == structure_id
    rows = db.session.execute(
        sa.select(Usager, EvidenceRow)
        .select_from(DiagnosticSitting)
        .join(
            EvidenceRow,
            sa.and_(
                EvidenceRow.structure_id == DiagnosticSitting.structure_id,
                EvidenceRow.sitting_id == DiagnosticSitting.id,
            ),
        )
        .join(
            Usager,
            sa.and_(
                Usager.structure_id == DiagnosticSitting.structure_id,
                Usager.id == DiagnosticSitting.usager_id,
            ),
        )
        .join(Structure, Structure.id == DiagnosticSitting.structure_id)
        .where(
            whose,
            DiagnosticSitting.device == device,
            EvidenceRow.source == Source.DIAGNOSTIC,
            EvidenceRow.item_id.is_not(None),
            EvidenceRow.outcome.is_not(None),
            EvidenceRow.id.not_in(corrected),
        )
        .order_by(
            DiagnosticSitting.started_at,
            DiagnosticSitting.id,
            EvidenceRow.occurred_at,
            EvidenceRow.answer_id,
            EvidenceRow.step,
        )
    )
    found: dict[uuid.UUID | None, tuple[Usager, list[EvidenceRow]]] = {}
    for person, row in rows:
        found.setdefault(row.sitting_id, (person, []))[1].append(row)
    return list(found.values())
