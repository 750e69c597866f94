"""Browsers in which an account is signed in."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa

from app.store.database import db
from app.store.models import Account, SignIn


def account_signed_in(structure_id: uuid.UUID, sign_in_id: uuid.UUID) -> Account | None:
    """Whose sign-in this is; nobody's where it was ended."""
    return db.session.scalar(
        sa.select(Account)
        .join(SignIn, sa.and_(SignIn.structure_id == Account.structure_id, SignIn.account_id == Account.id))
        .where(SignIn.structure_id == structure_id, SignIn.id == sign_in_id)
    )


def end(structure_id: uuid.UUID, sign_in_id: uuid.UUID) -> None:
    """End one; not yet committed."""
    db.session.execute(sa.delete(SignIn).where(SignIn.structure_id == structure_id, SignIn.id == sign_in_id))


def forget(structure_id: uuid.UUID, before: datetime) -> None:
    """Drop those that began before an instant; not yet committed."""
    db.session.execute(sa.delete(SignIn).where(SignIn.structure_id == structure_id, SignIn.began_at < before))
