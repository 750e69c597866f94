"""The figure of a person then and now: modules acquired, in progress, not acquired, never looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.reports.figure import CARD, INK, RED, SAND, SOFT_INK, new_figure, svg

# Told apart without colour: full, hatched, dotted, empty.
_STATES = {
    "acquis": ("Acquis", INK, "", CARD),
    "en_cours": ("En cours", SAND, "////", INK),
    "non_acquis": ("Non acquis", CARD, "xx", RED),
    "non_passe": ("Non passé", CARD, "", SOFT_INK),
}


def comparison_figure(sides: Sequence[tuple[str, Mapping[str, int]]], *, narrow: bool = False) -> bytes:
    """A bar a date, from top to bottom; ``sides`` has its name and the number of modules in each state."""
    figure, axes = new_figure(narrow, 2.5)
    places = range(len(sides))
    left = [0] * len(sides)
    for state, (label, colour, hatch, text_colour) in _STATES.items():
        widths = [counts.get(state, 0) for _, counts in sides]
        axes.barh(
            places, widths, left=left, height=0.6, label=label, color=colour, hatch=hatch, edgecolor=INK,
            linewidth=1, linestyle="--" if state == "non_passe" else "-",
        )  # fmt: skip
        for place, start, width in zip(places, left, widths, strict=True):
            if width:
                axes.text(
                    start + width / 2, place, str(width), ha="center", va="center", fontsize=12,
                    fontweight="bold", color=text_colour,
                    bbox={"boxstyle": "round,pad=0.2", "facecolor": colour, "edgecolor": "none"},
                )  # fmt: skip
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks(list(places), [name for name, _ in sides])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, max([*left, 1]))
    axes.spines["bottom"].set_visible(False)
    figure.legend(
        loc="outside upper center", ncols=2 if narrow else 4, frameon=False, fontsize=11, labelcolor=INK,
        handlelength=1.6, columnspacing=1.2,
    )  # fmt: skip
    return svg(figure)
