"""The module graph drawn as SVG: a band a domain, a column a depth, arrows from what comes first.

It is written by hand, without any style attribute, so that it can stand inside a page under the strict
content policy. Bands are told apart by their name, arrows by a plain or a dashed line.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

import networkx as nx

from app.reports.figure import CARD, INK, LINE, RED, SOFT_INK

BOX, GAP_X, GAP_Y = 164, 44, 12
LINE_HEIGHT, PADDING, LETTERS = 17, 8, 21
BAND_TITLE, MARGIN = 28, 14
FONT = "Atkinson Hyperlegible Next, Verdana, sans-serif"
TINTS = ("#fbf7ee", "#f1e9d8")
"""Bands take turns; their border and name tell them apart where the tint does not print."""


class Named(Protocol):
    """A module, as it is named."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


class NamedDomain(Protocol):
    """A domain and its modules."""

    @property
    def title(self) -> str: ...
    @property
    def modules(self) -> Sequence[Named]: ...


@dataclass(frozen=True, slots=True)
class Box:
    """A module's place; ``lines`` is its title cut to fit."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        return height_of(self.lines)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A domain's strip across the drawing."""

    title: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The SVG, and its size in its own units."""

    svg: str
    width: int
    height: int


def draw(
    graph: nx.DiGraph[str],
    domains: Sequence[NamedDomain],
    *,
    domain: str | None = None,
    links: Mapping[str, str] | None = None,
) -> Drawing:
    """The modules of a graph; with a domain, its modules and what they need at once.

    ``links`` gives boxes an address.
    """
    graph = shown(graph, domain)
    titles = {module.id: module.title for d in domains for module in d.modules}
    kept = [(d.title, [module.id for module in d.modules if module.id in graph]) for d in domains]
    boxes, bands = place(graph, titles, [(title, ids) for title, ids in kept if ids])
    width = max((box.x for box in boxes.values()), default=0) + BOX + MARGIN
    height = max((band.y + band.height for band in bands), default=0) + MARGIN
    return Drawing(_write(graph, boxes, bands, links or {}, width, height), round(width), round(height))


def shown(graph: nx.DiGraph[str], domain: str | None) -> nx.DiGraph[str]:
    """The whole graph, or a domain with what its modules need at once."""
    if domain is None:
        return graph
    own = {id_ for id_ in graph if id_.startswith(f"{domain}.")}
    kept = own | {before for id_ in own for before in graph.predecessors(id_)}
    result: nx.DiGraph[str] = nx.DiGraph()
    result.add_nodes_from(id_ for id_ in graph if id_ in kept)
    result.add_edges_from((a, b) for a, b in graph.edges if a in kept and b in own)
    return result


def place(
    graph: nx.DiGraph[str], titles: Mapping[str, str], domains: Sequence[tuple[str, Sequence[str]]]
) -> tuple[dict[str, Box], list[Band]]:
    """Boxes by module, and the bands: layer by depth across, domains down from the first learnt."""
    column = {id_: n for n, layer in enumerate(nx.topological_generations(graph)) for id_ in layer}
    domains = sorted(domains, key=lambda d: sum(column[id_] for id_ in d[1]) / len(d[1]))
    boxes: dict[str, Box] = {}
    bands: list[Band] = []
    y = float(MARGIN)
    for title, ids in domains:
        bottoms: dict[int, float] = {}
        for id_ in sorted(ids, key=lambda id_: (column[id_], _pull(graph, boxes, id_))):
            lines = tuple(textwrap.wrap(titles[id_], LETTERS, break_long_words=False))
            top = bottoms.get(column[id_], y + BAND_TITLE)
            boxes[id_] = Box(id_, lines, 2 * MARGIN + column[id_] * (BOX + GAP_X), top)
            bottoms[column[id_]] = top + height_of(lines) + GAP_Y
        bands.append(Band(title, y, max(bottoms.values()) - y))
        y = max(bottoms.values()) + GAP_Y
    return boxes, bands


def height_of(lines: Sequence[str]) -> float:
    """How tall a box is for its lines."""
    return len(lines) * LINE_HEIGHT + 2 * PADDING


def _pull(graph: nx.DiGraph[str], boxes: Mapping[str, Box], id_: str) -> float:
    """How high what comes before already stands: boxes that follow each other stay level."""
    heights = [boxes[before].middle for before in graph.predecessors(id_) if before in boxes]
    return sum(heights) / len(heights) if heights else 0.0


def _write(
    graph: nx.DiGraph[str],
    boxes: Mapping[str, Box],
    bands: Sequence[Band],
    links: Mapping[str, str],
    width: float,
    height: float,
) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="{FONT}" font-size="14">',
        '<defs><marker id="fleche" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        f' orient="auto"><path d="M0 0l8 4l-8 4z" fill="{INK}"/></marker></defs>',
        *(_band(band, n, width) for n, band in enumerate(bands)),
        *(_arrow(boxes[a], boxes[b]) for a, b in sorted(graph.edges)),
        *(_box(box, links.get(box.id)) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join(parts)


def _band(band: Band, number: int, width: float) -> str:
    return (
        f'<rect x="{MARGIN}" y="{band.y:.0f}" width="{width - MARGIN - 4:.0f}" height="{band.height:.0f}"'
        f' rx="8" fill="{TINTS[number % 2]}" stroke="{LINE}"/>'
        f'<text x="{2 * MARGIN}" y="{band.y + 20:.0f}" font-size="16" font-weight="700" fill="{INK}">'
        f"{escape(band.title)}</text>"
    )


def _arrow(before: Box, after: Box) -> str:
    """A curve; within a domain it is plain, between domains it is dashed."""
    x, y, to_x, to_y = before.x + BOX, before.middle, after.x - 2, after.middle
    bend = min(GAP_X, (to_x - x) / 2)
    same = before.id.partition(".")[0] == after.id.partition(".")[0]
    look = f'stroke="{INK}" stroke-width="2"' if same else f'stroke="{SOFT_INK}" stroke-dasharray="5 4"'
    curve = f"M{x:.0f} {y:.0f}C{x + bend:.0f} {y:.0f} {to_x - bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    return f'<path d="{curve}" fill="none" {look} marker-end="url(#fleche)"/>'


def _box(box: Box, link: str | None) -> str:
    first = box.y + PADDING + LINE_HEIGHT - 4
    lines = "".join(
        f'<tspan x="{box.x + 10:.0f}" y="{first + n * LINE_HEIGHT:.0f}">{escape(line)}</tspan>'
        for n, line in enumerate(box.lines)
    )
    drawn = (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{BOX}" height="{box.height:.0f}" rx="8"'
        f' fill="{CARD}" stroke="{INK}" stroke-width="1.5"/>'
        f'<rect x="{box.x:.0f}" y="{box.y + 6:.0f}" width="4" height="{box.height - 12:.0f}" fill="{RED}"/>'
        f'<text fill="{INK}">{lines}</text>'
    )
    if link is None:
        return drawn
    label = escape(" ".join(box.lines), quote=True)
    return f'<a href="{escape(link, quote=True)}" aria-label="{label}">{drawn}</a>'
