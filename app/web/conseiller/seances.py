"""Recording a session, seeing what it changed, correcting it."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.engine.evidence import Help
from app.services import history
from app.services import seances as service
from app.services.changes import changes_of
from app.services.clock import now
from app.services.learner import learner
from app.services.modules import ModuleName, module_name
from app.services.observations import HELP_WORDS
from app.services.seances import HELP_HINTS, SeanceError
from app.store import queries
from app.store.models import EvidenceRow, Usager
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of, show
from app.web.conseiller.seance_form import SeanceForm, fill_in, helps_given, other_modules, shown_modules
from app.web.french_form import FrenchForm

SUGGESTED = 4


@blueprint.get("/usagers/<uuid:usager_id>/seance")
@open_to(Access.CONSEILLER)
def new_seance(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    form = SeanceForm(formdata=None, zone=own_structure().timezone, now=now())
    fill_in(form, device=person.device, minutes=person.session_minutes)
    form.keep_or_make_id()
    steps = learner(person, now()).plan.trail[:SUGGESTED]
    return _show_form(person, form, [module_name(step.module) for step in steps], {})


@blueprint.post("/usagers/<uuid:usager_id>/seance")
@open_to(Access.CONSEILLER)
def record_seance(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    form = SeanceForm(zone=own_structure().timezone, now=now())
    form.keep_or_make_id()
    modules = shown_modules(request.form)
    helps = helps_given(request.form, modules)
    if "ajouter" in request.form:
        return _show_form(person, form, _with_another(modules), helps)
    valid = form.validate_on_submit()
    problem = None
    if not helps and not form.nothing.data:
        problem = "Choisissez l'aide donnée pour au moins un module, ou cochez « Aucun module cette fois »."
    if valid and not problem:
        try:
            made = service.record(person, current_account(), form.seance(helps), now())
        except SeanceError as error:
            problem, form.seance_id.data = str(error), str(uuid.uuid4())
        else:
            return redirect(url_for("conseiller.seance", usager_id=person.id, seance_id=made.id))
    return _show_form(person, form, modules, helps, problem), 422


def _with_another(modules: list[ModuleName]) -> list[ModuleName]:
    wanted = shown_modules(request.form.__class__([("module", request.form.get("other_module", ""))]))
    return [*modules, *(module for module in wanted if module not in modules)]


def _show_form(
    person: Usager,
    form: SeanceForm,
    modules: list[ModuleName],
    helps: dict[str, Help],
    problem: str | None = None,
) -> str:
    form.other_module.choices = other_modules(person.device, modules)
    form.other_module.data = ""
    return show(
        "conseiller/new_seance.html",
        person,
        form=form,
        modules=modules,
        helps=helps,
        help_words=HELP_WORDS,
        help_hints=HELP_HINTS,
        problem=problem,
    )


@blueprint.get("/usagers/<uuid:usager_id>/seances/<uuid:seance_id>")
@open_to(Access.CONSEILLER)
def seance(usager_id: uuid.UUID, seance_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    found = queries.seance(person.structure_id, seance_id)
    if found is None or found.usager_id not in queries.identities(person):
        abort(404)
    return show("conseiller/changes.html", person, seance=found, changes=changes_of(person, found))


# --- corrections ---

NOT_WORKED_ON = "pas_travaille"


class CorrectionForm(FrenchForm):
    """The right value for what was noted."""

    row_id = HiddenField()
    help = RadioField(
        "Ce qu'il fallait noter",
        [InputRequired("Choisissez la bonne valeur.")],
        choices=[
            *(SelectChoice(*help) for help in HELP_WORDS.items()),
            SelectChoice(NOT_WORKED_ON, history.NOT_WORKED_ON),
        ],
    )


@blueprint.get("/usagers/<uuid:usager_id>/corriger/<uuid:row_id>")
@open_to(Access.CONSEILLER)
def correction(usager_id: uuid.UUID, row_id: uuid.UUID) -> str | Response:
    person, row = _observation_or_404(usager_id, row_id)
    if queries.is_corrected(row):
        flash("Cette ligne a déjà été corrigée. Voici où elle en est.")
        return redirect(url_for("conseiller.history_of", usager_id=person.id))
    form = CorrectionForm(formdata=None, row_id=str(uuid.uuid4()))
    return _show_correction(person, row, form)


@blueprint.post("/usagers/<uuid:usager_id>/corriger/<uuid:row_id>")
@open_to(Access.CONSEILLER)
def correct(usager_id: uuid.UUID, row_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person, row = _observation_or_404(usager_id, row_id)
    form = CorrectionForm()
    if not form.validate_on_submit():
        return _show_correction(person, row, form), 422
    value = None if form.help.data == NOT_WORKED_ON else Help(form.help.data)
    try:
        service.correct(row, current_account(), value, row_id=_id_of(form), now=now())
    except SeanceError as error:
        flash(str(error))
    else:
        flash("C'est corrigé. Le chemin a été recalculé.")
    return redirect(url_for("conseiller.history_of", usager_id=person.id))


def _observation_or_404(usager_id: uuid.UUID, row_id: uuid.UUID) -> tuple[Usager, EvidenceRow]:
    person = person_of(usager_id)
    row = queries.evidence_row(person.structure_id, row_id)
    if row is None or row.usager_id not in queries.identities(person) or not history.can_be_corrected(row):
        abort(404)
    return person, row


def _id_of(form: CorrectionForm) -> uuid.UUID:
    try:
        return uuid.UUID(form.row_id.data or "")
    except ValueError:
        abort(400)


def _show_correction(person: Usager, row: EvidenceRow, form: CorrectionForm) -> str:
    return show(
        "conseiller/correction.html",
        person,
        form=form,
        row=row,
        module=module_name(row.module_id),
        value=history.value_of(row),
    )
