"""Scenes: a real task in three to five gestures on neighbouring modules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app.content.models.base import DottedId, Text
from app.content.models.scene_frame import SceneFrame
from app.content.models.tasks import TouchTask, TypeTask


class TouchStep(TouchTask):
    """A gesture on a drawn screen."""

    module: DottedId
    consigne: Text
    show: Text = Field(alias="montrer")


class TypeStep(TypeTask):
    """Something to write."""

    module: DottedId
    consigne: Text
    show: Text = Field(alias="montrer")
    tolerance: Literal["exacte", "large"] = "exacte"


def _kind_of(value: Any) -> str:
    if isinstance(value, dict):
        return "saisie" if "accepte" in value else "toucher"
    return value.kind if isinstance(value, TouchStep | TypeStep) else "toucher"


AnySceneStep = Annotated[
    Annotated[TouchStep, Tag("toucher")] | Annotated[TypeStep, Tag("saisie")], Discriminator(_kind_of)
]


class Scene(SceneFrame):
    """A real task, step by step; it goes on whatever happens."""

    scene_steps: tuple[AnySceneStep, ...] = Field(alias="etapes", min_length=3, max_length=5)

    @property
    def is_simulated(self) -> bool:
        return False

    @property
    def genre(self) -> str:
        return "scene"
