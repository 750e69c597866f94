"""Days as the structure's clock has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_day(moment: datetime, zone: str) -> date:
    """The day that it is there at this instant."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_bounds(day: date, zone: str, days: int = 1) -> tuple[datetime, datetime]:
    """From the midnight that begins a day there to the one that ends it, or ends the ``days`` from it on."""
    there = ZoneInfo(zone)
    start = datetime.combine(day, time.min, there)
    end = datetime.combine(day + timedelta(days=days), time.min, there)
    return start.astimezone(UTC), end.astimezone(UTC)


def noon(day: date, zone: str) -> datetime:
    """The middle of a day there."""
    return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)


def days_only(moments: Iterable[datetime], zone: str) -> dict[datetime, datetime]:
    """Each instant as noon of its day there; those of one day stay in their order, a second apart.

    Figures are by day and ask in which order things happened; the hour would tell who it was to whoever
    remembers an appointment.
    """
    found: dict[datetime, datetime] = {}
    last: datetime | None = None
    for moment in sorted(set(moments)):
        middle = noon(local_day(moment, zone), zone)
        last = middle if last is None or last < middle else last + timedelta(seconds=1)
        found[moment] = last
    return found
