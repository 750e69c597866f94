"""Simulated worlds of the sizes asked for: `jalons simulate`."""

from __future__ import annotations

from math import comb

import networkx as nx
import numpy as np

from app.engine.bank import ItemBank
from app.engine.graph import ModuleGraph
from app.engine.simulation import (
    Kind,
    Shape,
    World,
    people_of,
    random_graph,
    scenes,
    single_items,
    with_wrong_arcs,
)

USUAL = Shape()
SHORTEST_SCENE = 3
MOST_MODULES = MOST_SCENES = 5000
"""Far beyond what any content has; such a world still takes seconds to simulate."""


class ShapeError(ValueError):
    """A size that no world can have; the message, in French, says what to write instead."""


def shape_of(
    modules: int = USUAL.modules,
    domains: int | None = None,
    arcs: int | None = None,
    across: int | None = None,
    scenes: int = 0,
) -> Shape:
    """The shape of a simulated world; what is not given is in the usual proportion to the modules.

    Domains are of equal size: modules beyond that are left out. Raises ``ShapeError``.
    """
    _at_least(1, "--modules", modules)
    _at_least(0, "--scenes", scenes)
    _up_to(MOST_MODULES, "--modules", modules)
    _up_to(MOST_SCENES, "--scenes", scenes)
    domains = _domains_for(modules) if domains is None else domains
    if not 1 <= domains <= modules:
        raise ShapeError(f"--domains {domains} : écrivez un nombre de 1 à {modules}, celui des modules.")
    size = modules // domains
    inside, between = domains * (size - 1), comb(domains, 2) * comb(size + 1, 2)
    wanted = round(modules * USUAL.arcs / USUAL.modules) if arcs is None else arcs
    _at_least(0, "--arcs", wanted)
    if (arcs or 0) > inside + between:
        raise ShapeError(f"--arcs {arcs} : écrivez un nombre de 0 à {inside + between}.")
    if across is None:
        across = min(between, max(round(wanted * USUAL.across / USUAL.arcs), (arcs or 0) - inside))
    _within(across, "--across", between)
    if arcs is None:
        arcs = max(across, min(wanted, across + inside))
    if not across <= arcs <= across + inside:
        raise ShapeError(
            f"--arcs {arcs} : avec --across {across}, écrivez un nombre de {across} à {across + inside}."
        )
    return Shape(size * domains, domains, arcs, across, scenes)


def simulated(kind: Kind, rng: np.random.Generator, people: int, shape: Shape) -> World:
    """A world of this kind and shape. Raises ``ShapeError`` where its graph cannot hold a scene."""
    graph = random_graph(rng, shape)
    largest = max(map(len, nx.weakly_connected_components(graph.digraph)))
    if shape.scenes and largest < SHORTEST_SCENE:
        raise ShapeError(
            f"--scenes {shape.scenes} : une scène suit les prérequis de {SHORTEST_SCENE} modules au moins,"
            " écrivez plus de --modules ou de --arcs, ou --scenes 0."
        )
    bank = ItemBank([*single_items(graph, rng), *scenes(graph, rng, shape.scenes)])
    return people_of(kind, graph, bank, rng, people)


def misled(world: World, rng: np.random.Generator, count: int) -> World:
    """The world with ``count`` prerequisites that the engine believes and the truth lacks. Raises
    ``ShapeError`` where there are not so many."""
    _within(count, "--wrong-arcs", _unrelated(world.graph))
    return with_wrong_arcs(world, rng, count)


def _unrelated(graph: ModuleGraph) -> int:
    """Pairs of modules of which neither comes before the other."""
    return comb(len(graph), 2) - sum(len(graph.ancestors(module)) for module in graph.ids)


def _domains_for(modules: int) -> int:
    """About six modules a domain, all of the same size."""
    wanted = modules * USUAL.domains / USUAL.modules
    return min((d for d in range(1, modules + 1) if modules % d == 0), key=lambda d: abs(d - wanted))


def _at_least(least: int, option: str, value: int) -> None:
    if value < least:
        raise ShapeError(f"{option} {value} : écrivez un nombre à partir de {least}.")


def _up_to(most: int, option: str, value: int) -> None:
    if value > most:
        raise ShapeError(f"{option} {value} : écrivez un nombre jusqu’à {most}.")


def _within(value: int, option: str, most: int) -> None:
    if not 0 <= value <= most:
        raise ShapeError(f"{option} {value} : écrivez un nombre de 0 à {most}.")
