"""Every query, named. Views and templates never query."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.store.database import db
from app.store.models import (
    Account,
    Atelier,
    AtelierParticipant,
    DiagnosticSitting,
    EvidenceRow,
    Seance,
    Structure,
    Usager,
)

# --- structures and accounts ---


def any_structure() -> bool:
    """Whether a structure exists at all."""
    return db.session.scalar(sa.select(sa.exists().select_from(Structure))) or False


def structures() -> Sequence[Structure]:
    """All the structures served here, by name."""
    return db.session.scalars(sa.select(Structure).order_by(Structure.name)).all()


def structure(structure_id: uuid.UUID) -> Structure:
    """A structure. Raises ``NoResultFound`` when there is none."""
    return db.session.get_one(Structure, structure_id)


def structure_by_slug(slug: str) -> Structure | None:
    return db.session.scalar(sa.select(Structure).where(Structure.slug == slug))


def account(structure_id: uuid.UUID, account_id: uuid.UUID) -> Account | None:
    return db.session.get(Account, (structure_id, account_id))


def account_by_email(email: str) -> Account | None:
    """An account by its address, whatever the capitals."""
    return db.session.scalar(sa.select(Account).where(Account.email == email.strip().lower()))


def accounts(structure_id: uuid.UUID) -> Sequence[Account]:
    """The accounts of a structure, by name."""
    return db.session.scalars(
        sa.select(Account).where(Account.structure_id == structure_id).order_by(Account.name)
    ).all()


# --- usagers ---


def usager(structure_id: uuid.UUID, usager_id: uuid.UUID) -> Usager | None:
    """An usager; nobody where they were erased."""
    found = db.session.get(Usager, (structure_id, usager_id))
    return None if found is None or found.erased_at else found


def named_usagers(structure_id: uuid.UUID) -> Sequence[Usager]:
    """Usagers with a first name, by first name."""
    return db.session.scalars(
        sa.select(Usager)
        .where(Usager.structure_id == structure_id, Usager.first_name.is_not(None))
        .order_by(Usager.first_name, Usager.last_initial)
    ).all()


def nameless_usagers(structure_id: uuid.UUID) -> Sequence[Usager]:
    """Usagers who started without a name and are not attached to anybody, newest first."""
    return db.session.scalars(
        sa.select(Usager)
        .where(
            Usager.structure_id == structure_id,
            Usager.first_name.is_(None),
            Usager.attached_to_id.is_(None),
            Usager.erased_at.is_(None),
        )
        .order_by(Usager.created_at.desc())
    ).all()


def usager_by_card(structure_id: uuid.UUID, card: str) -> Usager | None:
    return db.session.scalar(
        sa.select(Usager).where(Usager.structure_id == structure_id, Usager.card == card)
    )


def last_visits(structure_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """When each usager was last seen: a session, or a diagnostic."""
    seance = sa.select(Seance.usager_id, Seance.occurred_at.label("seen")).where(
        Seance.structure_id == structure_id, Seance.counts()
    )
    sitting = sa.select(DiagnosticSitting.usager_id, DiagnosticSitting.started_at.label("seen")).where(
        DiagnosticSitting.structure_id == structure_id
    )
    seen = sa.union_all(seance, sitting).subquery()
    rows = db.session.execute(
        sa.select(seen.c.usager_id, sa.func.max(seen.c.seen)).group_by(seen.c.usager_id)
    )
    return {key: value for key, value in rows}  # noqa: C416  (rows are not pairs to a type checker)


def identities(person: Usager) -> list[uuid.UUID]:
    """The person's id, and those of the nameless usagers that turned out to be this person."""
    attached = db.session.scalars(
        sa.select(Usager.id).where(
            Usager.structure_id == person.structure_id, Usager.attached_to_id == person.id
        )
    )
    return [person.id, *attached]


# --- evidence ---


def evidence_of(person: Usager) -> Sequence[EvidenceRow]:
    """All the evidence on a person, corrected rows included, oldest first."""
    return db.session.scalars(
        sa.select(EvidenceRow)
        .where(
            EvidenceRow.structure_id == person.structure_id,
            EvidenceRow.usager_id.in_(identities(person)),
        )
        .order_by(EvidenceRow.occurred_at, EvidenceRow.recorded_at, EvidenceRow.answer_id, EvidenceRow.step)
    ).all()


def evidence_of_sitting(sitting: DiagnosticSitting) -> Sequence[EvidenceRow]:
    """The answers of a diagnostic, corrected rows included, oldest first."""
    return db.session.scalars(
        sa.select(EvidenceRow)
        .where(EvidenceRow.structure_id == sitting.structure_id, EvidenceRow.sitting_id == sitting.id)
        .order_by(EvidenceRow.occurred_at, EvidenceRow.recorded_at, EvidenceRow.answer_id, EvidenceRow.step)
    ).all()


def answer_is_known(structure_id: uuid.UUID, answer_id: uuid.UUID) -> bool:
    """Whether an answer was already taken."""
    return (
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    EvidenceRow.structure_id == structure_id, EvidenceRow.answer_id == answer_id
                )
            )
        )
        or False
    )


def standing(rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """The rows that no other row corrects."""
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    return [row for row in rows if row.id not in corrected]


# --- diagnostics ---


def sitting(structure_id: uuid.UUID, sitting_id: uuid.UUID) -> DiagnosticSitting | None:
    return db.session.get(DiagnosticSitting, (structure_id, sitting_id))


def sittings_of(person: Usager) -> Sequence[DiagnosticSitting]:
    """The diagnostics of a person, newest first."""
    return db.session.scalars(
        sa.select(DiagnosticSitting)
        .where(
            DiagnosticSitting.structure_id == person.structure_id,
            DiagnosticSitting.usager_id.in_(identities(person)),
        )
        .order_by(DiagnosticSitting.started_at.desc())
    ).all()


# --- sessions and ateliers ---


def seances_of(person: Usager, *, cancelled: bool = False) -> Sequence[Seance]:
    """The sessions of a person, oldest first; ``cancelled``: with those that count no more."""
    return db.session.scalars(
        sa.select(Seance)
        .where(
            Seance.structure_id == person.structure_id,
            Seance.usager_id.in_(identities(person)),
            sa.true() if cancelled else Seance.counts(),
        )
        .order_by(Seance.occurred_at)
    ).all()


def atelier(structure_id: uuid.UUID, atelier_id: uuid.UUID) -> Atelier | None:
    return db.session.get(Atelier, (structure_id, atelier_id))


def open_atelier_by_code(code: str) -> Atelier | None:
    """The open atelier with these four figures, whatever its structure."""
    return db.session.scalar(sa.select(Atelier).where(Atelier.code == code, Atelier.closed_at.is_(None)))


def ateliers(structure_id: uuid.UUID) -> Sequence[Atelier]:
    """The ateliers of a structure, newest first."""
    return db.session.scalars(
        sa.select(Atelier).where(Atelier.structure_id == structure_id).order_by(Atelier.opened_at.desc())
    ).all()


def participants(of: Atelier) -> Sequence[tuple[AtelierParticipant, Usager]]:
    """Who takes part in an atelier, by first name."""
    rows = db.session.execute(
        sa.select(AtelierParticipant, Usager)
        .join(
            Usager,
            sa.and_(
                Usager.structure_id == AtelierParticipant.structure_id,
                Usager.id == AtelierParticipant.usager_id,
            ),
        )
        .where(AtelierParticipant.structure_id == of.structure_id, AtelierParticipant.atelier_id == of.id)
        .order_by(Usager.first_name)
    )
    return [(participant, person) for participant, person in rows]


# --- what the conseiller's screens ask for ---


def attachments(structure_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """For each nameless usager that turned out to be somebody: who."""
    rows = db.session.execute(
        sa.select(Usager.id, Usager.attached_to_id).where(
            Usager.structure_id == structure_id, Usager.attached_to_id.is_not(None)
        )
    )
    return {key: value for key, value in rows}  # noqa: C416  (rows are not pairs to a type checker)


def _waiting_for_a_name(structure_id: uuid.UUID) -> sa.Select[tuple[uuid.UUID, datetime]]:
    return (
        sa.select(DiagnosticSitting.usager_id, sa.func.max(DiagnosticSitting.started_at).label("started_at"))
        .join(
            Usager,
            sa.and_(
                Usager.structure_id == DiagnosticSitting.structure_id,
                Usager.id == DiagnosticSitting.usager_id,
            ),
        )
        .where(
            DiagnosticSitting.structure_id == structure_id,
            Usager.first_name.is_(None),
            Usager.attached_to_id.is_(None),
            Usager.erased_at.is_(None),
        )
        .group_by(DiagnosticSitting.usager_id)
    )


def nameless_diagnostics(structure_id: uuid.UUID, limit: int) -> Sequence[tuple[Usager, datetime]]:
    """Nameless usagers who took a diagnostic and are attached to nobody, with when, newest first."""
    waiting = _waiting_for_a_name(structure_id).subquery()
    rows = db.session.execute(
        sa.select(Usager, waiting.c.started_at)
        .join(waiting, waiting.c.usager_id == Usager.id)
        .where(Usager.structure_id == structure_id)
        .order_by(waiting.c.started_at.desc())
        .limit(limit)
    )
    return [(person, started_at) for person, started_at in rows]


def count_nameless_diagnostics(structure_id: uuid.UUID) -> int:
    """How many there are."""
    waiting = _waiting_for_a_name(structure_id).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(waiting)) or 0


def seance(structure_id: uuid.UUID, seance_id: uuid.UUID) -> Seance | None:
    return db.session.get(Seance, (structure_id, seance_id))


def evidence_row(structure_id: uuid.UUID, row_id: uuid.UUID) -> EvidenceRow | None:
    return db.session.get(EvidenceRow, (structure_id, row_id))


def is_corrected(row: EvidenceRow) -> bool:
    """Whether another row replaces this one."""
    return (
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    EvidenceRow.structure_id == row.structure_id, EvidenceRow.corrects_id == row.id
                )
            )
        )
        or False
    )


# --- ateliers: opening, joining, marking, closing ---


def open_codes() -> set[str]:
    """The codes of all open ateliers, whatever their structure."""
    return set(db.session.scalars(sa.select(Atelier.code).where(Atelier.closed_at.is_(None))))


def participant_counts(structure_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many people take part in each atelier of a structure."""
    rows = db.session.execute(
        sa.select(AtelierParticipant.atelier_id, sa.func.count())
        .where(AtelierParticipant.structure_id == structure_id)
        .group_by(AtelierParticipant.atelier_id)
    )
    return {key: value for key, value in rows}  # noqa: C416  (rows are not pairs to a type checker)


def participant(of: Atelier, usager_id: uuid.UUID) -> AtelierParticipant | None:
    return db.session.get(AtelierParticipant, (of.structure_id, of.id, usager_id))


def mark_help(of: Atelier, usager_id: uuid.UUID, help: str | None, now: datetime) -> bool:
    """Keep the help last seen for someone of an open atelier; false where it closed, or nobody is there."""
    still_open = sa.exists().where(
        Atelier.structure_id == of.structure_id, Atelier.id == of.id, Atelier.closed_at.is_(None)
    )
    done = db.session.execute(
        sa.update(AtelierParticipant)
        .where(
            AtelierParticipant.structure_id == of.structure_id,
            AtelierParticipant.atelier_id == of.id,
            AtelierParticipant.usager_id == usager_id,
            still_open,
        )
        .values(help=help, marked_at=now if help else None)
    )
    return bool(done.rowcount)


def close_once(of: Atelier, now: datetime) -> bool:
    """Close an atelier; false where it was closed already, even by somebody at the same instant."""
    done = db.session.execute(
        sa.update(Atelier)
        .where(Atelier.structure_id == of.structure_id, Atelier.id == of.id, Atelier.closed_at.is_(None))
        .values(closed_at=now)
    )
    return bool(done.rowcount)


def seances_of_atelier(of: Atelier) -> Sequence[Seance]:
    """What closing an atelier wrote, one session a person."""
    return db.session.scalars(
        sa.select(Seance).where(
            Seance.structure_id == of.structure_id, Seance.atelier_id == of.id, Seance.counts()
        )
    ).all()
