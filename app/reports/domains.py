"""The figure of a person's belief by domain: how many modules are acquired, doubtful, to discover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.reports.figure import CARD, INK, SAND, SOFT_INK, new_figure, svg, wrapped


class DomainCounts(Protocol):
    """What is drawn of a domain."""

    @property
    def title(self) -> str: ...
    @property
    def acquired(self) -> int: ...
    @property
    def doubtful(self) -> int: ...
    @property
    def to_discover(self) -> int: ...
    @property
    def modules(self) -> int: ...


# Dark, hatched, empty: told apart without any colour.
_LEGEND = {"columnspacing": 1.2, "handlelength": 1.6}
_STATES = (
    ("acquired", "Acquis", INK, "", CARD),
    ("doubtful", "À vérifier", SAND, "////", INK),
    ("to_discover", "À découvrir", CARD, "", INK),
)


def domains_figure(domains: Sequence[DomainCounts], *, narrow: bool = False) -> bytes:
    """Stacked bars, one a domain in the order given, the number of modules written in each part."""
    figure, axes = new_figure(narrow, 0.9 + 0.46 * max(len(domains), 1))
    places = range(len(domains))
    left = [0] * len(domains)
    for attribute, label, colour, hatch, text_colour in _STATES:
        widths = [getattr(domain, attribute) for domain in domains]
        axes.barh(
            places, widths, left=left, height=0.62, label=label, color=colour, hatch=hatch,
            edgecolor=INK if attribute == "to_discover" else SOFT_INK, linewidth=1,
        )  # fmt: skip
        for place, start, width in zip(places, left, widths, strict=True):
            if width:
                axes.text(
                    start + width / 2, place, str(width), ha="center", va="center", fontsize=11,
                    color=text_colour, fontweight="bold",
                    bbox={"boxstyle": "round,pad=0.18", "facecolor": colour, "edgecolor": "none"},
                )  # fmt: skip
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks(list(places), [wrapped(domain.title, narrow) for domain in domains])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, max([domain.modules for domain in domains], default=1))
    axes.spines["bottom"].set_visible(False)
    figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=11, labelcolor=INK, **_LEGEND)
    return svg(figure)
