"""The scores, counted one verdict at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import log


def counted(said: Sequence[Sequence[float]], so: Sequence[Sequence[bool]]) -> dict[str, float | None]:
    """Every score of DESIGN's list, from a table of verdicts."""
    pairs = [(p, m) for row, truth in zip(said, so, strict=True) for p, m in zip(row, truth, strict=True)]
    n = len(pairs)
    hits = sum(p > 0.5 and m for p, m in pairs)
    misses = sum(p <= 0.5 and m for p, m in pairs)
    alarms = sum(p > 0.5 and not m for p, m in pairs)
    rejections = n - hits - misses - alarms
    accuracy = (hits + rejections) / n
    chance = (hits + alarms) / n * (hits + misses) / n + (misses + rejections) / n * (alarms + rejections) / n
    balanced = None
    if hits + misses and alarms + rejections:
        balanced = (hits / (hits + misses) + rejections / (rejections + alarms)) / 2
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, m in pairs:
        bins.setdefault(min(int(p * 10), 9), []).append((p, m))
    return {
        "accuracy": accuracy,
        "balanced_accuracy": balanced,
        "brier": sum((p - m) ** 2 for p, m in pairs) / n,
        "log_loss": -sum(log(p if m else 1 - p) for p, m in pairs) / n,
        "kappa": None if chance == 1 else (accuracy - chance) / (1 - chance),
        "ece": sum(abs(sum(p for p, _ in b) - sum(m for _, m in b)) for b in bins.values()) / n,
        "wrongly_skipped": alarms / n,
        "wrongly_assigned": misses / n,
    }
