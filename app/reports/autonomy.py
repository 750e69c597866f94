"""The figure of a person's autonomy over the sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from app.reports.figure import CARD, INK, LINE, RED, new_figure, svg

LEVELS = ("Découverte", "Accompagné", "Guidé", "Autonome")
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]
_MARKERS = {"diagnostic": "D", "séance": "o", "atelier": "s"}


class Visit(Protocol):
    """What is drawn of a visit."""

    @property
    def at(self) -> datetime: ...
    @property
    def level(self) -> float: ...
    @property
    def kind(self) -> str: ...


def autonomy_figure(points: Sequence[Visit], zone: str, *, narrow: bool = False) -> bytes:
    """Expected level after each visit; a mark of its own for diagnostics, sessions and ateliers."""
    figure, axes = new_figure(narrow, 3.0)
    local = ZoneInfo(zone)
    # Days since the first visit: matplotlib's own dates would speak English.
    days = [(point.at - points[0].at).total_seconds() / 86400 for point in points]
    for level in range(4):
        axes.axhline(level, color=LINE, linewidth=1, zorder=0)
    axes.plot(days, [point.level for point in points], color=INK, linewidth=2, zorder=2)
    for kind, marker in _MARKERS.items():
        own = [(day, point.level) for day, point in zip(days, points, strict=True) if point.kind == kind]
        if own:
            axes.scatter(
                *zip(*own, strict=True), marker=marker, s=62, zorder=3, label=kind.capitalize(),
                facecolor=CARD if kind == "diagnostic" else RED, edgecolor=INK, linewidth=1.6,
            )  # fmt: skip
    axes.set_yticks(range(4), LEVELS)
    axes.set_ylim(-0.15, 3.15)
    ticks = _spread(days, 4 if narrow else 7)
    axes.set_xticks([days[n] for n in ticks], [_short(points[n].at.astimezone(local)) for n in ticks])
    margin = max(days[-1] * 0.04, 1.0) if days else 1.0
    axes.set_xlim(-margin, (days[-1] if days else 0) + margin)
    figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=11, labelcolor=INK)
    return svg(figure)


def _spread(days: Sequence[float], most: int) -> list[int]:
    """Which visits get their date written: far enough apart to be read."""
    if not days:
        return []
    gap = max(days[-1] / most, 0.01)
    chosen = [0]
    for n, day in enumerate(days):
        if day - days[chosen[-1]] >= gap:
            chosen.append(n)
    return chosen


def _short(day: datetime) -> str:
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"
