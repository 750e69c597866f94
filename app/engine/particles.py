"""Weighted knowledge states for graphs too wide for exact sums: resample and move.

Gilks & Berzuini (2001), "Following a moving target". States are drawn from the prior, weighted by the
evidence module by module, resampled when the weights grow uneven, and then moved by Gibbs sweeps over modules
and abilities, which leave the posterior as it is and give back the variety that resampling takes away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.engine.departures import Departures
from app.engine.junction_tree import Floats
from app.engine.tables import PriorTables

Bools = NDArray[np.bool_]
Integers = NDArray[np.intp]
UNEVEN = 0.5
"""Resample when the effective number of particles falls under this share."""


class ParticleModel:
    """The same prior as the exact one, held by ``count`` particles. Made once; evidence never changes it."""

    def __init__(self, tables: PriorTables, count: int, seed: int) -> None:
        graph = tables.graph
        self.count = count
        self.seed = seed
        self.grid_weights, self.domain_weights = tables.ability_weights, tables.domain_weights
        self.domains = len(graph.domains)
        self.domain = np.array([graph.domains.index(m.domain) for m in graph.modules], dtype=np.intp)
        self.parents = [list(parents) for parents in tables.parents]
        self.children = [[graph.index[c] for c in graph.successors(m.id)] for m in graph.modules]
        self.chances = tables.chances  # (n, domain points, grid)
        self.leak = tables.prior.leak
        self.most = max(map(len, self.parents), default=0)
        # What a module is: lacked, so many of its prerequisites being so too, or mastered. The logarithm of
        # the chance of each, but for the leak of what is mastered: (n, domain points, grid, most + 2).
        left = self.chances[..., None] * self.leak ** np.arange(self.most + 1)
        logs = np.concatenate([np.log1p(-left), np.log(self.chances)[..., None]], axis=3)
        points = logs.shape[3]
        self.by_domain = logs.transpose(0, 2, 3, 1).reshape(len(graph), -1, logs.shape[1])
        self.by_grid = logs.transpose(0, 1, 3, 2).reshape(len(graph), -1, logs.shape[2])
        self.logs = logs.reshape(len(graph), -1, points)

    @property
    def mastered(self) -> int:
        """The last thing that a module may be."""
        return self.most + 1

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
    """Particles: ``states`` (n, count), ability grid points ``grid`` (count,), ``offsets`` (domains,
    count)."""

    def __init__(self, model: ParticleModel, rng: np.random.Generator) -> None:
        self.model = model
        self.rng = rng
        count = model.count
        self.log_weights = np.zeros(count)
        # Evenly spread draws of g: fewer accidents than independent ones.
        strata = (np.arange(count) + rng.random(count)) / count
        last = len(model.grid_weights) - 1
        self.grid = np.minimum(np.searchsorted(np.cumsum(model.grid_weights), strata), last)
        shape = (model.domains, count)
        self.offsets = rng.choice(len(model.domain_weights), shape, p=model.domain_weights)
        self.states = np.zeros((len(model.parents), count), dtype=bool)
        for j, domain in enumerate(model.domain):
            able = model.chances[j][self.offsets[domain], self.grid]
            self.states[j] = rng.random(count) < able * model.leak ** self._missing(model.parents[j])

    @property
    def weights(self) -> Floats:
        """Weights of the particles, summing to 1."""
        weights = np.exp(self.log_weights - self.log_weights.max())
        return np.asarray(weights / weights.sum())

    def marginals(self) -> Floats:
        """P(mastered), (n,)."""
        return np.asarray(self.states @ self.weights)

    def pairs(self) -> Floats:
        """P(both mastered), (n, n)."""
        states = self.states.astype(np.float64)
        return np.asarray((states * self.weights) @ states.T)

    @property
    def batch(self) -> Floats:
        """Posterior weight of each point of the shared ability, (grid,)."""
        return np.asarray(np.bincount(self.grid, self.weights, len(self.model.grid_weights)), np.float64)

    def readiness(self, departures: Departures) -> Floats:
        """P(not mastered, all direct prerequisites mastered), (n,)."""
        chances = departures.chances(self.states.T).T
        parents = self.model.parents
        ready = [(1 - chances[j]) * chances[before].prod(axis=0) for j, before in enumerate(parents)]
        return np.asarray(np.array(ready) @ self.weights)

    def samples(self, rng: np.random.Generator, count: int) -> Bools:
        """Knowledge states drawn from the particles, (count, n)."""
        return self.states.T[_systematic(self.weights, rng, count)]

    def weigh(self, j: int, ratio: float, taken: Floats) -> None:
        """Take in evidence on module j; ``taken`` (n,) are all log-likelihood ratios so far, this one
        included."""
        self.log_weights += np.where(self.states[j], ratio, 0.0)
        if 1 / (self.weights**2).sum() < UNEVEN * self.model.count:
            self.refresh(taken)

    def refresh(self, taken: Floats) -> None:
        """Resample, then one Gibbs sweep over modules and abilities."""
        kept = _systematic(self.weights, self.rng, self.model.count)
        self.states, self.grid = self.states[:, kept], self.grid[kept]
        self.offsets = self.offsets[:, kept]
        self.log_weights = np.zeros(self.model.count)
        places = self.offsets * len(self.model.grid_weights) + self.grid
        for j in range(len(self.states)):
            self._move_module(j, float(taken[j]), places)
        for domain in range(self.model.domains):
            self._move_offset(domain)
        self._move_grid()

    def _missing(self, parents: list[int]) -> Integers:
        """How many of these prerequisites each particle lacks, (count,)."""
        return np.asarray((~self.states[parents]).sum(axis=0))

    def _is(self, j: int) -> Integers:
        """What module j is in each particle (the last axis of ``logs``), (count,)."""
        return np.where(self.states[j], self.model.mastered, self._missing(self.model.parents[j]))

    def _move_module(self, j: int, ratio: float, places: Integers) -> None:
        model = self.model
        missing, logs, place = self._missing(model.parents[j]), model.logs[j], places[model.domain[j]]
        log_leak = np.log(model.leak)
        odds = logs[place, model.mastered] - logs[place, missing] + missing * log_leak + ratio
        for child in model.children[j]:
            others = self._missing([p for p in model.parents[child] if p != j])
            logs, place = model.logs[child], places[model.domain[child]]
            lacked = logs[place, others] - logs[place, others + 1]
            odds += np.where(self.states[child], -log_leak, lacked)
        self.states[j] = self.rng.random(model.count) < 1 / (1 + np.exp(-np.clip(odds, -50, 50)))

    def _move_offset(self, domain: int) -> None:
        model = self.model
        logs = np.tile(np.log(model.domain_weights), (model.count, 1))
        for j in np.flatnonzero(model.domain == domain):
            logs += model.by_domain[j][self.grid * (model.most + 2) + self._is(int(j))]
        self.offsets[domain] = _categorical(logs, self.rng)

    def _move_grid(self) -> None:
        model = self.model
        logs = np.tile(np.log(model.grid_weights), (model.count, 1))
        for j, domain in enumerate(model.domain):
            logs += model.by_grid[j][self.offsets[domain] * (model.most + 2) + self._is(j)]
        self.grid = _categorical(logs, self.rng)


def _systematic(weights: Floats, rng: np.random.Generator, count: int) -> Integers:
    places = (np.arange(count) + rng.random()) / count
    return np.asarray(np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1))


def _categorical(logs: Floats, rng: np.random.Generator) -> Integers:
    ladder = np.cumsum(np.exp(logs - logs.max(axis=1, keepdims=True)), axis=1)
    return np.asarray((ladder < rng.random(len(logs))[:, None] * ladder[:, -1:]).sum(axis=1))
