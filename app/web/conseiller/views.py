"""The conseiller's pages."""

from __future__ import annotations

from flask import Blueprint

from app.web.access import Access, open_to

blueprint = Blueprint("conseiller", __name__, url_prefix="/conseiller")


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def usagers() -> str:
    return ""
