"""The simulators: what each application may hold when a scene begins, and all that can be done in it.

The other half of each is its element, which ``Start.script`` finds in ``app/web/static/js/simulateurs``.
"""

from __future__ import annotations

from typing import Any

from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.boutique import ShopScene
from app.content.simulators.code_secret import AccountScene
from app.content.simulators.fichiers import FilesScene
from app.content.simulators.formulaire import FormScene
from app.content.simulators.gestes import GestureScene
from app.content.simulators.messagerie import MailScene
from app.content.simulators.navigateur import BrowserScene
from app.content.simulators.sante import HealthScene
from app.content.simulators.telephone import PhoneScene
from app.content.simulators.texte import WritingScene
from app.content.simulators.visio import CallScene

SCENES: dict[str, type[SimulatedScene]] = {
    "boutique": ShopScene,
    "code_secret": AccountScene,
    "fichiers": FilesScene,
    "formulaire": FormScene,
    "gestes": GestureScene,
    "messagerie": MailScene,
    "messages": PhoneScene,
    "navigateur": BrowserScene,
    "reglages": PhoneScene,
    "sante": HealthScene,
    "telephone": PhoneScene,
    "texte": WritingScene,
    "visio": CallScene,
}
SimulatedScene.simulators = tuple(SCENES)


def scene_model(data: Any) -> type[SimulatedScene]:
    """The model of a file of ``quizzes/simulations/``, by the simulator that it names."""
    name = data.get("simulateur") if isinstance(data, dict) else None
    return SCENES.get(name, SimulatedScene) if isinstance(name, str) else SimulatedScene
