"""What is kept, said to the person before their first diagnostic, and again whenever they ask."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import personal_data
from app.services.clock import now
from app.store import queries
from app.store.models import Structure, Usager
from app.web.access import Access, open_to, require_usager

blueprint = Blueprint("information", __name__, url_prefix="/usager/information")

AFTER = {
    6: "Après six mois sans visite, Jalons vous oublie.",
    12: "Après un an sans visite, Jalons vous oublie.",
    24: "Après deux ans sans visite, Jalons vous oublie.",
    36: "Après trois ans sans visite, Jalons vous oublie.",
}
"""When a file is erased, for each delay that a structure may choose: whole sentences, to be heard."""
LATER = "Après une longue absence, Jalons vous oublie."


@blueprint.context_processor
def place() -> dict[str, Structure | Usager]:
    """The structure, whose name stands at the top of the page."""
    usager = require_usager()
    return {"structure": queries.structure(usager.structure_id), "usager": usager}


@blueprint.get("/")
@open_to(Access.USAGER)
def notice() -> str:
    usager = require_usager()
    structure = queries.structure(usager.structure_id)
    return render_template(
        "usager/notice.html",
        after=AFTER.get(structure.purge_months, LATER),
        heard=usager.notice_heard_at is not None,
    )


@blueprint.post("/")
@open_to(Access.USAGER)
def understood() -> Response:
    personal_data.notice_heard(require_usager(), now())
    return redirect(url_for("usager.resume"))
