"""The usager's own pages: reception, path, step, end. Questions are in ``questions.py``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.services import diagnostic_sitting, reception, training
from app.services.clock import now
from app.services.engines import current_engines
from app.services.gains import gained
from app.services.learner import learner
from app.services.strengths import strengths
from app.services.takeaways import takeaways
from app.services.trail import trail
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Structure, Usager
from app.web.access import Access, current_usager, leave, open_to, require_usager
from app.web.usager.trail_map import trail_map

blueprint = Blueprint("usager", __name__, url_prefix="/usager")


@blueprint.context_processor
def place() -> dict[str, Any]:
    """The structure, whose name stands at the top of every page."""
    usager = current_usager()
    return {"structure": queries.structure(usager.structure_id) if usager else None, "usager": usager}


@blueprint.get("/")
@open_to(Access.USAGER)
def resume() -> Response:
    """Wherever this person has to go now."""
    usager = require_usager()
    if session.get("confirm_name"):
        return redirect(url_for("usager.confirm"))
    if session.get("atelier"):
        return redirect(url_for("atelier.arrive"))
    if usager.goal_id not in current_engines().content.goals:
        return redirect(url_for("usager.goals"))
    missing = _missing_reception(usager)
    if missing:
        return redirect(url_for(missing))
    if diagnostic_sitting.open_sitting(usager):
        return redirect(url_for("questions.question"))
    if not queries.evidence_of(usager):
        return redirect(url_for("usager.practice"))
    return redirect(url_for("usager.path"))


def _missing_reception(usager: Usager) -> str | None:
    if usager.home_device is None:
        return "usager.device"
    if usager.reading is None:
        return "usager.reading"
    if "sound_asked" not in session:
        return "usager.sound"
    if usager.notice_heard_at is None:
        return "information.notice"
    return None


@blueprint.get("/vous")
@open_to(Access.USAGER)
def confirm() -> str:
    return render_template("usager/confirm.html", name=display_name(require_usager()))


@blueprint.post("/vous")
@open_to(Access.USAGER)
def confirmed() -> Response:
    session.pop("confirm_name", None)
    return redirect(url_for("usager.resume"))


@blueprint.get("/but")
@open_to(Access.USAGER)
def goals() -> str:
    return render_template("usager/goals.html", goals=current_engines().content.goals.values())


@blueprint.post("/but")
@open_to(Access.USAGER)
def choose_goal() -> Response:
    goal_id = request.form.get("but", "")
    if goal_id not in current_engines().content.goals:
        flash("Ce choix n'existe plus. Choisissez-en un autre.")
        return redirect(url_for("usager.goals"))
    reception.change_goal(require_usager(), goal_id)
    return redirect(url_for("usager.resume"))


# --- the reception: one thing a screen ---


def _one_choice(
    question: str, action: str, choices: Mapping[str, tuple[str, str]], *, before: str, **more: Any
) -> str:
    """One question of the reception; ``before`` is the endpoint of the one that came before it."""
    return render_template(
        "usager/one_choice.html",
        question=question,
        action=url_for(action),
        choices=choices,
        before=url_for(before),
        **more,
    )


def _chosen(choices: Mapping[str, Any]) -> str | None:
    choice = request.form.get("reponse", "")
    return choice if choice in choices else None


def _ask_again(endpoint: str) -> Response:
    flash("Touchez une des images.")
    return redirect(url_for(endpoint))


@blueprint.get("/appareil")
@open_to(Access.USAGER)
def device() -> str:
    return _one_choice(
        "Quel appareil avez-vous chez vous ?",
        "usager.set_device",
        reception.HOME_DEVICES,
        before="usager.goals",
    )


@blueprint.post("/appareil")
@open_to(Access.USAGER)
def set_device() -> Response:
    chosen = _chosen(reception.HOME_DEVICES)
    if chosen is None:
        return _ask_again("usager.device")
    reception.set_device(require_usager(), chosen)
    return redirect(url_for("usager.resume"))


@blueprint.get("/lecture")
@open_to(Access.USAGER)
def reading() -> str:
    return _one_choice(
        "Lire sur un écran, c'est comment pour vous ?",
        "usager.set_reading",
        reception.READING,
        before="usager.device",
    )


@blueprint.post("/lecture")
@open_to(Access.USAGER)
def set_reading() -> Response:
    chosen = _chosen(reception.READING)
    if chosen is None:
        return _ask_again("usager.reading")
    reception.set_reading(require_usager(), chosen)
    return redirect(url_for("usager.resume"))


@blueprint.get("/son")
@open_to(Access.USAGER)
def sound() -> str:
    return _one_choice(
        "Voulez-vous entendre les questions ?",
        "usager.set_sound",
        reception.SOUND,
        before="usager.reading",
        is_silence_told=True,
    )


@blueprint.post("/son")
@open_to(Access.USAGER)
def set_sound() -> Response:
    chosen = _chosen(reception.SOUND)
    if chosen is None:
        return _ask_again("usager.sound")
    reception.set_sound(require_usager(), chosen == "oui")
    session["sound_asked"] = True
    return redirect(url_for("usager.resume"))


# --- one practice screen, then the diagnostic ---


@blueprint.get("/essai")
@open_to(Access.USAGER)
def practice() -> str:
    return render_template("usager/practice.html", tried="fait" in request.args, diagnostic_id=uuid.uuid4())


@blueprint.post("/essai")
@open_to(Access.USAGER)
def try_practice() -> Response:
    return redirect(url_for("usager.practice", fait=1))


@blueprint.post("/diagnostic")
@open_to(Access.USAGER)
def begin() -> Response:
    usager = require_usager()
    if usager.goal_id not in current_engines().content.goals:
        return redirect(url_for("usager.goals"))
    if usager.notice_heard_at is None:
        return redirect(url_for("information.notice"))
    diagnostic_sitting.start(
        usager,
        now(),
        request.form.get("diagnostic_id", type=uuid.UUID),
        simulates=request.form.get("simule") == "oui",
    )
    return redirect(url_for("questions.question"))


# --- the result and the path ---


@blueprint.get("/resultat")
@open_to(Access.USAGER)
def result() -> str:
    person = learner(require_usager(), now())
    return render_template("usager/result.html", strengths=strengths(person), trail=trail(person))


@blueprint.get("/reponses")
@open_to(Access.USAGER)
def answers() -> str:
    sittings = queries.sittings_of(require_usager())
    told = takeaways(sittings[0]) if sittings else []
    return render_template("usager/answers.html", takeaways=told)


@blueprint.get("/chemin")
@open_to(Access.USAGER)
def path() -> str:
    usager = require_usager()
    person = learner(usager, now())
    stakes = trail(person)
    return render_template(
        "usager/path.html",
        trail=stakes,
        map=trail_map(stakes),
        gained=gained(person),
        goal=current_engines().content.goals.get(usager.goal_id or ""),
        sitting=diagnostic_sitting.open_sitting(usager),
    )


@blueprint.get("/chemin/<module_id>")
@open_to(Access.USAGER)
def step(module_id: str) -> str:
    module = current_engines().content.modules.get(module_id)
    if module is None:
        abort(404)
    usager = require_usager()
    return render_template(
        "usager/step.html",
        module=module,
        scene=training.scene_for(usager, module_id),
        first_mode=training.next_mode(usager, module_id),
    )


@blueprint.post("/terminer")
@open_to(Access.EVERYONE)
def finish() -> Response:
    usager = current_usager()
    structure = queries.structure(usager.structure_id) if usager else _structure_left()
    target = url_for("accueil.welcome", slug=structure.slug) if structure else url_for("accueil.home")
    leave()
    response = redirect(target)
    # Heeded over https and on the laptop itself; elsewhere "no-store" and the cleared cookie do the work.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _structure_left() -> Structure | None:
    """Where the tablet was, when nobody had begun on it or their time was over."""
    return queries.structure_by_slug(request.form.get("lieu", ""))
