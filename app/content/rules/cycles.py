"""Prerequisites never go round, whatever the device."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from app.content.models import DEVICES, Device
from app.content.problem import Problem
from app.content.sources import Sources

RULE = "graphe"


def check(sources: Sources) -> Iterator[Problem]:
    """A problem a cycle; one that several devices share is told once."""
    told: set[frozenset[str]] = set()
    for device in DEVICES:
        cycle = _cycle(sources, device)
        if cycle and frozenset(cycle) not in told:
            told.add(frozenset(cycle))
            entry = next(e for e in sources.modules() if e.model.id == cycle[0])
            road = " → ".join([*cycle, cycle[0]])
            message = f"les prérequis tournent en rond ({road}) : ôtez-en un"
            yield entry.problem(("prerequis",), message, RULE)


def _cycle(sources: Sources, device: Device) -> list[str]:
    digraph: nx.DiGraph[str] = nx.DiGraph()
    for entry in sources.modules():
        digraph.add_edges_from((p, entry.model.id) for p in entry.model.prerequisites_on(device))
    try:
        return sorted(arc[0] for arc in nx.find_cycle(digraph)) if digraph else []
    except nx.NetworkXNoCycle:
        return []
