"""The page « Données personnelles » of the structure: its rules, and the files that will be erased."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import personal_data as service
from app.services import purge
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.personal_data_forms import RulesForm


@blueprint.get("/donnees")
@open_to(Access.CONSEILLER)
def structure_data() -> str:
    structure = own_structure()
    form = RulesForm(
        formdata=None,
        purge_months=str(structure.purge_months),
        free_notes="oui" if structure.free_notes else "non",
    )
    return _show(form)


@blueprint.post("/donnees")
@open_to(Access.RESPONSABLE)
def set_rules() -> str | Response | tuple[str, int]:
    form = RulesForm()
    if not form.validate_on_submit():
        return _show(form), 422
    service.set_rules(
        own_structure(),
        purge_months=int(form.purge_months.data),
        free_notes=form.free_notes.data == "oui",
    )
    flash("Les règles sont enregistrées.")
    return redirect(url_for("conseiller.structure_data"))


def _show(form: RulesForm) -> str:
    structure = own_structure()
    return render_template(
        "conseiller/structure_data.html",
        form=form,
        announced=purge.announced(structure),
        delay=service.PURGE_MONTHS.get(structure.purge_months, f"{structure.purge_months} mois"),
        notes_are_on=structure.free_notes,
        is_responsable=current_account().role == "responsable",
    )
