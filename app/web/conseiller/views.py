"""The conseiller's pages."""

from __future__ import annotations

from flask import render_template

from app.web.access import Access, open_to
from app.web.conseiller.pages import blueprint

__all__ = ["blueprint"]


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def usagers() -> str:
    return render_template("conseiller/usagers.html")
