"""Fitting on most people and judging on the others: whether what was fitted is worth applying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

SHARE = 0.2
"""Of the people, those kept apart to judge on."""

Person = TypeVar("Person")


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How likely what ``held_out`` people did was before a fit on ``people`` others, and is after it, in nats
    (a person or a fact: the fit says which), with the standard error of the difference over people."""

    before: float
    after: float
    error: float
    people: int
    held_out: int

    @property
    def is_better(self) -> bool:
        """Is the fit worth applying? Being held near the authors' values, a fit on few people does little
        harm where chance alone says so; asking for more than ``error`` would refuse half of the good ones."""
        return self.after > self.before


def set_apart(
    people: Sequence[Person], rng: np.random.Generator, share: float = SHARE
) -> tuple[list[Person], list[Person]]:
    """People drawn to judge on, one at least, and the others, to fit on."""
    order = rng.permutation(len(people))
    kept = max(1, round(share * len(people)))
    return [people[i] for i in order[:kept]], [people[i] for i in order[kept:]]
