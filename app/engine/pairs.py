"""P(both variables are 1) for every pair at once, in one pass over a junction tree.

Two variables meet at the lowest clique under which both appear. There, given the clique's state, what lies
under different children is independent: so a pair is a product of two conditionals that the leaves-to-root
pass has already made, summed over the state of the separators between them. Cost: one matrix product an edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.junction_tree import Floats, Integers, JunctionTree, Propagation

SPARSE = 8
"""Cells of a full table for each one that is not zero, above which only the latter are summed."""

LIGHT = 4
"""Variables under a child up to which it is light."""


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

    @property
    def is_sparse(self) -> bool:
        """Are most pairs of labels never met, so that a full table would be mostly zeros?"""
        return self.shape[0] * self.shape[1] > SPARSE * len(self.cells)

    def sums(self, table: Floats) -> Floats:
        """(cells, grid): the sum of the rows of ``table`` (states, grid) that carry each two labels met."""
        return np.asarray(np.add.reduceat(table[self.order], self.starts, axis=0))

    def dense(self, table: Floats) -> Floats:
        """(grid, *shape): the same, with zeros where two labels never meet."""
        sums = self.sums(table)
        dense = np.zeros((table.shape[1], self.shape[0] * self.shape[1]))
        dense[:, self.cells] = sums.T
        return dense.reshape(-1, *self.shape)


class PairPlan:
    """All that ``pairs`` needs and that no evidence changes.

    Variables are renumbered so that those under a clique are consecutive: its own, then each child's, the
    *light* ones first. Under a light child there are few variables: they are cheaper to spread over the
    clique's states, where they are like its own, than to be met child by child.
    """

    def __init__(self, tree: JunctionTree) -> None:
        self.tree = tree
        self.light: list[list[int]] = [[] for _ in tree.nodes]
        self.heavy: list[list[int]] = [[] for _ in tree.nodes]
        self.below: dict[int, _Crossing] = {}
        self.beside: dict[tuple[int, int], _Crossing] = {}
        variables = self._variables()
        for i, children in enumerate(tree.children):
            for child in children:
                (self.light if variables[child] <= LIGHT else self.heavy)[i].append(child)
            self._cross(i)
        self.near: dict[int, slice] = {}
        self.under: dict[int, slice] = {}
        order: list[int] = []
        if tree.nodes:
            self._number(0, order)
        self.place: Integers = np.argsort(np.array(order, dtype=np.intp))

    def pairs(self, propagation: Propagation) -> Floats:
        """P(i = 1 and j = 1 | evidence), (binaries, binaries), the marginals on the diagonal."""
        result = np.empty((self.tree.binaries, self.tree.binaries))
        given: dict[int, Floats] = {}
        for i in range(len(self.tree.nodes) - 1, -1, -1):
            near = self._given_state(i, propagation, given)
            self._meet(i, propagation, near, given, result)
            given[i] = self._given_separator(i, propagation, near, given)
            for child in self.tree.children[i]:
                del given[child]
        return result[self.place[:, None], self.place]

    def _variables(self) -> list[int]:
        """How many binary variables lie under each clique, its own included."""
        counts = [len(node.binaries) for node in self.tree.nodes]
        for i in range(len(counts) - 1, -1, -1):
            counts[i] += sum(counts[child] for child in self.tree.children[i])
        return counts

    def _cross(self, i: int) -> None:
        node, nodes, edges = self.tree.nodes[i], self.tree.nodes, self.tree.edges
        own = np.arange(len(node.base)) // node.residuals
        for position, child in enumerate(self.heavy[i]):
            size = nodes[child].separators
            self.below[child] = _Crossing.of(own, edges[child].expand, (node.separators, size))
            for earlier in self.heavy[i][:position]:
                labels = edges[earlier].expand, edges[child].expand
                self.beside[earlier, child] = _Crossing.of(*labels, (nodes[earlier].separators, size))

    def _number(self, i: int, order: list[int]) -> None:
        start = len(order)
        order += self.tree.nodes[i].binaries
        for child in self.light[i]:
            self._number(child, order)
        self.near[i] = slice(start, len(order))
        for child in self.heavy[i]:
            self._number(child, order)
        self.under[i] = slice(start, len(order))

    def _given_state(self, i: int, propagation: Propagation, given: dict[int, Floats]) -> Floats:
        """P(variable = 1 | clique's state, grid) of its own variables and of those under its light children,
        (states, grid, variables)."""
        node, edges = self.tree.nodes[i], self.tree.edges
        own = np.broadcast_to(
            node.states.T[:, None], (len(node.base), len(propagation.batch), len(node.binaries))
        )
        return np.concatenate([own, *(given[child][edges[child].expand] for child in self.light[i])], axis=2)

    def _given_separator(
        self, i: int, propagation: Propagation, near: Floats, given: dict[int, Floats]
    ) -> Floats:
        """P(variable = 1 | separator state, grid), (separators, grid, variables under the clique)."""
        node, conditional = self.tree.nodes[i], propagation.conditionals[i]
        inside = near.reshape(node.separators, node.residuals, *near.shape[1:]) * conditional[..., None]
        parts = [inside.sum(axis=1)]
        flat = conditional.reshape(len(node.base), -1)
        for child in self.heavy[i]:
            parts.append(self._passed(self.below[child], flat, given[child]))
        return np.concatenate(parts, axis=2) if len(parts) > 1 else parts[0]

    def _meet(
        self, i: int, propagation: Propagation, near: Floats, given: dict[int, Floats], result: Floats
    ) -> None:
        """Write the pairs whose variables lie on different sides of clique ``i``, or in it."""
        joint = propagation.joints[i] * propagation.batch
        held = near * joint[:, :, None]
        here = self.near[i]
        block = _rows(held).T @ _rows(near)
        for child in self.light[i]:
            inside = slice(self.under[child].start - here.start, self.under[child].stop - here.start)
            block[inside, inside] = result[self.under[child], self.under[child]]
        result[here, here] = block
        for position, child in enumerate(self.heavy[i]):
            under, columns = given[child], self.under[child]
            gather = self.tree.edges[child].gather
            grouped = held[gather].reshape(len(under), len(held) // len(under), *held.shape[1:])
            block = _rows(grouped.sum(axis=1)).T @ _rows(under)
            result[here, columns] = block
            result[columns, here] = block.T
            for earlier in self.heavy[i][:position]:
                block = self._across(self.beside[earlier, child], joint, given[earlier], under)
                result[self.under[earlier], columns] = block
                result[columns, self.under[earlier]] = block.T

    @staticmethod
    def _passed(crossing: _Crossing, conditional: Floats, given: Floats) -> Floats:
        """What ``given`` (child's separators, grid, variables) is to the clique's own separator."""
        if not crossing.is_sparse:
            passage = crossing.dense(conditional)
            return np.asarray((passage @ given.transpose(1, 0, 2)).transpose(1, 0, 2))
        separators = crossing.shape[0]
        sums = crossing.sums(conditional)
        inside = given[crossing.cells % crossing.shape[1]] * sums[:, :, None]
        # Told in full: nothing can be deduced of a shape where no variable is under the child.
        each = len(crossing.cells) // separators
        return np.asarray(inside.reshape(separators, each, *inside.shape[1:]).sum(axis=1))

    @staticmethod
    def _across(crossing: _Crossing, joint: Floats, first: Floats, second: Floats) -> Floats:
        """P(a variable under one child and one under another), (first's, second's)."""
        if not crossing.is_sparse:
            between = crossing.dense(joint)
            held = between.transpose(0, 2, 1) @ first.transpose(1, 0, 2)
            flat = second.reshape(second.shape[0] * second.shape[1], second.shape[2])
            return np.asarray(held.transpose(2, 1, 0).reshape(held.shape[2], len(flat)) @ flat)
        left = first[crossing.cells // crossing.shape[1]] * crossing.sums(joint)[:, :, None]
        right = second[crossing.cells % crossing.shape[1]]
        rows = right.shape[0] * right.shape[1]
        return np.asarray(left.reshape(rows, left.shape[2]).T @ right.reshape(rows, right.shape[2]))


def _rows(table: Floats) -> Floats:
    """(states, grid, variables) as (states · grid, variables)."""
    states, grid, variables = table.shape
    return table.reshape(states * grid, variables)
