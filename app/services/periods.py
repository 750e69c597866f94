"""Periods that exports and statistics are about: whole days where the structure is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=5 * 366)
"""Beyond that, a period is asked in two parts: what it costs to count stays bounded."""
OLDEST = date(2000, 1, 1)


class PeriodError(ValueError):
    """The period cannot be counted; the message says what to do, in French."""


@dataclass(frozen=True)
class Period:
    """From the beginning of ``first`` to the end of ``last``, in the zone. Raises ``PeriodError``."""

    first: date
    last: date
    zone: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError("La fin vient avant le début. Échangez les deux dates.")
        if self.first < OLDEST:
            raise PeriodError("Cette date est trop ancienne. Vérifiez l'année.")
        if self.last - self.first > LONGEST:
            raise PeriodError("Cette période est trop longue. Choisissez cinq ans au plus.")

    @property
    def start(self) -> datetime:
        """The first instant, in UTC."""
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The instant just after the last one, in UTC."""
        return midnight(self.last + timedelta(days=1), self.zone)

    def months(self) -> list[tuple[date, datetime, datetime]]:
        """Each month that the period touches: its first day, and the part of it inside the period."""
        found = []
        first = self.first.replace(day=1)
        while first <= self.last:
            following = next_month(first)
            begins = max(self.start, midnight(first, self.zone))
            found.append((first, begins, min(self.end, midnight(following, self.zone))))
            first = following
        return found


def midnight(day: date, zone: str) -> datetime:
    """The instant at which a day begins in a zone, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def usual_periods(now: datetime, zone: str) -> dict[str, Period]:
    """The periods that people ask for most, by name; the first is the one shown unless another is asked."""
    today = now.astimezone(ZoneInfo(zone)).date()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    # The same month a year before, and the one after it: twelve months with the present one.
    a_year_ago = next_month(month.replace(year=month.year - 1))
    return {
        "Douze derniers mois": Period(a_year_ago, today, zone),
        "Ce mois-ci": Period(month, today, zone),
        "Le mois dernier": Period(last_month, month - timedelta(days=1), zone),
        "Cette année": Period(year, today, zone),
        "L'année dernière": Period(year.replace(year=year.year - 1), year - timedelta(days=1), zone),
    }
