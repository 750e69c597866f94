"""The module graph: what one teaches, and what must come before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx


class GraphError(ValueError):
    """The modules do not make a graph: an unknown prerequisite, a repeated id, or a cycle."""


@dataclass(frozen=True, slots=True)
class Module:
    """The smallest thing one teaches in a session part.

    ``prerequisites`` are module ids (the surmise relation of knowledge space theory). ``difficulty`` is the
    author's guess in logits, ``None`` where the depth in the graph must serve. ``minutes`` is the time that
    one teaches it in.
    """

    id: str
    domain: str
    prerequisites: tuple[str, ...] = ()
    difficulty: float | None = None
    minutes: int = 25


class ModuleGraph:
    """Modules in a topological order that depends on nothing but their ids and arcs.

    Raises ``GraphError`` when a prerequisite is unknown, an id is repeated, or prerequisites go round.
    """

    def __init__(self, modules: Iterable[Module]) -> None:
        given = list(modules)
        by_id = {module.id: module for module in given}
        if len(by_id) != len(given):
            repeated = sorted({m.id for m in given if sum(o.id == m.id for o in given) > 1})
            raise GraphError(f"module ids given twice: {', '.join(repeated)}")
        digraph: nx.DiGraph[str] = nx.DiGraph()
        digraph.add_nodes_from(sorted(by_id))
        for module in given:
            for prerequisite in module.prerequisites:
                if prerequisite not in by_id:
                    raise GraphError(f"{module.id} has an unknown prerequisite: {prerequisite}")
                digraph.add_edge(prerequisite, module.id)
        try:
            order = list(nx.lexicographical_topological_sort(digraph))
        except nx.NetworkXUnfeasible:
            cycle = " → ".join(arc[0] for arc in nx.find_cycle(digraph))
            raise GraphError(f"prerequisites go round: {cycle}") from None
        self.digraph = digraph
        self.modules: tuple[Module, ...] = tuple(by_id[id_] for id_ in order)
        self.index: Mapping[str, int] = {id_: i for i, id_ in enumerate(order)}
        self.domains: tuple[str, ...] = tuple(sorted({module.domain for module in given}))

    def __len__(self) -> int:
        return len(self.modules)

    def __contains__(self, module_id: object) -> bool:
        return module_id in self.index

    def __getitem__(self, module_id: str) -> Module:
        return self.modules[self.index[module_id]]

    @property
    def ids(self) -> tuple[str, ...]:
        """Module ids, prerequisites before what needs them."""
        return tuple(module.id for module in self.modules)

    def ancestors(self, module_id: str) -> frozenset[str]:
        """All that must be mastered before this module, near and far."""
        return frozenset(nx.ancestors(self.digraph, module_id))

    def descendants(self, module_id: str) -> frozenset[str]:
        """All that this module opens, near and far."""
        return frozenset(nx.descendants(self.digraph, module_id))

    def successors(self, module_id: str) -> tuple[str, ...]:
        """Modules that name this one as a prerequisite."""
        return tuple(sorted(self.digraph.successors(module_id)))

    def closure(self, targets: Iterable[str]) -> tuple[str, ...]:
        """The targets and all that they need, prerequisites first; targets unknown here are left out."""
        wanted: set[str] = set()
        for target in targets:
            if target in self.index:
                wanted |= {target} | self.ancestors(target)
        return self.in_order(wanted)

    def restricted_to(self, module_ids: Iterable[str]) -> ModuleGraph:
        """The graph of these modules and all that they need.

        What is left out is neither a prerequisite of what stays nor, where there is no evidence on it, able
        to change the belief on it (barren nodes; Shachter 1986): the belief on the smaller graph is the same.
        """
        return ModuleGraph(self[module_id] for module_id in self.closure(module_ids))

    def in_order(self, module_ids: Iterable[str]) -> tuple[str, ...]:
        """These modules, prerequisites before what needs them."""
        return tuple(sorted(module_ids, key=self.index.__getitem__))

    def outer_fringe(self, mastered: Iterable[str]) -> tuple[str, ...]:
        """What is ready to be learnt next: not mastered, all prerequisites mastered."""
        state = set(mastered)
        return tuple(m.id for m in self.modules if m.id not in state and state.issuperset(m.prerequisites))

    def inner_fringe(self, mastered: Iterable[str]) -> tuple[str, ...]:
        """What was mastered last: mastered, and needed by nothing else that is."""
        state = set(mastered)
        return tuple(m.id for m in self.modules if m.id in state and state.isdisjoint(self.successors(m.id)))
