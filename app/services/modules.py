"""Modules as people name them, those that left the content since included."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.engines import current_engines

UNKNOWN_ICON = "help-circle"


@dataclass(frozen=True)
class ModuleName:
    """How to show a module. ``exists`` is false when it left the content since."""

    id: str
    title: str
    icon: str
    exists: bool
    observation: str


def module_name(module_id: str) -> ModuleName:
    """A module's name; one that left the content is named by the last words of its id."""
    module = current_engines().content.find_module(module_id)
    if module is not None:
        return ModuleName(module.id, module.title, module.icon, True, module.observation)
    words = module_id.rpartition(".")[2].replace("_", " ").capitalize()
    return ModuleName(module_id, words, UNKNOWN_ICON, False, "")


def modules_by_domain(device: str) -> list[tuple[str, list[ModuleName]]]:
    """All the modules that can be worked on with a device, a list a domain."""
    engines = current_engines()
    graph = engines.graph(device)
    return [
        (domain.title, [module_name(module.id) for module in domain.modules if module.id in graph])
        for domain in engines.content.domains
        if any(module.id in graph for module in domain.modules)
    ]
