"""People who differ on one module from what their abilities and the order imply.

Each module has a hidden *regular* state, which abilities and prerequisites rule. Someone who never learnt to
paste, or was shown one thing by a neighbour, *departs* from it on that module alone: what they really master
is the other way, and it says nothing of what comes before or after. Given its regular state and the evidence
on it, a module is independent of all others; so departures cost no table, only this passage at both ends of
the sums over regular states.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.junction_tree import Floats


@dataclass(frozen=True, slots=True)
class Departures:
    """P(mastered | regular state not mastered, evidence) and (… | mastered, evidence), (n, 2)."""

    mastered: Floats

    @classmethod
    def of(cls, evidence: Floats, chance: float) -> Departures:
        """For likelihood pairs (n, 2), when a module departs with probability ``chance``."""
        joint = evidence[:, 1, None] * np.array([chance, 1 - chance])
        return cls(joint / regular_evidence(evidence, chance))

    def marginals(self, regular: Floats) -> Floats:
        """P(mastered), (n,), from that of the regular states."""
        return np.asarray(self.mastered[:, 0] + self._slope * regular)

    def pairs(self, regular: Floats) -> Floats:
        """P(both mastered), (n, n), from that of the regular states; the diagonal is P(mastered)."""
        floor, slope = self.mastered[:, 0], self._slope
        alone = floor + slope * np.diagonal(regular)
        # E[(f_i + s_i K_i)(f_j + s_j K_j)], written so that it is symmetric to the last bit.
        both = np.outer(floor, alone) + np.outer(alone, floor) - np.outer(floor, floor)
        both += np.outer(slope, slope) * regular
        np.fill_diagonal(both, alone)
        return np.asarray(both)

    def chances(self, regular: NDArray[np.bool_]) -> Floats:
        """P(mastered) of each module in each regular state, (count, n)."""
        return np.where(regular, self.mastered[:, 1], self.mastered[:, 0])

    def draw(self, regular: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
        """What is really mastered, drawn for each regular state, (count, n)."""
        return np.asarray(rng.random(regular.shape) < self.chances(regular))

    @property
    def _slope(self) -> Floats:
        return np.asarray(self.mastered[:, 1] - self.mastered[:, 0])


def regular_evidence(evidence: Floats, chance: float) -> Floats:
    """The likelihood pairs (n, 2) of the regular states, for those of what is really mastered."""
    return np.asarray((1 - chance) * evidence + chance * evidence[:, ::-1])
