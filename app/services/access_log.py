"""Who opened whose file: a line an hour for each account and person, kept a year."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from app.store import access_queries
from app.store.database import db, write_once
from app.store.models import Account, FileAccess, Usager

OPENED = "consultation"
KEPT = timedelta(days=365)


def note_opening(person: Usager, account: Account, now: datetime) -> None:
    """Keep that an account opened a person's file, once an hour."""
    hour = now.astimezone(UTC).strftime("%Y-%m-%dT%H")
    # The same hour gives the same id: a page and its figures, asked at the same instant, make one line.
    access_id = uuid.uuid5(account.id, f"{person.id} {hour}")
    if access_queries.is_noted(person.structure_id, access_id):
        return
    write_once(
        [
            FileAccess(
                structure_id=person.structure_id,
                id=access_id,
                usager_id=person.id,
                account_id=account.id,
                action=OPENED,
                at=now,
            )
        ]
    )


def forget_old(now: datetime) -> None:
    """Drop what is older than a year."""
    access_queries.forget(now - KEPT)
    db.session.commit()
