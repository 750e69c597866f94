"""Small random graphs, banks and evidence for property tests."""

from __future__ import annotations

import hypothesis.strategies as st

from app.engine.bank import Item, ItemBank, Step
from app.engine.evidence import Likelihood
from app.engine.graph import Module, ModuleGraph

DOMAINS = ("a", "b", "c")


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> ModuleGraph:
    """Acyclic graphs of 1 to ``most`` modules in up to three domains."""
    count = draw(st.integers(1, most))
    modules = []
    for j in range(count):
        before = [f"m{i:02}" for i in range(j)]
        parents = draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else []
        difficulty = draw(st.none() | st.floats(-2, 2))
        modules.append(Module(f"m{j:02}", draw(st.sampled_from(DOMAINS)), tuple(parents), difficulty))
    return ModuleGraph(modules)


@st.composite
def graphs_without_loops(draw: st.DrawFn, most: int = 7) -> ModuleGraph:
    """Graphs of one domain in which no two ways lead from one module to another, arrows left aside."""
    modules: list[Module] = []
    parts: list[set[str]] = []
    for j in range(draw(st.integers(2, most))):
        joined = draw(st.lists(st.sampled_from(parts), unique_by=id, max_size=3)) if parts else []
        parents = tuple(draw(st.sampled_from(sorted(part))) for part in joined)
        modules.append(Module(f"m{j:02}", "a", parents, draw(st.none() | st.floats(-2, 2))))
        left = [part for part in parts if all(part is not other for other in joined)]
        parts = [*left, {f"m{j:02}"}.union(*joined)]
    return ModuleGraph(modules)


@st.composite
def evidence_on(draw: st.DrawFn, graph: ModuleGraph, most: int = 8) -> list[Likelihood]:
    """Up to ``most`` likelihoods on modules of the graph."""
    chance = st.floats(0.01, 1.0)
    return draw(st.lists(st.builds(Likelihood, st.sampled_from(graph.ids), chance, chance), max_size=most))


@st.composite
def banks_on(draw: st.DrawFn, graph: ModuleGraph, scenes: int = 2) -> ItemBank:
    """Two items a module and a few scenes of two or three steps."""
    guess, slip = st.floats(0.0, 0.3), st.floats(0.0, 0.3)
    items = [
        Item(f"{module}/{k}", (Step(module, draw(guess), draw(slip)),), f"f{k}")
        for module in graph.ids
        for k in range(2)
    ]
    for k in range(scenes):
        modules = draw(st.lists(st.sampled_from(graph.ids), min_size=2, max_size=3))
        items.append(Item(f"scene/{k}", tuple(Step(m, draw(guess), draw(slip)) for m in modules), "scene"))
    return ItemBank(items)
