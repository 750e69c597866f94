"""Queries on what people practise by themselves."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.engine.evidence import Source
from app.store.database import db
from app.store.models import EvidenceRow, Usager
from app.store.queries import identities


def _practices(person: Usager) -> sa.Select[tuple[EvidenceRow]]:
    return (
        sa.select(EvidenceRow)
        .where(
            EvidenceRow.structure_id == person.structure_id,
            EvidenceRow.usager_id.in_(identities(person)),
            EvidenceRow.source == Source.PRACTICE,
        )
        .order_by(EvidenceRow.recorded_at, EvidenceRow.step)
    )


def practices_of(person: Usager, module_id: str) -> Sequence[EvidenceRow]:
    """The steps on a module that the person practised, oldest first."""
    return db.session.scalars(_practices(person).where(EvidenceRow.module_id == module_id)).all()


def practices_with(person: Usager, item_id: str) -> Sequence[EvidenceRow]:
    """The steps of a scene that the person practised, oldest first."""
    return db.session.scalars(_practices(person).where(EvidenceRow.item_id == item_id)).all()


def practice_rows(person: Usager, answer_id: uuid.UUID) -> Sequence[EvidenceRow]:
    """The steps of one practice of this person, in order."""
    return db.session.scalars(_practices(person).where(EvidenceRow.answer_id == answer_id)).all()


def times_by_item(person: Usager) -> dict[str, int]:
    """How often the person practised each scene."""
    rows = db.session.execute(
        sa.select(EvidenceRow.item_id, sa.func.count(sa.distinct(EvidenceRow.answer_id)))
        .where(
            EvidenceRow.structure_id == person.structure_id,
            EvidenceRow.usager_id.in_(identities(person)),
            EvidenceRow.source == Source.PRACTICE,
        )
        .group_by(EvidenceRow.item_id)
    )
    return {item_id: times for item_id, times in rows if item_id}
