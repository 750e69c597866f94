"""The health account: reimbursements, documents, messages, who may see, appointments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.portail import Portal


class HealthScene(SimulatedScene):
    """A scene in the health account."""

    simulator: Literal["sante"] = Field(alias="simulateur")
    start: Portal = Field(alias="depart")
