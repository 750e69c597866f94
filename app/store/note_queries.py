"""Free notes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.store.database import db
from app.store.models import Usager, UsagerNote
from app.store.queries import identities


def note(structure_id: uuid.UUID, note_id: uuid.UUID) -> UsagerNote | None:
    return db.session.get(UsagerNote, (structure_id, note_id))


def notes_of(person: Usager) -> Sequence[UsagerNote]:
    """The notes on a person, newest first."""
    return db.session.scalars(
        sa.select(UsagerNote)
        .where(UsagerNote.structure_id == person.structure_id, UsagerNote.usager_id.in_(identities(person)))
        .order_by(UsagerNote.written_at.desc(), UsagerNote.id)
    ).all()
