"""Today: the screen that the day begins with."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.content.typography import typographie
from app.services import attention
from app.services import today as service
from app.services.attention import Reason
from app.services.clock import now
from app.services.usagers import display_name
from app.store import appointment_queries
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.pages import blueprint, own_structure
from app.web.templating import day

LISTED = 100
TITLES = {
    Reason.STUCK: ("Trois séances sans avancer", "rotate"),
    Reason.REVIEW: ("À revoir avant l'oubli", "refresh"),
    Reason.REACHED: ("But atteint", "flag"),
    Reason.ABSENT: ("Pas vus depuis six semaines", "clock"),
}


@blueprint.get("/aujourd-hui")
@open_to(Access.CONSEILLER)
def today() -> str:
    structure, account, present = own_structure(), current_account(), now()
    accounts = appointment_queries.active_accounts(structure.id)
    everyone = "tous" in request.args or len(accounts) == 1
    return render_template(
        "conseiller/today.html",
        day_name=day(present, structure.timezone),
        today=service.today(structure, account, present, everyone=everyone),
        everyone=everyone,
        alone=len(accounts) == 1,
        titles=TITLES,
        reason_sentence=lambda reason, summary: attention.sentence(reason, summary, present),
        display_name=display_name,
        present=present,
    )


@blueprint.get("/aujourd-hui/<reason>")
@open_to(Access.CONSEILLER)
def attention_list(reason: str) -> str:
    if reason not in list(Reason):
        abort(404)
    present = now()
    attention.refresh(own_structure().id, present)
    group = attention.group(
        Reason(reason),
        own_structure(),
        present,
        None if "tous" in request.args else current_account().id,
        LISTED,
    )
    return render_template(
        "conseiller/attention.html",
        group=group,
        title=TITLES[Reason(reason)][0],
        reason_sentence=lambda reason, summary: attention.sentence(reason, summary, present),
        display_name=display_name,
    )


@blueprint.post("/aujourd-hui/<reason>/plus-tard/<uuid:usager_id>")
@open_to(Access.CONSEILLER)
def pause_attention(reason: str, usager_id: uuid.UUID) -> Response:
    if reason not in list(Reason):
        abort(404)
    person = own_usager(usager_id)
    until = attention.pause(person, Reason(reason), current_account().id, now())
    when = day(until, own_structure().timezone)
    flash(typographie(f"{display_name(person)} : Jalons vous le redira {when}, si c'est encore vrai."))
    return redirect(url_for("conseiller.today", **({"tous": 1} if "tous" in request.form else {})))
