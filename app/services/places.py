"""The places where a structure holds its sessions."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

from app.store import place_queries
from app.store.database import db, write_once
from app.store.models import Account, Place, Structure

USUAL_SINCE = timedelta(days=60)
NAME_LENGTH, ADDRESS_LENGTH, TOWN_LENGTH = 120, 200, 80
POSTCODE = re.compile(r"[0-9]{5}")
INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}")


def add(structure: Structure, place_id: uuid.UUID, now: datetime, **values: str) -> Place | None:
    """Make a place, once whatever the retries of a form; ``None`` where the id is another structure's."""
    if place_queries.place(structure.id, place_id) is None:
        write_once([Place(structure_id=structure.id, id=place_id, created_at=now, **values)])
    return place_queries.place(structure.id, place_id)


def change(place: Place, **values: str) -> None:
    """Put a place's name or address right; past sessions show it as it is now."""
    for name, value in values.items():
        setattr(place, name, value)
    db.session.commit()


def archive(place: Place, now: datetime) -> None:
    """Propose this place no more; past sessions keep it."""
    place.archived_at = place.archived_at or now
    db.session.commit()


def bring_back(place: Place) -> None:
    """Propose this place again."""
    place.archived_at = None
    db.session.commit()


def usual_place(account: Account, now: datetime) -> uuid.UUID | None:
    """Where this account was last, if the place is still in use; the structure's only one otherwise."""
    in_use = {place.id for place in place_queries.places(account.structure_id)}
    last = place_queries.last_place(account.structure_id, account.id, now - USUAL_SINCE)
    if last and last.place_id in in_use:
        return last.place_id
    return next(iter(in_use)) if len(in_use) == 1 else None
