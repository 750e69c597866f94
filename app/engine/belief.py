"""The posterior over mastered modules, given all evidence: exact, or by particles where the graph is too
wide."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from app.engine.departures import Departures, regular_evidence
from app.engine.evidence import Likelihood
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats, Integers, JunctionTree, Propagation, Table
from app.engine.pairs import PairPlan
from app.engine.particles import Cloud, ParticleModel
from app.engine.prior import Prior, normal_points
from app.engine.triangulation import junction_tree, table_entries, width

__all__ = ["Belief", "BeliefModel", "Prior", "TooWideError"]

DOMAIN_REACH = 2.0
LARGEST = 3_000_000
"""Numbers in the tables of a graph above which particles are faster and small enough: 24 MB."""
COARSE_OVER = 45_000
"""Numbers in the tables of a graph above which screens are compared on fewer ability points."""
COARSE_ABILITY_POINTS = 7
COARSE_DOMAIN_POINTS = 2
PARTICLES = 4096
SEED = 4096
REMEMBERED = 8
REMEMBERED_ENTRIES = 1_000_000
"""Latest beliefs kept by a model, fewer where each is large."""
STRONGEST = 60.0
"""Largest log-likelihood ratio that one module may gather: e^60 is certainty, and no sum can overflow."""


class TooWideError(ValueError):
    """Asked of a graph too wide for exact sums what only exact sums can tell."""


class Belief:
    """What the evidence implies about every module; immutable, made by ``BeliefModel.posterior``."""

    def __init__(self, model: BeliefModel, source: Propagation | Cloud, departures: Departures) -> None:
        self._model = model
        self._source = source
        self._departures = departures
        self.graph = model.graph

    def __getitem__(self, module_id: str) -> float:
        return float(self.probabilities[self.graph.index[module_id]])

    def __contains__(self, module_id: object) -> bool:
        return module_id in self.graph

    def as_dict(self) -> dict[str, float]:
        """P(mastered) by module id, prerequisites first."""
        return dict(zip(self.graph.ids, self.probabilities.tolist(), strict=True))

    @cached_property
    def probabilities(self) -> Floats:
        """P(mastered), (n,), in the order of ``graph.ids``."""
        result = np.clip(self._departures.marginals(self._source.marginals()), 0.0, 1.0)
        result.flags.writeable = False
        return result

    @cached_property
    def pairs(self) -> Floats:
        """P(both mastered), (n, n), in the order of ``graph.ids``; the diagonal is ``probabilities``."""
        source = self._source
        regular = source.pairs() if isinstance(source, Cloud) else self._model.pair_plan.pairs(source)
        result = np.clip(self._departures.pairs(regular), 0.0, 1.0)
        result.flags.writeable = False
        return result

    @cached_property
    def readiness(self) -> Floats:
        """P(not mastered, all direct prerequisites mastered), (n,), in the order of ``graph.ids``."""
        source, mastered = self._source, self._departures.mastered
        if isinstance(source, Cloud):
            return source.readiness(self._departures)
        weights = source.weights
        result = np.empty(len(self.graph))
        for j, (clique, labels, family) in enumerate(self._model.families):
            states = np.bincount(labels, weights[clique], 2 ** len(family))
            chances = 1 - mastered[j]
            for parent in family[1:]:
                chances = np.multiply.outer(chances, mastered[parent]).ravel()
            result[j] = states @ chances
        return result

    @property
    def log_evidence(self) -> float:
        """Natural logarithm of P(all that was seen), each module's evidence scaled to a largest 1.

        Raises ``TooWideError`` where the belief is not exact.
        """
        return self.propagation.log_evidence

    @property
    def ability(self) -> tuple[float, float]:
        """Posterior mean and standard deviation of the shared ability, in logits."""
        points, weights = self._model.ability_points, self.ability_weights
        mean = float(weights @ points)
        return mean, float(np.sqrt(weights @ (points - mean) ** 2))

    @property
    def ability_weights(self) -> Floats:
        """Posterior weight of each point of the shared ability, (grid,)."""
        if isinstance(self._source, Cloud):
            return self._source.batch
        weights = np.zeros(len(self._model.ability_points))
        weights[self._source.points] = self._source.batch
        return weights

    @property
    def propagation(self) -> Propagation:
        """The sums over regular states, for what needs more than marginals and pairs (calibration).

        Raises ``TooWideError`` where the belief is not exact.
        """
        if isinstance(self._source, Cloud):
            raise TooWideError("this graph is too wide for exact sums")
        return self._source

    def likeliest(self, share: float) -> Belief:
        """The same belief on the fewest ability points that hold this share of it: near enough to compare
        screens, and faster. Of an approximate belief, itself."""
        if isinstance(self._source, Cloud):
            return self
        return Belief(self._model, self._source.narrowed(share), self._departures)

    def samples(self, rng: np.random.Generator, count: int) -> NDArray[np.bool_]:
        """Knowledge states drawn from the posterior, (count, n)."""
        return self._departures.draw(self._source.samples(rng, count), rng)


class BeliefModel:
    """The prior over a graph's knowledge states, ready to take evidence. Thread-safe once made.

    All that evidence does not change is computed here, once: make one model a graph and keep it. A graph
    whose tables would hold more than ``LARGEST`` numbers is answered by particles, and ``is_exact`` is then
    false; ``width`` is that of its junction tree and ``entries`` the numbers in its tables.
    """

    def __init__(self, graph: ModuleGraph, prior: Prior | None = None) -> None:
        self.graph = graph
        self.prior = prior or Prior()
        self.ability_points, weights = normal_points(
            self.prior.ability_points, self.prior.mean, self.prior.spread, self.prior.ability_reach
        )
        self.domain_points, domain_weights = normal_points(
            self.prior.domain_points, 0.0, self.prior.domain_spread, DOMAIN_REACH
        )
        tables = self._tables(domain_weights, len(weights))
        sizes = [2] * len(graph) + [len(self.domain_points)] * len(graph.domains)
        cliques = junction_tree([table.scope for table in tables], sizes)
        self.width = width(cliques)
        self.entries = table_entries(cliques, sizes) * len(weights)
        self.is_exact = self.entries <= LARGEST
        if self.is_exact:
            self._tree = JunctionTree(tables, sizes, len(graph), weights, cliques)
        else:
            self._particles = ParticleModel(graph, self.prior, self.chances(), PARTICLES, SEED)
        self._remembered: OrderedDict[bytes, Belief] = OrderedDict()

    @cached_property
    def coarse(self) -> BeliefModel:
        """The same model on fewer ability points, where it is large: near enough to compare screens, and
        several times faster."""
        if self.entries <= COARSE_OVER:
            return self
        prior = replace(
            self.prior,
            ability_points=min(self.prior.ability_points, COARSE_ABILITY_POINTS),
            domain_points=min(self.prior.domain_points, COARSE_DOMAIN_POINTS),
        )
        return BeliefModel(self.graph, prior)

    @property
    def tree(self) -> JunctionTree:
        """The junction tree. Raises ``TooWideError`` where the belief is not exact."""
        if not self.is_exact:
            raise TooWideError("this graph is too wide for exact sums")
        return self._tree

    @cached_property
    def pair_plan(self) -> PairPlan:
        return PairPlan(self.tree)

    @cached_property
    def families(self) -> list[tuple[int, Integers, tuple[int, ...]]]:
        """For each module, a clique that holds it with its prerequisites, the joint state of these that each
        of the clique's states holds, and the variables in that order: the module, then its prerequisites."""
        result = []
        for j, module in enumerate(self.graph.modules):
            family = (j, *sorted({self.graph.index[p] for p in module.prerequisites}))
            clique = self.tree.home(family)
            labels = self.tree.rows(self.tree.cliques[clique].variables, family)
            result.append((clique, labels, family))
        return result

    def posterior(self, likelihoods: Sequence[Likelihood] = ()) -> Belief:
        """The belief that these likelihoods imply, in whatever order; modules not in the graph are ignored.

        Raises ``ValueError`` when a likelihood is not a probability over 0.
        """
        return self.posterior_of(self.evidence(likelihoods))

    def evidence(self, likelihoods: Sequence[Likelihood]) -> Floats:
        """P(all seen on the module | not mastered) and (… | mastered), scaled to a largest 1, (n, 2)."""
        ratios: list[list[float]] = [[] for _ in self.graph.modules]
        for likelihood in likelihoods:
            if not (0 < likelihood.mastered <= 1 and 0 < likelihood.not_mastered <= 1):
                raise ValueError(f"a likelihood must be in ]0, 1]: {likelihood}")
            if likelihood.module in self.graph:
                ratio = log(likelihood.mastered) - log(likelihood.not_mastered)
                ratios[self.graph.index[likelihood.module]].append(ratio)
        # Sorted, so that the last bit too is the same in any order.
        totals = np.clip([sum(sorted(ratio)) for ratio in ratios], -STRONGEST, STRONGEST)
        return np.asarray(np.exp(np.stack([np.minimum(-totals, 0.0), np.minimum(totals, 0.0)], axis=1)))

    def posterior_of(self, evidence: Floats) -> Belief:
        """The belief for likelihood pairs (n, 2): not mastered, mastered."""
        key = evidence.tobytes()
        belief = self._remembered.get(key)
        if belief is None:
            regular = regular_evidence(evidence, self.prior.departure)
            source = self._tree.propagate(regular) if self.is_exact else self._particles.posterior(regular)
            belief = Belief(self, source, Departures.of(evidence, self.prior.departure))
            self._remembered[key] = belief
            while len(self._remembered) > max(1, min(REMEMBERED, REMEMBERED_ENTRIES // max(1, self.entries))):
                self._remembered.popitem(last=False)
        return belief

    def chances(self) -> Floats:
        """P(regular state mastered | abilities, that of all prerequisites mastered), (n, domain points,
        grid)."""
        ability = self.domain_points[:, None] + self.ability_points[None, :]
        slopes, difficulties = self.prior.slope_of(self.graph), self.prior.difficulty_of(self.graph)
        logits = slopes[:, None, None] * (ability[None] - difficulties[:, None, None])
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))

    def _tables(self, domain_weights: Floats, grid: int) -> list[Table]:
        """A table a domain (its ability) and a module (its mastery, given ability and prerequisites)."""
        graph = self.graph
        domain_variable = {domain: len(graph) + d for d, domain in enumerate(graph.domains)}
        spread = np.repeat(domain_weights[:, None], grid, axis=1)
        tables = [Table((variable,), spread) for variable in domain_variable.values()]
        chances = self.chances()
        for j, module in enumerate(graph.modules):
            parents = tuple(sorted(graph.index[p] for p in set(module.prerequisites)))
            scope = (domain_variable[module.domain], *parents, j)
            tables.append(Table(scope, self._module_table(chances[j], len(parents))))
        return tables

    def _module_table(self, chance: Floats, parents: int) -> Floats:
        """Rows (domain point, parents' joint state, mastered or not), columns the grid."""
        passed = self.prior.leak ** missing_among(parents)
        mastered = chance[:, None] * passed[:, None]
        return np.stack([1 - mastered, mastered], axis=2).reshape(-1, chance.shape[1])


def missing_among(parents: int) -> Integers:
    """How many prerequisites each joint state of ``parents`` of them lacks, (2^parents,)."""
    return np.array([parents - state.bit_count() for state in range(2**parents)], dtype=np.intp)
