"""The content, and the engine's objects made from it, once for the life of the process."""

from __future__ import annotations

from functools import cache

from flask import current_app

from app.content.library import Content
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Diagnostic
from app.engine.graph import ModuleGraph

GOAL_WEIGHT = 1.0
"""What a module of the goal's closure weighs in choosing questions; others weigh nothing."""


class Engines:
    """One belief model a device, one diagnostic a goal and device, made when first needed."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.graph = cache(self._graph)
        self.bank = cache(self._bank)
        self.model = cache(self._model)
        self.diagnostic = cache(self._diagnostic)

    def _graph(self, device: str) -> ModuleGraph:
        return self.content.graph(device)

    def _bank(self, device: str) -> ItemBank:
        return self.content.bank(device)

    def _model(self, device: str) -> BeliefModel:
        return BeliefModel(self.graph(device))

    def _diagnostic(self, goal_id: str, device: str) -> Diagnostic:
        weights = {module: GOAL_WEIGHT for module in self.content.goal_modules(goal_id, device)}
        return Diagnostic(self.model(device), self.bank(device), weights)


def current_engines() -> Engines:
    """The engines of the running application."""
    engines: Engines = current_app.extensions["jalons_engines"]
    return engines
