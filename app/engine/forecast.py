"""How many sessions are left, with an interval.

A plan counts on practice going as expected; people take longer. With n the sessions of the plan, checks that
fail included, the forecast is ``SCALE · n^POWER``, the mean of what it takes, and the logarithm of what it
takes is spread by ``EARLY`` below it and by ``LATE / √n`` above, so that one person in ten is under the
interval and one in ten over: the shorter the plan, the more one stumble weighs. These figures were read off
simulated people (``python -m benchmarks.planner --fit``) and are checked on others in docs/moteur-suivi.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, exp, floor, sqrt

from app.engine.needs import Need

SCALE, POWER = 2.3, 0.86
EARLY, LATE = 0.44, 1.05


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
    low = max(1, floor(sessions * exp(-EARLY)))
    high = ceil(sessions * exp(LATE / sqrt(n)))
    return Forecast(sessions, low, high, minutes)
