"""Cancelling a session that was noted by mistake, or on somebody else."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services import seance_corrections as service
from app.services.clock import now
from app.services.modules import module_name
from app.services.observations import HELP_WORDS
from app.services.seances import SeanceError
from app.services.usagers import display_name
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.pages import blueprint
from app.web.conseiller.seance_correction import own_seance, seen_of, sent_change_id, version_of


@blueprint.get("/seances/<uuid:seance_id>/annuler")
@open_to(Access.CONSEILLER)
def cancellation_of_seance(seance_id: uuid.UUID) -> str | Response:
    found = own_seance(seance_id)
    person = own_usager(found.usager_id) if found.usager_id else None
    if found.cancelled_at:
        return redirect(url_for("conseiller.any_seance", seance_id=found.id))
    return render_template(
        "conseiller/seance_cancellation.html",
        seance=found,
        name=display_name(person) if person else None,
        helps=[(module_name(id_), HELP_WORDS[help]) for id_, help in service.helps_of(found).items()],
        change_id=uuid.uuid4(),
        seen=version_of(found),
    )


@blueprint.post("/seances/<uuid:seance_id>/annuler")
@open_to(Access.CONSEILLER)
def cancel_seance(seance_id: uuid.UUID) -> Response:
    found = own_seance(seance_id)
    change_id, seen = sent_change_id(request.form.get("change_id")), seen_of(request.form.get("seen"))
    try:
        service.cancel(found, current_account(), change_id=change_id, seen=seen, now=now())
    except SeanceError as error:
        flash(str(error))
    else:
        flash("La séance est annulée. Elle ne compte plus.")
    return redirect(url_for("conseiller.any_seance", seance_id=seance_id))
