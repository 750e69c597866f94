"""Sign-in, CSRF, throttling and response headers."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

from flask import Flask, Response, abort, current_app, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf import CSRFProtect

from app.config import Settings
from app.services import sign_ins
from app.services.clock import now
from app.store import sign_in_queries
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
    """An account as Flask-Login wants it. The id names this sign-in, so that it can be ended, and the
    account's session number, so that all of them can."""

    def __init__(self, account: Account, sign_in_id: uuid.UUID) -> None:
        self.account, self.sign_in_id = account, sign_in_id

    def get_id(self) -> str:
        return f"{self.account.structure_id}/{self.sign_in_id}/{self.account.session_number}"


@login_manager.user_loader
def load_signed_in(identity: str) -> SignedIn | None:
    if time.time() - session.get("signed_in_at", 0) > _lasts().total_seconds():
        return None
    structure_id, sign_in_id, number = identity.split("/")
    account = sign_in_queries.account_signed_in(uuid.UUID(structure_id), uuid.UUID(sign_in_id))
    if account is None or not account.active or account.session_number != int(number):
        return None
    return SignedIn(account, uuid.UUID(sign_in_id))


def _lasts() -> timedelta:
    settings: Settings = current_app.extensions["jalons_settings"]
    return timedelta(hours=settings.conseiller_hours)


def sign_in(account: Account) -> None:
    """Give this browser to an account. Whatever an usager left is forgotten."""
    sign_out()
    session.clear()
    session.permanent = True
    session["signed_in_at"] = int(time.time())
    login_user(SignedIn(account, sign_ins.begin(account, now(), _lasts())))


def sign_out() -> None:
    """End the sign-in of this browser, if any, so that a copy of its cookie is worth nothing."""
    if current_user.is_authenticated:
        sign_ins.end(current_user.account.structure_id, current_user.sign_in_id)


def protect(app: Flask) -> None:
    """Put the protections on the application."""
    csrf.init_app(app)
    login_manager.init_app(app)
    limiter.init_app(app)
    app.before_request(_refuse_what_is_no_text)
    app.after_request(_add_headers)


def _refuse_what_is_no_text() -> None:
    """No keyboard types a NUL, and PostgreSQL refuses it in a text."""
    if any("\0" in text for given in (request.args, request.form) for _, text in given.items(multi=True)):
        abort(400)


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
