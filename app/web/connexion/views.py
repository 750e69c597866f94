"""Signing in and out of the conseillers' side."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask import Response as FlaskResponse
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from app.services import accounts
from app.web.access import Access, leave, open_to
from app.web.connexion.forms import SignInForm
from app.web.security import limiter
from app.web.security import sign_in as give_browser_to

blueprint = Blueprint("connexion", __name__, url_prefix="/connexion")


def _account_tried_from() -> str:
    """Tries are counted by where they come from and by account: somebody elsewhere locks nobody out."""
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()}"


def _was_wrong(response: FlaskResponse) -> bool:
    return response.status_code == 422


def _own_page(wanted: str | None) -> str:
    """Where to go after signing in: a path of this site, never another one."""
    if wanted and wanted.isprintable() and wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        parts = urlsplit(wanted)
        if not parts.netloc and not parts.scheme:
            return wanted
    return url_for("conseiller.today")


@blueprint.get("/")
@open_to(Access.EVERYONE)
def sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("conseiller.today"))
    return render_template("connexion/sign_in.html", form=SignInForm())


@blueprint.post("/")
@open_to(Access.EVERYONE)
@limiter.limit("20 per minute", deduct_when=_was_wrong)
@limiter.limit("8 per 5 minutes", key_func=_account_tried_from, deduct_when=_was_wrong)
def check_sign_in() -> str | Response | tuple[str, int]:
    form = SignInForm()
    if form.validate_on_submit():
        account = accounts.authenticate(form.email.data or "", form.password.data or "")
        if account:
            give_browser_to(account)
            return redirect(_own_page(request.args.get("suite")))
        form.password.errors = ["L'adresse ou le mot de passe ne va pas. Vérifiez les deux."]
    return render_template("connexion/sign_in.html", form=form), 422


@blueprint.post("/fin")
@open_to(Access.EVERYONE)
def sign_out() -> Response:
    leave()
    session.clear()
    return redirect(url_for("accueil.home"))
