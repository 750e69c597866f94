"""Ateliers: joining one from a tablet."""

from __future__ import annotations

from flask import Blueprint

from app.web.access import Access, open_to

blueprint = Blueprint("atelier", __name__, url_prefix="/atelier")


@blueprint.get("/rejoindre")
@open_to(Access.EVERYONE)
def join() -> str:
    return ""
