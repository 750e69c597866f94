"""A drawn screen belongs to a device on which the question is asked."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.models.tasks import TouchTask
from app.content.problem import Problem, Severity
from app.content.sources import Sources

RULE = "appareils"


def check(sources: Sources) -> Iterator[Problem]:
    """Questions that no device of their module can use, or drawn for a device that they leave out."""
    modules = {entry.model.id: entry.model for entry in sources.modules()}
    for entry in sources.questions():
        item = entry.model
        module = modules.get(item.module)
        if module and not set(item.devices) & set(module.devices):
            wanted = ", ".join(module.devices)
            yield entry.problem(
                ("appareils",), f"son module s'apprend sur {wanted} : mettez l'un d'eux", RULE
            )
        if isinstance(item, TouchTask) and item.screen.device not in item.devices:
            there = item.screen.device
            message = f"l'écran est celui d'un autre appareil : ajoutez {there} aux « appareils: »"
            yield entry.problem(("ecran", "appareil"), message, RULE, Severity.WARNING)
