"""P(both variables are 1) for every pair at once, in one pass over a junction tree.

Two variables meet at the lowest clique under which both appear. There, given the clique's state, what lies
under different children is independent: so a pair is a product of two conditionals that the leaves-to-root
pass has already made, summed over the state of the separators between them. Cost: one matrix product an edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.junction_tree import Floats, Integers, JunctionTree, Propagation


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Sums a clique's table over all but two labels of its states."""

    order: Integers
    starts: Integers
    cells: Integers
    shape: tuple[int, int]

    @classmethod
    def of(cls, first: Integers, second: Integers, shape: tuple[int, int]) -> _Crossing:
        labels = first * shape[1] + second
        order = np.argsort(labels, kind="stable")
        cells, starts = np.unique(labels[order], return_index=True)
        return cls(order, starts, cells, shape)

    def total(self, table: Floats) -> Floats:
        """(grid, *shape): the sum of the rows of ``table`` (states, grid) that carry each two labels."""
        sums = np.add.reduceat(table[self.order], self.starts, axis=0)
        dense = np.zeros((table.shape[1], self.shape[0] * self.shape[1]))
        dense[:, self.cells] = sums.T
        return dense.reshape(-1, *self.shape)


class PairPlan:
    """All that ``pairs`` needs and that no evidence changes."""

    def __init__(self, tree: JunctionTree) -> None:
        self.tree = tree
        nodes, edges = tree.nodes, tree.edges
        self.under: list[list[int]] = [list(node.binaries) for node in nodes]
        self.below: dict[int, _Crossing] = {}
        self.beside: dict[tuple[int, int], _Crossing] = {}
        for i in range(len(nodes) - 1, -1, -1):
            node = nodes[i]
            own = np.arange(len(node.base)) // node.residuals
            for position, child in enumerate(tree.children[i]):
                self.under[i] += self.under[child]
                size = nodes[child].separators
                self.below[child] = _Crossing.of(own, edges[child].expand, (node.separators, size))
                for earlier in tree.children[i][:position]:
                    labels = edges[earlier].expand, edges[child].expand
                    shape = (nodes[earlier].separators, size)
                    self.beside[earlier, child] = _Crossing.of(*labels, shape)

    def pairs(self, propagation: Propagation) -> Floats:
        """P(i = 1 and j = 1 | evidence), (binaries, binaries), the marginals on the diagonal."""
        result = np.empty((self.tree.binaries, self.tree.binaries))
        given: dict[int, Floats] = {}
        for i in range(len(self.tree.nodes) - 1, -1, -1):
            self._meet(i, propagation, given, result)
            given[i] = self._given_separator(i, propagation, given)
            for child in self.tree.children[i]:
                del given[child]
        return result

    def _given_separator(self, i: int, propagation: Propagation, given: dict[int, Floats]) -> Floats:
        """P(variable = 1 | separator state, grid), (separators, grid, variables under the clique)."""
        node, conditional = self.tree.nodes[i], propagation.conditionals[i]
        own = conditional.transpose(0, 2, 1) @ node.states[:, : node.residuals].T
        parts = [own]
        flat = conditional.reshape(len(node.base), -1)
        for child in self.tree.children[i]:
            passage = self.below[child].total(flat)
            parts.append((passage @ given[child].transpose(1, 0, 2)).transpose(1, 0, 2))
        return np.concatenate(parts, axis=2)

    def _meet(self, i: int, propagation: Propagation, given: dict[int, Floats], result: Floats) -> None:
        node, children = self.tree.nodes[i], self.tree.children[i]
        joint = propagation.joints[i] * propagation.batch
        own = list(node.binaries)
        result[np.ix_(own, own)] = (node.states * joint.sum(axis=1)) @ node.states.T
        for position, child in enumerate(children):
            under, edge = given[child], self.tree.edges[child]
            flat = under.reshape(under.shape[0] * under.shape[1], under.shape[2])
            if own:
                states = node.states.T[edge.gather].reshape(len(under), -1, len(own))
                grouped = joint[edge.gather].reshape(len(under), -1, joint.shape[1])
                held = states.transpose(2, 0, 1)[:, :, None, :] @ grouped
                self._write(result, own, self.under[child], held.reshape(len(own), len(flat)) @ flat)
            for earlier in children[:position]:
                between = self.beside[earlier, child].total(joint)
                held = between.transpose(0, 2, 1) @ given[earlier].transpose(1, 0, 2)
                held = held.transpose(2, 1, 0).reshape(held.shape[2], len(flat))
                self._write(result, self.under[earlier], self.under[child], held @ flat)

    @staticmethod
    def _write(result: Floats, rows: list[int], columns: list[int], block: Floats) -> None:
        result[np.ix_(rows, columns)] = block
        result[np.ix_(columns, rows)] = block.T
