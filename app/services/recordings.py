"""Sentences said by people of a structure: a sound file each, in the instance folder."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.config import Settings
from app.services import sounds
from app.services.sounds import SoundError
from app.store import recording_queries
from app.store.database import db, write_once
from app.store.models import Account, Recording

LONGEST = 30
"""Seconds of a recording: a sentence, said slowly."""
MOST_BYTES = 900_000


def keep(
    account: Account, *, key: str, text: str, sound: bytes, seconds: float | None, now: datetime
) -> Recording:
    """Keep a sentence said by an account's owner, in place of what its structure had for it.

    ``seconds`` is what the browser measured, where it did. Raises ``SoundError``, whose message says what
    to do.
    """
    if len(sound) > MOST_BYTES:
        raise SoundError("Cet enregistrement est trop gros. Dites la phrase en moins de 30 secondes.")
    kind = sounds.kind_of(sound)
    if kind is None:
        raise SoundError("Ce fichier n'est pas un son que Jalons connaît. Essayez un fichier MP3.")
    sound, kind, measured = sounds.for_every_tablet(sound, kind, longest=LONGEST + 1)
    seconds = seconds or 0 if measured is None else measured
    if not 0 <= seconds <= LONGEST + 0.5:
        raise SoundError("Cet enregistrement dure plus de 30 secondes. Dites la phrase plus vite.")
    made = Recording(
        structure_id=account.structure_id,
        id=uuid.uuid4(),
        text_key=key,
        text=text[:500],
        media_type=kind.media_type,
        seconds=round(seconds, 1),
        author_id=account.id,
        recorded_at=now,
    )
    file = file_of(made)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(sound)
    before = recording_queries.recording_by_key(account.structure_id, key)
    if before is not None:
        db.session.delete(before)
        db.session.flush()
    if not write_once([made]):
        file.unlink()
        raise SoundError("Quelqu'un a enregistré cette phrase en même temps. Rechargez la page.")
    if before is not None:
        file_of(before).unlink(missing_ok=True)
    return made


def remove(recording: Recording) -> None:
    """Take a recording away; usagers hear the tablet's voice again."""
    file = file_of(recording)
    db.session.delete(recording)
    db.session.commit()
    file.unlink(missing_ok=True)


def file_of(recording: Recording) -> Path:
    """Where the sound is."""
    settings: Settings = current_app.extensions["jalons_settings"]
    extension = sounds.EXTENSIONS[recording.media_type]
    return settings.instance_dir / "recordings" / str(recording.structure_id) / f"{recording.id}{extension}"
