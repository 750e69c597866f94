"""Queries about sessions: a day's, what was observed in one, what was put right in it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store import queries, summaries
from app.store.database import db
from app.store.models import EvidenceRow, Seance, SeanceChange, Usager

_OF_THE_PERSON = sa.and_(Usager.structure_id == Seance.structure_id, Usager.id == Seance.usager_id)


def seances_between(
    structure_id: uuid.UUID,
    start: datetime,
    end: datetime,
    *,
    author_id: uuid.UUID | None = None,
    limit: int,
    offset: int = 0,
    cancelled: bool = False,
) -> Sequence[tuple[Seance, Usager | None]]:
    """Sessions from ``start`` to before ``end`` with whom they were, the latest first; ``cancelled``: with
    those that count no more."""
    noted = Seance.author_id == author_id if author_id else sa.true()
    rows = db.session.execute(
        sa.select(Seance, Usager)
        .outerjoin(Usager, _OF_THE_PERSON)
        .where(
            Seance.structure_id == structure_id,
            Seance.occurred_at >= start,
            Seance.occurred_at < end,
            sa.true() if cancelled else Seance.counts(),
            noted,
        )
        .order_by(Seance.occurred_at.desc(), Seance.id)
        .limit(limit)
        .offset(offset)
    )
    return [(seance, person) for seance, person in rows]


def has_another_seance_at(person: Usager, at: datetime, seance_id: uuid.UUID) -> bool:
    """Whether a session of this person that counts, not this one, began at this very moment."""
    return db.session.scalar(
        sa.select(
            sa.exists().where(
                Seance.structure_id == person.structure_id,
                Seance.usager_id.in_(queries.identities(person)),
                Seance.occurred_at == at,
                Seance.id != seance_id,
                Seance.counts(),
            )
        )
    )


def evidence_of_seance(seance: Seance) -> Sequence[EvidenceRow]:
    """What was observed in a session, corrected rows included, oldest first."""
    return db.session.scalars(
        sa.select(EvidenceRow)
        .where(EvidenceRow.structure_id == seance.structure_id, EvidenceRow.seance_id == seance.id)
        .order_by(EvidenceRow.recorded_at, EvidenceRow.module_id)
    ).all()


def seance_change(structure_id: uuid.UUID, change_id: uuid.UUID) -> SeanceChange | None:
    return db.session.get(SeanceChange, (structure_id, change_id))


def changes_of_seances(
    structure_id: uuid.UUID, seance_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[SeanceChange]]:
    """What was put right in these sessions, oldest first."""
    rows = db.session.scalars(
        sa.select(SeanceChange)
        .where(SeanceChange.structure_id == structure_id, SeanceChange.seance_id.in_(seance_ids))
        .order_by(SeanceChange.made_at)
    )
    found: dict[uuid.UUID, list[SeanceChange]] = {}
    for change in rows:
        found.setdefault(change.seance_id, []).append(change)
    return found


def change_seance_once(seance: Seance, seen: datetime | None, values: dict[str, Any], now: datetime) -> bool:
    """Give a session other values unless it changed since it was seen; false where it did. Not committed."""
    unchanged = Seance.changed_at.is_(None) if seen is None else Seance.changed_at == seen
    done = db.session.execute(
        sa.update(Seance)
        .where(Seance.structure_id == seance.structure_id, Seance.id == seance.id, unchanged)
        .values(changed_at=now, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount and seance.usager_id:
        summaries.touch(db.session, [seance.usager_id])
    return bool(done.rowcount)
