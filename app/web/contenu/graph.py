"""The graph of the modules, drawn and as a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from markupsafe import Markup

from app.content.library import Content
from app.content.models import DEVICES, Device, Domain, Module
from app.reports.module_graph import Drawing, draw
from app.web.access import Access, open_to
from app.web.contenu.pages import blueprint, content

SIZES = {"ajuste": "Ajusté à la page", "grand": "Grand", "tres-grand": "Très grand"}


@dataclass(frozen=True)
class Asked:
    """What the address asks to see."""

    device: Device
    domain: Domain | None
    size: str


@blueprint.get("/graphe")
@open_to(Access.CONSEILLER)
def graph() -> str:
    asked = _asked(content())
    drawing = drawn(content(), asked.device, asked.domain, with_links=True)
    return render_template(
        "contenu/graph.html",
        svg=Markup(drawing.svg),
        width=drawing.width,
        height=drawing.height,
        asked=asked,
        sizes=SIZES,
        content=content(),
        by_domain=_listed(content(), asked),
    )


@blueprint.get("/graphe.svg")
@open_to(Access.CONSEILLER)
def graph_file() -> Response:
    asked = _asked(content())
    drawing = drawn(content(), asked.device, asked.domain)
    response = Response(drawing.svg, mimetype="image/svg+xml")
    name = f"modules-{asked.domain.id if asked.domain else 'tous'}-{asked.device}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(everything: Content) -> Asked:
    device = request.args.get("appareil", "")
    domain = next((d for d in everything.domains if d.id == request.args.get("domaine")), None)
    size = request.args.get("taille", "")
    return Asked(
        device=Device(device) if device in DEVICES else Device.COMPUTER,
        domain=domain,
        size=size if size in SIZES else "ajuste",
    )


def drawn(everything: Content, device: Device, domain: Domain | None, *, with_links: bool = False) -> Drawing:
    """The graph of a device; with a domain, its modules and what they need at once."""
    links: Mapping[str, str] = (
        {id_: url_for("contenu.module", module_id=id_) for id_ in everything.modules} if with_links else {}
    )
    graph = everything.graph(device).digraph
    return draw(graph, everything.domains, domain=domain.id if domain else None, links=links)


def _listed(everything: Content, asked: Asked) -> list[tuple[Domain, list[tuple[Module, list[str]]]]]:
    """Domain by domain, each module with the titles of what it needs on the device."""
    graph = everything.graph(asked.device)
    domains = [asked.domain] if asked.domain else list(everything.domains)
    return [
        (
            domain,
            [(m, _needs(everything, graph[m.id].prerequisites)) for m in domain.modules if m.id in graph],
        )
        for domain in domains
    ]


def _needs(everything: Content, prerequisites: tuple[str, ...]) -> list[str]:
    return [everything.modules[id_].title for id_ in prerequisites]
