"""Sign-in, CSRF, throttling and response headers."""

from __future__ import annotations

import time
import uuid

from flask import Flask, Response, current_app, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, login_user
from flask_wtf import CSRFProtect

from app.config import Settings
from app.store import queries
from app.store.models import Account

limiter = Limiter(get_remote_address, strategy="moving-window")
csrf = CSRFProtect()
login_manager = LoginManager()

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


class SignedIn(UserMixin):
    """An account as Flask-Login wants it; the id carries the session number, so that it can be ended."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.structure_id}/{self.account.id}/{self.account.session_number}"


@login_manager.user_loader
def load_signed_in(identity: str) -> SignedIn | None:
    settings: Settings = current_app.extensions["jalons_settings"]
    if time.time() - session.get("signed_in_at", 0) > settings.conseiller_hours * 3600:
        return None
    structure_id, account_id, number = identity.split("/")
    account = queries.account(uuid.UUID(structure_id), uuid.UUID(account_id))
    if account is None or not account.active or account.session_number != int(number):
        return None
    return SignedIn(account)


def sign_in(account: Account) -> None:
    """Give this browser to an account. Whatever an usager left is forgotten."""
    session.clear()
    session.permanent = True
    session["signed_in_at"] = int(time.time())
    login_user(SignedIn(account))


def protect(app: Flask) -> None:
    """Put the protections on the application."""
    csrf.init_app(app)
    login_manager.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
    if request.endpoint != "static":
        # The next person must not find the one before with the back button.
        headers.setdefault("Cache-Control", "no-store")
    return response
