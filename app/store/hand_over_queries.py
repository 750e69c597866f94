"""Queries on follow-ups that were passed on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.store.database import db
from app.store.models import HandOver, Usager


def hand_over(structure_id: uuid.UUID, hand_over_id: uuid.UUID) -> HandOver | None:
    return db.session.get(HandOver, (structure_id, hand_over_id))


def hand_overs_of(person: Usager) -> Sequence[HandOver]:
    """All those of a person, the newest first."""
    return db.session.scalars(
        sa.select(HandOver)
        .where(HandOver.structure_id == person.structure_id, HandOver.usager_id == person.id)
        .order_by(HandOver.made_at.desc())
    ).all()


def not_yet_seen(structure_id: uuid.UUID, account_id: uuid.UUID) -> Sequence[tuple[HandOver, Usager]]:
    """What was passed to a colleague who has not looked at it, the oldest first."""
    rows = db.session.execute(
        sa.select(HandOver, Usager)
        .join(Usager, sa.and_(Usager.structure_id == structure_id, Usager.id == HandOver.usager_id))
        .where(
            HandOver.structure_id == structure_id, HandOver.to_id == account_id, HandOver.seen_at.is_(None)
        )
        .order_by(HandOver.made_at)
    )
    return [(given, person) for given, person in rows]
