"""Sums on a graph too wide for exact ones: some prerequisites are cut, and messages stand for them.

Choi & Darwiche (2006), "An edge deletion semantics for belief propagation". Where the arc from a prerequisite
to a module is cut, the module depends on a copy of the prerequisite instead, with a chance of its own, and
the prerequisite receives what the module's side says of it as evidence. Both are those that make copy and
prerequisite equally likely, given all that was seen, at each point of the shared ability: they are sent back
and forth until nothing moves. All that is not cut is summed exactly, as are all cuts that close no loop.

A missing prerequisite divides the chance of a module by the same number whatever else is missing, so the
copies cost no table: cut prerequisites multiply the chance by what they leave of it on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.cutting import kept_parents
from app.engine.departures import Departures
from app.engine.junction_tree import Floats, Integers, JunctionTree, Propagation
from app.engine.tables import PriorTables
from app.engine.triangulation import junction_tree

ROUNDS = 24
UNDAMPED = 6
"""Rounds after which messages go half of the way only: those that have not settled by then may swing."""
STILL = 0.003
"""Messages have settled when none moves by more, as a probability: marginals are then 0.0002 from the end."""
SURE = 1e-12
"""No chance that a message tells is nearer to none: keeps logarithms finite."""


@dataclass(frozen=True, slots=True)
class CutFamily:
    """A module and its prerequisites, of which some are cut. ``arcs`` are the cut ones' rows among the
    messages."""

    module: int
    kept: tuple[int, ...]
    cut: tuple[int, ...]
    arcs: slice
    mastered: Floats  # (states of domain and kept prerequisites, grid): chance where no cut one is missing
    clique: int
    rows: Integers  # for each state of the clique, that of the family
    grouped: Integers  # the clique's states, by the family's


class CutTree:
    """A graph's junction tree without some of its arcs, of about ``most`` states. Thread-safe once made."""

    def __init__(self, tables: PriorTables, most: int) -> None:
        self.leak = tables.prior.leak
        self.parents = kept_parents(tables, most)
        cut = [
            tuple(sorted(set(every) - set(kept)))
            for every, kept in zip(tables.parents, self.parents, strict=True)
        ]
        whole = [tables.of_module(j, kept) for j, kept in enumerate(self.parents) if not cut[j]]
        cliques = junction_tree(tables.scopes(self.parents), tables.sizes)
        self.tree = JunctionTree(
            [*tables.of_domains(), *whole],
            tables.sizes,
            len(tables.graph),
            tables.ability_weights,
            cliques,
        )
        self.families = [self._family(tables, j, cut) for j in range(len(cut)) if cut[j]]
        self.modules = np.array([family.module for family in self.families], dtype=np.intp)
        self.sources = np.array([p for parents in cut for p in parents], dtype=np.intp)
        self._places = [self._place(int(source)) for source in self.sources]
        nothing = np.ones((len(tables.graph), 2))
        start = np.zeros((2, len(self.sources), len(tables.ability_weights)))
        # Without evidence nothing comes back, and each round settles one more cut along every way.
        self._prior = self._settle(nothing, start, len(self.families) + 2).messages

    def propagate(self, evidence: Floats) -> CutPropagation:
        """Absorb ``evidence`` (n, 2): P(seen | 0) and P(seen | 1) for each module, both > 0."""
        return self._settle(evidence, self._prior, ROUNDS)

    def _settle(self, evidence: Floats, messages: Floats, rounds: int) -> CutPropagation:
        for number in range(rounds):
            found = CutPropagation(self, evidence, messages)
            if found.unrest <= STILL:
                break
            messages = found.answers if number < UNDAMPED else (messages + found.answers) / 2
        return found

    def _family(self, tables: PriorTables, j: int, cut: list[tuple[int, ...]]) -> CutFamily:
        kept = self.parents[j]
        scope = tables.scope(j, kept)
        clique = self.tree.home(scope)
        variables = self.tree.cliques[clique].variables
        first = sum(len(parents) for parents in cut[:j])
        return CutFamily(
            j,
            kept,
            cut[j],
            slice(first, first + len(cut[j])),
            tables.mastered(j, len(kept)),
            clique,
            self.tree.rows(variables, scope),
            self.tree.grouped(variables, scope),
        )

    def _place(self, module: int) -> tuple[int, Integers]:
        """A clique that holds the module, and the module's value in each of its states."""
        clique = self.tree.home([module])
        return clique, self.tree.rows(self.tree.cliques[clique].variables, [module])

    def factors(self, messages: Floats, passed: Floats) -> list[tuple[int, Floats]]:
        """What the messages multiply the tables of some cliques by; ``passed`` (families, grid) is what all
        cut prerequisites together leave of each module's chance."""
        factors = []
        for family, left in zip(self.families, passed, strict=True):
            chance = family.mastered * left
            values = np.stack([1 - chance, chance], axis=1).reshape(-1, chance.shape[1])
            factors.append((family.clique, values[family.rows]))
        # Scaled so that on average over the copies they say nothing: no normaliser is left over.
        down, up = _chances(messages[0]), np.exp(messages[1])
        missing = 1 / (1 - down + down * up)
        for (clique, values), pair in zip(
            self._places, np.stack([missing, missing * up], axis=1), strict=True
        ):
            factors.append((clique, pair[values]))
        return factors

    def together(self, arcs: Floats) -> Floats:
        """The product over each family's arcs, (families, grid), of values (arcs, grid)."""
        starts = [family.arcs.start for family in self.families]
        return np.asarray(np.multiply.reduceat(arcs, starts, axis=0)) if starts else arcs


class CutPropagation(Propagation):
    """What evidence implies where messages stand for the arcs cut.

    ``messages`` (2, arcs, grid) are, for each arc cut, the chance of the copy and the likelihood ratio that
    the prerequisite receives, both as logarithms of odds. ``answers`` are those that follow from them, and
    ``unrest`` is how far apart the two are, as probabilities.
    """

    def __init__(self, cut: CutTree, evidence: Floats, messages: Floats) -> None:
        self.messages = messages
        self.copies = _chances(messages[0])
        self.each_passes = self.copies + (1 - self.copies) * cut.leak
        self.passed = cut.together(self.each_passes)
        super().__init__(cut.tree, evidence, cut.factors(messages, self.passed))
        self.cut = cut
        self.answers = self._answers()
        moved = np.abs(_chances(self.answers) - _chances(messages))
        self.unrest = float((moved @ self.batch).max(initial=0.0))

    def _answers(self) -> Floats:
        answers = np.empty_like(self.messages)
        marginals = np.clip(self.marginals_by_batch()[self.cut.sources], SURE, 1 - SURE)
        answers[0] = np.log(marginals) - np.log1p(-marginals) - self.messages[1]
        sums = np.empty((3, len(self.cut.families), len(self.batch)))
        for row, family in enumerate(self.cut.families):
            missing, mastered = self._states(row, family)
            sums[0, row] = mastered.sum(axis=0)
            sums[1, row] = missing.sum(axis=0)
            sums[2, row] = (missing * family.mastered).sum(axis=0)
        repeats = [len(family.cut) for family in self.cut.families]
        seen, left, lost = np.repeat(sums, repeats, axis=1)
        seen = seen / self.each_passes
        lost = lost * np.repeat(self.passed, repeats, axis=0) / self.each_passes
        mastered, missing = seen + left - lost, self.cut.leak * (seen - lost) + left
        answers[1] = np.log(np.maximum(mastered, SURE)) - np.log(np.maximum(missing, SURE))
        return answers

    def _states(self, row: int, family: CutFamily) -> tuple[Floats, Floats]:
        """P(domain point, kept prerequisites, the module is not mastered | grid point) over the chance that
        it is not; and that it is, (states, grid) both."""
        joint = self.joints[family.clique][family.grouped]
        chance = family.mastered[:, self.points]
        joint = joint.reshape(len(chance), 2, -1, joint.shape[1]).sum(axis=2)
        return joint[:, 0] / (1 - chance * self.passed[row][self.points]), joint[:, 1]

    def ready(self, departures: Departures) -> Floats:
        """P(not mastered, all direct prerequisites mastered), (families,), of the modules that cuts touch."""
        return np.array([self._ready(row, f, departures) for row, f in enumerate(self.cut.families)])

    def _ready(self, row: int, family: CutFamily, departures: Departures) -> float:
        lacking = 1 - departures.mastered[family.module]
        kept = np.ones(1)
        for parent in family.kept:
            kept = np.multiply.outer(kept, departures.mastered[parent]).ravel()
        kept = np.tile(kept, len(family.mastered) // len(kept))[:, None]
        copies, known = self.copies[family.arcs][:, self.points], departures.mastered[list(family.cut)]
        missing, mastered = self._states(row, family)
        there = (copies * known[:, 1:] + (1 - copies) * known[:, :1]).prod(axis=0)
        opened = (copies * known[:, 1:] + (1 - copies) * known[:, :1] * self.cut.leak).prod(axis=0)
        chance = family.mastered[:, self.points]
        without = (kept * missing * (there - chance * opened)).sum(axis=0) * lacking[0]
        with_it = (kept * mastered).sum(axis=0) * opened / self.passed[row][self.points] * lacking[1]
        return float((without + with_it) @ self.batch)


def _chances(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)))
