"""Passing a follow-up on: the summary, to whom, and what was told to whom."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.reports.hand_over import HandOverText, hand_over_pdf
from app.services import hand_over as service
from app.services.clock import now
from app.services.hand_over import WORKS_WELL, HandOverError, Summary
from app.services.learner import learner
from app.services.reception import READING
from app.services.usagers import display_name
from app.store import appointment_queries, hand_over_queries
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of, show
from app.web.templating import day, day_and_hour

EVERYONE = "tous"


@blueprint.app_context_processor
def handed_over() -> dict[str, Any]:
    """A function, so that pages that say nothing of it ask the database for nothing."""
    return {"handed_over": lambda: service.waiting_for(current_account()), "display_name": display_name}


@blueprint.get("/usagers/<uuid:usager_id>/relais")
@open_to(Access.CONSEILLER)
def hand_over(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    structure_id = own_structure().id
    return show(
        "conseiller/hand_over.html",
        person,
        summary=service.summary(learner(person, now())),
        words=_words(),
        works_well=WORKS_WELL,
        colleagues=[
            one for one in appointment_queries.active_accounts(structure_id) if one.id != current_account().id
        ],
        names=appointment_queries.account_names(structure_id),
        given=hand_over_queries.hand_overs_of(person),
        hand_over_id=uuid.uuid4(),
    )


def _words() -> dict[str, Any]:
    """How instants and codes of a summary are said."""
    zone = own_structure().timezone
    return {
        "day": lambda text: day(datetime.fromisoformat(text), zone),
        "hour": lambda text: day_and_hour(datetime.fromisoformat(text), zone),
        "reading": {code: words for code, (words, _) in READING.items()},
    }


@blueprint.post("/usagers/<uuid:usager_id>/relais/aides")
@open_to(Access.CONSEILLER)
def set_works_well(usager_id: uuid.UUID) -> AnyResponse:
    person = person_of(usager_id)
    service.set_works_well(person, request.form.getlist("aide"))
    flash("C'est enregistré.")
    return redirect(url_for("conseiller.hand_over", usager_id=person.id))


@blueprint.post("/usagers/<uuid:usager_id>/relais")
@open_to(Access.CONSEILLER)
def pass_on(usager_id: uuid.UUID) -> AnyResponse:
    person = person_of(usager_id)
    page = redirect(url_for("conseiller.hand_over", usager_id=person.id))
    hand_over_id = request.form.get("relais_id", type=uuid.UUID) or abort(400)
    chosen = request.form.get("a", "")
    accounts = {str(one.id): one for one in appointment_queries.active_accounts(person.structure_id)}
    if chosen != EVERYONE and chosen not in accounts:
        flash("Choisissez à qui passer le relais.")
        return page
    to = accounts.get(chosen)
    try:
        service.pass_on(learner(person, now()), current_account(), to, hand_over_id, now())
    except HandOverError as error:
        flash(str(error))
        return page
    flash(f"Le relais est passé à {to.name}." if to else "Le suivi est partagé avec toute la structure.")
    return page


@blueprint.get("/relais/<uuid:hand_over_id>")
@open_to(Access.CONSEILLER)
def handed(hand_over_id: uuid.UUID) -> str:
    """What was told, as it was then."""
    given = hand_over_queries.hand_over(own_structure().id, hand_over_id) or abort(404)
    return render_template(
        "conseiller/handed.html",
        given=given,
        person=own_usager(given.usager_id),
        summary=Summary.from_dict(given.told),
        words=_words(),
        names=appointment_queries.account_names(given.structure_id),
        for_me=given.to_id == current_account().id,
    )


@blueprint.post("/relais/<uuid:hand_over_id>/vu")
@open_to(Access.CONSEILLER)
def seen(hand_over_id: uuid.UUID) -> AnyResponse:
    given = hand_over_queries.hand_over(own_structure().id, hand_over_id) or abort(404)
    service.mark_seen(given, current_account(), now())
    return redirect(url_for("conseiller.usager", usager_id=given.usager_id))


@blueprint.get("/usagers/<uuid:usager_id>/relais.pdf")
@open_to(Access.CONSEILLER)
def hand_over_page(usager_id: uuid.UUID) -> Response:
    person = person_of(usager_id)
    told, words = service.summary(learner(person, now())), _words()
    text = HandOverText(
        name=display_name(person),
        place=own_structure().name,
        day=words["day"](told.made_at),
        goals=told.goals,
        works_well=told.works_well,
        acquired=told.acquired,
        next_steps=[
            f"{step['title']} ({step['kind'].lower()}). {step['reason']}" for step in told.next_steps
        ],
        sessions=[
            f"{words['day'](one.at)} : {', '.join(one.worked_on) or 'aucun module noté'}"
            for one in told.sessions
        ],
        meeting=words["hour"](told.meeting) if told.meeting else None,
    )
    response = Response(hand_over_pdf(text), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="relais.pdf"'
    return response
