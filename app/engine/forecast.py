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

from app.engine.needs import Need, StepKind

SCALE, POWER = 2.3, 0.86
EARLY, LATE = 0.44, 1.05


@dataclass(frozen=True, slots=True)
class Share:
    """What one module makes of the sessions left: ``minutes`` of its ``times`` steps, and the expected
    ``sessions``, a check that fails and the usual delays included."""

    module: str
    times: int
    minutes: int
    sessions: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Sessions left: the expected number and an 80 % interval, ends included; ``minutes`` of work planned.

    The number says what it is made of, in two ways. ``planned`` sessions, with ``failed_checks`` of what
    checks that fail would add, and ``delays`` of what people usually take longer, are ``sessions``. So are
    the ``shares`` of the modules, the longest first. ``minutes_by_kind`` are ``minutes``.
    """

    sessions: float
    low: int
    high: int
    minutes: int
    planned: int = 0
    failed_checks: float = 0.0
    shares: tuple[Share, ...] = ()
    minutes_by_kind: tuple[tuple[StepKind, int], ...] = ()

    @property
    def rounded(self) -> int:
        """The expected number as one says it."""
        return round(self.sessions)

    @property
    def delays(self) -> float:
        return self.sessions - self.planned - self.failed_checks


def forecast(needs: Iterable[Need], planned_sessions: int, session_minutes: int) -> Forecast:
    """Sessions left for these needs, which were laid out in ``planned_sessions``."""
    needed = list(needs)
    minutes = sum(need.minutes for need in needed)
    if not planned_sessions:
        return Forecast(0.0, 0, 0, 0)
    failed_checks = sum(need.missing * need.if_missing for need in needed) / session_minutes
    n = planned_sessions + failed_checks
    sessions = SCALE * n**POWER
    low = max(1, floor(sessions * exp(-EARLY)))
    high = ceil(sessions * exp(LATE / sqrt(n)))
    return Forecast(
        sessions=sessions,
        low=low,
        high=high,
        minutes=minutes,
        planned=planned_sessions,
        failed_checks=failed_checks,
        shares=_shares(needed, sessions),
        minutes_by_kind=_by_kind(needed),
    )


def _shares(needs: Iterable[Need], sessions: float) -> tuple[Share, ...]:
    """Each module's part of these sessions, as its minutes are of all minutes, failed checks included."""
    expected = {need.module: need.minutes + need.missing * need.if_missing for need in needs}
    a_minute = sessions / sum(expected.values())
    shares = [
        Share(need.module, len(need.steps), need.minutes, expected[need.module] * a_minute) for need in needs
    ]
    return tuple(sorted(shares, key=lambda share: (-share.sessions, share.module)))


def _by_kind(needs: Iterable[Need]) -> tuple[tuple[StepKind, int], ...]:
    sums = dict.fromkeys(StepKind, 0)
    for need in needs:
        for step in need.steps:
            sums[step.kind] += step.minutes
    return tuple((kind, minutes) for kind, minutes in sums.items() if minutes)
