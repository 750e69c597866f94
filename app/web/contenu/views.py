"""The lists, a module and a workshop sheet. Importing this puts every page on the blueprint."""

from __future__ import annotations

from collections import Counter

from flask import render_template, request

from app.web.access import Access, open_to
from app.web.contenu import graph, sheets
from app.web.contenu.pages import blueprint, content, module_or_404, scene_or_404, scenes_of, workshop_or_404

__all__ = ["blueprint", "graph", "sheets"]

SIMULATOR_MODES = ("diagnostic", "montrer", "indices", "seul")


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def modules() -> str:
    everything = content()
    in_scenes = Counter(
        module
        for item in everything.items.values()
        if item.is_scene
        for module in dict.fromkeys(item.modules)
    )
    return render_template("contenu/modules.html", content=everything, in_scenes=in_scenes)


@blueprint.get("/modules/<module_id>")
@open_to(Access.CONSEILLER)
def module(module_id: str) -> str:
    found = module_or_404(module_id)
    everything = content()
    return render_template(
        "contenu/module.html",
        module=found,
        domain=everything.domain_of(module_id),
        content=everything,
        items=everything.items_of(module_id),
        scenes=scenes_of(module_id),
        leads_to=[m for m in everything.modules.values() if module_id in (p.module for p in m.prerequisites)],
        workshops=[w for w in everything.workshops.values() if module_id in w.modules],
    )


@blueprint.get("/scenes/<scene_id>")
@open_to(Access.CONSEILLER)
def scene(scene_id: str) -> str:
    mode = request.args.get("mode", "")
    return render_template(
        "contenu/scene.html",
        item=scene_or_404(scene_id),
        content=content(),
        mode=mode if mode in SIMULATOR_MODES else SIMULATOR_MODES[0],
    )


@blueprint.get("/buts")
@open_to(Access.CONSEILLER)
def goals() -> str:
    everything = content()
    counts = {
        goal.id: [(device, len(everything.goal_modules(goal.id, device))) for device in goal.devices]
        for goal in everything.goals.values()
    }
    return render_template("contenu/goals.html", content=everything, counts=counts)


@blueprint.get("/ateliers")
@open_to(Access.CONSEILLER)
def workshops() -> str:
    everything = content()
    by_domain = [
        (domain, found)
        for domain in everything.domains
        if (found := [w for w in everything.workshops.values() if w.modules[0].startswith(f"{domain.id}.")])
    ]
    return render_template("contenu/workshops.html", content=everything, by_domain=by_domain)


@blueprint.get("/ateliers/<workshop_id>")
@open_to(Access.CONSEILLER)
def workshop(workshop_id: str) -> str:
    return render_template("contenu/workshop.html", workshop=workshop_or_404(workshop_id), content=content())
