"""Who may enter: every view declares it, one place checks it."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, after_this_request, current_app, flash, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.config import Settings
from app.services import comfort
from app.store import queries
from app.store.models import Account, Structure, Usager
from app.web.security import sign_out

View = TypeVar("View", bound=Callable[..., Any])

HAS_LEFT = "jalons_fini"
"""The cookie by which a page tells that its person has left, where that could not be sent: it holds when they
had entered, and nothing else."""
KEEP_UNTIL_SENT = ("files", "voix", "sending")
"""What a page that was left may still ask for: its answers are sent before the session ends."""
SEEN_EVERY = 60
"""Seconds between two notes in the cookie that the person is still there."""


class Access(StrEnum):
    """Who a view is for."""

    EVERYONE = "tout le monde"
    USAGER = "un usager qui a commencé"
    CONSEILLER = "une personne connectée de la structure"
    PROFESSIONAL = "un conseiller ou la personne responsable, pas un bénévole"
    RESPONSABLE = "la personne responsable de la structure"
    FIRST_USE = "l'ordinateur lui-même, tant qu'aucune structure n'existe"


def open_to(who: Access) -> Callable[[View], View]:
    """Declare who a view is for. A view without a declaration is refused to all."""

    def declare(view: View) -> View:
        view.access = who  # type: ignore[attr-defined]
        return view

    return declare


def declared_access(app: Flask, endpoint: str) -> Access | None:
    """What an endpoint declares; static files are for everyone."""
    if endpoint == "static":
        return Access.EVERYONE
    return getattr(app.view_functions[endpoint], "access", None)


def guard(app: Flask) -> None:
    """Check the declared access before every request."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # 404 and 405 answer by themselves
    if HAS_LEFT in request.cookies and request.blueprint not in KEEP_UNTIL_SENT:
        _end_what_was_left()
    who = declared_access(current_app, request.endpoint)
    if who is None:
        abort(404)
    return _CHECKS[who]()


def _check_usager() -> Response | None:
    if current_usager() is None:
        flash("Cette page est fermée. Vous pouvez recommencer ici.")
        return redirect(url_for("accueil.home"))
    return None


def _check_conseiller() -> Response | None:
    if not current_user.is_authenticated:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("connexion.sign_in", suite=wanted))
    return None


def _check_responsable() -> Response | None:
    if not current_user.is_authenticated:
        return _check_conseiller()
    if current_user.account.role != "responsable":
        abort(404)
    return None


def _check_professional() -> Response | None:
    if not current_user.is_authenticated:
        return _check_conseiller()
    if current_user.account.role == "benevole":
        abort(404)
    return None


def on_this_machine() -> bool:
    """Whether the page was asked on the laptop itself and under its own name: what a proxy passes on comes
    from the laptop too, and so does a page elsewhere that gave its name to the laptop's address."""
    name = re.sub(r":[0-9]+$", "", request.host)
    return request.remote_addr in ("127.0.0.1", "::1") and name in ("localhost", "127.0.0.1", "[::1]")


def _check_first_use() -> Response | None:
    if not on_this_machine() or queries.any_structure():
        abort(404)
    return None


_CHECKS: dict[Access, Callable[[], Response | None]] = {
    Access.EVERYONE: lambda: None,
    Access.USAGER: _check_usager,
    Access.CONSEILLER: _check_conseiller,
    Access.PROFESSIONAL: _check_professional,
    Access.RESPONSABLE: _check_responsable,
    Access.FIRST_USE: _check_first_use,
}


# --- an usager on a tablet: a sign-in of its own kind, never together with a conseiller's ---


def enter_as_usager(usager: Usager) -> None:
    """Give this browser to an usager. Whoever was signed in is signed out."""
    chosen_before = session.get("comfort")
    sign_out()
    session.clear()
    session["usager"] = [str(usager.structure_id), str(usager.id)]
    session["usager_since"] = session["usager_seen"] = int(time.time())
    g.usager = usager
    comfort.take_over(usager, chosen_before)


def entered_at() -> str:
    """What tells this person's time on the tablet from the next one's; empty where there is nobody."""
    return str(session.get("usager_since", ""))


def _has_left() -> bool:
    return request.cookies.get(HAS_LEFT, "") == entered_at() != ""


def _end_what_was_left() -> None:
    """End the session of whoever left while there was no network, before anything of theirs is shown."""
    if _has_left():
        leave()

    @after_this_request
    def forget(response: Response) -> Response:
        response.delete_cookie(HAS_LEFT, samesite="Lax")
        return response


def leave() -> None:
    """Forget everything about the person in this browser, a conseiller's sign-in included."""
    sign_out()
    session.clear()
    g.pop("usager", None)


def current_usager() -> Usager | None:
    """The usager this browser was given to, or ``None``: nobody, too long ago, left idle, or erased since."""
    if "usager" in g:
        usager: Usager | None = g.usager
        return usager
    g.usager = None
    known = session.get("usager")
    if known and _still_there():
        structure_id = uuid.UUID(known[0])
        if _atelier_still_open(structure_id):
            g.usager = queries.usager(structure_id, uuid.UUID(known[1]))
    return g.usager


def _still_there() -> bool:
    """Whether the tablet was used lately: one whose lid was closed must not open on the person before."""
    settings: Settings = current_app.extensions["jalons_settings"]
    present = int(time.time())
    since = session.get("usager_since", 0)
    seen = session.get("usager_seen", since)
    if _has_left():
        return False
    if present - since > settings.usager_hours * 3600 or present - seen > settings.usager_idle_minutes * 60:
        return False
    # Once a minute, and never with a sound: the answer to a background request may come after "Terminer",
    # and the cookie in it would bring the person back.
    if present - seen >= SEEN_EVERY and request.blueprint != "voix":
        session["usager_seen"] = present
    return True


def only_during(atelier_id: uuid.UUID) -> None:
    """Let the usager who just entered stay until this atelier is closed, and no longer.

    The code on the wall let them in, without their secret: it must not open their path for the evening.
    """
    session["only_during"] = str(atelier_id)


def _atelier_still_open(structure_id: uuid.UUID) -> bool:
    if "only_during" not in session:
        return True
    atelier = queries.atelier(structure_id, uuid.UUID(session["only_during"]))
    return atelier is not None and atelier.closed_at is None


def require_usager() -> Usager:
    """The usager of this request; for views open to ``Access.USAGER``."""
    usager = current_usager()
    if usager is None:
        abort(404)
    return usager


# --- a conseiller ---


def current_account() -> Account:
    """The signed-in account; for views open to ``Access.CONSEILLER`` or ``RESPONSABLE``."""
    account: Account = current_user.account
    return account


def current_structure() -> Structure:
    """The structure of the signed-in account."""
    return queries.structure(current_account().structure_id)


def own_usager(usager_id: uuid.UUID) -> Usager:
    """An usager of the account's structure; anybody else's is 404."""
    return queries.usager(current_account().structure_id, usager_id) or abort(404)
