"""What the content amounts to, in figures."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx
from networkx.algorithms.approximation import treewidth_min_fill_in

from app.content.models import DEVICES, Device
from app.content.rules import bias, negation, readability
from app.content.sources import Sources
from app.content.texts import Role, item_texts, usager_texts

Counts = dict[str, int | float | str]


def count(sources: Sources) -> Counts:
    """Figures by name, in the order they are printed."""
    modules = {entry.model.id for entry in sources.modules()}
    in_scenes = {module for source in sources.all_scenes() for module in source.model.modules} & modules
    genres = Counter(entry.model.genre for entry in sources.questions())
    counts: Counts = {
        "domaines": len(sources.domains),
        "modules": len(modules),
        "buts": len(sources.goals),
        "ateliers": len(sources.workshops),
        "questions": sum(genres.values()),
        **{f"questions {genre}": genres[genre] for genre in sorted(genres)},
        "scènes": len(sources.scenes),
        "scènes simulées": len(sources.simulations),
        "étapes de scène": sum(len(source.model.scene_steps) for source in sources.all_scenes()),
        "modules dans une scène": len(in_scenes),
        "part des modules dans une scène": round(len(in_scenes) / len(modules), 2) if modules else 0,
        "lisibilité médiane": median_readability(sources),
        "retours avec une négation": sum(
            text.role is Role.FEEDBACK and negation.is_negative(text.text) for text in usager_texts(sources)
        ),
    }
    counts |= {f"largeur du graphe ({device})": width(sources, device) for device in DEVICES}
    choices = [entry.model for entry in bias.choices(sources)]
    for name, pick in bias.PICKERS.items():
        found = bias.measure(choices, pick)
        counts[f"réussites en choisissant {name}"] = (
            f"{found.wins} sur {found.tries} (hasard : {found.expected:.0f}, p = {found.p_value:.2g})"
        )
    return counts


def count_by_domain(sources: Sources) -> dict[str, dict[str, int]]:
    """Modules, questions and modules touched by a scene, domain by domain."""
    questions = Counter(entry.model.module.partition(".")[0] for entry in sources.questions())
    in_scenes = {module for source in sources.all_scenes() for module in source.model.modules}
    return {
        source.model.id: {
            "modules": len(source.model.modules),
            "questions": questions[source.model.id],
            "modules dans une scène": len(in_scenes & {module.id for module in source.model.modules}),
        }
        for source in sources.domains
    }


def median_readability(sources: Sources) -> float:
    """The middle Kandel–Moles score of questions and scenes."""
    scores = sorted(
        readability.score_of([text for text in item_texts(entry) if text.role is not Role.ALTERNATIVE])
        for entry in sources.items()
    )
    return round(scores[len(scores) // 2]) if scores else 0


def width(sources: Sources, device: Device) -> int:
    """The width of the moralised graph, found by filling in least: what exact belief costs grows with it."""
    there = {entry.model.id: entry.model for entry in sources.modules() if entry.model.on(device)}
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(there)
    for module in there.values():
        family = [module.id, *(p for p in module.prerequisites_on(device) if p in there)]
        graph.add_edges_from((a, b) for n, a in enumerate(family) for b in family[n + 1 :])
    return int(treewidth_min_fill_in(graph)[0]) if there else 0
