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
    free_notes: Mapped[bool] = mapped_column(default=False)
    """Whether conseillers may write free notes on people; off unless the structure decides otherwise."""
    purge_months: Mapped[int] = mapped_column(default=24)
    """Months without contact after which a person's file is erased."""
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
    calendar_token: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    calendar_names: Mapped[bool] = mapped_column(default=False)
    """Whether the calendar that leaves Jalons tells whom an appointment is with: a first name, an initial."""
    tour_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignIn(Base):
    """A browser in which an account is signed in. Signing out takes the row away: a copied cookie is then
    worth nothing."""

    __tablename__ = "sign_in"
    __table_args__ = (reference("account", "account_id"),)

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    account_id: Mapped[uuid.UUID] = mapped_column(Id)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Place(Base):
    """Where sessions are held, with what La Coop's export asks of it."""

    __tablename__ = "place"

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    town: Mapped[str] = mapped_column(sa.String(80), default="")
    postcode: Mapped[str] = mapped_column(sa.String(5), default="")
    insee: Mapped[str] = mapped_column(sa.String(5), default="")
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Usager(Base):
    """Someone who learns. Without a first name: someone who started without giving one."""

    __tablename__ = "usager"
    __table_args__ = (
        reference("usager", "attached_to_id"),
        reference("account", "referent_id"),
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
    referent_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The conseiller who follows this person; empty: everyone of the structure."""
    other_goal_ids: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    session_days: Mapped[int] = mapped_column(default=7)
    """Days from one session to the next."""
    birth_decade: Mapped[int | None]  # 1950: born from 1950 to 1959
    gender: Mapped[str | None] = mapped_column(sa.String(20))  # La Coop: masculin, feminin, non_communique
    occupation: Mapped[str | None] = mapped_column(sa.String(20))  # La Coop's "statut"
    comfort: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """How screens suit this person: larger, more contrast, slower voice."""
    works_well: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """What helps this person learn, from a closed list: for whoever takes over."""
    notice_heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purge_warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when nothing of the person is left here; the row stays for what is counted."""
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
    """Screens handed out, the one asked now first: item, answer id, and whether it revises an answer given
    before."""
    simulates: Mapped[bool] = mapped_column(default=False)
    """Whether the browser that began it can show simulated scenes."""
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
        reference("place", "place_id"),
        sa.Index("ix_seance_structure_id_usager_id_occurred_at", "structure_id", "usager_id", "occurred_at"),
        sa.Index("ix_seance_structure_id_occurred_at", "structure_id", "occurred_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID | None] = mapped_column(Id)  # empty: people who gave no name
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    atelier_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    participants: Mapped[int] = mapped_column(default=1)
    anonymous: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    """What people without a file told of themselves: age, gender, occupation, in La Coop's codes."""
    drop_in: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(sa.String(20), default="individuel")  # La Coop: individuel, collectif
    place: Mapped[str] = mapped_column(sa.String(20), default="lieu_activite")
    device: Mapped[str] = mapped_column(
        sa.String(20)
    )  # La Coop: ordinateur, telephone, tablette, autre, aucun
    minutes: Mapped[int]
    place_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    themes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """La Coop's codes chosen by hand, beside those of the modules worked on."""
    procedure_theme: Mapped[str | None] = mapped_column(sa.String(40))  # La Coop's sub-theme of a démarche
    redirected_to: Mapped[str | None] = mapped_column(sa.String(40))  # La Coop's code of who takes over
    next_step: Mapped[str | None] = mapped_column(sa.String(40))
    """What was agreed for the next time, from a closed list."""
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it counts no more: it was noted by mistake, or on somebody else."""

    @classmethod
    def counts(cls) -> sa.ColumnElement[bool]:
        """That a session was not cancelled: every figure, list and export asks for it."""
        return cls.cancelled_at.is_(None)


class SeanceChange(Base):
    """What was put right in a session afterwards: the values that changed, as they were and as they are."""

    __tablename__ = "seance_change"
    __table_args__ = (
        reference("seance", "seance_id"),
        reference("account", "author_id"),
        sa.Index("ix_seance_change_structure_id_seance_id", "structure_id", "seance_id"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    seance_id: Mapped[uuid.UUID] = mapped_column(Id)
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    after: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
        sa.Index("ix_evidence_structure_id_seance_id", "structure_id", "seance_id"),
        # Of two people who correct one row at the same instant, the second is told.
        sa.Index("uq_evidence_structure_id_corrects_id", "structure_id", "corrects_id", unique=True),
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
        reference("place", "place_id"),
        # Two open ateliers never share a code, even when they are opened at the same instant.
        sa.Index(
            "uq_atelier_open_code",
            "code",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("ix_atelier_structure_id_opened_at", "structure_id", "opened_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    module_id: Mapped[str] = mapped_column(sa.String(80))
    device: Mapped[str] = mapped_column(sa.String(20))
    minutes: Mapped[int] = mapped_column(default=90)
    name: Mapped[str | None] = mapped_column(sa.String(80))
    level: Mapped[str | None] = mapped_column(sa.String(20))  # La Coop: debutant, intermediaire, avance
    place_id: Mapped[uuid.UUID | None] = mapped_column(Id)
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


class Appointment(Base):
    """A session that is planned: with someone, or an atelier."""

    __tablename__ = "appointment"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "author_id"),
        reference("place", "place_id"),
        reference("seance", "seance_id"),
        reference("atelier", "atelier_id"),
        sa.Index("ix_appointment_structure_id_starts_at", "structure_id", "starts_at"),
        sa.Index("ix_appointment_structure_id_usager_id", "structure_id", "usager_id"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    author_id: Mapped[uuid.UUID] = mapped_column(Id)  # who leads it
    usager_id: Mapped[uuid.UUID | None] = mapped_column(Id)  # empty: an atelier
    module_id: Mapped[str | None] = mapped_column(sa.String(80))
    place: Mapped[str] = mapped_column(sa.String(20), default="lieu_activite")
    place_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    seance_id: Mapped[uuid.UUID | None] = mapped_column(Id)  # the session that came of it
    atelier_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AppointmentUsager(Base):
    """Someone expected at a planned atelier."""

    __tablename__ = "appointment_usager"
    __table_args__ = (reference("appointment", "appointment_id"), reference("usager", "usager_id"))

    structure_id: Mapped[uuid.UUID] = structure_key()
    appointment_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    usager_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)


class UsagerSummary(Base):
    """What the list of people who need attention asks of each person, derived from the evidence.

    It is out of date while ``touched`` and ``counted`` differ, and can be thrown away at any time.
    """

    __tablename__ = "usager_summary"
    __table_args__ = (
        reference("usager", "usager_id"),
        sa.Index("ix_usager_summary_structure_id_last_seen_at", "structure_id", "last_seen_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    touched: Mapped[int] = mapped_column(default=1)  # goes up when something is written about the person
    counted: Mapped[int] = mapped_column(default=0)  # what ``touched`` was when this was derived
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stuck_module_id: Mapped[str | None] = mapped_column(sa.String(80))  # three sessions without progress
    stuck_help: Mapped[str | None] = mapped_column(sa.String(20))
    review_module_id: Mapped[str | None] = mapped_column(sa.String(80))  # the first one to be forgotten
    review_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reached_goal_id: Mapped[str | None] = mapped_column(sa.String(80))


class AttentionPause(Base):
    """A reason to look at someone's file that was set aside until a day."""

    __tablename__ = "attention_pause"
    __table_args__ = (reference("usager", "usager_id"), reference("account", "author_id"))

    structure_id: Mapped[uuid.UUID] = structure_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanChange(Base):
    """What a conseiller changed in someone's plan, and why. Undone, it stays in the history."""

    __tablename__ = "plan_change"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "author_id"),
        reference("account", "undone_by_id"),
        sa.Index("ix_plan_change_structure_id_usager_id_made_at", "structure_id", "usager_id", "made_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(sa.String(20))
    module_id: Mapped[str | None] = mapped_column(sa.String(80))
    value: Mapped[Any | None] = mapped_column(sa.JSON)
    before: Mapped[Any | None] = mapped_column(sa.JSON)  # what stood before, so that it can be put back
    reason: Mapped[str | None] = mapped_column(sa.String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(Id)


class HandOver(Base):
    """A follow-up passed to a colleague, or shared with the structure, and what they were told."""

    __tablename__ = "hand_over"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "from_id"),
        reference("account", "to_id"),
        sa.Index("ix_hand_over_structure_id_usager_id_made_at", "structure_id", "usager_id", "made_at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    from_id: Mapped[uuid.UUID] = mapped_column(Id)
    to_id: Mapped[uuid.UUID | None] = mapped_column(Id)  # empty: shared with everyone of the structure
    told: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """The summary as it was when it was handed over."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UsagerNote(Base):
    """A free note on someone, where the structure allows them."""

    __tablename__ = "usager_note"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "author_id"),
        sa.Index("ix_usager_note_structure_id_usager_id", "structure_id", "usager_id"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    text: Mapped[str] = mapped_column(sa.String(500))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FileAccess(Base):
    """Who opened someone's file, and what they did there."""

    __tablename__ = "file_access"
    __table_args__ = (
        reference("usager", "usager_id"),
        reference("account", "account_id"),
        sa.Index("ix_file_access_structure_id_usager_id_at", "structure_id", "usager_id", "at"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    usager_id: Mapped[uuid.UUID] = mapped_column(Id)
    account_id: Mapped[uuid.UUID] = mapped_column(Id)
    action: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Recording(Base):
    """A sentence said by somebody of the structure; the sound is in the instance folder."""

    __tablename__ = "recording"
    __table_args__ = (
        reference("account", "author_id"),
        sa.UniqueConstraint("structure_id", "text_key"),
    )

    structure_id: Mapped[uuid.UUID] = structure_key()
    id: Mapped[uuid.UUID] = own_key()
    text_key: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.String(500))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    seconds: Mapped[float]
    author_id: Mapped[uuid.UUID] = mapped_column(Id)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
