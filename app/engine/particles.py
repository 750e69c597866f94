"""Weighted knowledge states for graphs too wide for exact sums: resample and move.

Gilks & Berzuini (2001), "Following a moving target". States are drawn from the prior, weighted by the
evidence module by module, resampled when the weights grow uneven, and then moved by Gibbs sweeps over modules
and abilities, which leave the posterior as it is and give back the variety that resampling takes away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.engine.departures import Departures
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats
from app.engine.prior import Prior, normal_points

Bools = NDArray[np.bool_]
Integers = NDArray[np.intp]
UNEVEN = 0.5
"""Resample when the effective number of particles falls under this share."""


class ParticleModel:
    """The same prior as the exact one, held by ``count`` particles. Made once; evidence never changes it."""

    def __init__(self, graph: ModuleGraph, prior: Prior, chances: Floats, count: int, seed: int) -> None:
        self.graph = graph
        self.prior = prior
        self.count = count
        self.seed = seed
        self.chances = chances  # (n, domain points, grid)
        _, self.grid_weights = normal_points(
            prior.ability_points, prior.mean, prior.spread, prior.ability_reach
        )
        _, self.domain_weights = normal_points(prior.domain_points, 0.0, prior.domain_spread, 2.0)
        self.domain = np.array([graph.domains.index(m.domain) for m in graph.modules], dtype=np.intp)
        self.parents = [[graph.index[p] for p in m.prerequisites] for m in graph.modules]
        self.children = [[graph.index[c] for c in graph.successors(m.id)] for m in graph.modules]

    def posterior(self, evidence: Floats) -> Cloud:
        """Particles of the posterior for likelihood pairs (n, 2): not mastered, mastered."""
        cloud = Cloud(self, np.random.default_rng(self.seed))
        ratios = np.log(evidence[:, 1]) - np.log(evidence[:, 0])
        taken = np.zeros(len(ratios))
        for j in np.flatnonzero(ratios):
            taken[j] = ratios[j]
            cloud.weigh(int(j), float(ratios[j]), taken)
        cloud.refresh(taken)
        return cloud


class Cloud:
    """Particles: ``states`` (count, n), ability grid points ``grid`` (count,), ``offsets`` (count,
    domains)."""

    def __init__(self, model: ParticleModel, rng: np.random.Generator) -> None:
        self.model = model
        self.rng = rng
        count = model.count
        self.log_weights = np.zeros(count)
        # Evenly spread draws of g: fewer accidents than independent ones.
        strata = (np.arange(count) + rng.random(count)) / count
        last = len(model.grid_weights) - 1
        self.grid = np.minimum(np.searchsorted(np.cumsum(model.grid_weights), strata), last)
        shape = (count, len(model.graph.domains))
        self.offsets = rng.choice(len(model.domain_weights), shape, p=model.domain_weights)
        self.states = np.zeros((count, len(model.graph)), dtype=bool)
        for j in range(len(model.graph)):
            self.states[:, j] = rng.random(count) < self._chance(j)

    @property
    def weights(self) -> Floats:
        """Weights of the particles, summing to 1."""
        weights = np.exp(self.log_weights - self.log_weights.max())
        return np.asarray(weights / weights.sum())

    def marginals(self) -> Floats:
        """P(mastered), (n,)."""
        return np.asarray(self.weights @ self.states)

    def pairs(self) -> Floats:
        """P(both mastered), (n, n)."""
        states = self.states.astype(np.float64)
        return np.asarray((states * self.weights[:, None]).T @ states)

    @property
    def batch(self) -> Floats:
        """Posterior weight of each point of the shared ability, (grid,)."""
        return np.asarray(np.bincount(self.grid, self.weights, len(self.model.grid_weights)), np.float64)

    def readiness(self, departures: Departures) -> Floats:
        """P(not mastered, all direct prerequisites mastered), (n,)."""
        chances = departures.chances(self.states)
        parents = self.model.parents
        ready = [(1 - chances[:, j]) * chances[:, before].prod(axis=1) for j, before in enumerate(parents)]
        return np.asarray(self.weights @ np.array(ready).T)

    def samples(self, rng: np.random.Generator, count: int) -> Bools:
        """Knowledge states drawn from the particles, (count, n)."""
        return self.states[_systematic(self.weights, rng, count)]

    def weigh(self, j: int, ratio: float, taken: Floats) -> None:
        """Take in evidence on module j; ``taken`` (n,) are all log-likelihood ratios so far, this one
        included."""
        self.log_weights += np.where(self.states[:, j], ratio, 0.0)
        if 1 / (self.weights**2).sum() < UNEVEN * self.model.count:
            self.refresh(taken)

    def refresh(self, taken: Floats) -> None:
        """Resample, then one Gibbs sweep over modules and abilities."""
        kept = _systematic(self.weights, self.rng, self.model.count)
        self.states, self.grid, self.offsets = self.states[kept], self.grid[kept], self.offsets[kept]
        self.log_weights = np.zeros(self.model.count)
        for j in range(len(self.model.graph)):
            self._move_module(j, float(taken[j]))
        for domain in range(len(self.model.graph.domains)):
            self._move_offset(domain)
        self._move_grid()

    def _passed(self, j: int) -> Floats:
        """What the prerequisites that each particle lacks leave of its chance of module j, (count,)."""
        missing = (~self.states[:, self.model.parents[j]]).sum(axis=1)
        return np.asarray(self.model.prior.leak**missing)

    def _chance(self, j: int) -> Floats:
        able = self.model.chances[j][self.offsets[:, self.model.domain[j]], self.grid]
        return np.asarray(able * self._passed(j))

    def _move_module(self, j: int, ratio: float) -> None:
        chance = self._chance(j)
        odds = np.log(chance) - np.log1p(-chance) + ratio
        for value, sign in ((True, 1.0), (False, -1.0)):
            self.states[:, j] = value
            for child in self.model.children[j]:
                given = self._chance(child)
                odds += sign * np.log(np.where(self.states[:, child], given, 1 - given))
        self.states[:, j] = self.rng.random(self.model.count) < 1 / (1 + np.exp(-np.clip(odds, -50, 50)))

    def _move_offset(self, domain: int) -> None:
        model = self.model
        logs = np.tile(np.log(model.domain_weights), (model.count, 1))
        for j in np.flatnonzero(model.domain == domain):
            able = model.chances[j][:, self.grid].T  # (count, domain points)
            logs += self._log_seen(int(j), able)
        self.offsets[:, domain] = _categorical(logs, self.rng)

    def _move_grid(self) -> None:
        model = self.model
        logs = np.tile(np.log(model.grid_weights), (model.count, 1))
        for j in range(len(model.graph)):
            logs += self._log_seen(j, model.chances[j][self.offsets[:, model.domain[j]]])
        self.grid = _categorical(logs, self.rng)

    def _log_seen(self, j: int, able: Floats) -> Floats:
        """log P(module j as it is | each ability point), where ``able`` is P(mastered | nothing missing)."""
        chance = able * self._passed(j)[:, None]
        return np.asarray(np.log(np.where(self.states[:, j, None], chance, 1 - chance)))


def _systematic(weights: Floats, rng: np.random.Generator, count: int) -> Integers:
    places = (np.arange(count) + rng.random()) / count
    return np.asarray(np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1))


def _categorical(logs: Floats, rng: np.random.Generator) -> Integers:
    ladder = np.cumsum(np.exp(logs - logs.max(axis=1, keepdims=True)), axis=1)
    return np.asarray((ladder < rng.random(len(logs))[:, None] * ladder[:, -1:]).sum(axis=1))
