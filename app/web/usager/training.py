"""Practice: a scene shown, done with hints, done alone, as often as one likes."""

from __future__ import annotations

import json
import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.content.models import Item, Module
from app.engine.evidence import Outcome
from app.services import training
from app.services.clock import now
from app.services.engines import current_engines
from app.services.training import Mode
from app.web.access import Access, open_to, require_usager
from app.web.usager.views import place

blueprint = Blueprint("training", __name__, url_prefix="/usager/entrainement")
blueprint.context_processor(place)

LONGEST_TRACE = 200_000


@blueprint.get("/<module_id>/<mode>")
@open_to(Access.USAGER)
def train(module_id: str, mode: str) -> str | Response:
    module = _module(module_id)
    item = _item(module_id)
    if item is None:
        return redirect(url_for("usager.step", module_id=module_id))
    return _show(module, item, _mode(mode))


def _mode(name: str) -> Mode:
    return Mode(name) if name in list(Mode) else abort(404)


def _module(module_id: str) -> Module:
    return current_engines().content.find_module(module_id) or abort(404)


def _item(module_id: str) -> Item | None:
    """The scene that the address names, or the one whose turn it is."""
    usager = require_usager()
    drawn = "dessin" in request.args
    named = current_engines().content.find_item(request.args.get("scene", ""))
    if named and named.is_scene and module_id in named.modules and usager.device in named.devices:
        return named
    return training.scene_for(usager, module_id, simulated=not drawn)


def _show(
    module: Module, item: Item, mode: Mode, number: int = 0, notice: str | None = None, answer: str = ""
) -> str:
    return render_template(
        "usager/training.html",
        module=module,
        item=item,
        mode=mode,
        step=item.steps[number],
        step_number=number,
        notice=notice,
        answer_id=answer or uuid.uuid4(),
        device=require_usager().device,
        pointed=item.steps[number].targets if mode is Mode.HINTS else (),
    )


@blueprint.post("/<module_id>/<mode>")
@open_to(Access.USAGER)
def trained(module_id: str, mode: str) -> str | Response:
    how = _mode(mode)
    item = current_engines().content.find_item(request.form.get("item", ""))
    if item is None or not item.is_scene:
        return redirect(url_for("usager.step", module_id=module_id))
    answer_id = request.form.get("reponse_id", type=uuid.UUID) or abort(400)
    if item.is_simulated:
        training.record_trace(require_usager(), item, how, _trace(), answer_id, now())
        return _after(module_id, item, how, answer_id)
    return _step_done(_module(module_id), item, how, answer_id)


def _trace() -> Any:
    text = request.form.get("trace", "")
    try:
        return json.loads(text) if len(text) <= LONGEST_TRACE else None
    except (ValueError, RecursionError):
        return None


def _step_done(module: Module, item: Item, mode: Mode, answer_id: uuid.UUID) -> str | Response:
    number = request.form.get("etape", -1, type=int)
    if not 0 <= number < len(item.steps):
        abort(400)
    step = item.steps[number]
    given = request.form.get("reponse") or request.form.get("texte", "").strip() or None
    if given is None and "sans" not in request.form:
        return _show(module, item, mode, number, "Touchez l'image, ou « Montrez-moi ».", str(answer_id))
    verdict = step.judge(given)
    outcome = Outcome.SUCCESS if verdict.right else Outcome.FAILURE
    outcome = Outcome.SHOWN if given is None else outcome
    training.record_step(require_usager(), item, number, mode, outcome, given, answer_id, now())
    told = (verdict.feedback or "C'est fait.") if verdict.right else verdict.feedback or step.show
    if number + 1 == len(item.steps):
        return _after(module.id, item, mode, answer_id)
    return _show(module, item, mode, number + 1, told, str(answer_id))


def _after(module_id: str, item: Item, mode: Mode, answer_id: uuid.UUID) -> Response:
    if mode is Mode.SHOWN:
        return redirect(url_for("training.shown", module_id=module_id, scene=item.id))
    return redirect(url_for("training.done", module_id=module_id, answer_id=answer_id))


@blueprint.get("/<module_id>/vu")
@open_to(Access.USAGER)
def shown(module_id: str) -> str:
    item = _item(module_id)
    return render_template("usager/training_done.html", module=_module(module_id), practice=None, item=item)


@blueprint.get("/<module_id>/fait/<uuid:answer_id>")
@open_to(Access.USAGER)
def done(module_id: str, answer_id: uuid.UUID) -> str | Response:
    practice = training.practice(require_usager(), answer_id)
    if practice is None:  # left before the first step: there is nothing to tell
        return redirect(url_for("usager.step", module_id=module_id))
    return render_template(
        "usager/training_done.html", module=_module(module_id), practice=practice, item=practice.item
    )
