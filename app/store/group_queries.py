"""What proposing level groups asks: who is followed, on whom there is evidence, and all of it at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.store import people_queries
from app.store.database import db
from app.store.models import EvidenceRow, Usager, UsagerSummary
from app.store.summaries import OF_THE_PERSON, followed


def people_with_evidence(structure_id: uuid.UUID, goal_id: str, limit: int) -> tuple[Sequence[Usager], int]:
    """People with a file and evidence, those seen last first, and how many there are; ``goal_id``: with this
    goal, be it the first or another; empty: all."""
    return _some(structure_id, goal_id, limit, _has_evidence(structure_id))


def people_without_evidence(
    structure_id: uuid.UUID, goal_id: str, limit: int
) -> tuple[Sequence[Usager], int]:
    """The others, in the same order."""
    return _some(structure_id, goal_id, limit, sa.not_(_has_evidence(structure_id)))


def _some(
    structure_id: uuid.UUID, goal_id: str, limit: int, which: sa.ColumnElement[bool]
) -> tuple[Sequence[Usager], int]:
    rows = db.session.execute(
        sa.select(Usager, sa.func.count().over())
        .outerjoin(UsagerSummary, OF_THE_PERSON)
        .where(*followed(structure_id), which, people_queries.wants(goal_id) if goal_id else sa.true())
        .order_by(
            UsagerSummary.last_seen_at.is_(None),
            UsagerSummary.last_seen_at.desc(),
            Usager.first_name,
            Usager.id,
        )
        .limit(limit)
    ).all()
    return [person for person, _ in rows], rows[0][1] if rows else 0


def _has_evidence(structure_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """There is a fact on the person, or on a nameless usager that they turned out to be."""
    nameless = aliased(Usager)
    before_the_name = sa.select(nameless.attached_to_id).where(
        nameless.structure_id == structure_id,
        nameless.attached_to_id.is_not(None),
        _facts_on(structure_id, nameless.id),
    )
    return sa.or_(_facts_on(structure_id, Usager.id), Usager.id.in_(before_the_name))


def _facts_on(structure_id: uuid.UUID, usager_id: sa.ColumnElement[uuid.UUID]) -> sa.ColumnElement[bool]:
    return sa.exists().where(EvidenceRow.structure_id == structure_id, EvidenceRow.usager_id == usager_id)


def followed_people(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> Sequence[Usager]:
    """Those of these people who have a file in this structure."""
    return db.session.scalars(sa.select(Usager).where(*followed(structure_id), Usager.id.in_(ids))).all()


def evidence_of_people(
    structure_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[EvidenceRow]]:
    """All the evidence on each of these people, corrected rows included, oldest first; what a nameless usager
    did counts for whom they turned out to be."""
    person = sa.func.coalesce(Usager.attached_to_id, Usager.id)
    rows = db.session.execute(
        sa.select(person, EvidenceRow)
        .join(Usager, sa.and_(Usager.structure_id == structure_id, Usager.id == EvidenceRow.usager_id))
        .where(
            EvidenceRow.structure_id == structure_id,
            sa.or_(Usager.id.in_(ids), Usager.attached_to_id.in_(ids)),
        )
        .order_by(EvidenceRow.occurred_at, EvidenceRow.recorded_at, EvidenceRow.answer_id, EvidenceRow.step)
    )
    found: dict[uuid.UUID, list[EvidenceRow]] = {id_: [] for id_ in ids}
    for id_, row in rows:
        found[id_].append(row)
    return found
