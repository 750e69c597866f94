"""Free notes on a person, where the structure allows them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime

from app.services.usagers import shown_text
from app.store import note_queries, queries
from app.store.database import db, write_once
from app.store.models import Account, Usager, UsagerNote

LONGEST = 500
_NUMBER = re.compile(r"\d(?:[ .\-\u00a0\u202f]?\d){7,}")
"""Eight figures in a row: a telephone, a social security number, a bank card. A date has slashes."""
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class NoteError(ValueError):
    """The note cannot be kept; the message says what to do, in French."""


def write(person: Usager, author: Account, text: str, note_id: uuid.UUID, now: datetime) -> None:
    """Keep a note, once whatever the retries. Raises ``NoteError``."""
    if not queries.structure(person.structure_id).free_notes:
        raise NoteError("Les notes libres ne sont pas permises ici. Parlez-en à votre responsable.")
    text = shown_text(text)
    if not text:
        raise NoteError("Écrivez la note, ou revenez en arrière.")
    if len(text) > LONGEST:
        raise NoteError(f"Cette note a {len(text)} caractères. Gardez-en {LONGEST} au plus.")
    if _NUMBER.search(text) or _ADDRESS.search(text):
        raise NoteError(
            "Cette note contient un numéro ou une adresse mail. Retirez-le : rien de tel ne se garde ici."
        )
    write_once(
        [
            UsagerNote(
                structure_id=person.structure_id,
                id=note_id,
                usager_id=person.id,
                author_id=author.id,
                text=text,
                written_at=now,
            )
        ]
    )


def erase(note: UsagerNote) -> None:
    """Take a note away for good."""
    db.session.delete(note)
    db.session.commit()


def notes_of(person: Usager) -> Sequence[UsagerNote]:
    """The notes on a person, newest first."""
    return note_queries.notes_of(person)
