"""Queries about the places where sessions are held."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.store.database import db
from app.store.models import Place, Seance


def places(structure_id: uuid.UUID, *, archived: bool = False) -> Sequence[Place]:
    """The places in use, by name; with ``archived``, those that no longer are too, last."""
    in_use = sa.true() if archived else Place.archived_at.is_(None)
    return db.session.scalars(
        sa.select(Place)
        .where(Place.structure_id == structure_id, in_use)
        .order_by(Place.archived_at.is_not(None), Place.name)
    ).all()


def place(structure_id: uuid.UUID, place_id: uuid.UUID) -> Place | None:
    return db.session.get(Place, (structure_id, place_id))


def last_place(structure_id: uuid.UUID, author_id: uuid.UUID, since: datetime) -> Seance | None:
    """The last session that an account noted in the structure's places, not older than ``since``."""
    return db.session.scalar(
        sa.select(Seance)
        .where(
            Seance.structure_id == structure_id,
            Seance.author_id == author_id,
            Seance.occurred_at >= since,
            Seance.place_id.is_not(None),
            Seance.counts(),
        )
        .order_by(Seance.occurred_at.desc())
        .limit(1)
    )
