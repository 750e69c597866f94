"""The tables. Every table of a structure's data has ``structure_id`` first in its key."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.store.database import Base
from app.store.types import UtcDateTime

Id = sa.Uuid(as_uuid=True)


def structure_key() -> Mapped[uuid.UUID]:
    """``structure_id``, the first part of a primary key."""
    return mapped_column(Id, sa.ForeignKey("structure.id"), primary_key=True)


def own_key() -> Mapped[uuid.UUID]:
    """``id``, the second part of a primary key; made by whoever first knew the thing."""
    return mapped_column(Id, primary_key=True, default=uuid.uuid4)


def reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A reference inside the same structure."""
    return sa.ForeignKeyConstraint(["structure_id", column], [f"{table}.structure_id", f"{table}.id"])


class Structure(Base):
    """An EPN, CCAS, library or association. Its data are its own."""

    __tablename__ = "structure"

    id: Mapped[uuid.UUID] = own_key()
    name: Mapped[str] = mapped_column(sa.String(120))
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Paris")
    default_device: Mapped[str] = mapped_column(sa.String(20), default="ordinateur")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Account(Base):
    """Someone who signs in: a conseiller, a volunteer, the one in charge of the structure."""

    __tablename__ = "account"

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    email: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    role: Mapped[str] = mapped_column(sa.String(20))  # responsable, conseiller, benevole
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    session_number: Mapped[int] = mapped_column(default=1)  # raised to end every sign-in of this account
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Usager(Base):
    """Someone who learns. Without a first name: someone who started without giving one."""

    __tablename__ = "usager"
    __table_args__ = (
        reference("usager", "attached_to_id"),
        sa.UniqueConstraint("structure_id", "card"),
        sa.Index("ix_usager_structure_id_first_name", "structure_id", "first_name"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    first_name: Mapped[str | None] = mapped_column(sa.String(60))
    last_initial: Mapped[str | None] = mapped_column(sa.String(2))
    card: Mapped[str | None] = mapped_column(sa.String(40))  # "icon-colour", a picture that is theirs
    secret: Mapped[str | None] = mapped_column(sa.String(80))  # pictures in order, joined by commas
    goal_id: Mapped[str | None] = mapped_column(sa.String(80))
    device: Mapped[str] = mapped_column(sa.String(20), default="ordinateur")  # what they learn on
    home_device: Mapped[str | None] = mapped_column(sa.String(20))
    reading: Mapped[str | None] = mapped_column(sa.String(20))  # facile, un_peu, difficile
    sound: Mapped[bool] = mapped_column(default=True)
    session_minutes: Mapped[int] = mapped_column(default=60)
    attached_to_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The person that this nameless usager turned out to be; their evidence then counts together."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DiagnosticSitting(Base):
    """One diagnostic taken by an usager: which goal, which device, where it stands."""

    __tablename__ = "diagnostic_sitting"
    __table_args__ = (
        reference("usager", "usager_id"),
        sa.Index("ix_diagnostic_sitting_structure_id_usager_id", "structure_id", "usager_id"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    goal_id: Mapped[str] = mapped_column(sa.String(80))
    device: Mapped[str] = mapped_column(sa.String(20))
    pending: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    """Screens shown and not yet answered: item, answer id, and whether it revises an answer given before."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stop_reason: Mapped[str | None] = mapped_column(sa.String(20))


class Seance(Base):
    """A session: someone was helped, individually or in an atelier."""

    __tablename__ = "seance"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "author_id"),
        reference("atelier", "atelier_id"),
        sa.Index("ix_seance_structure_id_usager_id_occurred_at", "structure_id", "usager_id", "occurred_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    atelier_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(sa.String(20), default="individuel")  # La Coop: individuel, collectif
    place: Mapped[str] = mapped_column(sa.String(20), default="lieu_activite")
    device: Mapped[str] = mapped_column(
        sa.String(20)
    )  # La Coop: ordinateur, telephone, tablette, autre, aucun
    minutes: Mapped[int]
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvidenceRow(Base):
    """One fact on one module. Rows are added, never changed; a correction names the row it replaces."""

    __tablename__ = "evidence"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("diagnostic_sitting", "sitting_id"),
        reference("seance", "seance_id"),
        reference("account", "author_id"),
        sa.Index(
            "ix_evidence_structure_id_usager_id_occurred_at", "structure_id", "usager_id", "occurred_at"
        ),
        sa.Index("ix_evidence_structure_id_sitting_id", "structure_id", "sitting_id"),
        sa.Index("ix_evidence_structure_id_corrects_id", "structure_id", "corrects_id"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    answer_id: Mapped[uuid.UUID] = mapped_column(Id)  # made by the client; the steps of a screen share it
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    module_id: Mapped[str] = mapped_column(sa.String(80))
    source: Mapped[str] = mapped_column(sa.String(20))
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    help: Mapped[str | None] = mapped_column(sa.String(20))
    item_id: Mapped[str | None] = mapped_column(sa.String(120))
    step: Mapped[int] = mapped_column(default=0)
    guess: Mapped[float | None]  # as they were when it was answered
    slip: Mapped[float | None]
    response: Mapped[Any | None] = mapped_column(sa.JSON)  # what was chosen, never free text on a person
    device: Mapped[str | None] = mapped_column(sa.String(20))
    sitting_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    seance_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    author_id: Mapped[uuid.UUID | None] = mapped_column(Id)  # empty: the usager
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    content_version: Mapped[str] = mapped_column(sa.String(16))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Atelier(Base):
    """A group session on one module: open, then closed."""

    __tablename__ = "atelier"
    __table_args__ = (
        reference("account", "author_id"),
        sa.Index("ix_atelier_code", "code"),
        sa.Index("ix_atelier_structure_id_opened_at", "structure_id", "opened_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    module_id: Mapped[str] = mapped_column(sa.String(80))
    device: Mapped[str] = mapped_column(sa.String(20))
    minutes: Mapped[int] = mapped_column(default=90)
    code: Mapped[str] = mapped_column(sa.String(4))  # four figures, while it is open
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AtelierParticipant(Base):
    """Someone of an atelier: whether a tablet joined for them, and the help last marked on the grid."""

    __tablename__ = "atelier_participant"
    __table_args__ = (reference("atelier", "atelier_id"), reference("usager", "usager_id"))

    structure_id: Mapped[uuid.UUID] = structure_key()
    atelier_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    usager_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    help: Mapped[str | None] = mapped_column(sa.String(20))
    marked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
