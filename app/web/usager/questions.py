"""The diagnostic, one screen at a time."""

from __future__ import annotations

import random
import uuid
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.content.models import Step
from app.services import diagnostic_sitting
from app.services.clock import now
from app.services.diagnostic_sitting import WITHOUT_AN_ANSWER, NotAsked, Screen
from app.services.engines import current_engines
from app.store import queries
from app.store.models import DiagnosticSitting
from app.web.access import Access, open_to, require_usager
from app.web.usager.views import place

Thing = TypeVar("Thing")

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
    return render_template(
        "usager/question.html",
        screen=screen,
        step=screen.step,
        item=screen.item,
        problem=problem,
        shuffled=lambda things: _shuffled(things, sitting, screen),
    )


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
    screen = diagnostic_sitting.current_screen(sitting, now())
    without = request.form.get("sans")
    without = without if without in WITHOUT_AN_ANSWER else None
    given = None if without else _given(screen.step) if screen else None
    if screen and _is_for(screen) and not without and given is None:
        return _show(sitting, screen, _what_to_do(screen.step)), 422
    try:
        diagnostic_sitting.answer(
            sitting,
            item_id=request.form.get("item", ""),
            step_number=_step_number(),
            answer_id=_answer_id(),
            given=given,
            without=without,
            now=now(),
        )
    except NotAsked:
        flash("Cette question est déjà passée. Voici la suite.")
    return redirect(url_for("questions.question"))


def _is_for(screen: Screen) -> bool:
    return request.form.get("item") == screen.item.id and _step_number() == screen.step_number


def _step_number() -> int:
    return request.form.get("etape", -1, type=int)


def _answer_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("reponse_id", ""))
    except ValueError:
        abort(400)


def _given(step: Step) -> Any | None:
    """What was answered, in the shape that the step judges; ``None`` when the form is half filled."""
    form = request.form
    if step.kind in ("choix", "toucher"):
        return _one_of(_choices(step), form.get("reponse"))
    if step.kind == "saisie":
        return form.get("texte", "").strip()[:200] or None
    if step.kind == "ordre":
        ranks = {card.key: form.get(f"rang_{card.key}", type=int) for card in step.task.cards}
        if sorted(r or 0 for r in ranks.values()) != list(range(1, len(ranks) + 1)):
            return None
        return sorted(ranks, key=lambda key: ranks[key] or 0)
    rights = {pair.right_key for pair in step.task.pairs}
    links = {p.left_key: _one_of(rights, form.get(f"paire_{p.left_key}")) for p in step.task.pairs}
    return links if all(links.values()) else None


def _choices(step: Step) -> set[str]:
    if step.kind == "choix":
        return {answer.key for answer in step.task.answers}
    return {zone.id for zone in step.screen.zones()} if step.screen else set()


def _one_of(choices: set[str], given: str | None) -> str | None:
    """What was chosen, if the screen offers it: not what an old page offered, nor a text made up."""
    return given if given in choices else None


def _what_to_do(step: Step) -> str:
    return {
        "ordre": "Donnez un numéro différent à chaque ligne.",
        "associer": "Choisissez une réponse pour chaque ligne.",
        "saisie": "Écrivez votre réponse, ou touchez « Je ne sais pas ».",
    }.get(step.kind, "Touchez une réponse, ou « Je ne sais pas ».")


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
