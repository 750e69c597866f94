"""What is believed of someone before any evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.engine.graph import ModuleGraph

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """A shared ability g, and one ability a domain: θ_d = g + δ_d, all in logits.

    g is normal with ``mean`` and ``spread``, δ_d normal with mean 0 and ``domain_spread``. The regular state
    of module j is mastered with probability logistic(a_j (θ_d − b_j)), times ``leak`` for each prerequisite
    whose own is not (people who skipped it, or arcs that the author imagined). With probability
    ``departure`` a person differs from it on that module alone (``departures.py``). b_j comes from
    ``difficulties``, else from the module, else from its depth in the graph; a_j from ``slopes``, else
    ``slope``. Both normals are cut into evenly spaced points with the normal's weights, ``ability_points``
    and ``domain_points`` of them, out to ``ability_reach`` standard deviations of g.
    """

    mean: float = 0.0
    spread: float = 1.5
    domain_spread: float = 0.85
    slope: float = 2.0
    leak: float = 0.1
    departure: float = 0.04
    difficulties: Mapping[str, float] = field(default_factory=dict)
    slopes: Mapping[str, float] = field(default_factory=dict)
    ability_points: int = 11
    domain_points: int = 3
    ability_reach: float = 2.75

    def difficulty_of(self, graph: ModuleGraph) -> Floats:
        """b of each module, (n,), in the order of ``graph.ids``."""
        depths = depths_of(graph)
        values = []
        for module in graph.modules:
            guessed = self.difficulties.get(module.id, module.difficulty)
            values.append(difficulty_at(depths[module.id]) if guessed is None else guessed)
        return np.array(values, dtype=np.float64)

    def slope_of(self, graph: ModuleGraph) -> Floats:
        """a of each module, (n,), in the order of ``graph.ids``."""
        return np.array([self.slopes.get(module.id, self.slope) for module in graph.modules])


def depths_of(graph: ModuleGraph) -> dict[str, int]:
    """Arcs on the longest way from a module without prerequisites."""
    depths: dict[str, int] = {}
    for module in graph.modules:
        depths[module.id] = 1 + max((depths[p] for p in module.prerequisites), default=-1)
    return depths


def difficulty_at(depth: int) -> float:
    """The difficulty of a module when no author said.

    Given its prerequisites a module is rather easy; that deep ones are rarely mastered follows from the
    graph.
    """
    return -1.5 + 0.1 * depth


def normal_points(count: int, mean: float, spread: float, reach: float) -> tuple[Floats, Floats]:
    """Evenly spaced points up to ``reach`` standard deviations, and weights that keep mean and spread.

    One point, or no spread, is the mean alone.
    """
    if count == 1 or spread == 0:
        return np.array([mean]), np.array([1.0])
    points = np.linspace(-reach, reach, count)
    weights = np.exp(-0.5 * points**2)
    weights /= weights.sum()
    points /= np.sqrt(weights @ points**2)
    return mean + spread * points, weights
