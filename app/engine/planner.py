"""The personalised path: the fewest minutes to the goal, in sessions of steps that each say why.

What each needed module calls for is read from the belief and the autonomy (``needs.py``); here those needs
are laid out in sessions (``layout.py``). Prerequisites come before what needs them; a session opens at most
``new_per_session`` new things. Everything is deterministic: the same input gives the same plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from app.engine.assessment import Assessment
from app.engine.autonomy import Autonomy
from app.engine.forecast import Forecast, forecast
from app.engine.graph import ModuleGraph
from app.engine.layout import Layout
from app.engine.needs import (
    Mastery,
    Need,
    PlanSettings,
    StepKind,
    needs_of,
    once_more,
    to_make_sure,
)
from app.engine.reasons import SENTENCES, Code, Reason
from app.engine.request import PlannedSession, PlanRequest, PlanStep
from app.engine.wishes import Move

__all__ = [
    "SENTENCES",
    "Code",
    "Forecast",
    "Move",
    "Plan",
    "PlanRequest",
    "PlanSettings",
    "PlanStep",
    "PlannedSession",
    "Reason",
    "StepKind",
    "plan",
]


@dataclass(frozen=True)
class Plan:
    """One person's path. No session: the goal is reached (or nothing is left to do for it).

    Each module that the targets need, and each added one, is in ``steps``, in ``acquired``, in ``skipped``,
    or in ``bypassed``: not known to be mastered, but only needed by what already is. ``optional`` are those
    of the steps that no target needs.
    """

    sessions: tuple[PlannedSession, ...]
    acquired: tuple[str, ...]
    forecast: Forecast
    warnings: tuple[Reason, ...] = ()
    skipped: tuple[str, ...] = ()
    bypassed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """All steps, in order; a module comes back as often as it is expected to be practised."""
        return tuple(chain.from_iterable(session.steps for session in self.sessions))

    @property
    def trail(self) -> tuple[PlanStep, ...]:
        """The first step of each module, in order: the path as one shows it."""
        first: dict[str, PlanStep] = {}
        for step in self.steps:
            first.setdefault(step.module, step)
        return tuple(first.values())

    @property
    def reached(self) -> bool:
        """Nothing is left to do for the goal."""
        return not self.sessions


def plan(
    graph: ModuleGraph,
    belief: Mastery,
    autonomy: Mapping[str, Autonomy],
    request: PlanRequest,
    settings: PlanSettings = PlanSettings(),  # noqa: B008  (frozen)
) -> Plan:
    """The path from what is believed now to the targets.

    ``belief[module_id]`` is P(mastered now) of each module of the graph; ``autonomy`` has the modules that
    there are facts on. Ids that the graph does not know are left out, with a warning.
    """
    needed_by_targets = graph.closure(request.targets)
    wanted = _wanted(graph, request)
    kept = [module for module in wanted if module not in request.skipped]
    needed = needs_of(graph, belief, autonomy, kept, settings)
    for module in request.again.intersection(kept, (*request.pinned, *request.added)):
        needed[module] = once_more(needed[module], graph[module].minutes, settings)
    called_for = _called_for(graph, needed, request)
    unsure = _unsure(graph, needed, called_for.intersection(kept), settings)
    needed |= {module: unsure.pop(module) for module in _wished_about(request).intersection(unsure)}
    todo = {module: need for module, need in needed.items() if need.steps and module in called_for}
    order = _priorities(graph, todo, request)
    readiness = _readiness(graph, belief, todo)
    sessions = Layout(graph, todo, order, request, settings, readiness, unsure).sessions()
    planned = {step.module for session in sessions for step in session.steps}
    return Plan(
        sessions=sessions,
        acquired=tuple(m for m in kept if not needed[m].steps and m not in planned),
        forecast=forecast(todo.values(), len(sessions), request.session_minutes),
        warnings=_warnings(graph, todo, wanted, request) + _missing(graph, belief, todo, request, settings),
        skipped=tuple(module for module in wanted if module in request.skipped),
        bypassed=tuple(module for module in kept if needed[module].steps and module not in todo),
        optional=tuple(module for module in todo if module not in needed_by_targets),
    )


def _readiness(graph: ModuleGraph, belief: Mastery, modules: Collection[str]) -> dict[str, float]:
    """How likely each of these modules is to be the right thing to learn now: not mastered, and all that it
    needs mastered. Of plain probabilities, P(least sure prerequisite) − P(module)."""
    if isinstance(belief, Assessment):
        chances = dict(zip(belief.arrival.graph.ids, belief.readiness.tolist(), strict=True))
        return {module: chances[module] for module in modules}
    return {
        module: min((belief[p] for p in graph[module].prerequisites), default=1.0) - belief[module]
        for module in modules
    }


def _wanted(graph: ModuleGraph, request: PlanRequest) -> tuple[str, ...]:
    """The targets and what is pinned, with all that they need; what is added, alone."""
    added = {module for module in request.added if module in graph}
    return graph.in_order(added.union(graph.closure((*request.targets, *request.pinned))))


def _called_for(graph: ModuleGraph, needed: Mapping[str, Need], request: PlanRequest) -> set[str]:
    """What the targets still call for: a walk down the prerequisites that stops at what is acquired, or was
    and is only to be reviewed.

    Whoever has mastered a module has no use, on the way to this goal, for what it was learnt from.
    """
    found: set[str] = set()
    waiting = [module for module in (*request.targets, *request.pinned, *request.added) if module in graph]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            if module in request.skipped or _is_to_learn(needed[module]):
                waiting.extend(p for p in graph[module].prerequisites if p in needed or p in request.skipped)
    return found


def _unsure(
    graph: ModuleGraph, needed: Mapping[str, Need], called_for: Collection[str], settings: PlanSettings
) -> dict[str, Need]:
    """What counts as mastered on the way, and is worth a check to make sure."""
    checks = {
        module: to_make_sure(need, graph[module].minutes, settings)
        for module, need in needed.items()
        if module in called_for and not need.steps
    }
    return {module: check for module, check in checks.items() if check.saves >= check.minutes}


def _wished_about(request: PlanRequest) -> set[str]:
    """What a conseiller set aside or moved: it stays in the plan, so that the wish shows."""
    return {*request.set_aside, *(module for move in request.moves for module in move.pair)}


def _is_to_learn(need: Need) -> bool:
    return any(step.kind is not StepKind.REVIEW for step in need.steps)


def _priorities(graph: ModuleGraph, todo: Mapping[str, Need], request: PlanRequest) -> dict[str, int]:
    """A rank for each module to do: pinned first, then the target that is the fewest minutes away, and so on.

    Going for the nearest target first makes something useful come early, and finishes it before the next.
    """
    ways = _ways(graph, todo, {*request.pinned, *request.targets, *request.added})
    ranks: dict[str, int] = {}
    for pinned in request.pinned:
        for module in ways.get(pinned, ()):
            ranks.setdefault(module, len(ranks))
    targets = [target for target in dict.fromkeys((*request.targets, *request.added)) if target in graph]
    left = {target: sum(todo[m].minutes for m in ways[target] if m not in ranks) for target in targets}
    while left:
        nearest = min(left, key=lambda target: (left[target], graph.index[target]))
        del left[nearest]
        for module in ways[nearest]:
            if module not in ranks:
                ranks[module] = len(ranks)
                for target in left:
                    if module in ways[target]:
                        left[target] -= todo[module].minutes
    return ranks


def _ways(
    graph: ModuleGraph, todo: Mapping[str, Need], targets: Collection[str]
) -> dict[str, dict[str, None]]:
    """What is to do for each of these targets, itself included, prerequisites first."""
    before: dict[str, set[str]] = {}
    for module in graph.modules:
        before[module.id] = {module.id}.union(*(before[p] for p in module.prerequisites))
    order = [module for module in graph.ids if module in todo]
    return {
        target: dict.fromkeys(module for module in order if module in before[target])
        for target in targets
        if target in graph
    }


def _warnings(
    graph: ModuleGraph, todo: Mapping[str, Need], wanted: tuple[str, ...], request: PlanRequest
) -> tuple[Reason, ...]:
    """What the conseiller should know of this plan."""
    found = [
        Reason(Code.UNKNOWN_MODULE, (module,))
        for module in dict.fromkeys((*request.targets, *request.pinned, *request.added))
        if module not in graph
    ]
    for module in wanted:
        if module in todo:
            found += [
                Reason(Code.PREREQUISITE_SKIPPED, (module, prerequisite))
                for prerequisite in graph[module].prerequisites
                if prerequisite in request.skipped
            ]
            longest = max(step.minutes for step in todo[module].steps)
            if longest > request.session_minutes:
                found.append(Reason(Code.LONGER_THAN_SESSION, (module,), {"minutes": float(longest)}))
    for module in request.pinned:
        before = tuple(m for m in graph.closure([module]) if m in todo and m != module)
        if module in todo and before:
            found.append(Reason(Code.PINNED_NEEDS, (module, *before)))
    return tuple(found)


def _missing(
    graph: ModuleGraph,
    belief: Mastery,
    todo: Mapping[str, Need],
    request: PlanRequest,
    settings: PlanSettings,
) -> tuple[Reason, ...]:
    """What was added needs, is not sure to be mastered, and is nowhere in the plan."""
    found = []
    for module in dict.fromkeys(request.added):
        if module in todo:
            missing = tuple(
                p
                for p in graph[module].prerequisites
                if p not in todo and p not in request.skipped and belief[p] < settings.seen_alone
            )
            if missing:
                found.append(Reason(Code.PREREQUISITE_MISSING, (module, *missing)))
    return tuple(found)
