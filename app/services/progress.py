"""How a person stands and how they came there: domains, modules, autonomy over the sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine import autonomy
from app.engine.autonomy import Autonomy
from app.engine.evidence import Evidence
from app.services.engines import current_engines
from app.services.learner import Learner
from app.services.modules import ModuleName, module_name
from app.store import queries
from app.store.models import Usager

ACQUIRED = 0.8
DOUBT = 0.4
"""The planner's own lines: mastered from the first on, worth a check from the second on."""
SAME_VISIT = timedelta(hours=12)


@dataclass(frozen=True)
class DomainState:
    """A domain's modules, counted by what is believed of them."""

    title: str
    on_the_way: bool
    """Whether the goal needs some of it."""
    acquired: int
    doubtful: int
    to_discover: int
    expected: float
    """Expected number of modules mastered."""

    @property
    def modules(self) -> int:
        return self.acquired + self.doubtful + self.to_discover


@dataclass(frozen=True)
class ModuleState:
    """One module: what is believed, and what the sessions say. ``autonomy`` is ``None`` without any fact."""

    module: ModuleName
    belief: float | None
    autonomy: Autonomy | None
    on_the_way: bool


@dataclass(frozen=True)
class Point:
    """Autonomy just after a visit: the mean expected level (0 to 3) of the modules worked on."""

    at: datetime
    level: float
    kind: str
    """« diagnostic », « séance » or « atelier »."""


def goal_modules(person: Learner) -> tuple[str, ...]:
    """What the goal needs; everything where there is no goal."""
    usager = person.usager
    found = current_engines().content.goal_modules(usager.goal_id or "", usager.device)
    return found or tuple(person.graph.ids)


def domains(person: Learner) -> list[DomainState]:
    """Belief by domain, those that the goal needs first."""
    content = current_engines().content
    wanted = set(content.goal_modules(person.usager.goal_id or "", person.usager.device))
    states = []
    for domain in content.domains:
        ids = [module.id for module in domain.modules if module.id in person.graph]
        if ids:
            beliefs = [person.belief[id_] for id_ in ids]
            acquired = sum(p >= ACQUIRED for p in beliefs)
            doubtful = sum(DOUBT <= p < ACQUIRED for p in beliefs)
            states.append(
                DomainState(
                    title=domain.title,
                    on_the_way=not wanted.isdisjoint(ids),
                    acquired=acquired,
                    doubtful=doubtful,
                    to_discover=len(ids) - acquired - doubtful,
                    expected=sum(beliefs),
                )
            )
    return sorted(states, key=lambda state: not state.on_the_way)


def modules(person: Learner) -> list[ModuleState]:
    """The goal's modules, then the others that there are facts on, those gone from the content last."""
    wanted = current_engines().content.goal_modules(person.usager.goal_id or "", person.usager.device)
    others = [id_ for id_ in person.autonomy if id_ not in wanted]
    others.sort(key=lambda id_: person.graph.index.get(id_, len(person.graph.ids)))
    return [
        ModuleState(
            module=module_name(id_),
            belief=person.belief[id_] if id_ in person.graph else None,
            autonomy=person.autonomy.get(id_),
            on_the_way=id_ in wanted,
        )
        for id_ in (*wanted, *others)
    ]


# --- autonomy over the sessions ---


def autonomy_curve(person: Learner) -> list[Point]:
    """The curve of autonomy, a point a visit, each re-derived from the evidence up to then.

    The modules are the same all along, so that the curve does not fall because something new was opened:
    those of the goal that were worked on at some time (all that were worked on, where there is no goal).
    """
    wanted = set(goal_modules(person))
    worked = [id_ for id_, state in person.autonomy.items() if state.times_worked and id_ in person.graph]
    followed = [id_ for id_ in worked if id_ in wanted] or worked
    if not followed:
        return []
    return [
        Point(at, _mean_level(person, followed, at), kind)
        for at, kind in _visits(person.usager)
        if at <= person.now
    ]


def _visits(usager: Usager) -> list[tuple[datetime, str]]:
    """When the person came, oldest first; a diagnostic and a session of the same day are one visit."""
    visits = [
        (sitting.ended_at or sitting.started_at, "diagnostic") for sitting in queries.sittings_of(usager)
    ]
    visits += [
        (seance.occurred_at, "atelier" if seance.kind == "collectif" else "séance")
        for seance in queries.seances_of(usager)
    ]
    merged: list[tuple[datetime, str]] = []
    for at, kind in sorted(visits):
        if merged and at - merged[-1][0] < SAME_VISIT:
            merged.pop()
        merged.append((at, kind))
    return merged


def _mean_level(person: Learner, module_ids: Sequence[str], at: datetime) -> float:
    model = current_engines().model(person.usager.device)
    pairs = autonomy.likelihoods(person.evidence, at)
    references = autonomy.references(model.posterior(pairs).as_dict(), pairs)
    of_module: dict[str, list[Evidence]] = dict(autonomy.by_module(person.evidence))
    total = 0.0
    for id_ in module_ids:
        levels = autonomy.follow(of_module[id_], at, reference=references[id_]).levels
        total += sum(level * share for level, share in enumerate(levels))
    return total / len(module_ids)
