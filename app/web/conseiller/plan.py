"""The plan as a proposal: what a conseiller pins, skips, moves, adds, sets aside, and takes back."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.content.typography import typographie
from app.services import plan_changes
from app.services.clock import now
from app.services.forecast_why import forecast_why
from app.services.learner import Learner, learner
from app.services.modules import module_name, modules_by_domain
from app.services.plan_changes import REASON_WORDS, REASONS, Effect, PlanError, Wish
from app.services.plan_view import change_lines, plan_view
from app.services.trail import trail
from app.services.wishes import OF_A_MODULE, Kind
from app.store import plan_queries
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of, show
from app.web.conseiller.words import sessions_left

ASIDE_DAYS = {14: "2 semaines", 30: "1 mois", 60: "2 mois", 91: "3 mois", 182: "6 mois"}
USUAL_ASIDE = 30
EARLIER, LATER = "plus_tot", "plus_tard"


@blueprint.get("/usagers/<uuid:usager_id>/plan")
@open_to(Access.CONSEILLER)
def plan(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    return show(
        "conseiller/plan.html",
        person,
        derived=derived,
        view=plan_view(derived),
        why=forecast_why(derived),
        settings=plan_changes.settings_of(person),
        change_id=uuid.uuid4(),
        reason_words=REASON_WORDS,
        usual_reasons={str(kind): REASONS[kind][0] for kind in REASONS},
    )


@blueprint.get("/usagers/<uuid:usager_id>/plan/ajouter")
@open_to(Access.CONSEILLER)
def add_to_plan(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    planned = {step.module for step in derived.plan.steps}
    domains = [
        (title, [module for module in modules if module.id not in planned])
        for title, modules in modules_by_domain(person.device)
    ]
    return show("conseiller/plan_add.html", person, domains=[d for d in domains if d[1]], derived=derived)


@blueprint.get("/usagers/<uuid:usager_id>/plan/<module_id>")
@open_to(Access.CONSEILLER)
def plan_step(usager_id: uuid.UUID, module_id: str) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    if module_id not in derived.graph:
        abort(404)
    return show(
        "conseiller/plan_step.html",
        person,
        module=module_name(module_id),
        stake=next((stake for stake in trail(derived).ahead if stake.module.id == module_id), None),
        wished=[line for line in change_lines(derived) if line.change in derived.wishes.on(module_id)],
        reasons={kind: [(reason, REASON_WORDS[reason]) for reason in REASONS[kind]] for kind in REASONS},
        foreseen=_foreseen(derived, module_id),
        present=derived.plan.forecast,
        asides=[(days, words, _end_of(days)) for days, words in ASIDE_DAYS.items()],
        usual_aside=USUAL_ASIDE,
        change_id=uuid.uuid4(),
    )


def _foreseen(person: Learner, module_id: str) -> dict[Kind, object]:
    """The sessions left after each change that makes sense for this module."""
    planned = module_id in {step.module for step in person.plan.steps}
    wishes = person.wishes
    possible = {
        Kind.PIN: planned and module_id not in wishes.pinned,
        Kind.SKIP: planned,
        Kind.SET_ASIDE: planned,
        Kind.ADD: not planned and not wishes.on(module_id),
    }
    values = {Kind.SET_ASIDE: {"until": _end_of(USUAL_ASIDE).isoformat()}}
    return {
        kind: plan_changes.foreseen(person, kind, module_id, values.get(kind))
        for kind, makes_sense in possible.items()
        if makes_sense
    }


def _end_of(days: int) -> datetime:
    """The midnight, in the structure's zone, that begins the day so many days away."""
    zone = ZoneInfo(own_structure().timezone)
    day = now().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=zone)


@blueprint.post("/usagers/<uuid:usager_id>/plan/<module_id>")
@open_to(Access.CONSEILLER)
def change_plan(usager_id: uuid.UUID, module_id: str) -> Response:
    """One tap: the button says what to do and why, as « kind/reason »."""
    person = person_of(usager_id)
    kind, _, reason = request.form.get("choix", "").partition("/")
    if kind not in OF_A_MODULE:
        abort(400)
    wish = Wish(_change_id(), Kind(kind), module_id, reason, _value(Kind(kind)))
    try:
        effect = plan_changes.make(person, current_account(), wish, now())
    except PlanError as error:
        flash(str(error))
    else:
        done = plan_changes.DONE_WORDS[wish.kind]
        tell_effect(f"« {module_name(module_id).title} » est {done}.", effect)
    return redirect(url_for("conseiller.plan", usager_id=person.id))


def _value(kind: Kind) -> dict[str, object]:
    if kind == Kind.MOVE:
        return {"earlier": request.args.get("sens", EARLIER) == EARLIER}
    if kind == Kind.SET_ASIDE:
        days = request.form.get("duree", USUAL_ASIDE, type=int)
        return {"until": _end_of(days if days in ASIDE_DAYS else USUAL_ASIDE).isoformat()}
    return {}


def _change_id() -> uuid.UUID:
    return request.form.get("change_id", type=uuid.UUID) or uuid.uuid4()


@blueprint.post("/usagers/<uuid:usager_id>/plan/annuler/<uuid:change_id>")
@open_to(Access.CONSEILLER)
def undo_change(usager_id: uuid.UUID, change_id: uuid.UUID) -> Response:
    person = person_of(usager_id)
    change = plan_queries.plan_change(person.structure_id, change_id)
    if change is None or change not in plan_queries.plan_changes_of(person):
        abort(404)
    try:
        effect = plan_changes.undo(person, current_account(), change, now())
    except PlanError as error:
        flash(str(error))
    else:
        tell_effect("C'est annulé.", effect)
    return redirect(url_for("conseiller.plan", usager_id=person.id))


def tell_effect(what: str, effect: Effect) -> None:
    """Say what was done and what it does to the sessions left."""
    before, after = sessions_left(effect.before), sessions_left(effect.after)
    left = (
        f"Séances restantes : toujours {after}."
        if before == after
        else f"Séances restantes : {after}. Avant : {before}."
    )
    flash(typographie(f"{what} {left}"))
