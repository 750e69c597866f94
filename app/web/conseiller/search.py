"""Search from anywhere on the desk."""

from __future__ import annotations

from flask import render_template, request

from app.services.search import search as find
from app.services.usagers import shown_text
from app.web.access import Access, open_to
from app.web.conseiller.pages import blueprint, own_structure

LONGEST = 80


@blueprint.get("/chercher")
@open_to(Access.CONSEILLER)
def search() -> str:
    words = shown_text(request.args.get("q", ""))[:LONGEST]
    return render_template("conseiller/search.html", words=words, found=find(own_structure().id, words))
