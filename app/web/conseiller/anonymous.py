"""Counting people who have no file, in a few taps."""

from __future__ import annotations

import uuid

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services import seances as service
from app.services.clock import now
from app.services.seance_choices import DROP_IN
from app.services.seances import SeanceError
from app.web.access import Access, current_account, open_to
from app.web.conseiller.anonymous_form import TOLD_LINES, AnonymousForm, told_choices, told_in
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.sending import go_to

USUAL_MINUTES = 15
NOTHING_SAID = "Dites de quoi il s'agissait : touchez au moins un thème."


@blueprint.get("/seances/sans-nom")
@open_to(Access.CONSEILLER)
def new_anonymous() -> str:
    structure = own_structure()
    form = AnonymousForm(formdata=None, structure=structure, now=now())
    form.fill_in(current_account(), way=DROP_IN, device=structure.default_device, minutes=USUAL_MINUTES)
    form.keep_or_make_id()
    return _show(form)


@blueprint.post("/seances/sans-nom")
@open_to(Access.CONSEILLER)
def record_anonymous() -> str | Response | tuple[str, int]:
    form = AnonymousForm(structure=own_structure(), now=now())
    form.keep_or_make_id()
    valid = form.validate_on_submit()
    problem = None if form.chosen_themes else NOTHING_SAID
    if valid and not problem:
        try:
            service.record_without_file(current_account(), form.seance({}), form.people(request.form), now())
        except SeanceError as error:
            problem, form.seance_id.data = str(error), str(uuid.uuid4())
        else:
            flash("C'est compté. Aucun nom n'est gardé.")
            return go_to(url_for("conseiller.today"))
    return _show(form, problem), 422


def _show(form: AnonymousForm, problem: str | None = None) -> str:
    return render_template(
        "conseiller/new_anonymous.html",
        form=form,
        problem=problem,
        told=told_in(request.form),
        told_lines=range(1, TOLD_LINES + 1),
        told_choices=told_choices(),
    )
