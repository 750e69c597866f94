"""The sessions of the structure, one of them, and putting one right."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import HiddenField

from app.engine.evidence import Help
from app.services import seance_corrections as service
from app.services.clock import now
from app.services.modules import ModuleName, module_name
from app.services.observations import HELP_WORDS
from app.services.seances import HELP_HINTS, SeanceError
from app.services.usagers import display_name
from app.store import appointment_queries, queries, seance_queries
from app.store.models import Seance, Usager
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.anonymous_form import TOLD_LINES, AnonymousForm, told_choices, told_in
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.seance_form import SeanceForm, SessionForm, helps_given, other_modules, shown_modules
from app.web.conseiller.seance_words import corrections_of
from app.web.conseiller.seances import with_another
from app.web.conseiller.sending import go_to

A_PAGE = 40
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)
NEVER = "jamais"


class NamedCorrectionForm(SeanceForm):
    """A session with someone, to put right. ``seen`` tells which version of it the form was filled from."""

    change_id = HiddenField()
    seen = HiddenField()


class AnonymousCorrectionForm(AnonymousForm):
    """A session with people without a file, to put right."""

    change_id = HiddenField()
    seen = HiddenField()


def own_seance(seance_id: uuid.UUID) -> Seance:
    """A session of the account's structure; anybody else's is 404."""
    return queries.seance(current_account().structure_id, seance_id) or abort(404)


@blueprint.get("/seances/")
@open_to(Access.CONSEILLER)
def all_seances() -> str:
    structure = own_structure()
    page = max(1, request.args.get("page", 1, type=int) or 1)
    rows = seance_queries.seances_between(
        structure.id, BEGINNING, END, limit=A_PAGE + 1, offset=min(page - 1, 10_000) * A_PAGE, cancelled=True
    )
    return render_template(
        "conseiller/seances.html",
        rows=rows[:A_PAGE],
        page=page,
        more=len(rows) > A_PAGE,
        authors=appointment_queries.account_names(structure.id),
        display_name=display_name,
    )


@blueprint.get("/seances/<uuid:seance_id>")
@open_to(Access.CONSEILLER)
def any_seance(seance_id: uuid.UUID) -> str | Response:
    found = own_seance(seance_id)
    if found.usager_id:
        return redirect(url_for("conseiller.seance", usager_id=found.usager_id, seance_id=found.id))
    return render_template(
        "conseiller/cancelled_seance.html" if found.cancelled_at else "conseiller/anonymous_seance.html",
        seance=found,
        corrections=corrections_of(found),
    )


@blueprint.get("/seances/<uuid:seance_id>/corriger")
@open_to(Access.CONSEILLER)
def correction_of_seance(seance_id: uuid.UUID) -> str | Response:
    found = own_seance(seance_id)
    if found.cancelled_at:
        return redirect(url_for("conseiller.any_seance", seance_id=found.id))
    form = _form(found, empty=True)
    form.fill_in_from(found)
    form.seance_id.data, form.change_id.data = str(found.id), str(uuid.uuid4())
    form.seen.data = version_of(found)
    told = [dict(each) for each in found.anonymous]
    if isinstance(form, AnonymousCorrectionForm):
        form.participants.data = found.participants
        return _show_anonymous(found, form, [*told, *({} for _ in range(TOLD_LINES - len(told)))])
    helps = service.helps_of(found)
    form.nothing.data = not helps
    return _show_named(found, form, [module_name(id_) for id_ in helps], helps)


@blueprint.post("/seances/<uuid:seance_id>/corriger")
@open_to(Access.CONSEILLER)
def correct_seance(seance_id: uuid.UUID) -> str | Response | tuple[str, int]:
    found = own_seance(seance_id)
    form = _form(found, empty=False)
    form.seance_id.data = str(found.id)
    modules = shown_modules(request.form)
    helps = {**_gone(found), **helps_given(request.form, modules)}
    anonymous = isinstance(form, AnonymousCorrectionForm)
    if not anonymous and "ajouter" in request.form:
        return _show_named(found, form, with_another(modules), helps)
    if form.validate_on_submit():
        return _correct(found, form, helps)
    if anonymous:
        return _show_anonymous(found, form, told_in(request.form)), 422
    return _show_named(found, form, modules, helps), 422


def _form(found: Seance, *, empty: bool) -> NamedCorrectionForm | AnonymousCorrectionForm:
    kind = NamedCorrectionForm if found.usager_id else AnonymousCorrectionForm
    given: dict[str, MultiDict[str, str] | None] = {"formdata": None} if empty else {}
    return kind(structure=own_structure(), now=now(), **given)


def _gone(found: Seance) -> dict[str, Help]:
    """What was noted on modules that left the content since: no form shows them, nothing changes them."""
    return {id_: help for id_, help in service.helps_of(found).items() if not module_name(id_).exists}


def _correct(found: Seance, form: SessionForm, helps: dict[str, Help]) -> Response:
    seance_id = found.id
    anonymous = isinstance(form, AnonymousCorrectionForm)
    try:
        changed = service.change(
            found,
            current_account(),
            form.seance(helps),
            people=form.people(request.form) if anonymous else None,
            change_id=sent_change_id(form.change_id.data),
            seen=seen_of(form.seen.data),
            now=now(),
        )
    except SeanceError as error:
        flash(str(error))
    else:
        flash(
            "C'est corrigé. Les anciennes valeurs restent dans l'historique."
            if changed
            else "Rien n'a changé."
        )
    return go_to(url_for("conseiller.any_seance", seance_id=seance_id))


def version_of(found: Seance) -> str:
    """What tells one version of a session from the next."""
    return found.changed_at.isoformat() if found.changed_at else NEVER


def seen_of(text: str | None) -> datetime | None:
    """The version of a session that a form was filled from."""
    if text == NEVER:
        return None
    try:
        seen = datetime.fromisoformat(text or "")
    except ValueError:
        abort(400)
    return seen if seen.tzinfo else abort(400)


def sent_change_id(text: str | None) -> uuid.UUID:
    """The id that the page gave to what was put right."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        abort(400)


def _show_named(found: Seance, form: SeanceForm, modules: list[ModuleName], helps: dict[str, Help]) -> str:
    person: Usager = own_usager(found.usager_id) if found.usager_id else abort(404)
    form.other_module.choices = other_modules(person.device, modules)
    form.other_module.data = ""
    return render_template(
        "conseiller/seance_correction.html",
        seance=found,
        name=display_name(person),
        form=form,
        modules=[module for module in modules if module.exists],
        helps=helps,
        help_words=HELP_WORDS,
        help_hints=HELP_HINTS,
    )


def _show_anonymous(found: Seance, form: AnonymousForm, told: list[dict[str, str]]) -> str:
    return render_template(
        "conseiller/anonymous_correction.html",
        seance=found,
        form=form,
        told=told,
        told_lines=range(1, TOLD_LINES + 1),
        told_choices=told_choices(),
    )
