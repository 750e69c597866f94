"""What the content should have next."""

import numpy as np

from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Diagnostic, Settings
from app.engine.graph import Module, ModuleGraph
from app.engine.suggestion import suggest

GRAPH = ModuleGraph(
    [Module("a", "x"), Module("b", "x", ("a",)), Module("c", "y"), Module("d", "y", ("c",)), Module("z", "z")]
)


def test_the_module_without_items_is_the_weakest() -> None:
    bank = ItemBank(Item(f"{m}{k}", (Step(m, 0.1, 0.1),)) for m in "abc" for k in range(4))
    diagnostic = Diagnostic(BeliefModel(GRAPH), bank, dict.fromkeys("abcd", 1.0), Settings(budget=6))
    suggestion = suggest(diagnostic, np.random.default_rng(0), people=6)
    assert suggestion.weakest[0].module == "d"
    assert suggestion.weakest[0].items == 0
    assert "d" in suggestion.scene
    assert suggestion.gain > 0


def test_only_the_goal_matters() -> None:
    bank = ItemBank(Item(f"{m}{k}", (Step(m, 0.1, 0.1),)) for m in "ab" for k in range(2))
    diagnostic = Diagnostic(BeliefModel(GRAPH), bank, {"a": 1.0, "b": 1.0}, Settings(budget=2))
    suggestion = suggest(diagnostic, np.random.default_rng(0), people=4)
    assert {weak.module for weak in suggestion.weakest} == {"a", "b"}
    assert set(suggestion.scene) <= {"a", "b"}
