"""What drawn and simulated scenes have in common: a situation, steps on neighbouring modules, an ending."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.content.models.base import DeviceSet, DottedId, Entry, Picture, Text
from app.content.models.step import Step


class SceneFrame(Entry):
    """A real task, step by step; it goes on whatever happens. Each kind of scene says what its steps are."""

    id: DottedId
    title: Text = Field(alias="titre")
    situation: Text
    devices: DeviceSet = Field(alias="appareils")
    illustration: Picture | None = None
    scene_steps: tuple[Any, ...] = Field(alias="etapes", min_length=3, max_length=5)
    ending: Text = Field(alias="fin")

    @property
    def is_scene(self) -> bool:
        return True

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that it tells about, one a step."""
        return tuple(step.module for step in self.scene_steps)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(
            Step(module=step.module, consigne=step.consigne, task=step, show=step.show)
            for step in self.scene_steps
        )
