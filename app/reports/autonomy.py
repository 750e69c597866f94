"""The figures of a person's autonomy over the sessions: a curve a goal, a small one a domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from app.reports.figure import CARD, INK, LINE, RED, new_figure, new_figures, svg, wrapped
from app.reports.time_axis import date_ticks, days_since

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVELS = ("Découverte", "Accompagné", "Guidé", "Autonome")
SHORT_LEVELS = ("Déc.", "Acc.", "Gui.", "Aut.")
_MARKERS = {"diagnostic": "D", "séance": "o", "atelier": "s"}
# Told apart without colour: by the line and by the mark.
_LINES = (("-", "o"), ("--", "s"), (":", "^"), ("-.", "D"))


class Visit(Protocol):
    """What is drawn of a visit."""

    @property
    def at(self) -> datetime: ...
    @property
    def level(self) -> float: ...
    @property
    def kind(self) -> str: ...


class Curve(Protocol):
    """What is drawn of the visits on some modules."""

    @property
    def title(self) -> str: ...
    @property
    def points(self) -> Sequence[Visit]: ...


def autonomy_figure(curves: Sequence[Curve], zone: str, *, narrow: bool = False) -> bytes:
    """Expected level after each visit. One curve: a mark of its own for diagnostics, sessions and ateliers.
    Several: a line and a mark of its own for each, named above."""
    several = len(curves) > 1
    # Titles of goals stand one under the other.
    figure, axes = new_figure(narrow, 3.2 + 0.25 * len(curves) if several else 3.2)
    _prepare(axes, curves[0].points, zone, LEVELS, 4 if narrow else 7)
    if several:
        for curve, (line, marker) in zip(curves, _LINES * len(curves), strict=False):
            days = days_since([point.at for point in curve.points])
            axes.plot(
                days, [point.level for point in curve.points], color=INK, linestyle=line, marker=marker,
                linewidth=2, markersize=7, markerfacecolor=CARD, label=wrapped(curve.title, narrow, 44),
            )  # fmt: skip
        figure.legend(loc="outside upper left", ncols=1, frameon=False, fontsize=11, labelcolor=INK)
    else:
        _draw_visits(axes, curves[0].points)
        figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=11, labelcolor=INK)
    return svg(figure)


def _draw_visits(axes: Axes, points: Sequence[Visit]) -> None:
    days = days_since([point.at for point in points])
    axes.plot(days, [point.level for point in points], color=INK, linewidth=2, zorder=2)
    for kind, marker in _MARKERS.items():
        own = [(day, point.level) for day, point in zip(days, points, strict=True) if point.kind == kind]
        if own:
            axes.scatter(
                *zip(*own, strict=True), marker=marker, s=62, zorder=3, label=kind.capitalize(),
                facecolor=CARD if kind == "diagnostic" else RED, edgecolor=INK, linewidth=1.6,
            )  # fmt: skip


def autonomy_by_domain_figure(curves: Sequence[Curve], zone: str, *, narrow: bool = False) -> bytes:
    """A small figure a domain, all on the same scale, side by side."""
    columns = 1 if narrow else 2
    rows = -(-len(curves) // columns)
    figure, all_axes = new_figures(narrow, rows, columns, 2.1)
    for axes, curve in zip(all_axes, curves, strict=False):
        _prepare(axes, curve.points, zone, SHORT_LEVELS if narrow else LEVELS, 3)
        days = days_since([point.at for point in curve.points])
        levels = [point.level for point in curve.points]
        axes.plot(days, levels, color=INK, linewidth=2)
        axes.plot(days[-1:], levels[-1:], color=RED, marker="o", markersize=8, markeredgecolor=INK)
        axes.set_title(curve.title, loc="left", fontsize=11, fontweight="bold", color=INK)
    for axes in all_axes[len(curves) :]:
        axes.set_axis_off()
    return svg(figure)


def _prepare(axes: Axes, points: Sequence[Visit], zone: str, levels: Sequence[str], most_dates: int) -> None:
    """Level lines, and dates in the structure's zone."""
    for level in range(4):
        axes.axhline(level, color=LINE, linewidth=1, zorder=0)
    axes.set_yticks(range(4), levels)
    axes.set_ylim(-0.15, 3.15)
    date_ticks(axes, [point.at for point in points], ZoneInfo(zone), most_dates)
