"""How many sessions are left, with an interval.

A plan counts on practice going as expected; people take longer, and the shorter the plan the more one stumble
weighs. With n the sessions of the plan, checks that fail included, the forecast is ``SCALE · n^POWER``, and
the logarithm of what it takes is spread around it by ``EARLY / n`` below and ``LATE / n`` above (bounded), so
that one person in ten is under the interval and one in ten over. These figures were read off simulated people
(``python -m benchmarks.planner --fit``) and are checked on others in docs/moteur-suivi.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, exp, floor

from app.engine.needs import Need

SCALE, POWER = 3.7, 0.73
EARLY, LATE = 4.1, 5.5
EARLIEST, LATEST = 0.8, 1.5
LEAST = 0.15


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
    n = planned_sessions + failed_checks / session_minutes
    sessions = SCALE * n**POWER
    low = max(1, floor(sessions * exp(-min(max(EARLY / n, LEAST), EARLIEST))))
    high = ceil(sessions * exp(min(max(LATE / n, LEAST), LATEST)))
    return Forecast(sessions, low, high, minutes)
