"""The prior over a graph as a product of tables: one a domain (its ability), one a module (its mastery)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats, Integers, Table
from app.engine.prior import Prior, normal_points

DOMAIN_REACH = 2.0

Parents = Sequence[tuple[int, ...]]
"""For each module, in the order of the graph, those of its prerequisites that its table knows of, sorted."""


class PriorTables:
    """Tables of a graph's regular states. Variables are the modules, in the order of the graph, then the
    domains, of ``sizes`` values; columns are the points of the shared ability (the *grid*)."""

    def __init__(self, graph: ModuleGraph, prior: Prior) -> None:
        self.graph = graph
        self.prior = prior
        self.ability_points, self.ability_weights = normal_points(
            prior.ability_points, prior.mean, prior.spread, prior.ability_reach
        )
        self.domain_points, self.domain_weights = normal_points(
            prior.domain_points, 0.0, prior.domain_spread, DOMAIN_REACH
        )
        self.sizes = [2] * len(graph) + [len(self.domain_points)] * len(graph.domains)
        self.chances = self._chances()
        domain = {name: len(graph) + d for d, name in enumerate(graph.domains)}
        self._domain = [domain[module.domain] for module in graph.modules]

    @property
    def parents(self) -> Parents:
        """All prerequisites of each module."""
        graph = self.graph
        return [tuple(sorted(graph.index[p] for p in set(m.prerequisites))) for m in graph.modules]

    def scope(self, j: int, parents: tuple[int, ...]) -> tuple[int, ...]:
        """The variables of module j's table: its domain, these prerequisites, itself."""
        return (self._domain[j], *parents, j)

    def scopes(self, parents: Parents) -> list[tuple[int, ...]]:
        """The variables of each table, the domains' first."""
        first = range(len(self.graph), len(self.sizes))
        return [*((d,) for d in first), *(self.scope(j, known) for j, known in enumerate(parents))]

    def of_domains(self) -> list[Table]:
        spread = np.repeat(self.domain_weights[:, None], len(self.ability_weights), axis=1)
        return [Table((d,), spread) for d in range(len(self.graph), len(self.sizes))]

    def of_module(self, j: int, parents: tuple[int, ...]) -> Table:
        mastered = self.mastered(j, len(parents))
        values = np.stack([1 - mastered, mastered], axis=1).reshape(-1, mastered.shape[1])
        return Table(self.scope(j, parents), values)

    def mastered(self, j: int, parents: int) -> Floats:
        """P(module j mastered | domain point, state of that many prerequisites), rows in that order, (rows,
        grid)."""
        passed = self.prior.leak ** missing_among(parents)
        chance = self.chances[j][:, None] * passed[:, None]
        return np.asarray(chance.reshape(-1, chance.shape[2]))

    def _chances(self) -> Floats:
        """P(regular state mastered | abilities, that of all prerequisites mastered), (n, domain points,
        grid)."""
        ability = self.domain_points[:, None] + self.ability_points[None, :]
        slopes, difficulties = self.prior.slope_of(self.graph), self.prior.difficulty_of(self.graph)
        logits = slopes[:, None, None] * (ability[None] - difficulties[:, None, None])
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))


def missing_among(parents: int) -> Integers:
    """How many prerequisites each joint state of ``parents`` of them lacks, (2^parents,)."""
    return np.array([parents - state.bit_count() for state in range(2**parents)], dtype=np.intp)
