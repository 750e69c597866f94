"""Sessions: recording what was worked on and with which help, and correcting it afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.engine.evidence import Help, Outcome, Source
from app.services.engines import current_engines
from app.services.observations import observation
from app.store import queries, seance_queries
from app.store.database import write_once
from app.store.models import Account, EvidenceRow, Seance, Usager

INDIVIDUAL, COLLECTIVE = "individuel", "collectif"
HELP_HINTS = {
    Help.DONE_FOR: "vous avez fait à sa place",
    Help.ACCOMPANIED: "pas à pas, avec vous",
    Help.GUIDED: "avec un indice ou une fiche",
    Help.ALONE: "sans aide",
    Help.TEACHES: "peut le montrer à d'autres",
}
ALREADY_CORRECTED = "Cette ligne a déjà été corrigée. Voici où elle en est."
ALREADY_NOTED = (
    "Une séance est déjà notée avec cette personne, à cette heure. Elle est dans l'onglet Historique."
    " Pour en noter une autre, changez l'heure."
)
CANCELLED = "Cette séance a été annulée. Notez-en une autre s'il le faut."


class SeanceError(ValueError):
    """What was asked cannot be recorded; the message says what to do, in French."""


@dataclass(frozen=True)
class NewSeance:
    """A session as the form gives it. ``helps`` has the modules worked on, with the help given.

    ``place``, ``device``, ``themes``, ``procedure_theme`` and ``redirected_to`` are La Coop's codes;
    ``place_id`` is one of the structure's places.
    """

    id: uuid.UUID
    helps: Mapping[str, Help]
    minutes: int
    device: str
    place: str
    occurred_at: datetime
    drop_in: bool = False
    place_id: uuid.UUID | None = None
    themes: Sequence[str] = ()
    procedure_theme: str | None = None
    redirected_to: str | None = None
    next_step: str | None = None


@dataclass(frozen=True)
class People:
    """People without a file: how many, and what they told of themselves, in La Coop's codes."""

    count: int = 1
    told: Sequence[Mapping[str, str]] = field(default=())

    @property
    def kind(self) -> str:
        """La Coop's kind of a session with so many."""
        return COLLECTIVE if self.count > 1 else INDIVIDUAL


def record(person: Usager, author: Account, new: NewSeance, now: datetime) -> Seance:
    """Record a session and its evidence, once whatever the retries. Raises ``SeanceError``, also where the
    person has a session at that moment: two tabs, or the browser's back button, would count it twice."""
    known = queries.seance(person.structure_id, new.id)
    if known is None:
        if seance_queries.has_another_seance_at(person, new.occurred_at, new.id):
            raise SeanceError(ALREADY_NOTED)
        seance = seance_of(author, new, now, usager_id=person.id, kind=INDIVIDUAL)
        write_once([seance], [observation(seance, module, help) for module, help in new.helps.items()])
        known = queries.seance(person.structure_id, new.id)
    if known is None or known.usager_id != person.id:
        raise SeanceError("Cette page a déjà servi. Vérifiez, puis enregistrez encore une fois.")
    return known


def record_without_file(author: Account, new: NewSeance, people: People, now: datetime) -> Seance:
    """Count a session with people who have no file, once whatever the retries. Raises ``SeanceError``."""
    known = queries.seance(author.structure_id, new.id)
    if known is None:
        seance = seance_of(author, new, now, usager_id=None, kind=people.kind)
        seance.participants = people.count
        seance.anonymous = [dict(told) for told in people.told]
        write_once([seance])
        known = queries.seance(author.structure_id, new.id)
    if known is None or known.usager_id is not None:
        raise SeanceError("Cette page a déjà servi. Vérifiez, puis enregistrez encore une fois.")
    return known


def seance_of(
    author: Account, new: NewSeance, now: datetime, *, usager_id: uuid.UUID | None, kind: str
) -> Seance:
    """The row of a session, not yet written."""
    return Seance(
        structure_id=author.structure_id,
        id=new.id,
        usager_id=usager_id,
        author_id=author.id,
        kind=kind,
        place=new.place,
        place_id=new.place_id,
        drop_in=new.drop_in,
        device=new.device,
        minutes=new.minutes,
        themes=list(new.themes),
        procedure_theme=new.procedure_theme,
        redirected_to=new.redirected_to,
        next_step=new.next_step,
        occurred_at=new.occurred_at,
        recorded_at=now,
    )


def correct(
    row: EvidenceRow, author: Account, help: Help | None, *, row_id: uuid.UUID, now: datetime
) -> None:
    """Replace what was observed, the old value staying in the history; ``None``: it was not worked on.

    Sent twice, it counts once. Raises ``SeanceError`` when another correction came first, even at the same
    instant, or when the row is not an observation of a session.
    """
    if row.source != Source.OBSERVATION or row.seance_id is None:
        raise SeanceError("Seul ce qui a été noté en séance se corrige ici.")
    structure_id = row.structure_id
    if queries.evidence_row(structure_id, row_id):
        return
    if queries.is_corrected(row):
        raise SeanceError(ALREADY_CORRECTED)
    seance = queries.seance(structure_id, row.seance_id)
    if seance and seance.cancelled_at:
        raise SeanceError(CANCELLED)
    if seance:
        seance.changed_at = now
    written = write_once([correction(row, author, help, row_id, now)])
    if not written and not queries.evidence_row(structure_id, row_id):
        raise SeanceError(ALREADY_CORRECTED)


def correction(
    row: EvidenceRow, author: Account, help: Help | None, row_id: uuid.UUID, now: datetime
) -> EvidenceRow:
    """The row that replaces another, not yet written."""
    return EvidenceRow(
        structure_id=row.structure_id,
        id=row_id,
        answer_id=row_id,
        usager_id=row.usager_id,
        module_id=row.module_id,
        source=row.source,
        help=help,
        outcome=None if help else Outcome.NOT_SEEN,
        device=row.device,
        seance_id=row.seance_id,
        author_id=author.id,
        corrects_id=row.id,
        content_version=current_engines().content.version,
        occurred_at=row.occurred_at,
        recorded_at=now,
    )
