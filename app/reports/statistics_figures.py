"""The figures of the statistics: bars that are told apart in black and white, each with its value."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from app.reports.figure import CARD, INK, SAND, SOFT_INK, new_figure, svg, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Format = Literal["svg", "png"]
DOTS_PER_INCH = 200
_LEGEND = {"columnspacing": 1.2, "handlelength": 1.6, "frameon": False, "fontsize": 11, "labelcolor": INK}


class Line(Protocol):
    """A line of a table of figures."""

    @property
    def label(self) -> str: ...
    @property
    def values(self) -> Sequence[object]: ...


class Stage(Protocol):
    """Modules by what is known of them."""

    @property
    def acquired(self) -> int: ...
    @property
    def not_acquired(self) -> int: ...
    @property
    def not_asked(self) -> int: ...


def bars(rows: Sequence[Line], *, column: int = 0, narrow: bool = False, form: Format = "svg") -> bytes:
    """Lying bars, one a line, the value written at its end; a masked value is written and has no bar."""
    figure, axes = new_figure(narrow, 0.4 + 0.42 * max(len(rows), 1))
    values = [row.values[column] for row in rows]
    lengths = [value if isinstance(value, (int, float)) else 0 for value in values]
    places = range(len(rows))
    axes.barh(places, lengths, height=0.6, color=INK)
    room = max(lengths, default=0) or 1
    for place, value, length in zip(places, values, lengths, strict=True):
        axes.text(length + room * 0.02, place, _written(value), va="center", fontsize=11, color=INK)
    axes.set_yticks(list(places), [wrapped(row.label, narrow) for row in rows])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, room * 1.3)
    axes.spines["bottom"].set_visible(False)
    return _drawn(figure, form)


def months(
    rows: Sequence[Line], labels: Sequence[str], *, narrow: bool = False, form: Format = "svg"
) -> bytes:
    """Standing bars, one a month: sessions with one person, ateliers hatched on top of them."""
    figure, axes = new_figure(narrow, 2.9)
    places = list(range(len(rows)))
    bottom = [0.0] * len(rows)
    for n, (label, colour, hatch) in enumerate(zip(labels, (INK, SAND), ("", "////"), strict=False)):
        heights = [_height(row.values[n]) for row in rows]
        axes.bar(
            places, heights, bottom=bottom, width=0.66, label=label, color=colour, hatch=hatch,
            edgecolor=SOFT_INK, linewidth=1,
        )  # fmt: skip
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    for place, row, top in zip(places, rows, bottom, strict=True):
        text = "·" if any(isinstance(value, str) for value in row.values) else _written(int(top))
        if text != "0" and len(rows) <= 24:
            axes.text(place, top, text, ha="center", va="bottom", fontsize=10, color=INK)
    step = max(1, -(-len(rows) // (5 if narrow else 12)))
    axes.set_xticks(places[::step], [row.label.replace(" ", "\n") for row in rows][::step])
    axes.set_yticks([])
    axes.set_ylim(0, max(max(bottom, default=0) * 1.15, 1))
    figure.legend(loc="outside upper center", ncols=2, **_LEGEND)
    return _drawn(figure, form)


def before_after(before: Stage, after: Stage, *, narrow: bool = False, form: Format = "svg") -> bytes:
    """Two lying bars: modules acquired, not acquired, and never asked nor worked on."""
    figure, axes = new_figure(narrow, 1.9)
    stages = (before, after)
    left = [0, 0]
    parts = (
        ("acquired", "Acquis", INK, "", CARD),
        ("not_acquired", "Pas encore acquis", SAND, "////", INK),
        ("not_asked", "Non passé", CARD, "", INK),
    )
    whole = max(before.acquired + before.not_acquired + before.not_asked, 1)
    for attribute, label, colour, hatch, ink in parts:
        widths = [getattr(stage, attribute) for stage in stages]
        axes.barh(
            (0, 1), widths, left=left, height=0.6, label=label, color=colour, hatch=hatch,
            edgecolor=SOFT_INK, linewidth=1,
        )  # fmt: skip
        for place, start, width in zip((0, 1), left, widths, strict=True):
            if width > whole * 0.04:
                axes.text(
                    start + width / 2, place, _written(width), ha="center", va="center", fontsize=11,
                    color=ink, fontweight="bold",
                    bbox={"boxstyle": "round,pad=0.18", "facecolor": colour, "edgecolor": "none"},
                )  # fmt: skip
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks([0, 1], ["Au début", "À la fin"])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, whole)
    axes.spines["bottom"].set_visible(False)
    figure.legend(loc="outside upper center", ncols=2 if narrow else 3, **_LEGEND)
    return _drawn(figure, form)


def _height(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _written(value: object) -> str:
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else str(value)


def _drawn(figure: Figure, form: Format) -> bytes:
    if form == "svg":
        return svg(figure)
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = io.BytesIO()
    figure.set_dpi(DOTS_PER_INCH)
    FigureCanvasAgg(figure).print_png(file)
    return file.getvalue()
