"""Days as the structure's clock has them."""

from __future__ import annotations

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
