"""The figures of the documentation, drawn from what the benchmarks print.

One file a figure, as SVG: the same numbers give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Points = Sequence[tuple[float, float, float]]
"""(x, mean, standard error)."""

INK, PAPER = "#1b2a33", "#ffffff"
COLOURS = ("#0b5f7a", "#b5482a", "#4c7a1e", "#7a4b8c", "#8a6d00", "#5a6b75", "#b03a78", "#2f3f9e")
MARKERS = "os^Dv<>P"
STYLE = {
    "svg.hashsalt": "jalons",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.edgecolor": INK,
}


def curves(
    path: Path,
    series: Mapping[str, Points],
    *,
    across: str,
    up: str,
    logarithmic: bool = False,
    level: float | None = None,
    even: bool = False,
) -> None:
    """Lines with their standard errors; ``level`` is a line to reach, ``even`` draws up = across."""
    with rc_context(STYLE):
        figure, axes = _frame(across, up)
        for (name, points), colour, marker in zip(series.items(), COLOURS, MARKERS, strict=False):
            x, mean, error = np.array(points, dtype=float).T
            axes.errorbar(x, mean, error, label=name, color=colour, marker=marker, markersize=5, capsize=2)
        if level is not None:
            axes.axhline(level, color=INK, linewidth=0.8, linestyle="--")
        if even:
            axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle="--")
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
            every = sorted({x for points in series.values() for x, _, _ in points})
            axes.set_xticks(every, [f"{x:g}" for x in every])
            low, high = axes.get_ylim()
            steps = [step * 10**power for power in range(-3, 6) for step in (1, 2, 5)]
            shown = [step for step in steps if low <= step <= high]
            axes.set_yticks(shown, [f"{step:g}" for step in shown])
            axes.minorticks_off()
        axes.legend(frameon=False, fontsize=9)
        _save(figure, path)


def bars(path: Path, values: Mapping[str, tuple[float, float]], *, across: str) -> None:
    """One bar a name with its standard error, the first on top."""
    with rc_context(STYLE):
        figure, axes = _frame(across, "")
        means, errors = np.array(list(values.values())).T
        places = np.arange(len(values))[::-1]
        axes.barh(places, means, xerr=errors, color=COLOURS[0], capsize=3, height=0.6)
        axes.set_yticks(places, list(values))
        axes.set_xlim(left=max(0.0, 0.9 * float(means.min())) if means.min() > 0.8 * means.max() else 0)
        _save(figure, path)


def reliability(forecast: np.ndarray, came: np.ndarray, bins: int = 10) -> Points:
    """For each tenth of the chances forecast, their mean and how often it came, with its standard error."""
    found = []
    places = np.minimum((forecast * bins).astype(int), bins - 1)
    for place in range(bins):
        here = places == place
        if here.sum() > 1:
            share = float(came[here].mean())
            error = float(np.sqrt(share * (1 - share) / here.sum()))
            found.append((float(forecast[here].mean()), share, error))
    return found


def _frame(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7.2, 4.4), facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(color="#d7dde0", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None})
    print(f"drawn: {path}")
