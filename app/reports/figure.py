"""What all figures share: the look of Jalons, and SVG without global state."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#211c14"
SOFT_INK = "#4a4233"
LINE = "#cfc3aa"
SAND = "#e4d8bd"
RED = "#9c1c12"
CARD = "#fffdf8"


WIDE, NARROW = 6.4, 4.0
"""Inches: beside a path on a computer, and across a phone."""


def wrapped(text: str, narrow: bool, width: int = 30) -> str:
    """A label on several lines where room is short; ``width`` is in letters, where it is not."""
    return textwrap.fill(text, min(17, width) if narrow and width <= 30 else width, break_long_words=False)


def new_figure(narrow: bool, height: float) -> tuple[Figure, Axes]:
    """An empty figure with bare axes, ``height`` in inches. Matplotlib takes a second to load: hence here."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(NARROW if narrow else WIDE, height), layout="constrained", facecolor=CARD)
    axes = figure.add_subplot(facecolor=CARD)
    _bare(axes)
    return figure, axes


def new_figures(narrow: bool, rows: int, columns: int, height: float) -> tuple[Figure, list[Axes]]:
    """The same with several axes on one scale, row after row, each ``height`` inches high."""
    from matplotlib.figure import Figure

    width = NARROW if narrow else WIDE * 1.5
    figure = Figure(figsize=(width, height * rows), layout="constrained", facecolor=CARD)
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False, subplot_kw={"facecolor": CARD})
    found = list(grid.flat)
    for axes in found:
        _bare(axes)
    return figure, found


def _bare(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(SOFT_INK)
    axes.tick_params(colors=INK, length=0, labelsize=11)


def svg(figure: Figure) -> bytes:
    """The figure as SVG, its letters drawn as shapes so that it looks the same everywhere."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})
    return buffer.getvalue()
