"""The uniform view of what is asked: a question has one step, a scene several."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.models.screen import Ecran
from app.content.models.tasks import (
    ChoiceTask,
    GestureTask,
    MatchTask,
    OrderTask,
    TouchTask,
    TypeTask,
    Verdict,
)

AnyTask = ChoiceTask | OrderTask | MatchTask | TouchTask | TypeTask | GestureTask


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked at one time. ``show`` is what "Montrez-moi" or "Je ne sais pas" tells."""

    module: str
    consigne: str
    task: AnyTask
    show: str

    @property
    def kind(self) -> str:
        """choix, ordre, associer, toucher, saisie or geste."""
        return self.task.kind

    @property
    def screen(self) -> Ecran | None:
        """The drawn screen, where there is one."""
        return getattr(self.task, "screen", None)

    @property
    def targets(self) -> tuple[str, ...]:
        """The places to touch on the drawn screen."""
        return getattr(self.task, "targets", ())

    @property
    def guess(self) -> float:
        return self.task.guess

    @property
    def slip(self) -> float:
        return self.task.slip

    def judge(self, given: object) -> Verdict:
        """Is this answer right, and what to tell."""
        return self.task.judge(given)
