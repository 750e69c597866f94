"""Worlds as folders of CSV files: modules, items, answers, mastery."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.engine.bank import BankError, Item, ItemBank, Step
from app.engine.graph import GraphError, Module, ModuleGraph
from app.engine.replay import NOT_TAKEN
from app.engine.simulation import World

MODULES, ITEMS, ANSWERS, MASTERY = "modules.csv", "items.csv", "answers.csv", "mastery.csv"


class WorldError(ValueError):
    """A world that cannot be read; the message, in French, says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as written: the engine's items, and the name of each of their steps, in order."""

    items: ItemBank
    steps: tuple[str, ...]


@dataclass(slots=True)
class _Screen:
    names: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def write_world(folder: Path, world: World) -> None:
    """Write the four files; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
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
    graph = read_graph(folder)
    bank = read_bank(folder, graph)
    usagers, answers = _read_grid(folder / ANSWERS, bank.steps, missing=NOT_TAKEN)
    known, mastery = _read_grid(folder / MASTERY, graph.ids, missing=None)
    if usagers != known:
        row = {usager: i for i, usager in enumerate(known)}
        lost = [usager for usager in usagers if usager not in row]
        if lost:
            raise WorldError(f"{folder / MASTERY} : il manque {lost[0]}, présent dans {ANSWERS}")
        mastery = mastery[[row[usager] for usager in usagers]]
    return World(graph, bank.items, answers, mastery.astype(bool))


def read_graph(folder: Path) -> ModuleGraph:
    """Read ``modules.csv``. Raises ``WorldError``."""
    modules = []
    for place, row in _rows(folder / MODULES, ["module", "domain", "prerequisites"]):
        prerequisites = tuple(p.strip() for p in row["prerequisites"].split("|") if p.strip())
        difficulty = (row.get("difficulty") or "").strip()
        modules.append(
            Module(
                row["module"].strip(),
                row["domain"].strip(),
                prerequisites,
                _number(place, "difficulty", difficulty) if difficulty else None,
            )
        )
    try:
        return ModuleGraph(modules)
    except GraphError as error:
        raise WorldError(f"{folder / MODULES} : {error}") from error


def read_bank(folder: Path, graph: ModuleGraph) -> Bank:
    """Read ``items.csv``. Raises ``WorldError``."""
    screens: dict[str, _Screen] = {}
    for place, row in _rows(folder / ITEMS, ["item", "module", "guess", "slip"]):
        if row["module"] not in graph:
            raise WorldError(f"{place} : module inconnu {row['module']!r}, écrivez un module de {MODULES}")
        guess, slip = _number(place, "guess", row["guess"]), _number(place, "slip", row["slip"])
        screen = screens.setdefault((row.get("scene") or "").strip() or row["item"], _Screen())
        screen.names.append(row["item"])
        screen.steps.append(Step(row["module"], guess, slip))
    try:
        bank = ItemBank(Item(name, tuple(screen.steps)) for name, screen in screens.items())
    except BankError as error:
        raise WorldError(f"{folder / ITEMS} : {error}") from error
    return Bank(bank, tuple(name for screen in screens.values() for name in screen.names))


def step_names(bank: ItemBank) -> tuple[str, ...]:
    """A name a step: the item's own, or the scene's with the step's number."""
    return tuple(
        f"{item.id}/{k + 1}" if item.is_scene else item.id
        for item in bank.items
        for k in range(len(item.steps))
    )


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


def _rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place, ``file:line``."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise WorldError(f"{path} : fichier illisible ({error.strerror})") from error
    with file:
        reader = csv.DictReader(file)
        lacking = [name for name in wanted if name not in (reader.fieldnames or [])]
        if lacking:
            raise WorldError(f"{path}:1 : il manque la colonne {lacking[0]}")
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if any(row[name] is None for name in wanted):
                raise WorldError(f"{place} : il manque des colonnes sur cette ligne")
            yield place, row


def _number(place: str, name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise WorldError(f"{place} : {name} vaut {text!r}, écrivez un nombre comme 0.1") from None


def _read_grid(path: Path, columns: Sequence[str], *, missing: int | None) -> tuple[list[str], np.ndarray]:
    """The usagers, and a row of 0 and 1 each, with ``missing`` for an empty cell where that is allowed."""
    marks = {"0": 0, "1": 1} | ({"": missing} if missing is not None else {})
    usagers: list[str] = []
    lines: list[list[int]] = []
    for place, row in _rows(path, ["usager", *columns]):
        usagers.append(row["usager"])
        try:
            lines.append([marks[row[column].strip()] for column in columns])
        except KeyError as error:
            raise WorldError(f"{place} : {error.args[0]!r} n’est pas une réponse, écrivez 0 ou 1") from None
    if not usagers:
        raise WorldError(f"{path} : aucune personne")
    return usagers, np.array(lines, dtype=np.int8)
