"""The log of who opened whose file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.store.database import db
from app.store.models import FileAccess, Usager
from app.store.queries import identities


def is_noted(structure_id: uuid.UUID, access_id: uuid.UUID) -> bool:
    """Whether this opening is in the log."""
    return db.session.get(FileAccess, (structure_id, access_id)) is not None


def latest(person: Usager, limit: int) -> Sequence[FileAccess]:
    """The last openings of a person's file, newest first."""
    return db.session.scalars(
        sa.select(FileAccess)
        .where(FileAccess.structure_id == person.structure_id, FileAccess.usager_id.in_(identities(person)))
        .order_by(FileAccess.at.desc(), FileAccess.id)
        .limit(limit)
    ).all()


def forget(before: datetime) -> None:
    """Drop what is older than an instant; not yet committed."""
    db.session.execute(sa.delete(FileAccess).where(FileAccess.at < before))
