"""What the engine makes of some content: whether belief is exact on each device, and the time of a choice."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from app.content.library import Content
from app.content.models import DEVICES
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Outcome
from app.services.engines import Engines

CHOICES = 8


@dataclass(frozen=True)
class EngineFigures:
    """``width`` is that of the junction tree of all the device's modules; ``milliseconds`` the processor
    time of a choice, the answer before it scored, at the middle of the longest goal's diagnostic."""

    device: str
    modules: int
    screens: int
    width: int
    is_exact: bool
    goal: str
    milliseconds: float

    def __str__(self) -> str:
        belief = "croyance exacte" if self.is_exact else "croyance approchée (graphe trop large)"
        return (
            f"{self.device} : {self.modules} modules, {self.screens} écrans, largeur {self.width} avec les"
            f" aptitudes, {belief}, un choix en {self.milliseconds:.0f} ms ({self.goal})"
        )


def engine_figures(content: Content) -> list[EngineFigures]:
    """The figures of each device that some module is learnt on."""
    engines = Engines(content)
    return [_figures(engines, device) for device in DEVICES if len(engines.graph(device))]


def _figures(engines: Engines, device: str) -> EngineFigures:
    content, model = engines.content, engines.model(device)
    goals = content.goals_on(device)
    longest = max((len(content.goal_modules(goal.id, device)), goal.id) for goal in goals)[1] if goals else ""
    diagnostic = (
        engines.diagnostic(longest, device) if longest else Diagnostic(model, engines.bank(device), {})
    )
    return EngineFigures(
        device=device,
        modules=len(model.graph),
        screens=len(engines.bank(device)),
        width=model.width,
        is_exact=model.is_exact,
        goal=longest or "tous les modules",
        milliseconds=_milliseconds_a_choice(diagnostic),
    )


def _milliseconds_a_choice(diagnostic: Diagnostic) -> float:
    """The median over some choices, succeeded and failed in turn; the first, which makes tables, apart."""
    answers: list[Answer] = []
    spent = []
    for number in range(CHOICES + 1):
        began = time.process_time()
        choices = diagnostic.next_items(answers)
        spent.append(1000 * (time.process_time() - began))
        if not choices:
            break
        item = choices[0].item
        outcome = Outcome.FAILURE if number % 2 else Outcome.SUCCESS
        answers.append(Answer(item.id, (outcome,) * len(item.steps)))
    return median(spent[1:] or spent)
