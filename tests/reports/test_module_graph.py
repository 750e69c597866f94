"""The drawing of the module graph."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

import networkx as nx
import pytest

from app.reports.module_graph import draw, place, shown

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Module:
    id: str
    title: str


@dataclass(frozen=True)
class Domain:
    title: str
    modules: tuple[Module, ...]


DOMAINS = (
    Domain(
        "Après & plus", (Module("b.un", "Un <titre> assez long pour deux lignes"), Module("b.deux", "B2"))
    ),
    Domain("Avant", (Module("a.un", "A1"), Module("a.deux", "A2"), Module("a.seul", "A3"))),
)


@pytest.fixture
def graph():
    return nx.DiGraph([("a.un", "a.deux"), ("a.deux", "b.un"), ("b.un", "b.deux"), ("a.seul", "b.deux")])


def placed(graph):
    titles = {m.id: m.title for d in DOMAINS for m in d.modules}
    return place(graph, titles, [(d.title, [m.id for m in d.modules]) for d in DOMAINS])


def test_what_comes_first_stands_left_and_its_domain_above(graph):
    boxes, bands = placed(graph)
    assert all(boxes[a].x < boxes[b].x for a, b in graph.edges)
    assert [band.title for band in bands] == ["Avant", "Après & plus"]


def test_no_box_lies_on_another(graph):
    boxes = list(placed(graph)[0].values())
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one.x != other.x or apart


def test_the_drawing_is_sound_and_has_neither_style_nor_script(graph):
    drawing = draw(graph, DOMAINS, links={"b.un": "/x?a=1&b=2"})
    root = ElementTree.fromstring(drawing.svg)
    assert root.get("viewBox") == f"0 0 {drawing.width} {drawing.height}"
    assert not [e for e in root.iter() if "style" in e.attrib or e.tag == f"{SVG}script"]
    [link] = root.iter(f"{SVG}a")
    assert link.get("href") == "/x?a=1&b=2"
    assert link.get("aria-label") == "Un <titre> assez long pour deux lignes"
    assert len([p for p in root.iter(f"{SVG}path") if p.get("marker-end")]) == graph.number_of_edges()


def test_arrows_between_domains_are_dashed(graph):
    root = ElementTree.fromstring(draw(graph, DOMAINS).svg)
    assert len([p for p in root.iter(f"{SVG}path") if p.get("stroke-dasharray")]) == 2


def test_a_domain_alone_keeps_what_it_needs_at_once(graph):
    alone = shown(graph, "b")
    assert set(alone) == {"b.un", "b.deux", "a.deux", "a.seul"}
    assert "a.un" not in alone


def test_an_empty_graph_is_an_empty_drawing():
    assert ElementTree.fromstring(draw(nx.DiGraph(), DOMAINS).svg) is not None
