"""Changing someone's plan: pin, skip, set aside, move, add; goals, rhythm, devices; undo any of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.content.models import Device
from app.engine.planner import Forecast
from app.services import diagnostic_sitting
from app.services.engines import current_engines
from app.services.learner import Learner, learner, replanned
from app.services.modules import module_name
from app.services.reception import NO_DEVICE as NO_DEVICE_AT_HOME
from app.services.wishes import OF_A_MODULE, Kind, wishes_of
from app.store import plan_queries, summaries
from app.store.database import db, write_once
from app.store.models import Account, PlanChange, Usager

ASKED_FOR, URGENT, SAYS_KNOWN, NOT_USEFUL = "demande", "besoin_immediat", "dit_savoir", "pas_utile"
NOT_WANTED, NO_DEVICE, TOO_HARD, TIRING = "ne_souhaite_pas", "pas_le_materiel", "trop_difficile", "lassitude"
FLOW, GROUP, OTHER = "enchainement", "atelier", "autre"
REASON_WORDS = {
    ASKED_FOR: "La personne le demande",
    URGENT: "Besoin immédiat",
    SAYS_KNOWN: "Dit savoir le faire",
    NOT_USEFUL: "Ne lui servira pas",
    NOT_WANTED: "Ne le souhaite pas",
    NO_DEVICE: "N'a pas le matériel",
    TOO_HARD: "Trop difficile pour l'instant",
    TIRING: "Besoin de changer d'air",
    FLOW: "S'enchaîne mieux",
    GROUP: "Se fait en atelier",
    OTHER: "Autre raison",
}
REASONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PIN: (ASKED_FOR, URGENT, GROUP, OTHER),
    Kind.SKIP: (SAYS_KNOWN, NOT_USEFUL, NOT_WANTED, NO_DEVICE, OTHER),
    Kind.SET_ASIDE: (TOO_HARD, TIRING, NO_DEVICE, GROUP, OTHER),
    Kind.MOVE: (FLOW, ASKED_FOR, URGENT, GROUP, OTHER),
    Kind.ADD: (ASKED_FOR, URGENT, GROUP, OTHER),
}
LONGEST_ASIDE = timedelta(days=366)
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.GOALS: ("goal_id", "other_goal_ids"),
    Kind.RHYTHM: ("session_minutes", "session_days"),
    Kind.DEVICES: ("device", "home_device"),
}
"""What a change of each kind writes in the person's own row."""
LEARNT_ON = {Device.COMPUTER: "ordinateur", Device.PHONE: "téléphone", Device.TABLET: "tablette"}
SESSION_MINUTES = (30, 45, 60, 90, 120, 180)
SESSION_DAYS = {
    3: "Deux fois par semaine",
    7: "Une fois par semaine",
    14: "Toutes les deux semaines",
    30: "Une fois par mois",
}


class PlanError(ValueError):
    """What was asked cannot be done; the message says why, or what to do, in French."""


@dataclass(frozen=True)
class Wish:
    """A change asked for on one module, with the id that the page made for it."""

    id: uuid.UUID
    kind: Kind
    module_id: str
    reason: str
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Effect:
    """The sessions left before a change and after it."""

    before: Forecast
    after: Forecast


# --- modules ---


def make(person: Usager, author: Account, wish: Wish, now: datetime) -> Effect:
    """Write a change of the plan, once whatever the retries. Raises ``PlanError``.

    A move is asked for with ``{"earlier": true}`` or ``false``: by one step.
    """
    before = learner(person, now)
    known = plan_queries.plan_change(person.structure_id, wish.id)
    if known is None:
        change = _written(before, author, wish)
        write_once([change])
        known = plan_queries.plan_change(person.structure_id, wish.id)
    if known is None or (known.usager_id, known.kind, known.module_id) != (
        person.id,
        wish.kind,
        wish.module_id,
    ):
        raise PlanError("Cette page a déjà servi. Regardez le plan, puis recommencez s'il le faut.")
    return Effect(before.plan.forecast, learner(person, now).plan.forecast)


def _written(person: Learner, author: Account, wish: Wish) -> PlanChange:
    _check(person, wish)
    value = dict(wish.value)
    if wish.kind == Kind.MOVE:
        value = _move(person, wish.module_id, bool(value["earlier"]))
    return _row(person.usager, author, wish.kind, person.now, wish.id, wish.module_id, value, wish.reason)


def _row(
    usager: Usager,
    author: Account | None,
    kind: Kind,
    now: datetime,
    change_id: uuid.UUID,
    module_id: str | None = None,
    value: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> PlanChange:
    return PlanChange(
        structure_id=usager.structure_id,
        id=change_id,
        usager_id=usager.id,
        author_id=author.id if author else None,
        kind=kind,
        module_id=module_id,
        value=dict(value) if value else None,
        reason=reason,
        made_at=now,
    )


def _check(person: Learner, wish: Wish) -> None:
    """Raise ``PlanError`` for what makes no sense on this module."""
    if wish.kind not in OF_A_MODULE or wish.reason not in REASONS[wish.kind]:
        raise PlanError("Choisissez une raison dans la liste.")
    if wish.module_id not in person.graph:
        raise PlanError("Ce module n'existe pas sur l'appareil de cette personne.")
    planned = {step.module for step in person.plan.steps}
    title = module_name(wish.module_id).title
    if wish.kind in (Kind.MOVE, Kind.SET_ASIDE) and wish.module_id not in planned:
        raise PlanError(f"« {title} » n'est plus dans le chemin. Il n'y a rien à déplacer.")
    if wish.kind == Kind.ADD and (wish.module_id in planned or wish.module_id in person.wishes.added):
        raise PlanError(f"« {title} » est déjà dans le chemin.")
    if wish.kind == Kind.SET_ASIDE:
        later = datetime.fromisoformat(wish.value["until"])
        if not person.now < later <= person.now + LONGEST_ASIDE:
            raise PlanError("Choisissez une date à venir, dans un an au plus.")


def _move(person: Learner, module_id: str, earlier: bool) -> dict[str, Any]:
    """The step to come before, or after: the neighbour on the trail. Raises ``PlanError`` where it cannot."""
    order = [step.module for step in person.plan.trail]
    place = order.index(module_id) + (-1 if earlier else 1)
    title = module_name(module_id).title
    if not 0 <= place < len(order):
        end = "la première" if earlier else "la dernière"
        raise PlanError(f"« {title} » est déjà {end} étape.")
    other = order[place]
    first, then = (module_id, other) if earlier else (other, module_id)
    if then in person.graph.ancestors(first):
        needed, needing = module_name(then).title, module_name(first).title
        raise PlanError(f"« {needing} » vient après « {needed} » : il faut d'abord l'un pour faire l'autre.")
    value = {"other": other, "earlier": earlier}
    wished = _as_if(person, Kind.MOVE, module_id, value)
    new_order = [step.module for step in wished.plan.trail]
    if new_order.index(first) > new_order.index(then):
        raise PlanError(f"« {module_name(first).title} » attend que les étapes d'avant soient bien avancées.")
    return value


def _as_if(person: Learner, kind: Kind, module_id: str, value: Mapping[str, Any]) -> Learner:
    """The person, had this been wished just now; nothing is written."""
    changes = [*plan_queries.plan_changes_of(person.usager)]
    imagined = _row(person.usager, None, kind, person.now, uuid.uuid4(), module_id, value)
    return replanned(person, wishes_of([*changes, imagined], person.now))


def foreseen(person: Learner, kind: Kind, module_id: str, value: Mapping[str, Any] | None = None) -> Forecast:
    """The sessions that would be left after a change, so that it can be weighed before it is made."""
    return _as_if(person, kind, module_id, value or {}).plan.forecast


# --- goals, rhythm, devices ---


@dataclass(frozen=True)
class Settings:
    """What a person wants, how often they come, and on what they learn."""

    goal_ids: tuple[str, ...]
    session_minutes: int
    session_days: int
    device: str
    home_device: str | None

    def values(self) -> dict[Kind, dict[str, Any]]:
        """The same, as each kind of change writes it."""
        first, *others = self.goal_ids or (None,)
        return {
            Kind.GOALS: {"goal_id": first, "other_goal_ids": others},
            Kind.RHYTHM: {"session_minutes": self.session_minutes, "session_days": self.session_days},
            Kind.DEVICES: {"device": self.device, "home_device": self.home_device},
        }


def settings_of(person: Usager) -> Settings:
    """The settings as they are."""
    goal_ids = tuple(dict.fromkeys(filter(None, (person.goal_id, *(person.other_goal_ids or ())))))
    return Settings(
        goal_ids=goal_ids,
        session_minutes=person.session_minutes,
        session_days=person.session_days,
        device=person.device,
        home_device=person.home_device,
    )


def change_settings(
    person: Usager, author: Account, wanted: Settings, *, change_id: uuid.UUID, now: datetime
) -> Effect:
    """Keep new settings, a change for each kind that differs, once whatever the retries.

    Raises ``PlanError`` when a goal cannot be reached on the device.
    """
    before = learner(person, now).plan.forecast
    _check_goals(wanted.goal_ids, wanted.device)
    present = settings_of(person).values()
    rows = []
    for kind, value in wanted.values().items():
        if value != present[kind]:
            row = _row(person, author, kind, now, uuid.uuid5(change_id, kind), value=value)
            row.before = present[kind]
            rows.append(row)
            _apply(person, value)
    diagnostic_sitting.follow(person)
    write_once(rows)
    return Effect(before, learner(person, now).plan.forecast)


def _apply(person: Usager, value: Mapping[str, Any]) -> None:
    for name, wanted in value.items():
        setattr(person, name, wanted)


def _check_goals(goal_ids: tuple[str, ...], device: str) -> None:
    goals = current_engines().content.goals
    for goal_id in goal_ids:
        goal = goals.get(goal_id)
        if goal is None:
            raise PlanError("Ce but n'existe plus. Choisissez-en un autre.")
        if device not in goal.devices:
            possible = " ou ".join(LEARNT_ON[Device(name)] for name in goal.devices)
            raise PlanError(f"« {goal.title} » s'apprend sur {possible}. Changez l'appareil ou le but.")


# --- undoing ---


def undo(person: Usager, author: Account, change: PlanChange, now: datetime) -> Effect:
    """Take a change back, whatever came after; it stays in the history. Undone twice, it counts once.

    Raises ``PlanError`` where something done since rests on it.
    """
    before = learner(person, now).plan.forecast
    if change.undone_at is None:
        if change.kind in FIELDS:
            _put_back(person, change)
        else:
            _check_nothing_rests_on(person, change, now)
        plan_queries.undo_once(change, author, now)
        summaries.touch(db.session(), [person.id])
        db.session.commit()
    return Effect(before, learner(person, now).plan.forecast)


def _put_back(person: Usager, change: PlanChange) -> None:
    kind = Kind(change.kind)
    if settings_of(person).values()[kind] != change.value:
        what = {Kind.GOALS: "Le but a", Kind.RHYTHM: "Le rythme a", Kind.DEVICES: "L'appareil a"}[kind]
        raise PlanError(
            f"{what} encore changé depuis. Annulez d'abord ce changement, ou choisissez de nouveau."
        )
    wanted = {**_flat(settings_of(person)), **(change.before or {})}
    goal_ids = tuple(filter(None, (wanted["goal_id"], *wanted["other_goal_ids"])))
    _check_goals(goal_ids, wanted["device"])
    _apply(person, change.before or {})
    diagnostic_sitting.follow(person)


def _flat(settings: Settings) -> dict[str, Any]:
    return {name: wanted for value in settings.values().values() for name, wanted in value.items()}


def _check_nothing_rests_on(person: Usager, change: PlanChange, now: datetime) -> None:
    """Whoever takes back what was added takes it from under what was decided on it since."""
    if change.kind != Kind.ADD or change.module_id is None:
        return
    present = learner(person, now)
    if change.module_id in present.graph.closure(present.targets):
        return
    since = [
        later
        for later in present.wishes.on(change.module_id)
        if later.id != change.id and later.made_at >= change.made_at
    ]
    if since:
        done = DONE_WORDS[Kind(since[-1].kind)]
        title = module_name(change.module_id).title
        raise PlanError(f"« {title} » a été {done} depuis. Annulez d'abord ce changement-là.")


DONE_WORDS = {
    Kind.PIN: "épinglé",
    Kind.SKIP: "passé",
    Kind.SET_ASIDE: "mis de côté",
    Kind.MOVE: "déplacé",
    Kind.ADD: "ajouté",
}
HOME_WORDS = {
    str(Device.PHONE): "Téléphone",
    str(Device.TABLET): "Tablette",
    str(Device.COMPUTER): "Ordinateur",
    NO_DEVICE_AT_HOME: "Aucun appareil",
}
