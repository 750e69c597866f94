"""Joining an atelier from a tablet: the code, then one's card or no name."""

from __future__ import annotations

import uuid

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.services import atelier_joining as service
from app.services.clock import now
from app.services.engines import current_engines
from app.store import queries
from app.store.models import Atelier
from app.web.access import Access, enter_as_usager, only_during, open_to, require_usager
from app.web.atelier.forms import CodeForm
from app.web.atelier.pages import blueprint
from app.web.security import limiter

UNKNOWN = "Ce code n'ouvre aucun atelier. Vérifiez les 4 chiffres, ou demandez à votre conseiller."
INCOMPLETE = "Écrivez les 4 chiffres du code."


def _was_wrong(response: FlaskResponse) -> bool:
    return response.status_code in (404, 422)


# A room may sit behind one address, so only wrong codes are counted: ten thousand take days to try.
few_wrong_codes = limiter.shared_limit("20 per 5 minutes", scope="code d'atelier", deduct_when=_was_wrong)
few_entries = limiter.limit("60 per minute")


@blueprint.get("/rejoindre")
@open_to(Access.EVERYONE)
def join() -> str:
    return render_template("atelier/join.html", form=CodeForm(), problem=None)


@blueprint.post("/rejoindre")
@open_to(Access.EVERYONE)
@few_wrong_codes
def check_code() -> str | Response | tuple[str, int]:
    code = service.code_of(CodeForm().code.data or "")
    if code is None:
        return _ask_code(INCOMPLETE), 422
    if queries.open_atelier_by_code(code) is None:
        return _ask_code(UNKNOWN), 422
    return redirect(url_for("atelier.join_code", code=code))


def _ask_code(problem: str) -> str:
    return render_template("atelier/join.html", form=CodeForm(), problem=problem)


@blueprint.get("/rejoindre/<code>")
@open_to(Access.EVERYONE)
@few_wrong_codes
def join_code(code: str) -> str | tuple[str, int]:
    atelier = _open_atelier(code)
    if atelier is None:
        return _ask_code(UNKNOWN), 404
    return render_template(
        "atelier/who.html",
        atelier=atelier,
        structure=queries.structure(atelier.structure_id),
        cards=service.cards(atelier),
        usager_id=uuid.uuid4(),
        signs_out=current_user.is_authenticated,
    )


def _open_atelier(code: str) -> Atelier | None:
    figures = service.code_of(code)
    return queries.open_atelier_by_code(figures) if figures else None


@blueprint.post("/rejoindre/<code>/carte")
@open_to(Access.EVERYONE)
@few_wrong_codes
@few_entries
def join_with_card(code: str) -> str | Response | tuple[str, int]:
    atelier = _open_atelier(code)
    if atelier is None:
        return _ask_code(UNKNOWN), 404
    person = service.person_with(atelier, request.form.get("carte", ""))
    if person is None:
        flash("Cette carte n'est pas dans cet atelier. Choisissez-en une autre.")
        return redirect(url_for("atelier.join_code", code=code))
    enter_as_usager(person)
    only_during(atelier.id)
    session["confirm_name"] = True
    session["atelier"] = str(atelier.id)
    return redirect(url_for("usager.resume"))


@blueprint.post("/rejoindre/<code>/sans-nom")
@open_to(Access.EVERYONE)
@few_wrong_codes
@few_entries
def join_without_name(code: str) -> str | Response | tuple[str, int]:
    atelier = _open_atelier(code)
    if atelier is None:
        return _ask_code(UNKNOWN), 404
    usager_id = request.form.get("usager_id", type=uuid.UUID)
    usager = service.join_without_name(atelier, usager_id, now()) if usager_id else None
    if usager is None:
        return redirect(url_for("atelier.join_code", code=code))
    enter_as_usager(usager)
    session["atelier"] = str(atelier.id)
    return redirect(url_for("usager.resume"))


@blueprint.get("/arrivee")
@open_to(Access.USAGER)
def arrive() -> Response:
    """The person is who they said: their atelier knows it, and its module opens."""
    usager = require_usager()
    joined = session.pop("atelier", None)
    atelier = queries.atelier(usager.structure_id, uuid.UUID(joined)) if joined else None
    if atelier is None:
        return redirect(url_for("usager.resume"))
    if not service.arrive(atelier, usager, now()):
        flash("Cet atelier est terminé. Vous pouvez continuer seul.")
    if current_engines().content.find_module(atelier.module_id) is None:
        return redirect(url_for("usager.resume"))
    return redirect(url_for("usager.step", module_id=atelier.module_id))
