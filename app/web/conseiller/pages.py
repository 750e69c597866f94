"""The conseiller's part of the site: its blueprint, and what all its templates can call."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from app.web.access import current_structure

blueprint = Blueprint("conseiller", __name__, url_prefix="/conseiller")

NAVIGATION = (
    ("conseiller.usagers", "Usagers", "users"),
    ("atelier.ateliers", "Ateliers", "school"),
)


@blueprint.app_context_processor
def header() -> dict[str, Any]:
    """What the bar at the top needs; functions, so that other pages ask the database for nothing."""
    return {"own_structure": current_structure, "conseiller_pages": conseiller_pages}


def conseiller_pages() -> list[tuple[str, str, str]]:
    """The pages that the bar leads to: endpoint, words, icon."""
    return [page for page in NAVIGATION if page[0] in current_app.view_functions]
