"""The page where screens are made to suit a person. It works before somebody has begun, too."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.services import comfort
from app.web.access import Access, current_usager, entered_at, open_to
from app.web.usager.views import place

blueprint = Blueprint("confort", __name__, url_prefix="/confort")
blueprint.context_processor(place)


@blueprint.app_context_processor
def suited() -> dict[str, Any]:
    """What every usager screen needs; functions, so that other pages ask the database for nothing."""
    return {
        "comfort_classes": comfort_classes,
        "page_address": page_address,
        "idle_kind": idle_kind,
        "entered_at": entered_at,
    }


def chosen() -> dict[str, str]:
    """The settings of whoever holds the tablet."""
    return comfort.of(current_usager(), session.get("comfort"))


def comfort_classes() -> str:
    """The classes of ``<html>``; a person for whom reading is hard hears every screen."""
    usager = current_usager()
    classes = comfort.classes(chosen())
    return f"{classes} speaks" if usager and usager.sound and usager.reading == "difficile" else classes


def page_address() -> str:
    """The present page, for coming back to it; empty where it cannot be opened by its address."""
    opens = current_app.url_map.bind(request.host).test(request.path, method="GET")
    return request.full_path.rstrip("?") if opens else ""


def idle_kind() -> str:
    """What a tablet left alone does: warn the person, then leave; or go back to the welcome in silence."""
    if current_usager():
        return "personne"
    at_the_start = request.endpoint in ("accueil.home", "accueil.welcome") and not session.get("comfort")
    return "" if at_the_start or current_user.is_authenticated else "silencieux"


@blueprint.get("/")
@open_to(Access.EVERYONE)
def settings() -> str:
    return render_template(
        "usager/comfort.html", settings=comfort.SETTINGS, chosen=chosen(), back=_way_back(request.args)
    )


@blueprint.post("/")
@open_to(Access.EVERYONE)
def choose() -> Response:
    picked = comfort.valid({name: request.form.get(name, "") for name in comfort.SETTINGS})
    usager = current_usager()
    if usager:
        comfort.choose(usager, picked)
    else:
        session["comfort"] = {**comfort.valid(session.get("comfort")), **picked}
    return redirect(url_for("confort.settings", suite=_way_back(request.form)))


def _way_back(given: Any) -> str:
    """The page that one came from; another site's address leads home instead."""
    address = given.get("suite", "")
    parts = urlsplit(address)
    is_ours = address.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in address
    if is_ours and address.isprintable() and not address.startswith("//"):
        return address
    return url_for("usager.resume" if current_usager() else "accueil.home")
