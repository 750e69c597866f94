"""The diagnostic, one screen at a time, with plain forms; ``sending.py`` is for pages that hold several."""

from __future__ import annotations

import random
import uuid
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services import diagnostic_sitting
from app.services.clock import now
from app.services.diagnostic_sitting import NotAsked, Screen
from app.services.engines import current_engines
from app.store import queries
from app.store.models import DiagnosticSitting
from app.web.access import Access, open_to, require_usager
from app.web.usager.given import given_answer, what_to_do, without_an_answer
from app.web.usager.views import place

Thing = TypeVar("Thing")

PASSED = "Cette question est déjà passée. Voici la suite."

blueprint = Blueprint("questions", __name__, url_prefix="/usager/question")
blueprint.context_processor(place)


@blueprint.get("/")
@open_to(Access.USAGER)
def question() -> str | Response:
    sitting = _sitting()
    screen = diagnostic_sitting.current_screen(sitting, now()) if sitting else None
    if sitting is None or screen is None:
        return redirect(
            url_for("usager.result" if queries.sittings_of(require_usager()) else "usager.resume")
        )
    if current_engines().content.find_goal(sitting.goal_id) is None:
        flash("Ce but n'existe plus. Choisissez-en un autre.")
        return redirect(url_for("usager.goals"))
    return _show(sitting, screen)


def _sitting() -> DiagnosticSitting | None:
    return diagnostic_sitting.open_sitting(require_usager())


def _show(sitting: DiagnosticSitting, screen: Screen, problem: str | None = None) -> str:
    context = shown(sitting, screen)
    return render_template("usager/question.html", sitting=sitting, problem=problem, **context)


def shown(sitting: DiagnosticSitting, screen: Screen) -> dict[str, Any]:
    """What the templates of a screen ask for."""
    return {
        "screen": screen,
        "step": screen.step,
        "item": screen.item,
        "device": sitting.device,
        "what_to_do": what_to_do(screen.step),
        "shuffled": lambda things: _shuffled(things, sitting, screen),
    }


def _shuffled(things: list[Thing], sitting: DiagnosticSitting, screen: Screen) -> list[Thing]:
    """The same order each time this person sees this screen, another for somebody else."""
    order = list(things)
    random.Random(f"{sitting.id}/{screen.item.id}/{screen.step_number}").shuffle(order)
    return order


@blueprint.post("/")
@open_to(Access.USAGER)
def answer() -> str | Response | tuple[str, int]:
    sitting = _sitting()
    if sitting is None:
        return redirect(url_for("usager.resume"))
    item_id, step_number, answer_id = request.form.get("item", ""), _step_number(), _answer_id()
    without = without_an_answer(request.form)
    given = given_answer(item_id, step_number, request.form)
    if given is None and not without:
        return _ask_again(sitting, item_id, step_number)
    try:
        diagnostic_sitting.answer(
            sitting,
            item_id=item_id,
            step_number=step_number,
            answer_id=answer_id,
            given=given,
            without=without,
            now=now(),
        )
    except NotAsked:
        flash(PASSED)
    return redirect(url_for("questions.question"))


def _ask_again(sitting: DiagnosticSitting, item_id: str, step_number: int) -> Response | tuple[str, int]:
    """The question asked, with what to do about the form; where the form is another one's, what is asked."""
    screen = diagnostic_sitting.current_screen(sitting, now())
    if screen and (item_id, step_number) == (screen.item.id, screen.step_number):
        return _show(sitting, screen, what_to_do(screen.step)), 422
    flash(PASSED)
    return redirect(url_for("questions.question"))


def _step_number() -> int:
    return request.form.get("etape", -1, type=int)


def _answer_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("reponse_id", ""))
    except ValueError:
        abort(400)


@blueprint.post("/avant")
@open_to(Access.USAGER)
def back() -> Response:
    sitting = _sitting()
    if sitting:
        diagnostic_sitting.go_back(sitting)
    return redirect(url_for("questions.question"))


@blueprint.post("/garder")
@open_to(Access.USAGER)
def keep() -> Response:
    sitting = _sitting()
    if sitting:
        diagnostic_sitting.keep_answer(sitting, now())
    return redirect(url_for("questions.question"))


@blueprint.get("/pause")
@open_to(Access.USAGER)
def pause() -> str:
    return render_template("usager/pause.html")


@blueprint.post("/arret")
@open_to(Access.USAGER)
def stop() -> Response:
    sitting = _sitting()
    if sitting:
        diagnostic_sitting.stop(sitting, now())
    return redirect(url_for("usager.result"))
