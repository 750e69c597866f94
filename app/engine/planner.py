"""The personalised path: the fewest minutes to the goal, in sessions of steps that each say why.

What each needed module calls for is read from the belief and the autonomy (``needs.py``); here those needs
are laid out in sessions. Prerequisites come before what needs them; a session reviews and practises before it
opens something new; it opens at most ``new_per_session`` new things; a module has one step a session, because
spaced practice lasts longer. Everything is deterministic: the same input gives the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from app.engine.autonomy import Autonomy
from app.engine.forecast import Forecast, forecast
from app.engine.graph import ModuleGraph
from app.engine.needs import Mastery, Need, Needed, PlanSettings, StepKind, needs_of
from app.engine.reasons import SENTENCES, Code, Reason

__all__ = [
    "SENTENCES",
    "Code",
    "Forecast",
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
class PlanStep:
    """One module in one session: what to do with it, for how long, and why."""

    module: str
    kind: StepKind
    minutes: int
    reason: Reason


@dataclass(frozen=True)
class PlannedSession:
    """The steps of one session, in order, and their minutes together."""

    steps: tuple[PlanStep, ...]
    minutes: int


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for.

    ``targets`` are the goal's modules; ``pinned`` come first, with what they need; ``skipped`` are left out.
    ``session_minutes`` is the length of a session, kept unless one single step is longer; ``new_per_session``
    the most new things in one. Both are at least 1, or ``ValueError``.
    """

    targets: tuple[str, ...]
    session_minutes: int = 60
    new_per_session: int = 2
    pinned: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.session_minutes < 1 or self.new_per_session < 1:
            raise ValueError("a session has at least one minute and room for one new thing")


@dataclass(frozen=True)
class Plan:
    """One person's path. No session: the goal is reached (or nothing is left to do for it).

    Each module that the targets need is in ``steps``, in ``acquired``, in ``skipped``, or in ``bypassed``:
    not known to be mastered, but only needed by what already is.
    """

    sessions: tuple[PlannedSession, ...]
    acquired: tuple[str, ...]
    forecast: Forecast
    warnings: tuple[Reason, ...] = ()
    skipped: tuple[str, ...] = ()
    bypassed: tuple[str, ...] = ()

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
    wanted = graph.closure((*request.targets, *request.pinned))
    kept = [module for module in wanted if module not in request.skipped]
    needed = needs_of(graph, belief, autonomy, kept, settings)
    called_for = _called_for(graph, needed, request)
    todo = {module: need for module, need in needed.items() if need.steps and module in called_for}
    order = _priorities(graph, todo, request)
    layout = _Layout(graph, todo, order, request, settings)
    sessions = layout.sessions()
    return Plan(
        sessions=sessions,
        acquired=tuple(module for module in kept if not needed[module].steps),
        forecast=forecast(todo.values(), len(sessions), request.session_minutes),
        warnings=_warnings(graph, todo, wanted, request),
        skipped=tuple(module for module in wanted if module in request.skipped),
        bypassed=tuple(module for module in kept if needed[module].steps and module not in todo),
    )


def _called_for(graph: ModuleGraph, needed: Mapping[str, Need], request: PlanRequest) -> set[str]:
    """What the targets still call for: a walk down the prerequisites that stops at what is acquired.

    Whoever has mastered a module has no use, on the way to this goal, for what it was learnt from.
    """
    found: set[str] = set()
    waiting = [module for module in (*request.targets, *request.pinned) if module in graph]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            if module in request.skipped or needed[module].steps:
                waiting.extend(graph[module].prerequisites)
    return found


def _priorities(graph: ModuleGraph, todo: Mapping[str, Need], request: PlanRequest) -> dict[str, int]:
    """A rank for each module to do: pinned first, then the target that is the fewest minutes away, and so on.

    Going for the nearest target first makes something useful come early, and finishes it before the next.
    """
    ranks: dict[str, int] = {}

    def rank_all(module_ids: tuple[str, ...]) -> None:
        for module in module_ids:
            if module in todo:
                ranks.setdefault(module, len(ranks))

    for pinned in request.pinned:
        rank_all(graph.closure([pinned]))
    closures = {target: graph.closure([target]) for target in request.targets if target in graph}
    while closures:
        left = {
            target: sum(todo[m].minutes for m in modules if m in todo and m not in ranks)
            for target, modules in closures.items()
        }
        nearest = min(closures, key=lambda target: (left[target], graph.index[target]))
        rank_all(closures.pop(nearest))
    return ranks


@dataclass
class _Layout:
    """The sessions being filled: which steps of each module are placed, and where the last one went."""

    graph: ModuleGraph
    todo: Mapping[str, Need]
    order: Mapping[str, int]
    request: PlanRequest
    settings: PlanSettings
    placed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.queue = sorted(self.order, key=self.order.__getitem__)

    def sessions(self) -> tuple[PlannedSession, ...]:
        """Session after session until no step is left."""
        done: list[PlannedSession] = []
        while self.queue:
            steps = self._fill(first=not done)
            done.append(PlannedSession(tuple(steps), sum(step.minutes for step in steps)))
            self.queue = [m for m in self.queue if self.placed.get(m, 0) < len(self.todo[m].steps)]
        return tuple(done)

    def _fill(self, first: bool) -> list[PlanStep]:
        """The steps of one session."""
        steps: list[PlanStep] = []
        taken: set[str] = set()
        used = new = verified = 0
        while True:
            candidates = [m for m in self.queue if m not in taken and self._ready(m)]
            if new >= self.request.new_per_session:
                candidates = [m for m in candidates if self._next(m).kind is not StepKind.DISCOVER]
            room = self.request.session_minutes - used
            fitting = [
                m
                for m in candidates
                if (not steps or self._next(m).minutes <= room)
                and (self._next(m).kind is not StepKind.VERIFY or verified < self.settings.verify_per_session)
            ]
            if not fitting:
                return steps
            module = min(fitting, key=lambda m: self._rank(m, first=first and not steps))
            step = self._next(module)
            steps.append(PlanStep(module, step.kind, step.minutes, self._reason(module, first and not steps)))
            taken.add(module)
            self.placed[module] = self.placed.get(module, 0) + 1
            used += step.minutes
            new += step.kind is StepKind.DISCOVER
            verified += step.kind is StepKind.VERIFY

    def _next(self, module: str) -> Needed:
        steps = self.todo[module].steps
        return steps[min(self.placed.get(module, 0), len(steps) - 1)]

    def _ready(self, module: str) -> bool:
        """Some step is left, and each prerequisite in the plan has come far enough."""
        if self.placed.get(module, 0) >= len(self.todo[module].steps):
            return False
        return all(
            self.placed.get(prerequisite, 0) >= self.todo[prerequisite].ready_after
            for prerequisite in self._before(module)
        )

    def _before(self, module: str) -> tuple[str, ...]:
        """The nearest modules to do that must come before this one, beyond those with nothing to do."""
        found: list[str] = []
        waiting = list(self.graph[module].prerequisites)
        while waiting:
            prerequisite = waiting.pop(0)
            if prerequisite in self.todo:
                found.append(prerequisite)
            else:
                waiting.extend(self.graph[prerequisite].prerequisites)
        return tuple(dict.fromkeys(found))

    def _rank(self, module: str, first: bool) -> tuple[float, ...]:
        """What comes first: what is pinned; at the very start, an easy success; then by kind and goal."""
        step = self._next(module)
        pinned = 0 if module in self.request.pinned else 1
        easy = -round(step.success, 2) if first else 0.0
        return (pinned, easy, self.settings.kind_order.index(step.kind), self.order[module])

    def _reason(self, module: str, first: bool) -> Reason:
        need, step = self.todo[module], self._next(module)
        if module in self.request.pinned and not self.placed.get(module):
            return Reason(Code.PINNED)
        match step.kind:
            case StepKind.REVIEW:
                numbers = {"retrievability": need.retrievability, "days": need.stability}
                return Reason(Code.REVIEW, (), numbers)
            case StepKind.VERIFY:
                return Reason(
                    Code.VERIFY, (), {"probability": need.probability, "minutes": float(step.minutes)}
                )
            case StepKind.PRACTISE if self.placed.get(module, 0) == 0:
                return Reason(
                    Code.PRACTISE, (), {"times": float(need.times_worked), "level": float(need.level)}
                )
            case StepKind.PRACTISE:
                times = need.times_worked + self.placed[module] + 1
                return Reason(Code.CONSOLIDATE, (), {"times": float(times)})
            case StepKind.DISCOVER:
                return self._why_discover(module, first)

    def _why_discover(self, module: str, first: bool) -> Reason:
        before = self._before(module)
        prerequisites = self.graph[module].prerequisites
        if before:
            return Reason(Code.PREREQUISITES_BEFORE, before)
        known = tuple(p for p in prerequisites if p not in self.request.skipped)
        if known:
            return Reason(Code.PREREQUISITES_MASTERED, known)
        if module in self.request.targets:
            return Reason(Code.GOAL)
        if first and self._next(module).success >= self.settings.doubt:
            return Reason(Code.FIRST_SUCCESS)
        return Reason(Code.NEEDED_FOR, self._opens(module))

    def _opens(self, module: str) -> tuple[str, ...]:
        """What this module leads to next on the way to the target that it serves first."""
        for target in (*self.request.pinned, *self.request.targets):
            if target in self.graph and module in self.graph.ancestors(target):
                way = set(self.graph.closure([target]))
                following = [m for m in self.graph.successors(module) if m in way]
                opened = min(following, key=self.graph.index.__getitem__)
                return tuple(dict.fromkeys((opened, target)))
        return ()


def _warnings(
    graph: ModuleGraph, todo: Mapping[str, Need], wanted: tuple[str, ...], request: PlanRequest
) -> tuple[Reason, ...]:
    """What the conseiller should know of this plan."""
    found = [
        Reason(Code.UNKNOWN_MODULE, (module,))
        for module in dict.fromkeys((*request.targets, *request.pinned))
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
