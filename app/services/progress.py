"""How a person stands and how they came there: domains, modules, autonomy over the sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from app.engine.assessment import assess
from app.engine.autonomy import Autonomy
from app.engine.levels import Levels
from app.engine.needs import PlanSettings
from app.services.engines import current_engines
from app.services.learner import Learner
from app.services.modules import ModuleName, module_name
from app.store import queries
from app.store.models import Usager

_LINES = PlanSettings()
ACQUIRED, DOUBT = _LINES.acquired, _LINES.doubt
"""The planner's own lines: mastered from the first on, worth a check from the second on."""
SAME_VISIT = timedelta(hours=12)
MOST_POINTS = 24
"""Visits that a curve shows at most: each takes the belief anew, and more cannot be told apart."""


@dataclass(frozen=True)
class DomainState:
    """A domain's modules, counted by what is believed of them."""

    id: str
    title: str
    on_the_way: bool
    """Whether the goals need some of it."""
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
    """One module: what is believed, and what the sessions say.

    ``belief`` is ``None`` for a module gone from the content, ``autonomy`` without any fact; ``level`` is the
    expected level, from 0 (découverte) to 3 (autonome), of what was worked on.
    """

    module: ModuleName
    belief: float | None
    autonomy: Autonomy | None
    on_the_way: bool
    domain: str

    @property
    def worked_on(self) -> bool:
        return self.autonomy is not None and self.autonomy.times_worked > 0

    @property
    def level(self) -> float | None:
        if self.autonomy is None or not self.autonomy.times_worked:
            return None
        return expected_level(self.autonomy.levels)


@dataclass(frozen=True)
class Point:
    """Autonomy just after a visit: the mean expected level (0 to 3) of the modules followed.

    ``kind`` is « diagnostic », « séance » or « atelier »; ``seance_id`` leads to what a session changed.
    """

    at: datetime
    level: float
    kind: str
    seance_id: object = None


@dataclass(frozen=True)
class Curve:
    """The autonomy over the visits on some modules, always the same ones."""

    title: str
    modules: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Visit:
    """When the person came, and for what."""

    at: datetime
    kind: str
    seance_id: object = None


@dataclass(frozen=True)
class Interval:
    """The days from one visit to the next."""

    since: datetime
    at: datetime
    days: float


def goal_modules(person: Learner) -> tuple[str, ...]:
    """What the goals need; everything where there is none."""
    return person.graph.closure(person.targets) or tuple(person.graph.ids)


def domains(person: Learner) -> list[DomainState]:
    """Belief by domain, those that the goals need first."""
    wanted = set(person.graph.closure(person.targets))
    states = []
    for domain in current_engines().content.domains:
        ids = [module.id for module in domain.modules if module.id in person.graph]
        if ids:
            beliefs = [person.belief[id_] for id_ in ids]
            acquired = sum(p >= ACQUIRED for p in beliefs)
            doubtful = sum(DOUBT <= p < ACQUIRED for p in beliefs)
            states.append(
                DomainState(
                    id=domain.id,
                    title=domain.title,
                    on_the_way=not wanted.isdisjoint(ids),
                    acquired=acquired,
                    doubtful=doubtful,
                    to_discover=len(ids) - acquired - doubtful,
                    expected=sum(beliefs),
                )
            )
    return sorted(states, key=lambda state: not state.on_the_way)


def modules(person: Learner, *, everything: bool = False) -> list[ModuleState]:
    """The goals' modules, then the others that there are facts on, those gone from the content last.

    ``everything``: every module of the person's device as well.
    """
    wanted = person.graph.closure(person.targets)
    others = {id_ for id_ in person.autonomy if id_ not in wanted}
    if everything:
        others.update(id_ for id_ in person.graph.ids if id_ not in wanted)
    last = len(person.graph.ids)
    ordered = sorted(others, key=lambda id_: (person.graph.index.get(id_, last), id_))
    return [_state(person, id_, id_ in wanted) for id_ in (*wanted, *ordered)]


def _state(person: Learner, module_id: str, on_the_way: bool) -> ModuleState:
    return ModuleState(
        module=module_name(module_id),
        belief=person.belief[module_id] if module_id in person.graph else None,
        autonomy=person.autonomy.get(module_id),
        on_the_way=on_the_way,
        domain=module_id.partition(".")[0],
    )


# --- autonomy over the sessions ---


def expected_level(levels: Levels) -> float:
    """Autonomy as one number, from 0 (découverte) to 3 (autonome)."""
    return sum(level * share for level, share in enumerate(levels))


class History:
    """The levels of each module worked on, just after each visit, re-derived from the evidence up to then."""

    def __init__(self, person: Learner, came: Sequence[Visit] | None = None) -> None:
        """``came``: the person's visits, where they are known already."""
        self.person = person
        self.worked = tuple(
            id_ for id_, state in person.autonomy.items() if state.times_worked and id_ in person.graph
        )
        if came is None:
            came = visits(person.usager) if self.worked else ()
        self.visits = _spread([visit for visit in came if visit.at <= person.now]) if self.worked else []
        self.levels = [self._levels(visit.at) for visit in self.visits]

    def _levels(self, at: datetime) -> Mapping[str, float]:
        facts = [fact for fact in self.person.evidence if fact.occurred_at <= at]
        engines = current_engines()
        known = assess(engines.model(self.person.usager.device), facts, at, engines.parameters)
        return {id_: expected_level(known.levels[id_]) for id_ in self.worked}

    def curve(self, title: str, module_ids: Collection[str]) -> Curve | None:
        """The curve of those of these modules that were worked on at some time; ``None`` without any.

        The modules are the same all along, so that it does not fall because something new was opened.
        """
        followed = tuple(id_ for id_ in self.worked if id_ in module_ids)
        if not followed:
            return None
        points = tuple(
            Point(visit.at, sum(levels[id_] for id_ in followed) / len(followed), visit.kind, visit.seance_id)
            for visit, levels in zip(self.visits, self.levels, strict=True)
        )
        return Curve(title, followed, points)

    def overall(self) -> Curve | None:
        """The curve of what the goals need; of all that was worked on where that is none of it."""
        wanted = set(goal_modules(self.person))
        return self.curve("Pour son but", wanted) or self.curve("Tous les modules travaillés", self.worked)

    def by_goal(self) -> list[Curve]:
        """A curve a goal; one of all that was worked on where no goal has any."""
        graph = self.person.graph
        found = [self.curve(goal.title, graph.closure(goal.targets)) for goal in self.person.goals]
        curves = [curve for curve in found if curve]
        everything = self.overall()
        return curves or ([everything] if everything else [])

    def by_domain(self) -> list[Curve]:
        """A curve a domain that something was worked on in."""
        found = [
            self.curve(domain.title, {module.id for module in domain.modules})
            for domain in current_engines().content.domains
        ]
        return [curve for curve in found if curve]


def autonomy_curve(person: Learner) -> list[Point]:
    """The curve of all the goals together, a point a visit."""
    curve = History(person).overall()
    return list(curve.points) if curve else []


def visits(usager: Usager) -> list[Visit]:
    """When the person came, oldest first; a diagnostic and a session of the same day are one visit."""
    came = [
        Visit(sitting.ended_at or sitting.started_at, "diagnostic") for sitting in queries.sittings_of(usager)
    ]
    came += [
        Visit(seance.occurred_at, "atelier" if seance.kind == "collectif" else "séance", seance.id)
        for seance in queries.seances_of(usager)
    ]
    merged: list[Visit] = []
    for visit in sorted(came, key=lambda visit: (visit.at, visit.kind)):
        if merged and visit.at - merged[-1].at < SAME_VISIT:
            merged.pop()
        merged.append(visit)
    return merged


def _spread(came: Sequence[Visit]) -> list[Visit]:
    """At most ``MOST_POINTS`` of these visits, the first and the last included, evenly."""
    if len(came) <= MOST_POINTS:
        return list(came)
    last = len(came) - 1
    return [came[round(n * last / (MOST_POINTS - 1))] for n in range(MOST_POINTS)]


def intervals(came: Sequence[Visit]) -> list[Interval]:
    """The days between visits, oldest first: people come less often as they need it less."""
    return [
        Interval(before.at, after.at, (after.at - before.at) / timedelta(days=1))
        for before, after in pairwise(came)
    ]
