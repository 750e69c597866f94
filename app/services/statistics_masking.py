"""Small groups: a figure that stands for one to four people says who they are, so it is not shown."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 5
"""The fewest people that a published figure may stand for."""
TOO_FEW = f"moins de {SMALLEST}"
HIDDEN = "masqué"

Shown = int | str


def alone(count: int, smallest: int = SMALLEST) -> Shown:
    """A figure that is no part of a total: itself, or that it is small."""
    return TOO_FEW if 0 < count < smallest else count


def parts(counts: Sequence[int], smallest: int = SMALLEST) -> list[Shown]:
    """The parts of a total that is published too.

    A small part is masked; so that nobody gets it back by taking the others from the total, the smallest of
    the others are masked with it, until two at least are and they stand for ``smallest`` people together.
    """
    small = {n for n, count in enumerate(counts) if 0 < count < smallest}
    masked = set(small)
    others = sorted((n for n, count in enumerate(counts) if count >= smallest), key=lambda n: (counts[n], n))
    while masked and others and (len(masked) < 2 or sum(counts[n] for n in masked) < smallest):
        masked.add(others.pop(0))
    return [TOO_FEW if n in small else HIDDEN if n in masked else count for n, count in enumerate(counts)]
