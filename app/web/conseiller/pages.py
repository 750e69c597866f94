"""The conseiller's part of the site: its blueprint, and what all its templates can call."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app
from flask_login import current_user

from app.services.clock import now
from app.store.models import Structure
from app.web import access
from app.web.conseiller import words

blueprint = Blueprint("conseiller", __name__, url_prefix="/conseiller")

NAVIGATION = (
    ("conseiller.usagers", "Usagers", "users"),
    ("atelier.ateliers", "Ateliers", "school"),
    ("contenu.modules", "Contenu", "book"),
)


def own_structure() -> Structure:
    """The structure of the signed-in account."""
    return access.current_structure()


@blueprint.app_context_processor
def header() -> dict[str, Any]:
    """What the bar at the top needs; functions, so that other pages ask the database for nothing."""
    return {"own_structure": own_structure, "conseiller_pages": conseiller_pages}


def conseiller_pages() -> list[tuple[str, str, str]]:
    """The pages that the bar leads to: endpoint, words, icon."""
    return [page for page in NAVIGATION if page[0] in current_app.view_functions]


@blueprint.context_processor
def wording() -> dict[str, Any]:
    """Words for the conseiller's own pages, in the zone of the structure."""
    if not current_user.is_authenticated:
        return {}  # an error page, for someone whose sign-in has ended
    zone = own_structure().timezone
    present = now()
    return {
        "ago": lambda moment: words.ago(moment, present, zone),
        "date_of": lambda moment: words.date_of(moment, present, zone),
        "due": lambda moment: words.due(moment, present),
        "percent": words.percent,
        "plural": words.plural,
        "zone": zone,
        "device_words": words.DEVICE_WORDS,
        "device_icons": words.DEVICE_ICONS,
        "level_words": words.LEVEL_WORDS,
        "outcome_words": words.OUTCOME_WORDS,
        "stop_words": words.STOP_WORDS,
    }
