"""Structures and the people who sign in."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from app.services.passwords import SHORTEST, hash_password, password_is_right, spend_as_long
from app.store import queries
from app.store.database import db
from app.store.models import Account, Structure

ROLES = {"responsable": "Responsable", "conseiller": "Conseiller numérique", "benevole": "Bénévole"}


class AccountError(ValueError):
    """The account cannot be made; the message says what to do, in French."""


def slug_of(name: str) -> str:
    """A name as it stands in an address: « Médiathèque de Poya » → mediatheque-de-poya."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "lieu"


def create_structure(
    name: str, *, now: datetime, timezone: str = "Europe/Paris", is_demo: bool = False
) -> Structure:
    """Make a structure, not yet committed."""
    slug = base = slug_of(name)
    number = 1
    while queries.structure_by_slug(slug):
        number += 1
        slug = f"{base}-{number}"
    structure = Structure(name=name.strip(), slug=slug, timezone=timezone, is_demo=is_demo, created_at=now)
    db.session.add(structure)
    db.session.flush()
    return structure


def create_account(
    structure: Structure, *, email: str, name: str, password: str, role: str, now: datetime
) -> Account:
    """Make an account, not yet committed. Raises ``AccountError``."""
    email = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise AccountError("Écrivez une adresse mail complète, comme lea@exemple.fr.")
    if role not in ROLES:
        raise AccountError(f"Choisissez un rôle parmi : {', '.join(ROLES)}.")
    if len(password) < SHORTEST:
        raise AccountError(f"Choisissez un mot de passe d'au moins {SHORTEST} caractères.")
    if not name.strip():
        raise AccountError("Écrivez le nom de la personne.")
    if queries.account_by_email(email):
        raise AccountError("Un compte existe déjà avec cette adresse. Choisissez-en une autre.")
    account = Account(
        structure_id=structure.id,
        email=email,
        name=name.strip(),
        role=role,
        password_hash=hash_password(password),
        created_at=now,
        active=True,
        session_number=1,
    )
    db.session.add(account)
    db.session.flush()
    return account


def found(
    *,
    structure_name: str,
    email: str,
    name: str,
    password: str,
    now: datetime,
    timezone: str = "Europe/Paris",
) -> Account:
    """First use: make the structure and the account in charge of it. Raises ``AccountError``."""
    try:
        structure = create_structure(structure_name, now=now, timezone=timezone)
        account = create_account(
            structure, email=email, name=name, password=password, role="responsable", now=now
        )
        db.session.commit()
    except AccountError:
        db.session.rollback()
        raise
    return account


def authenticate(email: str, password: str) -> Account | None:
    """The account that this address and password open, or ``None``."""
    account = queries.account_by_email(email)
    if account is None or not account.active:
        spend_as_long()
        return None
    return account if password_is_right(account.password_hash, password) else None


def tour_seen(account: Account, now: datetime) -> None:
    """Keep that someone has had the first visit."""
    account.tour_seen_at = account.tour_seen_at or now
    db.session.commit()
