"""The pages about one person: path and progress, questions, history."""

from __future__ import annotations

import uuid

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services import answers, history, progress, reception
from app.services.cards import SECRET_NAMES, Card
from app.services.clock import now
from app.services.engines import current_engines
from app.services.learner import learner
from app.services.trail import trail
from app.services.usagers import display_name
from app.store.models import Usager
from app.web.access import Access, open_to, own_usager
from app.web.conseiller.forms import LearningForm
from app.web.conseiller.pages import blueprint


def person_of(usager_id: uuid.UUID) -> Usager:
    """The person of an address: who a nameless usager turned out to be, where that is known."""
    found = own_usager(usager_id)
    return own_usager(found.attached_to_id) if found.attached_to_id else found


def show(template: str, person: Usager, **context: object) -> str:
    """A page about a person, with what its header needs."""
    pictures = (person.secret or "").split(",")
    return render_template(
        template,
        person=person,
        name=display_name(person),
        goal=current_engines().content.find_goal(person.goal_id or ""),
        card=Card.parse(person.card),
        secret=[(picture, SECRET_NAMES.get(picture, "")) for picture in filter(None, pictures)],
        **context,
    )


@blueprint.get("/usagers/<uuid:usager_id>/")
@open_to(Access.CONSEILLER)
def usager(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    return show(
        "conseiller/usager.html",
        person,
        trail=trail(derived),
        forecast=derived.plan.forecast,
        has_evidence=bool(derived.evidence),
        domains=progress.domains(derived),
        curve=progress.autonomy_curve(derived),
        modules=progress.modules(derived),
    )


@blueprint.get("/usagers/<uuid:usager_id>/questions")
@open_to(Access.CONSEILLER)
def questions(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    return show("conseiller/questions.html", person, diagnostics=answers.questions(person))


@blueprint.get("/usagers/<uuid:usager_id>/historique")
@open_to(Access.CONSEILLER)
def history_of(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    return show("conseiller/history.html", person, visits=history.visits(person))


# --- what the person wants to learn, and on what ---


@blueprint.get("/usagers/<uuid:usager_id>/but")
@open_to(Access.CONSEILLER)
def learning(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    form = LearningForm(formdata=None, goal=person.goal_id or "", device=person.device)
    return show("conseiller/learning.html", person, form=form)


@blueprint.post("/usagers/<uuid:usager_id>/but")
@open_to(Access.CONSEILLER)
def change_learning(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    form = LearningForm(request.form)
    if not form.validate_on_submit():
        return show("conseiller/learning.html", person, form=form), 422
    reception.choose(person, form.goal.data or None, form.device.data)
    return redirect(url_for("conseiller.usager", usager_id=person.id))
