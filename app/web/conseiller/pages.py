"""The conseiller's part of the site: its blueprint, and what all its templates can call."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, request
from flask_login import current_user

from app.services.clock import now
from app.store.models import Structure
from app.web import access
from app.web.conseiller import day_words, words

blueprint = Blueprint("conseiller", __name__, url_prefix="/conseiller")

NAVIGATION = (
    ("conseiller.today", "Aujourd'hui", "sun"),
    ("conseiller.usagers", "Usagers", "users"),
    ("atelier.ateliers", "Ateliers", "school"),
    ("contenu.modules", "Contenu", "book"),
    ("echanges.home", "Bilans", "chart-bar"),
)

ACCOUNT_PAGES = (
    ("conseiller.paper", "Grille sur papier", "printer"),
    ("conseiller.all_seances", "Toutes les séances", "list"),
    ("conseiller.places", "Lieux", "map-pin"),
    ("voices.home", "Voix", "microphone"),
    ("conseiller.structure_data", "Données personnelles", "shield-lock"),
)
"""What the menu under one's name leads to: endpoint, words, icon."""
OF_THE_DAY = tuple(
    f"/conseiller/{part}/" for part in ("aujourd-hui", "rendez-vous", "seances", "grille", "lieux", "donnees")
)


def own_structure() -> Structure:
    """The structure of the signed-in account."""
    return access.current_structure()


@blueprint.app_context_processor
def header() -> dict[str, Any]:
    """What the bar at the top needs; functions, so that other pages ask the database for nothing."""
    return {
        "own_structure": own_structure,
        "conseiller_pages": conseiller_pages,
        "account_pages": account_pages,
    }


def conseiller_pages() -> list[tuple[str, str, str, bool]]:
    """The pages that the bar leads to: endpoint, words, icon, and whether one is in that part."""
    part = _part()
    return [(*page, page[0] == part) for page in NAVIGATION if page[0] in current_app.view_functions]


def _part() -> str:
    """The page of the bar that the page asked belongs to."""
    if request.blueprint == blueprint.name:
        of_the_day = f"{request.path.rstrip('/')}/".startswith(OF_THE_DAY)
        return "conseiller.today" if of_the_day else "conseiller.usagers"
    return next((page[0] for page in NAVIGATION if page[0].partition(".")[0] == request.blueprint), "")


def account_pages() -> list[tuple[str, str, str]]:
    """What the menu under one's name leads to."""
    return [page for page in ACCOUNT_PAGES if page[0] in current_app.view_functions]


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
        **day_words.wording(zone),
        "device_words": words.DEVICE_WORDS,
        "device_icons": words.DEVICE_ICONS,
        "level_words": words.LEVEL_WORDS,
        "outcome_words": words.OUTCOME_WORDS,
        "stop_words": words.STOP_WORDS,
    }
