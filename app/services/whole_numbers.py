"""Figures shown as whole numbers, whose parts still add up to their whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def whole_percent(share: float) -> int:
    """A probability in percent as it is shown: never 0 nor 100, which nobody can be sure of."""
    return min(max(round(share * 100), 1), 99)


def shared_out(parts: Sequence[float], whole: int) -> list[int]:
    """Whole numbers near these parts, positive or not, that add up to ``whole`` (largest remainders).

    Where the parts are far from adding up to it, what is missing is spread over them in turn.
    """
    found = [floor(part) for part in parts]
    if not found:
        return found
    missing = whole - sum(found)
    by_remainder = sorted(range(len(parts)), key=lambda place: (found[place] - parts[place], place))
    order = by_remainder if missing > 0 else by_remainder[::-1]
    for turn in range(abs(missing)):
        found[order[turn % len(order)]] += 1 if missing > 0 else -1
    return found
