"""How many sessions are left, with an interval.

The plan itself is the expected course. Around it, the interval is log-normal: its width shrinks with the
number of sessions (independent luck averages out) down to what one person's own pace leaves. The two widths
were set on simulated people (``benchmarks/planner.py --fit``), and are checked on others there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, exp, floor, sqrt

from app.engine.needs import Need

NORMAL_80 = 1.2816
"""Half-width of the central 80 % of a standard normal."""

RATIO = 1.0
LUCK = 0.6
PACE = 0.2


@dataclass(frozen=True, slots=True)
class Forecast:
    """Sessions left: the expected number and an 80 % interval, ends included; ``minutes`` of work planned."""

    sessions: float
    low: int
    high: int
    minutes: int


def forecast(needs: Iterable[Need], planned_sessions: int, session_minutes: int) -> Forecast:
    """Sessions left for these needs, which were laid out in ``planned_sessions``."""
    needed = list(needs)
    minutes = sum(need.minutes for need in needed)
    if not planned_sessions:
        return Forecast(0.0, 0, 0, 0)
    failed_checks = sum(need.missing * need.if_missing for need in needed)
    sessions = RATIO * (planned_sessions + failed_checks / session_minutes)
    spread = sqrt(LUCK**2 / sessions + PACE**2)
    low = max(1, floor(sessions * exp(-NORMAL_80 * spread)))
    high = max(low, ceil(sessions * exp(NORMAL_80 * spread)))
    return Forecast(sessions, low, high, minutes)
