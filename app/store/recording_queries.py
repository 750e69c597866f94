"""Every query about sentences recorded by people of a structure."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from app.store.database import db
from app.store.models import Recording


def recordings(structure_id: uuid.UUID) -> list[Recording]:
    """All the recordings of a structure, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Recording)
            .where(Recording.structure_id == structure_id)
            .order_by(Recording.recorded_at.desc())
        )
    )


def any_recording(structure_id: uuid.UUID) -> bool:
    """Has somebody of the structure recorded a sentence?"""
    found = sa.select(Recording.id).where(Recording.structure_id == structure_id).limit(1)
    return db.session.scalar(found) is not None


def recordings_of_keys(structure_id: uuid.UUID, keys: Collection[str]) -> list[Recording]:
    """The structure's recordings of these sentences."""
    return list(
        db.session.scalars(
            sa.select(Recording).where(Recording.structure_id == structure_id, Recording.text_key.in_(keys))
        )
    )


def recording(structure_id: uuid.UUID, recording_id: uuid.UUID) -> Recording | None:
    """The recording, if it is the structure's."""
    return db.session.get(Recording, (structure_id, recording_id))


def recording_by_key(structure_id: uuid.UUID, key: str) -> Recording | None:
    """The structure's recording of a sentence."""
    return db.session.scalar(
        sa.select(Recording).where(Recording.structure_id == structure_id, Recording.text_key == key)
    )
