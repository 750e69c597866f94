"""Of whom something is known, over whole structures."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from app.engine.evidence import Source
from app.store.database import db
from app.store.models import EvidenceRow, Structure, Usager


def known_by(
    sources: Collection[Source], structure_id: uuid.UUID | None = None
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """The structure and the id of everyone of whom there is evidence from these sources, corrected or not;
    the nameless as who they turned out to be.

    Of one structure, or of all those that are not a demonstration; in the same order each time.
    """
    whose = Structure.is_demo.is_(False) if structure_id is None else Structure.id == structure_id
    person = sa.func.coalesce(Usager.attached_to_id, Usager.id)
    rows = db.session.execute(
        sa.select(Usager.structure_id, person)
        .join(Structure, Structure.id == Usager.structure_id)
        .where(
            whose,
            sa.exists().where(
                EvidenceRow.structure_id == Usager.structure_id,
                EvidenceRow.usager_id == Usager.id,
                EvidenceRow.source.in_(sources),
            ),
        )
        .distinct()
        .order_by(Usager.structure_id, person)
    )
    return [(owner, id_) for owner, id_ in rows]
