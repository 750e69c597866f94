"""Simulated scenes: a real task in an application that works, in three to five steps done on one screen."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, field_validator

from app.content.models.base import DottedId, Entry, Text
from app.content.models.gestures import (
    Alternatives,
    Expected,
    GestureName,
    Means,
    ShownGesture,
    StepVerdict,
    judge,
)
from app.content.models.scene_frame import SceneFrame
from app.content.models.tasks import GestureTask


class Start(Entry):
    """What an application holds when the scene begins; each simulator has its own."""

    icons: ClassVar[tuple[str, ...]] = ()
    """The icons that the simulator's own buttons show, beside those named in the file."""

    script: ClassVar[str] = ""
    """The module of ``static/js/simulateurs`` that draws it."""

    def gestures(self) -> frozenset[str]:
        """All that can be done in it, as gestures."""
        raise NotImplementedError


class SimulatedStep(GestureTask):
    """One thing to do. ``goal`` is what must have been done, in any order; ``path`` is what is shown."""

    module: DottedId
    consigne: Text
    show: Text = Field(alias="montrer")
    goal: tuple[Alternatives, ...] = Field(alias="but", min_length=1)
    path: tuple[ShownGesture, ...] = Field((), alias="chemin")
    forbidden: dict[GestureName, Text] = Field({}, alias="interdit")
    detours: int = Field(6, ge=0, le=20)
    means: tuple[Means, ...] = Field((), alias="exige")

    @property
    def shown_path(self) -> tuple[Expected, ...]:
        """What "Montrez-moi" does, from where the step begins."""
        return self.path or tuple(alternatives[0] for alternatives in self.goal)

    @property
    def typed(self) -> tuple[str, ...]:
        waited_for = [*(one for alternatives in self.goal for one in alternatives), *self.path]
        return tuple(text for expected in waited_for for text in expected.texts)


class SimulatedScene(SceneFrame):
    """What all simulated scenes have; the class of each simulator adds ``start``."""

    simulators: ClassVar[tuple[str, ...]] = ()

    simulator: str = Field(alias="simulateur")
    start: Start = Field(alias="depart")
    scene_steps: tuple[SimulatedStep, ...] = Field(alias="etapes", min_length=3, max_length=5)

    @field_validator("simulator")
    @classmethod
    def _simulator_exists(cls, name: str) -> str:
        if cls.simulators and name not in cls.simulators:
            raise ValueError(
                f"simulateur « {name} » inconnu : choisissez parmi : {', '.join(cls.simulators)}"
            )
        return name

    @property
    def is_simulated(self) -> bool:
        return True

    @property
    def genre(self) -> str:
        return "simulateur"

    @property
    def element(self) -> str:
        """The simulator whose element draws it: several may share one."""
        return self.simulator

    def judge(self, trace: object) -> tuple[StepVerdict, ...]:
        """What came of each step, from the trace that the page sent. Never raises."""
        return judge(self.scene_steps, trace)
