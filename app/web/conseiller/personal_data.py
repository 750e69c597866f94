"""The page « Données » of a person: what is kept, who opened it, put it right, erase it."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.content.typography import typographie
from app.services import access_log, coop_codes, erasing, notes, person_export, purge
from app.services import personal_data as service
from app.services.clock import now
from app.services.usagers import UsagerError, display_name
from app.store import access_queries, appointment_queries, queries
from app.store.models import Usager
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of, show
from app.web.conseiller.personal_data_forms import IdentityForm, identity_of
from app.web.templating import day

OPENINGS_SHOWN = 50
ACTIONS = {
    access_log.OPENED: "A ouvert la fiche",
    person_export.EXPORT: "A pris une copie",
    erasing.ERASED: "A effacé",
}


@blueprint.get("/usagers/<uuid:usager_id>/donnees")
@open_to(Access.CONSEILLER)
def personal_data(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    structure = own_structure()
    last = purge.last_contact(person)
    return show(
        "conseiller/personal_data.html",
        person,
        told=_told(person),
        counts=_counts(person),
        openings=access_queries.latest(person, OPENINGS_SHOWN),
        actions=ACTIONS,
        accounts=appointment_queries.account_names(structure.id),
        last_contact=last,
        present=now(),
        delay=service.PURGE_MONTHS.get(structure.purge_months, f"{structure.purge_months} mois"),
        erased_from=purge.months_after(last, structure.purge_months),
        announced=purge.announced_person(person, structure),
        may_erase=current_account().role != "benevole",
    )


def _told(person: Usager) -> list[tuple[str, str]]:
    """Who the person is, as it is kept."""
    decade = service.decades(now()).get(person.birth_decade or 0)
    return [
        ("Prénom", person.first_name or "Sans nom"),
        ("Première lettre du nom", person.last_initial or "Non dite"),
        ("Dizaine de naissance", decade or "Non dite"),
        ("Genre", coop_codes.GENDERS.get(person.gender or "", "Non dit")),
        ("Situation", coop_codes.OCCUPATIONS.get(person.occupation or "", "Non dite")),
    ]


def _counts(person: Usager) -> dict[str, int]:
    return {
        "answers": len(queries.evidence_of(person)),
        "seances": len(queries.seances_of(person)),
        "notes": len(notes.notes_of(person)),
    }


# --- putting right ---


@blueprint.get("/usagers/<uuid:usager_id>/fiche")
@open_to(Access.CONSEILLER)
def identity(usager_id: uuid.UUID) -> str | Response:
    person = person_of(usager_id)
    if person.first_name is None:
        return redirect(url_for("conseiller.nameless", usager_id=person.id))
    form = IdentityForm(
        formdata=None,
        first_name=person.first_name,
        last_initial=person.last_initial,
        birth_decade=str(person.birth_decade or ""),
        gender=person.gender if person.gender in service.GENDERS else "",
        occupation=person.occupation if person.occupation in service.OCCUPATIONS else "",
    )
    return show("conseiller/identity.html", person, form=form)


@blueprint.post("/usagers/<uuid:usager_id>/fiche")
@open_to(Access.CONSEILLER)
def rectify(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    form = IdentityForm()
    if person.first_name and form.validate_on_submit():
        try:
            service.rectify(person, identity_of(form), now())
        except UsagerError as error:
            form.first_name.errors = [str(error)]
        else:
            flash("La fiche est corrigée.")
            return redirect(url_for("conseiller.personal_data", usager_id=person.id))
    return show("conseiller/identity.html", person, form=form), 422


# --- erasing ---


@blueprint.get("/usagers/<uuid:usager_id>/effacer")
@open_to(Access.PROFESSIONAL)
def confirm_erasing(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    return show("conseiller/erase.html", person, counts=_counts(person))


@blueprint.post("/usagers/<uuid:usager_id>/effacer")
@open_to(Access.PROFESSIONAL)
def erase(usager_id: uuid.UUID) -> Response:
    person = person_of(usager_id)
    name = display_name(person)
    erasing.erase(person, current_account(), now())
    flash(typographie(f"{name} : la fiche est effacée. Les chiffres de la structure ne changent pas."))
    return redirect(url_for("conseiller.usagers"))


# --- what other pages say of it ---


@blueprint.app_context_processor
def personal_data_elsewhere() -> dict[str, Any]:
    """Functions, so that pages that say nothing of it ask the database for nothing."""
    return {
        "files_to_be_erased": lambda: purge.count_announced(own_structure()),
        "whole_day": lambda moment: day(moment, own_structure().timezone, with_year=True),
    }
