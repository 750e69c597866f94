"""What erasing a person deletes whole, and the ateliers they were in."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from app.store.database import db
from app.store.models import (
    Appointment,
    AppointmentUsager,
    Atelier,
    AtelierParticipant,
    AttentionPause,
    DiagnosticSitting,
    EvidenceRow,
    FileAccess,
    HandOver,
    PlanChange,
    Seance,
    SeanceChange,
    Usager,
    UsagerNote,
    UsagerSummary,
)

_ABOUT_THE_PERSON_ALONE = (
    *(PlanChange, HandOver, UsagerNote, FileAccess, UsagerSummary, AttentionPause),
    *(AppointmentUsager, Appointment),
)


def delete_what_is_not_counted(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> None:
    """Delete every row that no figure is made of; not yet committed."""
    own_seances = sa.select(Seance.id).where(Seance.structure_id == structure_id, Seance.usager_id.in_(ids))
    db.session.execute(
        sa.delete(SeanceChange).where(
            SeanceChange.structure_id == structure_id, SeanceChange.seance_id.in_(own_seances)
        )
    )
    for table in _ABOUT_THE_PERSON_ALONE:
        db.session.execute(
            sa.delete(table).where(table.structure_id == structure_id, table.usager_id.in_(ids))
        )
    _leave_ateliers(structure_id, ids)


def _leave_ateliers(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> None:
    """Off the list of those that are open; of the others stays that somebody was there, and the help."""
    own = sa.and_(AtelierParticipant.structure_id == structure_id, AtelierParticipant.usager_id.in_(ids))
    still_open = sa.select(Atelier.id).where(
        Atelier.structure_id == structure_id, Atelier.closed_at.is_(None)
    )
    db.session.execute(
        sa.delete(AtelierParticipant).where(own, AtelierParticipant.atelier_id.in_(still_open))
    )
    taken = AtelierParticipant
    opened = sa.select(Atelier.opened_at).where(
        Atelier.structure_id == taken.structure_id, Atelier.id == taken.atelier_id
    )
    when = opened.scalar_subquery()
    db.session.execute(
        sa.update(taken)
        .where(own)
        .values(
            joined_at=sa.case((taken.joined_at.is_not(None), when)),
            marked_at=sa.case((taken.marked_at.is_not(None), when)),
        )
    )


def usagers(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> list[Usager]:
    """These usagers."""
    return list(
        db.session.scalars(sa.select(Usager).where(Usager.structure_id == structure_id, Usager.id.in_(ids)))
    )


def seances(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> list[Seance]:
    """The sessions of these usagers."""
    return list(
        db.session.scalars(
            sa.select(Seance).where(Seance.structure_id == structure_id, Seance.usager_id.in_(ids))
        )
    )


def sittings(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> list[DiagnosticSitting]:
    """The diagnostics of these usagers."""
    table = DiagnosticSitting
    return list(
        db.session.scalars(
            sa.select(table).where(table.structure_id == structure_id, table.usager_id.in_(ids))
        )
    )


def evidence(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> list[EvidenceRow]:
    """The facts about these usagers."""
    table = EvidenceRow
    return list(
        db.session.scalars(
            sa.select(table).where(table.structure_id == structure_id, table.usager_id.in_(ids))
        )
    )
