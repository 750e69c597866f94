"""The figure of the days between visits: people come less often as they need it less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from app.reports.figure import INK, RED, SAND, new_figure, svg
from app.reports.time_axis import short_date

DATES_WRITTEN = 8
NUMBERS_WRITTEN = 24


class Interval(Protocol):
    """What is drawn of the time between two visits."""

    @property
    def at(self) -> datetime: ...
    @property
    def days(self) -> float: ...


def intervals_figure(intervals: Sequence[Interval], zone: str, *, narrow: bool = False) -> bytes:
    """A bar a gap, oldest first, as high as its days; the last one in the colour of the stakes, hatched."""
    figure, axes = new_figure(narrow, 3.0)
    places = range(len(intervals))
    heights = [max(gap.days, 0.5) for gap in intervals]
    colours = [SAND] * (len(intervals) - 1) + [RED]
    bars = axes.bar(places, heights, width=0.7, color=colours, edgecolor=INK, linewidth=1)
    bars[-1].set_hatch("//")
    if len(intervals) <= NUMBERS_WRITTEN // (2 if narrow else 1):
        for place, gap, height in zip(places, intervals, heights, strict=True):
            axes.text(
                place, height, str(max(1, round(gap.days))), ha="center", va="bottom", fontsize=11, color=INK
            )
    step = max(1, -(-len(intervals) // (DATES_WRITTEN // (2 if narrow else 1))))
    shown = list(places)[::-1][::step][::-1]
    local = ZoneInfo(zone)
    axes.set_xticks(shown, [short_date(intervals[n].at, local) for n in shown])
    axes.set_yticks([])
    axes.set_ylim(0, max(heights) * 1.15)
    axes.set_xlabel("Visite", color=INK, fontsize=11)
    axes.set_title("Jours depuis la visite d'avant", loc="left", fontsize=11, color=INK)
    return svg(figure)
