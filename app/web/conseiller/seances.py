"""Recording a session with someone, seeing what it changed, correcting one observation."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.engine.evidence import Help
from app.services import appointments, history
from app.services import seances as service
from app.services.changes import changes_of
from app.services.clock import now
from app.services.learner import learner
from app.services.modules import ModuleName, module_name
from app.services.observations import HELP_WORDS
from app.services.seance_choices import AT_HOME, BOOK_AGAIN, DROP_IN, REMOTE, way_of
from app.services.seances import ALREADY_CORRECTED, HELP_HINTS, SeanceError
from app.store import appointment_queries, queries
from app.store.models import Appointment, EvidenceRow, Seance, Usager
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of, show
from app.web.conseiller.seance_form import SeanceForm, helps_given, other_modules, shown_modules
from app.web.conseiller.seance_words import corrections_of
from app.web.conseiller.sending import go_to
from app.web.french_form import FrenchForm

SUGGESTED = 4
NOTHING_SAID = (
    "Choisissez l'aide donnée pour au moins un module, ou dites de quoi il s'agissait, ou cochez"
    " « Aucun module cette fois »."
)


@blueprint.get("/usagers/<uuid:usager_id>/seance")
@open_to(Access.CONSEILLER)
def new_seance(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    form = SeanceForm(formdata=None, structure=own_structure(), now=now())
    planned = _planned(person)
    form.fill_in(
        current_account(),
        way=way_of(planned.place, False) if planned else _usual_way(person),
        device=person.device,
        minutes=planned.minutes if planned else person.session_minutes,
    )
    if planned:
        form.appointment_id.data = str(planned.id)
        form.place_id.data = str(planned.place_id or form.place_id.data)
    form.keep_or_make_id()
    steps = learner(person, now()).plan.trail[:SUGGESTED]
    return _show_form(person, form, [module_name(step.module) for step in steps], {})


def _planned(person: Usager) -> Appointment | None:
    """The appointment that the page was opened from, or the person's of today."""
    wanted = request.args.get("rendez_vous", type=uuid.UUID)
    found = wanted and appointment_queries.appointment(person.structure_id, wanted)
    if found and found.usager_id == person.id:
        return found
    return appointments.of_the_day(person, now(), own_structure().timezone)


def _usual_way(person: Usager) -> str:
    """At home or at a distance where the last session was; otherwise someone who came in."""
    before = queries.seances_of(person)
    usual = way_of(before[-1].place, before[-1].drop_in) if before else DROP_IN
    return usual if usual in (AT_HOME, REMOTE) else DROP_IN


@blueprint.post("/usagers/<uuid:usager_id>/seance")
@open_to(Access.CONSEILLER)
def record_seance(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    form = SeanceForm(structure=own_structure(), now=now())
    form.keep_or_make_id()
    modules = shown_modules(request.form)
    helps = helps_given(request.form, modules)
    if "ajouter" in request.form:
        return _show_form(person, form, with_another(modules), helps)
    valid = form.validate_on_submit()
    problem = None
    if not helps and not form.nothing.data and not form.chosen_themes:
        problem = NOTHING_SAID
    if valid and not problem:
        try:
            made = service.record(person, current_account(), form.seance(helps), now())
        except SeanceError as error:
            problem, form.seance_id.data = str(error), str(uuid.uuid4())
        else:
            return _recorded(person, made, form)
    return _show_form(person, form, modules, helps, problem), 422


def _recorded(person: Usager, made: Seance, form: SeanceForm) -> Response:
    try:
        appointment_id = uuid.UUID(form.appointment_id.data or "")
    except ValueError:
        appointment_id = None
    appointments.link(made, person, own_structure().timezone, appointment_id)
    anchor = "rendez-vous" if made.next_step == BOOK_AGAIN else None
    return go_to(url_for("conseiller.seance", usager_id=person.id, seance_id=made.id, _anchor=anchor))


def with_another(modules: list[ModuleName]) -> list[ModuleName]:
    """The modules of the page and the one chosen beside them."""
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
    if found.cancelled_at:
        return show(
            "conseiller/cancelled_seance.html", person, seance=found, corrections=corrections_of(found)
        )
    zone = own_structure().timezone
    coming = appointment_queries.of_person(person, now())
    return show(
        "conseiller/changes.html",
        person,
        seance=found,
        changes=changes_of(person, found),
        corrections=corrections_of(found),
        next_appointment=coming[0] if coming else None,
        proposals=[] if coming else appointments.proposals(person, found, now(), zone),
        new_ids=[str(uuid.uuid4()) for _ in range(2)],
    )


# --- correcting one observation ---

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
        flash(ALREADY_CORRECTED)
        return redirect(url_for("conseiller.history_of", usager_id=person.id))
    form = CorrectionForm(formdata=None, row_id=str(uuid.uuid4()))
    return _show_correction(person, row, form)


@blueprint.post("/usagers/<uuid:usager_id>/corriger/<uuid:row_id>")
@open_to(Access.CONSEILLER)
def correct(usager_id: uuid.UUID, row_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person, row = _observation_or_404(usager_id, row_id)
    person_id = person.id
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
    return redirect(url_for("conseiller.history_of", usager_id=person_id))


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
