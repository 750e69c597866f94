"""What the person wants to learn, how often they come, and on what they learn."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.services import plan_changes
from app.services.clock import now
from app.services.plan_changes import PlanError
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint
from app.web.conseiller.person import person_of, show
from app.web.conseiller.plan import tell_effect
from app.web.conseiller.plan_forms import SettingsForm


@blueprint.get("/usagers/<uuid:usager_id>/but")
@open_to(Access.CONSEILLER)
def learning(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    form = SettingsForm(None, plan_changes.settings_of(person), str(uuid.uuid4()))
    return show("conseiller/learning.html", person, form=form)


@blueprint.post("/usagers/<uuid:usager_id>/but")
@open_to(Access.CONSEILLER)
def change_learning(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    present = plan_changes.settings_of(person)
    form = SettingsForm(request.form, present, str(uuid.uuid4()))
    if form.validate_on_submit():
        wanted = form.settings()
        try:
            effect = plan_changes.change_settings(
                person, current_account(), wanted, change_id=_id_of(form), now=now()
            )
        except PlanError as error:
            form.goal.errors = [str(error)]
        else:
            if wanted != present:
                tell_effect("C'est enregistré.", effect)
            else:
                flash("Rien n'a changé.")
            return redirect(url_for("conseiller.usager", usager_id=person.id))
    return show("conseiller/learning.html", person, form=form), 422


def _id_of(form: SettingsForm) -> uuid.UUID:
    try:
        return uuid.UUID(form.change_id.data or "")
    except ValueError:
        return uuid.uuid4()
