"""Exact sums over all joint states, by message passing on a junction tree.

Every table has one row a joint state of its clique's variables and one column a point of the ability grid
(the *batch*): given the shared ability, the product of tables is summed out once for all grid points
together. Messages go leaves to root as in Lauritzen & Spiegelhalter (1988); what is kept at each clique is
the conditional P(residual | separator), from which marginals, pairs and samples all follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.engine.triangulation import Clique, junction_tree

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

SMALLEST = 1e-300
"""Under the smallest message that matters: keeps 0/0 away from states that the evidence has ruled out."""


@dataclass(frozen=True, slots=True)
class Table:
    """A factor: one row a joint state of ``scope`` (last variable fastest), one column a grid point."""

    scope: tuple[int, ...]
    values: Floats


@dataclass(frozen=True, slots=True)
class _Edge:
    """How a clique speaks to its parent. Indices are rows of flattened tables."""

    parent: int
    expand: Integers  # (parent states,) the separator state that each parent state holds
    gather: Integers  # (separator states · rest,) parent states grouped by separator state


@dataclass(frozen=True, slots=True)
class Node:
    """A clique ready for use. Its table has ``separators`` × ``residuals`` rows."""

    clique: Clique
    separators: int
    residuals: int
    base: Floats  # (states, grid)
    binaries: tuple[int, ...]  # binary variables that appear here first
    states: Floats  # (len(binaries), states): 1.0 where the variable is 1 in the state


class JunctionTree:
    """The product of ``tables`` over variables of ``sizes`` values, ready to take evidence.

    The first ``binaries`` variables are binary and may receive evidence; ``batch_weights`` (grid,) is the
    prior weight of each grid point. ``cliques`` spares finding them again. Building costs time and memory;
    ``propagate`` changes nothing in it.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        sizes: Sequence[int],
        binaries: int,
        batch_weights: Floats,
        cliques: Sequence[Clique] | None = None,
    ) -> None:
        self.sizes = tuple(sizes)
        self.binaries = binaries
        self.log_batch_weights: Floats = np.log(batch_weights)
        self.cliques = list(cliques or junction_tree([table.scope for table in tables], sizes))
        bases = self._bases(tables)
        self.nodes = [self._node(clique, base) for clique, base in zip(self.cliques, bases, strict=True)]
        self.edges = [self._edge(clique) for clique in self.cliques]
        self.children: list[list[int]] = [[] for _ in self.cliques]
        for i, clique in enumerate(self.cliques):
            if clique.parent >= 0:
                self.children[clique.parent].append(i)

    def states(self, clique: Clique) -> int:
        return prod(self.sizes[v] for v in clique.variables)

    def rows(self, variables: Sequence[int], wanted: Sequence[int]) -> Integers:
        """For each joint state of ``variables``, the joint state of ``wanted`` (a part of them) that it
        holds."""
        shape = [self.sizes[v] for v in variables]
        row = np.zeros(shape, dtype=np.intp)
        for variable in wanted:
            axis = list(variables).index(variable)
            value = np.arange(shape[axis]).reshape([-1 if i == axis else 1 for i in range(len(shape))])
            row = row * shape[axis] + value
        return row.ravel()

    def grouped(self, variables: Sequence[int], wanted: Sequence[int]) -> Integers:
        """The joint states of ``variables``, all that hold the first state of ``wanted`` first, and so on."""
        return np.argsort(self.rows(variables, wanted), kind="stable")

    def home(self, variables: Iterable[int]) -> int:
        """The last clique that holds all these variables."""
        wanted = set(variables)
        return next(
            i for i in reversed(range(len(self.cliques))) if wanted.issubset(self.cliques[i].variables)
        )

    def states_where(self, values: Mapping[int, int]) -> tuple[int, Integers]:
        """A clique that holds all these variables, and its joint states in which they have these values."""
        home = self.home(values)
        variables = self.cliques[home].variables
        kept = np.ones(len(self.nodes[home].base), dtype=bool)
        for variable, value in values.items():
            kept &= self.rows(variables, [variable]) == value
        return home, np.flatnonzero(kept)

    def propagate(self, evidence: Floats) -> Propagation:
        """Absorb ``evidence`` (binaries, 2): P(seen | 0) and P(seen | 1) for each binary variable, both >
        0."""
        return Propagation(self, evidence)

    def _bases(self, tables: Sequence[Table]) -> list[Floats]:
        grid = len(self.log_batch_weights)
        bases = [np.ones((self.states(clique), grid)) for clique in self.cliques]
        variables = [set(clique.variables) for clique in self.cliques]
        for table in tables:
            clique = next(i for i in reversed(range(len(variables))) if variables[i].issuperset(table.scope))
            bases[clique] *= table.values[self.rows(self.cliques[clique].variables, table.scope)]
        return bases

    def _node(self, clique: Clique, base: Floats) -> Node:
        residuals = prod(self.sizes[v] for v in clique.residual)
        binaries = tuple(v for v in clique.residual if v < self.binaries)
        states = np.array([self.rows(clique.variables, [v]) for v in binaries], dtype=np.float64)
        states = states.reshape(len(binaries), len(base))
        return Node(clique, len(base) // residuals, residuals, base, binaries, states)

    def _edge(self, clique: Clique) -> _Edge:
        above = self.cliques[clique.parent].variables if clique.parent >= 0 else clique.separator
        return _Edge(clique.parent, self.rows(above, clique.separator), self.grouped(above, clique.separator))


class Propagation:
    """What evidence implies: the posterior over the grid and, at each clique, P(residual | separator).

    ``batch`` (grid,) is the posterior weight of each grid point, ``points`` (grid,) which of the tree's they
    are, and ``log_evidence`` the logarithm of the probability of all that was seen. ``factors`` multiply the
    tables of some cliques besides, (states, grid) each.
    """

    def __init__(
        self, tree: JunctionTree, evidence: Floats, factors: Iterable[tuple[int, Floats]] = ()
    ) -> None:
        self.tree = tree
        self.conditionals: list[Floats] = []  # (separators, residuals, grid) a clique
        self._collect(evidence, factors)
        self._joints: list[Floats] | None = None

    def _collect(self, evidence: Floats, factors: Iterable[tuple[int, Floats]]) -> None:
        tree = self.tree
        tables, log_scale = self._with_evidence(evidence)
        for clique, factor in factors:
            tables[clique] *= factor
        peaks = np.empty((len(tables), len(tree.log_batch_weights)))
        conditionals = []
        for i in range(len(tables) - 1, -1, -1):
            node, edge = tree.nodes[i], tree.edges[i]
            table = tables[i].reshape(node.separators, node.residuals, -1)
            message = np.maximum(table.sum(axis=1), SMALLEST)
            table /= message[:, None]
            conditionals.append(table)
            peak = message.max(axis=0)
            peaks[i] = peak
            if edge.parent >= 0:
                message /= peak
                tables[edge.parent] *= message[edge.expand]
        self.conditionals = conditionals[::-1]
        log_batch = tree.log_batch_weights + np.log(peaks).sum(axis=0)
        top = log_batch.max()
        weights = np.exp(log_batch - top)
        self.log_evidence = log_scale + float(top) + float(np.log(weights.sum()))
        self.batch: Floats = weights / weights.sum()
        self.points: Integers = np.arange(len(weights))

    def _with_evidence(self, evidence: Floats) -> tuple[list[Floats], float]:
        logs = np.log(evidence)
        ratios, log_scale = logs[:, 1] - logs[:, 0], float(logs[:, 0].sum())
        tables: list[Floats] = []
        for node in self.tree.nodes:
            own = ratios[list(node.binaries)]
            if own.any():
                factor = own @ node.states
                shift = float(factor.max())
                log_scale += shift
                tables.append(node.base * np.exp(factor - shift)[:, None])
            else:
                tables.append(node.base.copy())
        return tables, log_scale

    def narrowed(self, share: float) -> Propagation:
        """The same on the fewest grid points that hold this share of the posterior."""
        order = np.argsort(-self.batch, kind="stable")
        count = int(np.searchsorted(np.cumsum(self.batch[order]), share)) + 1
        if count >= len(order):
            return self
        kept = np.sort(order[:count])
        other = copy(self)
        other.conditionals = [conditional[:, :, kept] for conditional in self.conditionals]
        other.batch = self.batch[kept] / self.batch[kept].sum()
        other.points = self.points[kept]
        other._joints = None
        return other

    @property
    def joints(self) -> list[Floats]:
        """P(state of the clique | evidence, grid point), (states, grid) a clique."""
        if self._joints is None:
            joints: list[Floats] = []
            for node, edge, conditional in zip(
                self.tree.nodes, self.tree.edges, self.conditionals, strict=True
            ):
                if edge.parent >= 0:
                    above = joints[edge.parent][edge.gather].reshape(node.separators, -1, len(self.batch))
                    conditional = conditional * above.sum(axis=1)[:, None]
                joints.append(conditional.reshape(-1, len(self.batch)))
            self._joints = joints
        return self._joints

    def marginals_by_batch(self) -> Floats:
        """P(variable = 1 | evidence, grid point), (binaries, grid)."""
        result = np.empty((self.tree.binaries, len(self.batch)))
        for node, joint in zip(self.tree.nodes, self.joints, strict=True):
            if node.binaries:
                result[list(node.binaries)] = node.states @ joint
        return result

    def marginals(self) -> Floats:
        """P(variable = 1 | evidence), (binaries,)."""
        return np.asarray(self.marginals_by_batch() @ self.batch)

    @property
    def weights(self) -> list[Floats]:
        """P(state of the clique | evidence), (states,) a clique."""
        return [joint @ self.batch for joint in self.joints]

    def samples(self, rng: np.random.Generator, count: int) -> NDArray[np.bool_]:
        """Joint states drawn from the posterior, (count, binaries); the grid points are stratified."""
        strata = (np.arange(count) + rng.random(count)) / count
        grid = np.minimum(np.searchsorted(np.cumsum(self.batch), strata), len(self.batch) - 1)
        drawn = np.zeros((count, self.tree.binaries), dtype=bool)
        rows: list[Integers] = []
        for node, edge, conditional in zip(self.tree.nodes, self.tree.edges, self.conditionals, strict=True):
            separator = edge.expand[rows[edge.parent]] if edge.parent >= 0 else np.zeros(count, dtype=np.intp)
            ladders = (
                np.cumsum(conditional[:, :-1], axis=1).transpose(0, 2, 1).reshape(-1, node.residuals - 1)
            )
            ladder = ladders[separator * len(self.batch) + grid]
            residual = (ladder < rng.random(count)[:, None]).sum(axis=1)
            rows.append(separator * node.residuals + residual)
            if node.binaries:
                drawn[:, list(node.binaries)] = node.states[:, rows[-1]].T > 0
        return drawn
