"""What each person's file says to whoever opens the day: kept beside the evidence, thrown away when it moves.

Whatever writes about someone (a session, an answer, another goal) touches their summary in the same
transaction; ``services/attention.py`` derives again those that were touched.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.store import queries
from app.store.database import db, write_once
from app.store.models import (
    AttentionPause,
    DiagnosticSitting,
    EvidenceRow,
    PlanChange,
    Seance,
    Structure,
    Usager,
    UsagerSummary,
)

_ABOUT_SOMEONE = (EvidenceRow, Seance, DiagnosticSitting, PlanChange)


def touch(session: Session, usager_ids: Collection[uuid.UUID]) -> None:
    """Say that the summaries of these people, and of whom they turned out to be, are out of date."""
    turned_out_to_be = sa.select(Usager.attached_to_id).where(
        Usager.id.in_(usager_ids), Usager.attached_to_id.is_not(None)
    )
    session.execute(
        sa.update(UsagerSummary)
        .where(sa.or_(UsagerSummary.usager_id.in_(usager_ids), UsagerSummary.usager_id.in_(turned_out_to_be)))
        .values(touched=UsagerSummary.touched + 1)
        .execution_options(synchronize_session=False)
    )


@event.listens_for(Session, "after_flush")
def _touch_whom_this_is_about(session: Session, _context: Any) -> None:
    found = {id_ for thing in (*session.new, *session.dirty) for id_ in _whom(thing)}
    if found:
        touch(session, found)


def _whom(thing: object) -> Iterable[uuid.UUID]:
    if isinstance(thing, Usager):
        yield thing.id
        if thing.attached_to_id:
            yield thing.attached_to_id
    elif isinstance(thing, _ABOUT_SOMEONE) and thing.usager_id:
        yield thing.usager_id


# --- what is out of date ---


def followed(structure_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """People who have a file: a name, and not erased."""
    return (
        Usager.structure_id == structure_id,
        Usager.first_name.is_not(None),
        Usager.attached_to_id.is_(None),
        Usager.erased_at.is_(None),
    )


OF_THE_PERSON = sa.and_(
    UsagerSummary.structure_id == Usager.structure_id, UsagerSummary.usager_id == Usager.id
)


def out_of_date(structure_id: uuid.UUID, limit: int | None = None) -> Sequence[Usager]:
    """People whose summary is missing or older than what was written about them."""
    return db.session.scalars(
        sa.select(Usager)
        .outerjoin(UsagerSummary, OF_THE_PERSON)
        .where(
            *followed(structure_id),
            sa.or_(UsagerSummary.usager_id.is_(None), UsagerSummary.touched != UsagerSummary.counted),
        )
        .limit(limit)
    ).all()


def summaries_of(
    structure_id: uuid.UUID, usager_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, UsagerSummary]:
    """The summaries of these people, those that exist."""
    rows = db.session.scalars(
        sa.select(UsagerSummary)
        .where(UsagerSummary.structure_id == structure_id, UsagerSummary.usager_id.in_(usager_ids))
        .execution_options(populate_existing=True)
    )
    return {row.usager_id: row for row in rows}


def structure_ids() -> Sequence[uuid.UUID]:
    """Every structure served here."""
    return db.session.scalars(sa.select(Structure.id)).all()


# --- who needs attention ---


def not_paused(reason: str, now: datetime) -> sa.ColumnElement[bool]:
    """Nobody set this reason aside for this person."""
    return ~sa.exists().where(
        AttentionPause.structure_id == UsagerSummary.structure_id,
        AttentionPause.usager_id == UsagerSummary.usager_id,
        AttentionPause.reason == reason,
        AttentionPause.until > now,
    )


def people_for(
    structure_id: uuid.UUID,
    reason: str,
    wanted: Sequence[sa.ColumnElement[bool]],
    order: sa.ColumnElement[Any],
    *,
    now: datetime,
    referent_id: uuid.UUID | None,
    limit: int,
) -> tuple[Sequence[tuple[Usager, UsagerSummary]], int]:
    """The first people for whom something is true, and how many there are.

    With a referent: those that this account follows, and those that nobody follows in particular.
    """
    mine = (
        sa.or_(Usager.referent_id == referent_id, Usager.referent_id.is_(None)) if referent_id else sa.true()
    )
    rows = db.session.execute(
        sa.select(Usager, UsagerSummary, sa.func.count().over())
        .join(UsagerSummary, OF_THE_PERSON)
        .where(*followed(structure_id), mine, *wanted, not_paused(reason, now))
        .order_by(order, Usager.id)
        .limit(limit)
    ).all()
    return [(person, summary) for person, summary, _ in rows], rows[0][2] if rows else 0


def make_missing(people: Collection[Usager]) -> None:
    """Give a summary, still to be derived, to those who have none."""
    if not people:
        return
    structure_id = next(iter(people)).structure_id
    known = summaries_of(structure_id, [person.id for person in people])
    write_once(
        UsagerSummary(structure_id=structure_id, usager_id=person.id)
        for person in people
        if person.id not in known
    )


def keep(summary: UsagerSummary, counted: int, **derived: Any) -> None:
    """Keep what was derived from all that was written up to ``counted``; not yet committed."""
    db.session.execute(
        sa.update(UsagerSummary)
        .where(
            UsagerSummary.structure_id == summary.structure_id,
            UsagerSummary.usager_id == summary.usager_id,
        )
        .values(counted=counted, **derived)
    )


def throw_away(structure_id: uuid.UUID) -> None:
    """Have every summary of a structure derived again; not yet committed."""
    db.session.execute(
        sa.update(UsagerSummary).where(UsagerSummary.structure_id == structure_id).values(counted=-1)
    )


def last_sitting(person: Usager) -> datetime | None:
    """When a person's last diagnostic began, one taken without a name included."""
    return db.session.scalar(
        sa.select(sa.func.max(DiagnosticSitting.started_at)).where(
            DiagnosticSitting.structure_id == person.structure_id,
            DiagnosticSitting.usager_id.in_(queries.identities(person)),
        )
    )


def last_seance(person: Usager) -> datetime | None:
    """When a person's last session was."""
    return db.session.scalar(
        sa.select(sa.func.max(Seance.occurred_at)).where(
            Seance.structure_id == person.structure_id,
            Seance.usager_id.in_(queries.identities(person)),
            Seance.counts(),
        )
    )


# --- choosing people ---


def seen_lately(structure_id: uuid.UUID, limit: int) -> Sequence[uuid.UUID]:
    """People with a file, those seen last first, then those never seen."""
    return db.session.scalars(
        sa.select(Usager.id)
        .outerjoin(UsagerSummary, OF_THE_PERSON)
        .where(*followed(structure_id))
        .order_by(UsagerSummary.last_seen_at.is_(None), UsagerSummary.last_seen_at.desc(), Usager.first_name)
        .limit(limit)
    ).all()


def names(structure_id: uuid.UUID) -> Sequence[tuple[uuid.UUID, str, str | None]]:
    """The name of everyone who has a file, in order."""
    rows = db.session.execute(
        sa.select(Usager.id, Usager.first_name, Usager.last_initial)
        .where(*followed(structure_id))
        .order_by(Usager.first_name, Usager.last_initial)
    )
    return [(id_, first_name or "", initial) for id_, first_name, initial in rows]
