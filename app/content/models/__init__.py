"""Content as objects: what the files say, checked, with its typography. Everything is frozen.

An ``Item`` is a question or a scene; both have ``id``, ``genre``, ``devices``, ``modules``,
``illustration``, ``is_scene``, ``is_simulated`` and ``steps``. A ``Step`` has ``module``, ``consigne``,
``kind``, ``task``, ``screen``, ``targets``, ``show``, ``guess``, ``slip`` and ``judge(given)``; a simulated
scene is judged as a whole, by ``judge(trace)``.
"""

from app.content.models.base import DEVICES, Device, Entry, Picture
from app.content.models.goal import Goal
from app.content.models.item import Choice, Match, Order, Question, Quiz, Touch, Typing
from app.content.models.module import Domain, Module, Prerequisite, SheetLine
from app.content.models.scene import Scene
from app.content.models.scene_frame import SceneFrame
from app.content.models.screen import Ecran
from app.content.models.simulated_scene import SimulatedScene, SimulatedStep, Start
from app.content.models.step import Step
from app.content.models.tasks import Verdict
from app.content.models.workshop import Workshop
from app.content.models.zone import Zone

Item = Choice | Order | Match | Touch | Typing | Scene | SimulatedScene

__all__ = [
    "DEVICES", "Choice", "Device", "Domain", "Ecran", "Entry", "Goal", "Item", "Match", "Module", "Order",
    "Picture", "Prerequisite", "Question", "Quiz", "Scene", "SceneFrame", "SheetLine", "SimulatedScene",
    "SimulatedStep", "Start", "Step", "Touch", "Typing", "Verdict", "Workshop", "Zone",
]  # fmt: skip
