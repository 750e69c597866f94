"""The plan as a conseiller sees it: its steps, what was changed by whom, what to beware of."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content.typography import typographie
from app.engine.planner import Code, Forecast, Reason
from app.services.engines import current_engines
from app.services.learner import Learner, replanned
from app.services.modules import ModuleName, module_name
from app.services.plan_changes import FIELDS, HOME_WORDS, REASON_WORDS, SESSION_DAYS
from app.services.sentences import reason_sentence
from app.services.trail import Stake, trail
from app.services.wishes import NO_WISHES, Kind, until
from app.store import plan_queries, queries
from app.store.models import PlanChange

DEVICE_WORDS = {"ordinateur": "ordinateur", "telephone": "téléphone", "tablette": "tablette"}


@dataclass(frozen=True)
class PlannedStep:
    """A step of the trail: the session it first comes in (1 is the next one), and what was wished of it."""

    stake: Stake
    session: int
    wished: tuple[PlanChange, ...]


@dataclass(frozen=True)
class ChangeLine:
    """A change, as told in the history of the plan."""

    change: PlanChange
    text: str
    reason: str
    author: str
    undone_by: str
    until: datetime | None
    """Until when, for what is set aside."""

    @property
    def stands(self) -> bool:
        return self.change.undone_at is None


@dataclass(frozen=True)
class Caution:
    """What to beware of in a plan, and what would put it right: a change to undo, or modules to add."""

    sentence: str
    undo: PlanChange | None = None
    add: tuple[ModuleName, ...] = ()


@dataclass(frozen=True)
class PlanView:
    """All that the page of a plan shows. ``unchanged`` is the forecast without any wish; ``None`` where
    there is none."""

    steps: tuple[PlannedStep, ...]
    left_out: tuple[ChangeLine, ...]
    """What is skipped or set aside now."""
    cautions: tuple[Caution, ...]
    forecast: Forecast
    unchanged: Forecast | None
    changes: tuple[ChangeLine, ...]
    """Every change, the newest first."""


def plan_view(person: Learner) -> PlanView:
    """The plan of a person."""
    changes = change_lines(person)
    wishes = person.wishes
    out = {change.id for change in (*wishes.skipped.values(), *wishes.set_aside.values())}
    return PlanView(
        steps=_steps(person),
        left_out=tuple(line for line in changes if line.change.id in out),
        cautions=_cautions(person),
        forecast=person.plan.forecast,
        unchanged=None if wishes == NO_WISHES else replanned(person, NO_WISHES).plan.forecast,
        changes=changes,
    )


def _steps(person: Learner) -> tuple[PlannedStep, ...]:
    session_of: dict[str, int] = {}
    for number, session in enumerate(person.plan.sessions, start=1):
        for step in session.steps:
            session_of.setdefault(step.module, number)
    return tuple(
        PlannedStep(stake, session_of[stake.module.id], person.wishes.on(stake.module.id))
        for stake in trail(person).ahead
    )


# --- what to beware of ---


def _cautions(person: Learner) -> tuple[Caution, ...]:
    """The planner's warnings; those about one skipped module together."""
    skipped: dict[str, list[str]] = {}
    others = []
    for warning in person.plan.warnings:
        if warning.code == Code.PREREQUISITE_SKIPPED:
            skipped.setdefault(warning.modules[1], []).append(warning.modules[0])
        elif warning.code != Code.PINNED_NEEDS:  # what a pinned module needs comes before it by itself
            others.append(_caution(person, warning))
    together = [_left_without(person, module, needing) for module, needing in skipped.items()]
    return (*together, *others)


def _left_without(person: Learner, skipped: str, needing: Sequence[str]) -> Caution:
    titles = [f"« {module_name(module).title} »" for module in needing]
    several = len(titles) > 1
    asking = f"{', '.join(titles[:-1])} et {titles[-1]} demandent" if several else f"{titles[0]} demande"
    sentence = f"{asking} « {module_name(skipped).title} », que vous avez passé."
    return Caution(typographie(sentence), undo=person.wishes.skipped.get(skipped))


def _caution(person: Learner, warning: Reason) -> Caution:
    names = [module_name(module_id) for module_id in warning.modules]
    match warning.code:
        case Code.PREREQUISITE_MISSING:
            needed = " et ".join(f"« {name.title} »" for name in names[1:])
            return Caution(
                typographie(f"« {names[0].title} » demande d'abord {needed}."), add=tuple(names[1:])
            )
        case Code.LONGER_THAN_SESSION:
            minutes = int(warning.numbers["minutes"])
            sentence = f"« {names[0].title} » demande {minutes} minutes, plus que la séance."
            return Caution(typographie(sentence))
        case _:
            return Caution(reason_sentence(warning))


# --- who changed what ---


def change_lines(person: Learner) -> tuple[ChangeLine, ...]:
    """Every change of a person's plan, the newest first."""
    structure_id = person.usager.structure_id
    names = {account.id: account.name for account in queries.accounts(structure_id)}
    return lines_of(plan_queries.plan_changes_of(person.usager), names)


def lines_of(changes: Sequence[PlanChange], names: Mapping[uuid.UUID, str]) -> tuple[ChangeLine, ...]:
    """These changes, given the oldest first, as told to those who ask: the newest first."""
    return tuple(_line(change, names) for change in reversed(changes))


def _line(change: PlanChange, names: Mapping[uuid.UUID, str]) -> ChangeLine:
    return ChangeLine(
        change=change,
        text=typographie(told(change)),
        reason=typographie(REASON_WORDS.get(change.reason or "", "")),
        author=names.get(change.author_id, ""),
        undone_by=names.get(change.undone_by_id, "") if change.undone_by_id else "",
        until=until(change) if change.kind == Kind.SET_ASIDE else None,
    )


def told(change: PlanChange) -> str:
    """What a change did, in a few words."""
    title = f"« {module_name(change.module_id).title} »" if change.module_id else ""
    value: Mapping[str, Any] = change.value or {}
    match change.kind:
        case Kind.PIN:
            return f"{title} épinglé"
        case Kind.SKIP:
            return f"{title} passé"
        case Kind.SET_ASIDE:
            return f"{title} mis de côté"
        case Kind.ADD:
            return f"{title} ajouté"
        case Kind.MOVE:
            where = "avant" if value["earlier"] else "après"
            return f"{title} déplacé {where} « {module_name(value['other']).title} »"
    if change.kind in FIELDS:
        say = _SAY[Kind(change.kind)]
        return f"{say(value)} (avant : {say(change.before or {})})"
    return change.kind


def _goals(value: Mapping[str, Any]) -> str:
    goals = [value.get("goal_id"), *(value.get("other_goal_ids") or ())]
    content = current_engines().content
    titles = [goal.title if (goal := content.find_goal(id_)) else "but retiré" for id_ in goals if id_]
    return ", ".join(titles) or "pas de but"


def _rhythm(value: Mapping[str, Any]) -> str:
    days = value.get("session_days") or 7
    return f"{value.get('session_minutes')} min, {often(days)}"


def often(days: int) -> str:
    """How often somebody comes: « une fois par semaine », « tous les 10 jours »."""
    return SESSION_DAYS[days].lower() if days in SESSION_DAYS else f"tous les {days} jours"


def _devices(value: Mapping[str, Any]) -> str:
    device = DEVICE_WORDS.get(value.get("device") or "", "appareil à choisir")
    home = value.get("home_device")
    at_home = HOME_WORDS.get(home or "", "on ne sait pas").lower()
    return f"apprend sur {device}, chez soi : {at_home}"


_SAY = {Kind.GOALS: _goals, Kind.RHYTHM: _rhythm, Kind.DEVICES: _devices}
