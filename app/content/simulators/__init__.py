"""The simulators: what each application may hold when a scene begins, and all that can be done in it.

The other half of each is its element, ``app/web/static/js/simulateurs/<simulator>.js``.
"""

from __future__ import annotations

from typing import Any

from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.messagerie import MailScene

SCENES: dict[str, type[SimulatedScene]] = {
    "messagerie": MailScene,
}
SimulatedScene.simulators = tuple(SCENES)


def scene_model(data: Any) -> type[SimulatedScene]:
    """The model of a file of ``quizzes/simulations/``, by the simulator that it names."""
    name = data.get("simulateur") if isinstance(data, dict) else None
    return SCENES.get(name, SimulatedScene) if isinstance(name, str) else SimulatedScene
