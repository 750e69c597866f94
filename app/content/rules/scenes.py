"""A scene is on neighbouring modules, and can be played on the devices that it names."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.problem import Problem, Severity
from app.content.sources import Sources

RULE = "scenes"
MODULES = 2


def check(sources: Sources) -> Iterator[Problem]:
    """Scenes on one module only, or that no device could play."""
    modules = {entry.model.id: entry.model for entry in sources.modules()}
    for source in sources.all_scenes():
        scene = source.model
        if len(set(scene.modules)) < MODULES:
            yield source.problem(("etapes",), f"un seul module : il en faut {MODULES} différents", RULE)
        for n, step in enumerate(scene.scene_steps):
            module = modules.get(step.module)
            missing = [device for device in scene.devices if module and device not in module.devices]
            if missing:
                where = ", ".join(missing)
                message = f"« {step.module} » ne s'apprend pas sur {where} : ôtez {where} des « appareils: »"
                yield source.problem(("etapes", n, "module"), message, RULE)
            screen = getattr(step, "screen", None)
            if screen and screen.device not in scene.devices:
                message = f"l'écran est celui d'un autre appareil ({screen.device}) que ceux de la scène"
                yield source.problem(("etapes", n, "ecran", "appareil"), message, RULE, Severity.WARNING)
