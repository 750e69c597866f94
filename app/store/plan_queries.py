"""What conseillers changed in someone's plan."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.store.database import db
from app.store.models import Account, PlanChange, Usager


def plan_changes_of(person: Usager) -> Sequence[PlanChange]:
    """All the changes of a person's plan, undone ones included, oldest first."""
    attached = sa.select(Usager.id).where(
        Usager.structure_id == person.structure_id, Usager.attached_to_id == person.id
    )
    return db.session.scalars(
        sa.select(PlanChange)
        .where(
            PlanChange.structure_id == person.structure_id,
            sa.or_(PlanChange.usager_id == person.id, PlanChange.usager_id.in_(attached)),
        )
        .order_by(PlanChange.made_at, PlanChange.id)
    ).all()


def plan_change(structure_id: uuid.UUID, change_id: uuid.UUID) -> PlanChange | None:
    return db.session.get(PlanChange, (structure_id, change_id))


def undo_once(change: PlanChange, author: Account, now: datetime) -> bool:
    """Mark a change undone, not yet committed; false where it was undone already."""
    done = db.session.execute(
        sa.update(PlanChange)
        .where(
            PlanChange.structure_id == change.structure_id,
            PlanChange.id == change.id,
            PlanChange.undone_at.is_(None),
        )
        .values(undone_at=now, undone_by_id=author.id)
    )
    return bool(done.rowcount)
