"""Sessions: recording what was worked on and with which help, and correcting it afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.engine.evidence import Help, Outcome, Source
from app.services.engines import current_engines
from app.services.observations import observation
from app.store import queries
from app.store.database import write_once
from app.store.models import Account, EvidenceRow, Seance, Usager

INDIVIDUAL = "individuel"
HELP_HINTS = {
    Help.DONE_FOR: "vous avez fait à sa place",
    Help.ACCOMPANIED: "pas à pas, avec vous",
    Help.GUIDED: "avec un indice ou une fiche",
    Help.ALONE: "sans aide",
    Help.TEACHES: "peut le montrer à d'autres",
}
# La Coop's codes
PLACES = {
    "lieu_activite": "Ici, dans nos locaux",
    "domicile": "Chez la personne",
    "a_distance": "À distance",
    "autre": "Ailleurs",
}
DEVICES = {
    "ordinateur": "Ordinateur",
    "telephone": "Téléphone",
    "tablette": "Tablette",
    "autre": "Autre",
    "aucun": "Aucun",
}


class SeanceError(ValueError):
    """What was asked cannot be recorded; the message says what to do, in French."""


@dataclass(frozen=True)
class NewSeance:
    """A session as the form gives it. ``helps`` has the modules worked on, with the help given."""

    id: uuid.UUID
    helps: Mapping[str, Help]
    minutes: int
    device: str
    place: str
    occurred_at: datetime


def record(person: Usager, author: Account, new: NewSeance, now: datetime) -> Seance:
    """Record a session and its evidence, once whatever the retries. Raises ``SeanceError``."""
    known = queries.seance(person.structure_id, new.id)
    if known is None:
        seance = _seance(person, author, new, now)
        write_once([seance], [observation(seance, module, help) for module, help in new.helps.items()])
        known = queries.seance(person.structure_id, new.id)
    if known is None or known.usager_id != person.id:
        raise SeanceError("Cette page a déjà servi. Vérifiez, puis enregistrez encore une fois.")
    return known


def _seance(person: Usager, author: Account, new: NewSeance, now: datetime) -> Seance:
    return Seance(
        structure_id=person.structure_id,
        id=new.id,
        usager_id=person.id,
        author_id=author.id,
        kind=INDIVIDUAL,
        place=new.place,
        device=new.device,
        minutes=new.minutes,
        occurred_at=new.occurred_at,
        recorded_at=now,
    )


def correct(
    row: EvidenceRow, author: Account, help: Help | None, *, row_id: uuid.UUID, now: datetime
) -> None:
    """Replace what was observed, the old value staying in the history; ``None``: it was not worked on.

    Sent twice, it counts once. Raises ``SeanceError`` when another correction came first, or when the row
    is not an observation of a session.
    """
    if row.source != Source.OBSERVATION or row.seance_id is None:
        raise SeanceError("Seul ce qui a été noté en séance se corrige ici.")
    if queries.evidence_row(row.structure_id, row_id):
        return
    if queries.is_corrected(row):
        raise SeanceError("Cette ligne a déjà été corrigée. Voici où elle en est.")
    write_once([_correction(row, author, help, row_id, now)])


def _correction(
    row: EvidenceRow, author: Account, help: Help | None, row_id: uuid.UUID, now: datetime
) -> EvidenceRow:
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
