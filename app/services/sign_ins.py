"""Signing in and out: each browser has a row of its own, see ``docs/decisions/sign-ins.md``."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from app.store import sign_in_queries
from app.store.database import db
from app.store.models import Account, SignIn


def begin(account: Account, now: datetime, lasts: timedelta) -> uuid.UUID:
    """Sign a browser in; those of the structure that have lasted longer than they may are dropped."""
    began = SignIn(structure_id=account.structure_id, id=uuid.uuid4(), account_id=account.id, began_at=now)
    sign_in_queries.forget(account.structure_id, now - lasts)
    db.session.add(began)
    db.session.commit()
    return began.id


def end(structure_id: uuid.UUID, sign_in_id: uuid.UUID) -> None:
    """Sign one browser out; the others of the account stay signed in."""
    sign_in_queries.end(structure_id, sign_in_id)
    db.session.commit()
