"""An axis of dates in French: matplotlib's own would speak English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)


def days_since(moments: Sequence[datetime]) -> list[float]:
    """Days from the first of these instants to each."""
    return [(moment - moments[0]).total_seconds() / 86400 for moment in moments]


def short_date(moment: datetime, zone: ZoneInfo) -> str:
    """« 3 mars », in a zone."""
    day = moment.astimezone(zone)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def date_ticks(axes: Axes, moments: Sequence[datetime], zone: ZoneInfo, most: int) -> None:
    """Write dates under an axis of days, far enough apart to be read, with some room at both ends."""
    days = days_since(moments)
    chosen = _spread(days, most)
    axes.set_xticks([days[n] for n in chosen], [short_date(moments[n], zone) for n in chosen])
    last = days[-1] if days else 0.0
    margin = max(last * 0.04, 1.0)
    axes.set_xlim(-margin, last + margin)


def _spread(days: Sequence[float], most: int) -> list[int]:
    if not days:
        return []
    gap = max(days[-1] / most, 0.01)
    chosen = [0]
    for n, day in enumerate(days):
        if day - days[chosen[-1]] >= gap:
            chosen.append(n)
    return chosen
