"""The content, and the engine's objects made from it, once for the life of the process."""

from __future__ import annotations

from functools import cache, lru_cache

from flask import current_app

from app.content.library import Content
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel, Prior
from app.engine.diagnostic import Diagnostic
from app.engine.graph import ModuleGraph
from app.engine.levels import Parameters
from app.engine.practice import Courses

GOAL_WEIGHT = 1.0
"""What a module of the goal's closure weighs in choosing questions; others weigh nothing."""
TELLING_STEPS = 2
"""A scene is worth its other steps when at least so many are on the goal's modules."""
DIAGNOSTICS_KEPT = 64
"""Goals and devices: each takes a tenth of a second to make."""


class Engines:
    """One belief model a device, one diagnostic a goal and device, made when first needed."""

    def __init__(
        self, content: Content, prior: Prior | None = None, parameters: Parameters | None = None
    ) -> None:
        """``prior`` is what is believed of people as they come, ``parameters`` how they learn and forget: the
        authors' where nothing was fitted here."""
        self.content = content
        self.prior = prior or Prior()
        self.parameters = parameters or Parameters()
        self.courses = Courses(self.parameters)
        self.graph = cache(self._graph)
        self.bank = cache(self._bank)
        self.model = cache(self._model)
        self._relevant_diagnostic = lru_cache(maxsize=DIAGNOSTICS_KEPT)(self._diagnostic)

    def _graph(self, device: str) -> ModuleGraph:
        return self.content.graph(device)

    def _bank(self, device: str, simulates: bool = True) -> ItemBank:
        """The items for a device; without simulated scenes for a browser that cannot show them."""
        bank = self.content.bank(device)
        if simulates:
            return bank
        return ItemBank(item for item in bank.items if not self.content.items[item.id].is_simulated)

    def _model(self, device: str) -> BeliefModel:
        return BeliefModel(self.graph(device), self.prior)

    def diagnostic(self, goal_id: str, device: str, *, simulates: bool = True) -> Diagnostic:
        """The diagnostic of a goal on a device.

        It reasons on the modules of the goal, on those of scenes that tell about the goal, and on all that
        these need: others change nothing, and without them a choice is several times faster.
        """
        graph = self.graph(device)
        relevant = graph.closure(self._told_about(goal_id, device, simulates))
        return self._relevant_diagnostic(goal_id, device, simulates, frozenset(relevant or graph.ids))

    def _told_about(self, goal_id: str, device: str, simulates: bool) -> set[str]:
        goal = set(self.content.goal_modules(goal_id, device))
        telling = (
            item.modules
            for item in self.bank(device, simulates).items
            if len(goal & set(item.modules)) >= TELLING_STEPS
        )
        return goal.union(*telling)

    def _diagnostic(self, goal_id: str, device: str, simulates: bool, relevant: frozenset[str]) -> Diagnostic:
        graph = self.graph(device)
        model = (
            self.model(device)
            if len(relevant) == len(graph)
            else BeliefModel(graph.restricted_to(relevant), self.prior)
        )
        weights = dict.fromkeys(self.content.goal_modules(goal_id, device), GOAL_WEIGHT)
        return Diagnostic(model, self.bank(device, simulates).restricted_to(relevant), weights)


def current_engines() -> Engines:
    """The engines of the running application."""
    engines: Engines = current_app.extensions["jalons_engines"]
    return engines
