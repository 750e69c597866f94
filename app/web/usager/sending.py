"""Answers from a page that holds several screens: it sends what it queued and receives what comes next."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Set
from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from typing import Annotated, Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from pydantic import BaseModel, Field, FiniteFloat, StringConstraints, ValidationError

from app.content.models import SimulatedScene
from app.services import diagnostic_sitting
from app.services.clock import now
from app.services.diagnostic_sitting import Screen, SentAnswer
from app.services.endings import endings
from app.store import queries
from app.store.models import DiagnosticSitting, Usager
from app.web.access import Access, current_usager, open_to
from app.web.simulated_scene import simulated_scene
from app.web.usager.given import given_answer, right_fields, without_an_answer
from app.web.usager.questions import shown

blueprint = Blueprint("sending", __name__, url_prefix="/usager/envoi")

Name = Annotated[str, StringConstraints(max_length=120)]
LONGEST_AGE = timedelta(days=366)
MILLISECOND = timedelta(milliseconds=1)


class QueuedAnswer(BaseModel):
    """One answer of the page's queue. ``age``: milliseconds since it was given, by the page's clock."""

    diagnostic: uuid.UUID
    item: Name
    etape: int
    reponse_id: uuid.UUID
    corrige: bool = False
    age: FiniteFloat
    champs: dict[Name, str]


class Sending(BaseModel):
    """What a page sends: the diagnostic it shows, the item on its screen, the screens that it holds already
    (``item/step``), the drawings that it knows, and its queue, oldest first."""

    diagnostic: uuid.UUID
    a_l_ecran: Name | None = None
    tient: frozenset[str] = frozenset()
    dessins: frozenset[str] = frozenset()
    reponses: list[Any] = Field(max_length=50)

    def answers(self) -> list[QueuedAnswer]:
        """Those that can be read: one that cannot must not hold up the others."""
        answers = []
        for one in self.reponses:
            with suppress(ValidationError):
                answers.append(QueuedAnswer.model_validate(one))
        return answers


@blueprint.errorhandler(CSRFError)
def refused(_error: CSRFError) -> tuple[Response, int]:
    """The page is not this browser's person's any more. Told as a reply of ours: of any other refusal, from a
    proxy or a Wi-Fi that asks for a password, the page keeps its answers."""
    return jsonify(ecrans=[], suite=url_for("usager.resume")), 400


@blueprint.post("/")
@open_to(Access.EVERYONE)
def receive() -> Response:
    """Take the answers, and give the screens to hold.

    Open to a person whose screens have ended by themselves: an answer given before counts. It is never
    taken for somebody else, because ``Terminer`` and the next person's arrival empty the session.
    """
    person = _person()
    sending = _sending()
    if person is None:
        return jsonify(ecrans=[], suite=url_for("accueil.home"))
    for sitting_id, queued in groupby(sending.answers(), key=lambda one: one.diagnostic):
        sitting = diagnostic_sitting.own_sitting(person, sitting_id)
        if sitting:
            on_screen = sending.a_l_ecran if sitting_id == sending.diagnostic else None
            diagnostic_sitting.take(sitting, _sent(queued), now(), on_screen)
    if current_usager() is None:
        return jsonify(ecrans=[], suite=url_for("accueil.home"))
    return _what_comes_next(diagnostic_sitting.own_sitting(person, sending.diagnostic), sending)


def _person() -> Usager | None:
    """Whoever this browser was given to, even long ago."""
    known = session.get("usager")
    return queries.usager(uuid.UUID(known[0]), uuid.UUID(known[1])) if known else None


def _sending() -> Sending:
    try:
        return Sending.model_validate(request.get_json(silent=True))
    except ValidationError:
        abort(400)


def _sent(queued: Iterable[QueuedAnswer]) -> list[SentAnswer]:
    """The answers that say something; a page of ours sends no other."""
    answers = []
    for one in queued:
        without = without_an_answer(one.champs)
        given = None if without else given_answer(one.item, one.etape, one.champs)
        if without or given is not None:
            age = min(max(one.age, 0.0), LONGEST_AGE / MILLISECOND) * MILLISECOND
            answers.append(SentAnswer(one.item, one.etape, one.reponse_id, given, without, one.corrige, age))
    return answers


def _what_comes_next(sitting: DiagnosticSitting | None, sending: Sending) -> Response:
    screens = diagnostic_sitting.screens(sitting, now()) if sitting else []
    if sitting is None or not screens:
        target = "usager.resume" if sitting is None else "usager.result"
        return jsonify(ecrans=[], suite=url_for(target), fini=sitting is not None)
    drawings: dict[str, str] = {}
    shown_next = [_as_held(sitting, screen, sending.tient, drawings) for screen in screens]
    new = {name: drawing for name, drawing in drawings.items() if name not in sending.dessins}
    return jsonify(
        ecrans=shown_next,
        icones=new,
        suite=None,
        fin=_as_ending(sitting),
        derniers=diagnostic_sitting.are_the_last(sitting),
    )


def _as_ending(sitting: DiagnosticSitting) -> dict[str, Any] | None:
    """What the page needs to know by itself that an answer to what is asked now is the last one."""
    found = endings(sitting, now())
    if found is None:
        return None
    steps = found.item.steps[found.step :]
    return {
        "item": found.item.id,
        "etape": found.step,
        "bonnes": [right_fields(step) for step in steps],
        "signes": sorted(found.signs),
        "sans_fin": found.certain,
    }


def _as_held(
    sitting: DiagnosticSitting, screen: Screen, held: Set[str], drawings: dict[str, str]
) -> dict[str, Any]:
    """A screen for the page; without its markup where the page has it. The drawings that simulated scenes
    share are most of their weight: they are put in ``drawings``, once for all, and the scenes name them."""

    def naming_drawings(item: SimulatedScene, device: str) -> dict[str, Any]:
        scene = simulated_scene(item, device)
        drawings.update(scene["icones"])
        return {**scene, "icones": sorted(scene["icones"])}

    is_held = f"{screen.item.id}/{screen.step_number}" in held
    context = {**shown(sitting, screen), "simulated_scene": naming_drawings}
    html = None if is_held else render_template("usager/screen.html", **context)
    return {"item": screen.item.id, "etape": screen.step_number, "html": html}
