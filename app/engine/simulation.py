"""Simulated people on simulated graphs: worlds in which the truth is known and the engine is told less.

The kinds follow docs/moteur.md: T0 is drawn from the engine's own prior; T1 from another population with
other difficulties and slopes; T2 flips modules against the order; T3 tells the engine wrong guesses and slips
besides; T4 flips twice as many. Nothing here is a real person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.engine.bank import Item, ItemBank, Step
from app.engine.belief import BeliefModel, Prior
from app.engine.graph import Module, ModuleGraph
from app.engine.junction_tree import Floats

Bools = NDArray[np.bool_]
Recorded = NDArray[np.int8]


class Kind(StrEnum):
    """How far a world is from what the engine believes of it."""

    T0 = "T0"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"


MOST_LUCK = 0.98
"""Guess and slip together, of a step that is told wrongly: at 1 it would tell nothing, and be no step."""
CHAINED = 0.8
"""Share of arcs inside a domain that go to the module just before."""
FLIPPED = {Kind.T0: 0.0, Kind.T1: 0.0, Kind.T2: 0.04, Kind.T3: 0.04, Kind.T4: 0.08}


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a world: ``arcs`` of which ``across`` join two domains, scenes beside the single items."""

    modules: int = 48
    domains: int = 8
    arcs: int = 50
    across: int = 16
    scenes: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What people answered, and what the engine is told of what they were asked.

    ``right`` (people, steps) says whether each person succeeds at each step of ``told``, in the order of its
    items and their steps: the same answers whoever asks.
    """

    graph: ModuleGraph
    told: ItemBank
    right: Recorded

    @property
    def people(self) -> int:
        return len(self.right)

    def first_columns(self) -> dict[str, int]:
        """Column of ``right`` of each item's first step."""
        columns, column = {}, 0
        for item in self.told.items:
            columns[item.id] = column
            column += len(item.steps)
        return columns


@dataclass(frozen=True, slots=True)
class World(Answered):
    """The same, with what is so: ``mastery`` (people, n) is in the order of ``graph.ids``."""

    mastery: Bools

    def only(self, people: slice) -> World:
        """The same world with some of its people."""
        return replace(self, right=self.right[people], mastery=self.mastery[people])


def simulate(kind: Kind, rng: np.random.Generator, people: int = 2000, shape: Shape | None = None) -> World:
    """A world of this kind, with its graph, its bank and its people."""
    shape = shape or Shape()
    graph = random_graph(rng, shape)
    bank = ItemBank([*single_items(graph, rng), *scenes(graph, rng, shape.scenes)])
    return people_of(kind, graph, bank, rng, people)


def people_of(kind: Kind, graph: ModuleGraph, bank: ItemBank, rng: np.random.Generator, people: int) -> World:
    """People of this kind on a given graph and a bank with true guesses and slips."""
    mastery = _mastery_of_prior(graph, rng, people) if kind is Kind.T0 else _mastery(graph, rng, people)
    flipped = rng.random(mastery.shape) < FLIPPED[kind]
    mastery ^= flipped
    right = _answers(graph, bank, mastery, rng)
    told = wrongly_told(bank, rng) if kind in (Kind.T3, Kind.T4) else bank
    return World(graph, told, right, mastery)


def random_graph(rng: np.random.Generator, shape: Shape) -> ModuleGraph:
    """Domains of equal size in which most modules follow the one before; some need one of another domain."""
    per_domain = shape.modules // shape.domains
    ids = [[f"d{d:02}.m{i:02}" for i in range(per_domain)] for d in range(shape.domains)]
    prerequisites: dict[str, set[str]] = {id_: set() for row in ids for id_ in row}
    inner = [(d, i) for d in range(shape.domains) for i in range(1, per_domain)]
    for place in rng.choice(len(inner), min(len(inner), shape.arcs - shape.across), replace=False):
        d, i = inner[place]
        before = i - 1 if rng.random() < CHAINED else int(rng.integers(max(0, i - 2), i))
        prerequisites[ids[d][i]].add(ids[d][before])
    across = 0
    while across < shape.across:
        d, e = sorted(rng.choice(shape.domains, 2, replace=False))
        i, j = sorted(rng.integers(per_domain, size=2))
        if ids[d][i] not in prerequisites[ids[e][j]]:
            prerequisites[ids[e][j]].add(ids[d][i])
            across += 1
    return ModuleGraph(
        Module(id_, id_.partition(".")[0], tuple(sorted(before)), float(rng.normal(-2.0, 0.5)))
        for id_, before in prerequisites.items()
    )


def single_items(graph: ModuleGraph, rng: np.random.Generator) -> list[Item]:
    """Four to six questions a module."""
    return [
        Item(f"{id_}.q{k}", (Step(id_, rng.uniform(0.05, 0.25), rng.uniform(0.05, 0.15)),), f"f{k}")
        for id_ in graph.ids
        for k in range(rng.integers(4, 7))
    ]


def scenes(graph: ModuleGraph, rng: np.random.Generator, count: int) -> list[Item]:
    """Scenes of three to five steps on modules found by a walk along arcs."""
    made: list[Item] = []
    while len(made) < count:
        walk = [str(rng.choice(graph.ids))]
        length = int(rng.integers(3, 6))
        while len(walk) < length:
            near = {n for m in walk for n in (*graph.successors(m), *graph[m].prerequisites)} - set(walk)
            if not near:
                break
            walk.append(str(rng.choice(sorted(near))))
        if len(walk) >= 3:
            steps = (Step(m, rng.uniform(0.01, 0.05), rng.uniform(0.05, 0.15)) for m in graph.in_order(walk))
            made.append(Item(f"scene{len(made):02}", tuple(steps), f"s{len(made) % 5}"))
    return made


def wrongly_told(bank: ItemBank, rng: np.random.Generator) -> ItemBank:
    """The bank with every guess and slip off by up to half, either way."""
    return ItemBank(
        replace(
            item,
            steps=tuple(
                _told(s.module, s.guess * rng.uniform(0.5, 1.5), s.slip * rng.uniform(0.5, 1.5))
                for s in item.steps
            ),
        )
        for item in bank.items
    )


def _told(module: str, guess: float, slip: float) -> Step:
    """A step of this guess and slip, both smaller where together they leave nothing to tell."""
    luck = guess + slip
    shrink = MOST_LUCK / luck if luck > MOST_LUCK else 1.0
    return Step(module, guess * shrink, slip * shrink)


def with_wrong_arcs(world: World, rng: np.random.Generator, count: int) -> World:
    """The world with ``count`` arcs in the engine's graph that the truth lacks."""
    modules = {module.id: module for module in world.graph.modules}
    ids = sorted(modules)
    added = 0
    while added < count:
        first, second = sorted(rng.choice(len(ids), 2, replace=False))
        # Only along the topological order, so that no cycle appears.
        before, after = world.graph.in_order([ids[first], ids[second]])
        if before in world.graph.ancestors(after) or before in modules[after].prerequisites:
            continue
        modules[after] = replace(modules[after], prerequisites=(*modules[after].prerequisites, before))
        added += 1
    graph = ModuleGraph(modules.values())
    columns = [world.graph.index[id_] for id_ in graph.ids]
    return replace(world, graph=graph, mastery=world.mastery[:, columns])


def _mastery_of_prior(graph: ModuleGraph, rng: np.random.Generator, people: int) -> Bools:
    return BeliefModel(graph, Prior()).posterior().samples(rng, people)


def _mastery(graph: ModuleGraph, rng: np.random.Generator, people: int) -> Bools:
    """A skewed population, three factors over the domains, one person in seven jagged in one domain."""
    part = rng.choice(3, people, p=[0.5, 0.35, 0.15])
    ability = rng.normal(np.array([-1.35, 0.6, 2.7])[part], np.array([0.75, 0.9, 1.2])[part])
    loadings = rng.normal(0, 0.5, (3, len(graph.domains)))
    by_domain = ability[:, None] + rng.normal(size=(people, 3)) @ loadings
    jagged = rng.random(people) < 0.15
    domain = rng.integers(len(graph.domains), size=people)
    by_domain[jagged, domain[jagged]] += rng.choice([-1.6, 1.6], people)[jagged]
    difficulties = Prior().difficulty_of(graph) + rng.normal(0, 0.5, len(graph))
    slopes = rng.uniform(1, 3, len(graph))
    mastery = np.zeros((people, len(graph)), dtype=bool)
    for j, module in enumerate(graph.modules):
        ready = mastery[:, [graph.index[p] for p in module.prerequisites]].all(axis=1)
        logit = slopes[j] * (by_domain[:, graph.domains.index(module.domain)] - difficulties[j])
        mastery[:, j] = ready & (rng.random(people) < 1 / (1 + np.exp(-logit)))
    return mastery


def _answers(graph: ModuleGraph, bank: ItemBank, mastery: Bools, rng: np.random.Generator) -> Recorded:
    steps = [step for item in bank.items for step in item.steps]
    known = mastery[:, [graph.index[step.module] for step in steps]]
    guesses, slips = np.array([s.guess for s in steps]), np.array([s.slip for s in steps])
    chance: Floats = np.where(known, 1 - slips, guesses)
    return (rng.random(chance.shape) < chance).astype(np.int8)
