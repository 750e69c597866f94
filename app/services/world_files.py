"""Worlds as folders of CSV files: modules, items, answers, mastery."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from reprlib import repr as shown

import networkx as nx
import numpy as np

from app.engine.bank import Item, ItemBank, Step
from app.engine.graph import Module, ModuleGraph
from app.engine.replay import NOT_TAKEN
from app.engine.simulation import Answered, World
from app.services.world_rows import WorldError, number, read_rows

__all__ = [
    "Bank",
    "WorldError",
    "read_answered",
    "read_bank",
    "read_graph",
    "read_world",
    "step_names",
    "write_world",
]

MODULES, ITEMS, ANSWERS, MASTERY = "modules.csv", "items.csv", "answers.csv", "mastery.csv"
MOST_PREREQUISITES = 20
"""Of one module: its table has a row a joint state of them, a gigabyte for twenty."""
MOST_STEPS = 12
"""Of one scene: it is weighed by a table of 4^steps numbers, 134 MB for twelve."""
FARTHEST = 100.0
"""Difficulty, in logits, either way: far beyond anyone."""
MARKS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1}
"""What an answer is written as; the latter by programs that keep columns with empty cells as numbers."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as written: the engine's items, and the name of each of their steps, in order."""

    items: ItemBank
    steps: tuple[str, ...]


@dataclass(slots=True)
class _Screen:
    name: str
    is_scene: bool
    names: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A row of 0 and 1 a usager; ``places`` says where each was read, in the order of ``values``."""

    places: Mapping[str, str]
    values: np.ndarray


def write_world(folder: Path, world: World) -> None:
    """Write the four files; the folder is made if need be. Raises ``WorldError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_all(folder, world)
    except OSError as error:
        raise WorldError(
            f"Impossible d’écrire dans « {folder} » : choisissez un dossier où vous pouvez écrire"
        ) from error


def _write_all(folder: Path, world: World) -> None:
    steps = step_names(world.told)
    usagers = [f"u{i + 1:05}" for i in range(world.people)]
    _write(folder / MODULES, ["module", "domain", "prerequisites", "difficulty"], _module_rows(world.graph))
    _write(folder / ITEMS, ["item", "module", "guess", "slip", "scene"], _item_rows(world.told))
    marks = {1: "1", 0: "0", NOT_TAKEN: ""}
    answers = (
        [usager, *(marks[int(v)] for v in row)] for usager, row in zip(usagers, world.right, strict=True)
    )
    _write(folder / ANSWERS, ["usager", *steps], answers)
    mastery = ([usager, *map(int, row)] for usager, row in zip(usagers, world.mastery, strict=True))
    _write(folder / MASTERY, ["usager", *world.graph.ids], mastery)


def read_world(folder: Path) -> World:
    """Read a world. Raises ``WorldError``."""
    graph, bank, answers = _read_answers(folder)
    mastery = _read_grid(folder / MASTERY, graph.ids, MARKS)
    for one, other, name in ((answers, mastery, MASTERY), (mastery, answers, ANSWERS)):
        for usager, place in one.places.items():
            if usager not in other.places:
                raise WorldError(
                    f"{place} : {shown(usager)} n’est pas dans {name}, ajoutez-y sa ligne ou retirez celle-ci"
                )
    row = {usager: i for i, usager in enumerate(mastery.places)}
    order = [row[usager] for usager in answers.places]
    return World(graph, bank.items, answers.values, mastery.values[order].astype(bool))


def read_answered(folder: Path) -> Answered:
    """Read what people answered, where nobody knows what they master: ``mastery.csv`` may be there or not.

    Raises ``WorldError``.
    """
    graph, bank, answers = _read_answers(folder)
    return Answered(graph, bank.items, answers.values)


def _read_answers(folder: Path) -> tuple[ModuleGraph, Bank, _Grid]:
    graph = read_graph(folder)
    bank = read_bank(folder, graph)
    return graph, bank, _read_grid(folder / ANSWERS, bank.steps, MARKS | {"": NOT_TAKEN})


def read_graph(folder: Path) -> ModuleGraph:
    """Read ``modules.csv``. Raises ``WorldError``."""
    path = folder / MODULES
    modules: dict[str, Module] = {}
    places: dict[str, str] = {}
    for place, cells in read_rows(path, ["module", "domain", "prerequisites"], ["difficulty"]):
        module = _module(place, *cells)
        if module.id in modules:
            raise WorldError(
                f"{place} : le module {shown(module.id)} est déjà {places[module.id]}, gardez-en un"
            )
        modules[module.id], places[module.id] = module, place
    if not modules:
        raise WorldError(f"{path}:2 : aucun module, écrivez-en un par ligne")
    for module in modules.values():
        for prerequisite in module.prerequisites:
            if prerequisite not in modules:
                raise WorldError(
                    f"{places[module.id]} : prérequis inconnu {shown(prerequisite)},"
                    f" écrivez un module de {MODULES}"
                )
    _refuse_a_cycle(modules, places)
    return ModuleGraph(modules.values())


def read_bank(folder: Path, graph: ModuleGraph) -> Bank:
    """Read ``items.csv``. Raises ``WorldError``."""
    path = folder / ITEMS
    screens: dict[tuple[bool, str], _Screen] = {}
    places: dict[str, str] = {}
    for place, cells in read_rows(path, ["item", "module", "guess", "slip"], ["scene"]):
        name, scene, step = cells[0], cells[4], _step(place, graph, *cells[1:4])
        _refuse_an_empty_name(place, "item", name)
        if name in places:
            raise WorldError(f"{place} : l’item {shown(name)} est déjà {places[name]}, un nom par ligne")
        places[name] = place
        # A scene and a question may have the same name: they are two screens all the same.
        key = (bool(scene), scene or name)
        screen = screens.setdefault(key, _Screen(scene or name, bool(scene)))
        screen.names.append(name)
        screen.steps.append(step)
        if len(screen.steps) > MOST_STEPS:
            raise WorldError(
                f"{place} : plus de {MOST_STEPS} étapes dans {shown(scene)}, faites-en deux scènes"
            )
    if not screens:
        raise WorldError(f"{path}:2 : aucun item, écrivez-en un par ligne")
    bank = ItemBank(Item(_free_name(s, screens), tuple(s.steps)) for s in screens.values())
    return Bank(bank, tuple(name for screen in screens.values() for name in screen.names))


def step_names(bank: ItemBank) -> tuple[str, ...]:
    """A name a step, each once: the item's own, or the scene's with the step's number."""
    questions = {item.id for item in bank.items if not item.is_scene}
    names: dict[str, None] = {}
    for item in bank.items:
        for k in range(len(item.steps)):
            name = f"{item.id}/{k + 1}" if item.is_scene else item.id
            while item.is_scene and (name in questions or name in names):
                name += " (étape)"
            names[name] = None
    return tuple(names)


def _module(place: str, id_: str, domain: str, prerequisites: str, difficulty: str) -> Module:
    _refuse_an_empty_name(place, "module", id_)
    if "|" in id_:
        raise WorldError(f"{place} : un module ne peut pas s’appeler {shown(id_)}, ôtez « | »")
    before = tuple(dict.fromkeys(p.strip() for p in prerequisites.split("|") if p.strip()))
    if id_ in before:
        raise WorldError(f"{place} : le module {shown(id_)} est son propre prérequis, ôtez-le de la liste")
    if len(before) > MOST_PREREQUISITES:
        raise WorldError(f"{place} : {len(before)} prérequis, gardez-en {MOST_PREREQUISITES} au plus")
    guessed = number(place, "difficulty", difficulty, -FARTHEST, FARTHEST) if difficulty else None
    return Module(id_, domain, before, guessed)


def _step(place: str, graph: ModuleGraph, module: str, guess: str, slip: str) -> Step:
    if module not in graph:
        raise WorldError(f"{place} : module inconnu {shown(module)}, écrivez un module de {MODULES}")
    step = Step(module, number(place, "guess", guess, 0, 1), number(place, "slip", slip, 0, 1))
    if step.guess + step.slip >= 1:
        raise WorldError(
            f"{place} : guess {guess} et slip {slip} font 1 ou plus, écrivez une somme plus petite que 1"
        )
    return step


def _refuse_an_empty_name(place: str, column: str, name: str) -> None:
    if not name:
        raise WorldError(f"{place} : {column} est vide, écrivez un nom")


def _refuse_a_cycle(modules: Mapping[str, Module], places: Mapping[str, str]) -> None:
    arcs = nx.DiGraph((before, m.id) for m in modules.values() for before in m.prerequisites)
    try:
        cycle = [arc[0] for arc in nx.find_cycle(arcs)]
    except nx.NetworkXNoCycle:
        return
    raise WorldError(
        f"{places[cycle[0]]} : les prérequis tournent en rond, {' → '.join(map(shown, [*cycle, cycle[0]]))},"
        " ôtez-en un"
    )


def _free_name(screen: _Screen, screens: Mapping[tuple[bool, str], _Screen]) -> str:
    """The screen's name, changed where it is a scene's and a question has it already."""
    name = screen.name
    while screen.is_scene and ((False, name) in screens or screens.get((True, name), screen) is not screen):
        name += " (scène)"
    return name


def _module_rows(graph: ModuleGraph) -> Iterator[list[str]]:
    for module in graph.modules:
        difficulty = "" if module.difficulty is None else f"{module.difficulty:.4f}"
        yield [module.id, module.domain, "|".join(module.prerequisites), difficulty]


def _item_rows(bank: ItemBank) -> Iterator[list[str]]:
    names = iter(step_names(bank))
    for item in bank.items:
        for step in item.steps:
            scene = item.id if item.is_scene else ""
            yield [next(names), step.module, f"{step.guess:.4f}", f"{step.slip:.4f}", scene]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _read_grid(path: Path, columns: Sequence[str], marks: Mapping[str, int]) -> _Grid:
    """A row of marks a usager. Raises ``WorldError``."""
    places: dict[str, str] = {}
    lines: list[list[int]] = []
    for place, (usager, *cells) in read_rows(path, ["usager", *columns]):
        _refuse_an_empty_name(place, "usager", usager)
        if usager in places:
            raise WorldError(f"{place} : {shown(usager)} est déjà {places[usager]}, une ligne par personne")
        places[usager] = place
        try:
            lines.append([marks[cell] for cell in cells])
        except KeyError as error:
            column = next(c for c, cell in zip(columns, cells, strict=True) if cell not in marks)
            wanted = "0, 1 ou rien" if "" in marks else "0 ou 1"
            raise WorldError(
                f"{place} : {shown(column)} vaut {shown(error.args[0])}, écrivez {wanted}"
            ) from None
    if not places:
        raise WorldError(f"{path}:2 : aucune personne, écrivez-en une par ligne")
    return _Grid(places, np.array(lines, dtype=np.int8))
