"""The posterior over mastered modules, given all evidence: exact, or close to it where the graph is too
wide."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from app.engine.cut_tree import CutPropagation, CutTree
from app.engine.departures import Departures, regular_evidence
from app.engine.evidence import Likelihood
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats, Integers, JunctionTree, Propagation
from app.engine.pairs import PairPlan
from app.engine.particles import Cloud, ParticleModel
from app.engine.prior import Prior
from app.engine.tables import DOMAIN_REACH, PriorTables, missing_among
from app.engine.triangulation import Clique, WideError, junction_tree, table_entries, width

__all__ = [
    "DOMAIN_REACH",
    "Belief",
    "BeliefModel",
    "Prior",
    "TooWideError",
    "likelihood_pairs",
    "missing_among",
]

LARGEST = 3_000_000
"""Numbers in the tables of a graph above which prerequisites are cut: 24 MB, and seconds a choice."""
CUT_TO = 100_000
"""Numbers in the tables, about, that are left of a graph too wide."""
COARSE_OVER = 45_000
"""Numbers in the tables of a graph above which screens are compared on fewer ability points."""
CUT_OVER = 1_000_000
"""Numbers in the tables of a graph above which screens are compared with prerequisites cut instead."""
COARSE_ABILITY_POINTS = 7
COARSE_DOMAIN_POINTS = 2
UNSETTLED = 0.02
"""Messages that still move by more than this, as probabilities, are not to be believed: particles then."""
PARTICLES = 4096
SEED = 4096
REMEMBERED = 8
REMEMBERED_ENTRIES = 1_000_000
"""Latest beliefs kept by a model, fewer where each is large."""
STRONGEST = 60.0
"""Largest log-likelihood ratio that one module may gather: e^60 is certainty, and no sum can overflow."""


class TooWideError(ValueError):
    """Asked of a graph too wide for exact sums what only exact sums can tell."""


def likelihood_pairs(ratios: Floats) -> Floats:
    """The pairs (not mastered, mastered) of these log-likelihood ratios, scaled to a largest 1, (n, 2)."""
    return np.asarray(np.exp(np.stack([np.minimum(-ratios, 0.0), np.minimum(ratios, 0.0)], axis=1)))


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
        if isinstance(source, CutPropagation):
            result[source.cut.modules] = source.ready(self._departures)
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
        if isinstance(self._source, Cloud | CutPropagation):
            raise TooWideError("this graph is too wide for exact sums")
        return self._source

    def likeliest(self, share: float) -> Belief:
        """The same belief on the fewest ability points that hold this share of it: near enough to compare
        screens, and faster. Of particles, themselves."""
        if isinstance(self._source, Cloud):
            return self
        return Belief(self._model, self._source.narrowed(share), self._departures)

    def samples(self, rng: np.random.Generator, count: int) -> NDArray[np.bool_]:
        """Knowledge states drawn from the posterior, (count, n)."""
        return self._departures.draw(self._source.samples(rng, count), rng)


class BeliefModel:
    """The prior over a graph's knowledge states, ready to take evidence. Thread-safe once made.

    All that evidence does not change is computed here, once: make one model a graph and keep it. Of a graph
    whose tables would hold more than ``largest`` numbers (``LARGEST`` unless told) some prerequisites are
    cut, and messages stand for them; ``is_exact`` is then false. ``width`` is that of the graph's junction
    tree, or where the search for a narrower one gave up; ``entries`` are the numbers in the tables kept.
    """

    def __init__(self, graph: ModuleGraph, prior: Prior | None = None, largest: int | None = None) -> None:
        self.graph = graph
        self.prior = prior or Prior()
        self.tables = PriorTables(graph, self.prior)
        self.ability_points = self.tables.ability_points
        self.domain_points = self.tables.domain_points
        self._cut: CutTree | None = None
        self._parents = self.tables.parents
        grid = len(self.ability_points)
        cliques, self.width = self._cliques((LARGEST if largest is None else largest) // grid)
        if cliques is None:
            self._cut = CutTree(self.tables, CUT_TO // grid)
            self._tree, self._parents = self._cut.tree, self._cut.parents
        else:
            tables = [
                *self.tables.of_domains(),
                *(self.tables.of_module(j, parents) for j, parents in enumerate(self._parents)),
            ]
            weights = self.tables.ability_weights
            self._tree = JunctionTree(tables, self.tables.sizes, len(graph), weights, cliques)
        self.entries = table_entries(self._tree.cliques, self.tables.sizes) * grid
        self._remembered: OrderedDict[bytes, Belief] = OrderedDict()

    def _cliques(self, most: int) -> tuple[list[Clique] | None, int]:
        """Those of the graph's junction tree, if they have at most so many states together; and its width."""
        sizes = self.tables.sizes
        try:
            cliques = junction_tree(self.tables.scopes(self._parents), sizes, most)
        except WideError as error:
            return None, error.width
        return (cliques if table_entries(cliques, sizes) <= most else None), width(cliques)

    @property
    def is_exact(self) -> bool:
        return self._cut is None

    @cached_property
    def coarse(self) -> BeliefModel:
        """The same model on fewer ability points, where it is large, or with prerequisites cut, where it is
        very large: near enough to compare screens, and several times faster. Where prerequisites are cut
        already, it is small."""
        if self.entries <= COARSE_OVER or not self.is_exact:
            return self
        if self.entries > CUT_OVER:
            return BeliefModel(self.graph, self.prior, CUT_OVER)
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
        return PairPlan(self._tree)

    @cached_property
    def _particles(self) -> ParticleModel:
        return ParticleModel(self.tables, PARTICLES, SEED)

    @cached_property
    def families(self) -> list[tuple[int, Integers, tuple[int, ...]]]:
        """For each module, a clique that holds it with its prerequisites (those kept), the joint state of
        these that each of the clique's states holds, and the variables in that order: the module, then its
        prerequisites."""
        result = []
        for j, parents in enumerate(self._parents):
            family = (j, *parents)
            clique = self._tree.home(family)
            labels = self._tree.rows(self._tree.cliques[clique].variables, family)
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
        return likelihood_pairs(totals)

    def posterior_of(self, evidence: Floats) -> Belief:
        """The belief for likelihood pairs (n, 2): not mastered, mastered."""
        key = evidence.tobytes()
        belief = self._remembered.get(key)
        if belief is None:
            regular = regular_evidence(evidence, self.prior.departure)
            belief = Belief(self, self._source(regular), Departures.of(evidence, self.prior.departure))
            self._remembered[key] = belief
            while len(self._remembered) > max(1, min(REMEMBERED, REMEMBERED_ENTRIES // max(1, self.entries))):
                self._remembered.popitem(last=False)
        return belief

    def _source(self, regular: Floats) -> Propagation | Cloud:
        """What likelihood pairs of the regular states imply of these."""
        if self._cut is None:
            return self._tree.propagate(regular)
        found = self._cut.propagate(regular)
        return found if found.unrest <= UNSETTLED else self._particles.posterior(regular)
