"""The path as people see it: stakes passed, the one they are at, the ones to come, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.models import Module
from app.engine.planner import PlanStep
from app.services.engines import current_engines
from app.services.learner import Learner
from app.services.sentences import reason_sentence

KIND_WORDS = {"decouvrir": "Découvrir", "pratiquer": "Pratiquer", "verifier": "Vérifier", "reviser": "Revoir"}


@dataclass(frozen=True)
class Stake:
    """A module on the trail. ``state`` is passed, here or to-come; the reason is empty for a passed one.

    ``optional``: useful, but the goal does not need it.
    """

    module: Module
    state: str
    kind: str
    minutes: int
    reason: str
    optional: bool = False

    @property
    def kind_word(self) -> str:
        return KIND_WORDS.get(self.kind, "")


@dataclass(frozen=True)
class Trail:
    """The whole path to a goal."""

    passed: tuple[Stake, ...]
    ahead: tuple[Stake, ...]
    """Each module once, in order; the first one is where the person is."""
    sessions: tuple[tuple[Stake, ...], ...]
    """What each session holds; a module comes back as often as it is to be practised."""

    @property
    def next(self) -> Stake | None:
        return self.ahead[0] if self.ahead else None


def trail(person: Learner) -> Trail:
    """The person's path, from what they can do to their goal."""
    modules = current_engines().content.modules
    passed = tuple(
        Stake(modules[module_id], "passed", "", 0, "")
        for module_id in person.plan.acquired
        if module_id in modules
    )
    here = person.plan.trail[0].module if person.plan.trail else None

    def stake(step: PlanStep) -> Stake:
        state = "here" if step.module == here else "to-come"
        optional = step.module in person.plan.optional
        sentence = reason_sentence(step.reason)
        return Stake(modules[step.module], state, step.kind, step.minutes, sentence, optional)

    return Trail(
        passed=passed,
        ahead=tuple(stake(step) for step in person.plan.trail),
        sessions=tuple(tuple(stake(step) for step in session.steps) for session in person.plan.sessions),
    )
