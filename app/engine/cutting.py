"""Which prerequisites to cut so that a graph too wide for exact sums becomes narrow."""

from __future__ import annotations

from app.engine.tables import Parents, PriorTables
from app.engine.triangulation import elimination_states

TESTS = 64
"""Most sets of arcs tried: enough for some thirty arcs to cut, and a second for 240 modules."""

Arc = tuple[int, int]
"""A module and one of its prerequisites."""


def kept_parents(tables: PriorTables, most: int) -> Parents:
    """The prerequisites of each module that can stay while all tables together have about ``most`` states.

    Arcs inside domains come first, then those between them. They are added by handfuls, half as many when
    these make the tables too large and twice as many when not; what is left after ``TESTS`` handfuls is cut.
    """
    kept: set[Arc] = set()
    queue = _by_worth(tables)
    handful = max(1, len(queue) // 2)
    for _ in range(TESTS):
        if not queue:
            break
        tried = kept.union(queue[:handful])
        if _fits(tables, tried, most):
            kept = tried
            queue = queue[handful:]
            handful *= 2
        elif handful > 1:
            handful //= 2
        else:
            queue = queue[1:]
    return _parents(tables, kept)


def _by_worth(tables: PriorTables) -> list[Arc]:
    """All arcs, those to keep first."""
    modules = tables.graph.modules
    arcs = [(j, p) for j, parents in enumerate(tables.parents) for p in parents]
    return sorted(arcs, key=lambda arc: modules[arc[0]].domain != modules[arc[1]].domain)


def _fits(tables: PriorTables, arcs: set[Arc], most: int) -> bool:
    scopes = tables.scopes(_parents(tables, arcs))
    return elimination_states(scopes, tables.sizes, most) <= most


def _parents(tables: PriorTables, arcs: set[Arc]) -> Parents:
    before: list[list[int]] = [[] for _ in tables.graph.modules]
    for j, parent in sorted(arcs):
        before[j].append(parent)
    return [tuple(parents) for parents in before]
