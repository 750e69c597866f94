"""Ways of choosing what a simulated person does in a session: our plan, an oracle, and fixed orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.engine.assessment import Assessment, assess
from app.engine.autonomy import Autonomy, Parameters
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel
from app.engine.evidence import Evidence, Help
from app.engine.forecast import Forecast
from app.engine.graph import ModuleGraph
from app.engine.learners import Learner
from app.engine.levels import Level, Levels, most_likely
from app.engine.needs import CHECKS
from app.engine.planner import PlanRequest, PlanSettings, plan

AN_AFTERNOON = timedelta(hours=4)
MINUTES = 60
PRACTISE, VERIFY = 15, 3
PROGRAMME = 5


@dataclass(frozen=True)
class Step:
    """One thing done in a session: a lesson or practice, or a check."""

    module: str
    minutes: int
    verify: bool = False


@dataclass
class Case:
    """One simulated person with a goal, and what is known of them."""

    graph: ModuleGraph
    model: BeliefModel
    bank: ItemBank
    targets: tuple[str, ...]
    learner: Learner
    evidence: list[Evidence] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)
    settings: PlanSettings = field(default_factory=PlanSettings)
    parameters: Parameters = field(default_factory=Parameters)
    minutes: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    room: int = MINUTES
    """Minutes left in the session."""

    @property
    def now(self) -> datetime:
        return self.learner.now

    def reached(self) -> bool:
        """Whether every target is truly mastered."""
        return all(self.learner.masters(target) for target in self.targets)


Chooser = Callable[[Case], list[Step]]


def ours(case: Case) -> list[Step]:
    """The first session of our plan, made again from all that was recorded."""
    known = assessed(case)
    made = plan(case.graph, known, known.autonomy, PlanRequest(case.targets, case.room), case.settings)
    begins = case.room == MINUTES
    if begins:
        case.forecasts.append(made.forecast)
    if made.reached:
        return [Step(target, VERIFY, verify=True) for target in case.targets] if begins else []
    return [Step(step.module, step.minutes, step.kind in CHECKS) for step in made.sessions[0].steps]


def assessed(case: Case) -> Assessment:
    """What the recorded facts say now, those of the session under way included."""
    return assess(case.model, case.evidence, case.now + AN_AFTERNOON, case.parameters)


def oracle(case: Case) -> list[Step]:
    """The same planner told what is mastered now, nothing to verify; how far the rest has come is read from
    the facts, as ours does."""
    known = assessed(case).autonomy
    followed = {
        module: replace(state, levels=(levels := _not_mastered(state.levels)), level=most_likely(levels))
        for module, state in known.items()
        if state.times_worked and not case.learner.masters(module)
    }
    return _planned_from_the_truth(case, followed)


def oracle_of_levels(case: Case) -> list[Step]:
    """The same planner told every level as it is now."""
    followed = {}
    for module, level in case.learner.levels.items():
        if Level.DECOUVERTE < level < Level.AUTONOME:
            levels = tuple(float(level == other) for other in Level)
            followed[module] = Autonomy(levels, level, 0.0, 0.0, None, case.now, 1)  # type: ignore[arg-type]
    return _planned_from_the_truth(case, followed)


def _not_mastered(levels: Levels) -> Levels:
    a, b, c, _ = levels
    return (a / (a + b + c), b / (a + b + c), c / (a + b + c), 0.0)


def _planned_from_the_truth(case: Case, followed: Mapping[str, Autonomy]) -> list[Step]:
    truth = {module: float(case.learner.masters(module)) for module in case.graph.ids}
    made = plan(case.graph, truth, followed, PlanRequest(case.targets, MINUTES), case.settings)
    return [Step(step.module, step.minutes) for session in made.sessions[:1] for step in session.steps]


def in_order_of(modules: Sequence[str], everything: Sequence[str]) -> Chooser:
    """These modules in this order, each until it was once done alone, prerequisites first; then what is left
    of ``everything``, then the targets again.

    Time left in a session goes to more practice, up to three times a module, as in our plan.
    """

    def choose(case: Case) -> list[Step]:
        last = {fact.module: fact.help for fact in case.evidence if fact.help is not None}
        left = [m for m in everything if last.get(m) not in (Help.ALONE, Help.TEACHES)]
        waiting = [m for m in left if m in modules] or left or list(case.targets)
        steps: list[Step] = []
        room, new = MINUTES, 0
        for module in (*waiting, *waiting, *waiting):
            begun = module in last or module in {step.module for step in steps}
            if not begun and case.graph.ancestors(module).intersection(waiting):
                continue
            minutes = PRACTISE if begun else case.graph[module].minutes
            if minutes <= room and (begun or new < 2):
                steps.append(Step(module, minutes))
                room -= minutes
                new += not begun
        return steps

    return choose


def fixed(case: Case) -> Chooser:
    """Every module of the parcours, in its order."""
    way = case.graph.closure(case.targets)
    return in_order_of(way, way)


def programme(case: Case) -> Chooser:
    """The same programme for everyone: the modules of the parcours in order, five times each, then again."""
    way = case.graph.closure(case.targets)

    def choose(case: Case) -> list[Step]:
        times = Counter(fact.module for fact in case.evidence if fact.help is not None)
        rounds = min(times[module] for module in way) // PROGRAMME
        steps: list[Step] = []
        room, new = MINUTES, 0
        for module in way:
            while times[module] < PROGRAMME * (rounds + 1):
                minutes = PRACTISE if times[module] else case.graph[module].minutes
                if minutes > room or (not times[module] and new == 2):
                    return steps
                steps.append(Step(module, minutes))
                new += not times[module]
                times[module] += 1
                room -= minutes
        return steps

    return choose


def failed(case: Case) -> Chooser:
    """What the diagnostic found missing (P ≤ ½), in topological order."""
    known = assessed(case)
    way = case.graph.closure(case.targets)
    return in_order_of([m for m in way if known[m] <= 0.5], way)


METHODS: dict[str, Callable[[Case], Chooser]] = {
    "ours": lambda case: ours,
    "oracle": lambda case: oracle,
    "oracle of levels": lambda case: oracle_of_levels,
    "fixed order": fixed,
    "same programme": programme,
    "what was failed": failed,
}
