"""The online form, within the account of a public service, a town or a school."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.portail import Portal


class FormScene(SimulatedScene):
    """A scene on the site of a service."""

    simulator: Literal["formulaire"] = Field(alias="simulateur")
    start: Portal = Field(alias="depart")
