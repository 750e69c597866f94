"""When people of the demo come: weekdays, in opening hours of the place, rarer and rarer."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from app.services.demo_cast import Character

HOURS = (9, 10, 11, 14, 15)
"""Hours at which something begins, in the place's zone."""


def opening(now: datetime, days_ago: float, zone: ZoneInfo, rng: np.random.Generator) -> datetime:
    """A time of the weekday that is at least so many days ago."""
    day = (now - timedelta(days=max(1.0, days_ago))).astimezone(zone).date()
    day -= timedelta(days=max(0, day.weekday() - 4))
    moment = time(int(rng.choice(HOURS)), int(rng.choice((0, 15, 30))))
    return datetime.combine(day, moment, tzinfo=zone)


def visits(person: Character, now: datetime, zone: ZoneInfo, rng: np.random.Generator) -> list[datetime]:
    """When the person came, oldest first; at first often, then less, as they need it less."""
    span = person.came - person.last_seen
    parts = [(n / max(1, person.visits - 1)) ** 1.25 for n in range(person.visits)]
    ago = [person.came - span * part for part in parts]
    drawn = {moment.date(): moment for days in ago if (moment := opening(now, days, zone, rng))}
    return sorted(drawn.values())
