"""The ateliers' part of the site: its blueprint, and what its templates can call."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort

from app.services.modules import module_name
from app.services.observations import HELP_WORDS
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Atelier
from app.web.access import current_account
from app.web.conseiller.words import decimal, percent, plural

blueprint = Blueprint("atelier", __name__, url_prefix="/atelier")


@blueprint.context_processor
def wording() -> dict[str, Any]:
    """What ateliers' templates call."""
    return {
        "decimal": decimal,
        "display_name": display_name,
        "help_words": HELP_WORDS,
        "module_name": module_name,
        "percent": percent,
        "plural": plural,
    }


def own_atelier(atelier_id: uuid.UUID) -> Atelier:
    """An atelier of the account's structure; anybody else's is 404."""
    return queries.atelier(current_account().structure_id, atelier_id) or abort(404)
