"""Passwords: hashed with argon2id (RFC 9106), never kept."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from app.config import Settings

SHORTEST = 10


def _hasher() -> PasswordHasher:
    settings: Settings = current_app.extensions["jalons_settings"]
    return PasswordHasher(time_cost=settings.argon2_time_cost, memory_cost=settings.argon2_memory_kib)


def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    return _hasher().hash(password)


def password_is_right(password_hash: str, password: str) -> bool:
    """Whether a password is the one that was hashed."""
    try:
        return _hasher().verify(password_hash, password)
    except VerificationError:
        return False


def spend_as_long() -> None:
    """Take the time of a check, so that an unknown address answers no sooner than a known one."""
    _hasher().hash("personne n'a cette adresse")
