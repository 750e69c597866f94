"""Every module serves a goal."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from app.content.problem import Problem, Severity
from app.content.sources import Sources

RULE = "atteignable"


def check(sources: Sources) -> Iterator[Problem]:
    """Modules that no goal needs, near or far."""
    digraph: nx.DiGraph[str] = nx.DiGraph()
    for entry in sources.modules():
        digraph.add_node(entry.model.id)
        digraph.add_edges_from((p.module, entry.model.id) for p in entry.model.prerequisites)
    needed: set[str] = set()
    for source in sources.goals:
        for target in source.model.targets:
            if target in digraph:
                needed |= {target} | nx.ancestors(digraph, target)
    for entry in sources.modules():
        if entry.model.id not in needed:
            message = "aucun but ne mène à ce module : ajoutez-le aux « cibles: » d'un but"
            yield entry.problem(("id",), message, RULE, Severity.WARNING)
