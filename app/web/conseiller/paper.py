"""Observation on paper: choosing what a sheet holds, printing it, and noting what was ticked on it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField

from app.engine.evidence import Help
from app.services import appointments
from app.services import paper as service
from app.services.choosing import candidates
from app.services.clock import now
from app.services.engines import current_engines
from app.services.modules import ModuleName, module_name, modules_by_domain
from app.services.observations import HELP_WORDS
from app.services.paper import MOST_MODULES, MOST_PEOPLE
from app.services.seance_choices import APPOINTMENT
from app.services.seances import HELP_HINTS, SeanceError
from app.services.usagers import display_name
from app.store import appointment_queries
from app.store.models import Usager
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.seance_form import SessionForm
from app.web.conseiller.sending import go_to

STEPS = "etapes"


class SheetForm(SessionForm):
    """What all the sessions of a sheet share."""

    atelier = BooleanField("C'était un atelier, tous ensemble")


@blueprint.get("/grille/")
@open_to(Access.CONSEILLER)
def paper() -> str:
    structure = own_structure()
    search = " ".join(request.args.get("q", "").replace("\0", "").split())[:60]
    chosen = [person.id for person in _people()]
    content = current_engines().content
    return render_template(
        "conseiller/paper.html",
        people=[(person, display_name(person)) for person in candidates(structure, search, chosen)],
        chosen=set(chosen),
        search=search,
        what=request.args.get("quoi", STEPS),
        goals=list(content.goals.values()),
        domains=modules_by_domain(structure.default_device),
        domain_ids={domain.title: domain.id for domain in content.domains},
        picked=set(request.args.getlist("module")),
    )


@blueprint.get("/grille/feuille")
@open_to(Access.CONSEILLER)
def sheet() -> str | Response:
    people = _people()
    modules = _modules(people)
    if not modules:
        flash("Choisissez des modules, ou une personne qui a un but.")
        return redirect(url_for("conseiller.paper", usager=[person.id for person in people]))
    return render_template(
        "conseiller/sheet.html",
        people=[(person, display_name(person)) for person in people],
        modules=modules,
        help_words=HELP_WORDS,
        help_hints=HELP_HINTS,
    )


@blueprint.get("/grille/saisie")
@open_to(Access.CONSEILLER)
def sheet_entry() -> str | Response:
    people = _people()
    modules = _modules(people)
    if not people or not modules:
        return _ask_for_both(people)
    structure = own_structure()
    form = SheetForm(formdata=None, structure=structure, now=now())
    form.fill_in(
        current_account(),
        way=APPOINTMENT,
        device=people[0].device if len(people) == 1 else structure.default_device,
        minutes=people[0].session_minutes if len(people) == 1 else 90,
    )
    form.atelier.data = len(people) > 1
    form.keep_or_make_id()
    return _show_entry(form, people, modules, {})


@blueprint.post("/grille/saisie")
@open_to(Access.CONSEILLER)
def record_sheet() -> str | Response | tuple[str, int]:
    people = _people()
    modules = [module_name(id_) for id_ in request.form.getlist("module")]
    modules = [module for module in modules if module.exists][:MOST_MODULES]
    if not people or not modules:
        return _ask_for_both(people)
    ticked = _ticked(people, modules)
    form = SheetForm(structure=own_structure(), now=now())
    form.keep_or_make_id()
    if form.validate_on_submit():
        new = form.seance({})
        try:
            made = service.record_sheet(
                current_account(), new.id, ticked, new, atelier=form.atelier.data, now=now()
            )
        except SeanceError as error:
            return _show_entry(form, people, modules, ticked, str(error)), 422
        for seance in made:
            person = next(person for person in people if person.id == seance.usager_id)
            appointments.link(seance, person, own_structure().timezone, None)
        flash("Une séance est notée." if len(made) == 1 else f"{len(made)} séances sont notées.")
        return go_to(url_for("conseiller.today"))
    return _show_entry(form, people, modules, ticked), 422


def _ask_for_both(people: list[Usager]) -> Response:
    flash("Choisissez au moins une personne et un module.")
    return redirect(url_for("conseiller.paper", usager=[person.id for person in people]))


def _people() -> list[Usager]:
    """The people asked for, those of this structure who have a file, each once and in the order asked."""
    asked = dict.fromkeys(request.values.getlist("usager", type=uuid.UUID))
    found = appointment_queries.people(current_account().structure_id, list(asked)[:MOST_PEOPLE])
    return [found[id_] for id_ in asked if id_ in found and found[id_].first_name]


def _modules(people: list[Usager]) -> list[ModuleName]:
    """The modules picked one by one, then those of the goal or the domain chosen, or the next steps."""
    picked = [module_name(id_) for id_ in dict.fromkeys(request.args.getlist("module"))]
    what = request.args.get("quoi", "")
    device = people[0].device if len(people) == 1 else own_structure().default_device
    others = service.next_steps(people, now()) if what == STEPS else service.modules_of(what, device)
    found = {module.id: module for module in (*picked, *others) if module.exists}
    return list(found.values())[:MOST_MODULES]


def _ticked(people: list[Usager], modules: list[ModuleName]) -> dict[uuid.UUID, dict[str, Help]]:
    helps = list(Help)
    return {
        person.id: {
            module.id: Help(value)
            for module in modules
            if (value := request.form.get(f"aide-{person.id}-{module.id}", "")) in helps
        }
        for person in people
    }


def _show_entry(
    form: SheetForm,
    people: list[Usager],
    modules: list[ModuleName],
    ticked: Mapping[uuid.UUID, Mapping[str, Help]],
    problem: str | None = None,
) -> str:
    return render_template(
        "conseiller/sheet_entry.html",
        form=form,
        people=[(person, display_name(person)) for person in people],
        modules=modules,
        ticked=ticked,
        help_words=HELP_WORDS,
        problem=problem,
    )
