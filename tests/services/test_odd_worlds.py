"""Odd but legal worlds: after every question, `evaluate` gives the figures that the definition gives.

The files are read here by other code, and the belief comes from every knowledge state at every ability.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.engine.belief import BeliefModel
from app.engine.evidence import Likelihood
from app.engine.graph import Module, ModuleGraph
from app.services.world_files import read_world
from app.services.worlds import evaluate
from tests.engine import brute_force
from tests.engine.counted_scores import counted

EVERYTHING = 60


@dataclass
class Sketch:
    """A world to write: arcs by module, steps as (item, module, scene), and how people are."""

    arcs: dict[str, list[str]]
    steps: list[tuple[str, str, str]]
    people: int = 6
    mastered: float = 0.6
    taken: float = 1.0
    domains: int = 2
    difficulty: bool = True
    luck: tuple[float, float] = (0.15, 0.1)
    seed: int = 0


def questions(modules: Sequence[str], count: int = 2) -> list[tuple[str, str, str]]:
    return [(f"q{k} {module}", module, "") for k in range(count) for module in modules]


def alone(*modules: str) -> dict[str, list[str]]:
    return {module: [] for module in modules}


CHAIN = {f"m{i}": [f"m{i - 1}"] if i else [] for i in range(8)}
FLAT = alone("a", "b", "c", "d")
MADE_APART = [("x1", "a", "S"), ("q1", "b", ""), ("x2", "c", "S"), ("q2", "d", ""), ("x3", "b", "S")]

SKETCHES: dict[str, Sketch] = {
    "one module": Sketch(alone("a"), questions("a", 3)),
    "one person": Sketch(CHAIN, questions([*CHAIN]), people=1),
    "no arcs": Sketch(FLAT, questions("abcd", 3)),
    "a long chain": Sketch(CHAIN, questions([*CHAIN])),
    "a star": Sketch({"o": []} | {m: ["o"] for m in "abcdef"}, questions("oabcdef")),
    "a star turned in": Sketch(alone(*"abcdef") | {"o": [*"abcdef"]}, questions("oabcdef")),
    "several components": Sketch(
        {"a": [], "b": ["a"], "c": [], "d": ["c"], "e": []}, questions("abcde"), domains=3
    ),
    "a module without an item": Sketch({"a": [], "b": ["a"], "c": ["b"]}, questions("ac", 3)),
    "names with all that CSV quotes": Sketch(
        {"écran, tactile": [], 'dire "oui"': ["écran, tactile"], "à deux\nlignes": ['dire "oui"']},
        questions(["écran, tactile", 'dire "oui"', "à deux\nlignes"]),
    ),
    "names of columns": Sketch(
        {"usager": [], "module": ["usager"]}, [("usager", "usager", ""), *questions(["module"])]
    ),
    "everybody masters everything": Sketch(FLAT, questions("abcd"), mastered=1.0),
    "nobody masters anything": Sketch(FLAT, questions("abcd"), mastered=0.0),
    "many empty cells": Sketch(CHAIN, questions([*CHAIN], 3), taken=0.3),
    "nothing taken": Sketch(FLAT, questions("abcd"), taken=0.0),
    "scenes whose rows are apart": Sketch(FLAT, MADE_APART, people=8),
    "a scene half taken": Sketch(FLAT, MADE_APART, people=8, taken=0.5),
    "a scene with a module twice": Sketch(
        FLAT, [("x1", "a", "S"), ("x2", "a", "S"), ("x3", "b", "S"), *questions("abcd", 1)]
    ),
    "a scene of one step": Sketch(FLAT, [("x1", "a", "S"), *questions("bcd")]),
    "a scene of eight steps": Sketch(CHAIN, [(f"x{m}", m, "S") for m in CHAIN] + questions([*CHAIN], 1)),
    "a scene named as a question": Sketch(
        FLAT, [("q", "a", ""), ("x1", "b", "q"), ("x2", "c", "q"), ("d1", "d", "")]
    ),
    "a scene named as its step": Sketch(FLAT, [("x1", "b", "x1"), ("x2", "c", "x1"), ("d1", "d", "")]),
    "no luck, no slip": Sketch(FLAT, questions("abcd", 1), luck=(0.0, 0.0)),
    "no difficulty": Sketch(CHAIN, questions([*CHAIN]), difficulty=False),
}


def write(folder: Path, sketch: Sketch) -> None:
    rng = random.Random(sketch.seed)
    state = [{m: int(rng.random() < sketch.mastered) for m in sketch.arcs} for _ in range(sketch.people)]
    guess, slip = sketch.luck
    luck = [(guess and rng.uniform(0.02, guess), slip and rng.uniform(0.02, slip)) for _ in sketch.steps]
    ids = [*sketch.arcs]

    def table(name: str, rows: list[list[object]]) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    kept = slice(0, 4 if sketch.difficulty else 3)
    modules: list[list[object]] = [["module", "domain", "prerequisites", "difficulty"]]
    for i, (module, before) in enumerate(sketch.arcs.items()):
        domain, difficulty = f"domaine {i % sketch.domains}", "" if i % 3 == 2 else rng.uniform(-2, 1)
        modules.append([module, domain, "|".join(before), difficulty])
    table("modules.csv", [row[kept] for row in modules])
    steps = [[*step[:2], *chances, step[2]] for step, chances in zip(sketch.steps, luck, strict=True)]
    table("items.csv", [["item", "module", "guess", "slip", "scene"], *steps])
    answers = [
        [
            "" if rng.random() >= sketch.taken else int(rng.random() < (1 - s if known[module] else g))
            for (_, module, _), (g, s) in zip(sketch.steps, luck, strict=True)
        ]
        for known in state
    ]
    people = [f"p{i}" for i in range(sketch.people)]
    names = [item for item, _, _ in sketch.steps]
    table("answers.csv", [["usager", *names], *([p, *row] for p, row in zip(people, answers, strict=True))])
    mastery = [[p, *(known[m] for m in ids)] for p, known in zip(people, state, strict=True)]
    table("mastery.csv", [["usager", *ids], *reversed(mastery)])


def table_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def by_definition(folder: Path) -> tuple[list[list[float]], list[list[bool]]]:
    """P(mastered) of each person's modules after all their answers, and what is so."""
    _, *rows = table_of(folder / "modules.csv")
    graph = ModuleGraph(
        Module(r[0], r[1], tuple(r[2].split("|")) if r[2] else (), float(r[3]) if r[3:] and r[3] else None)
        for r in rows
    )
    items = {
        r[0]: (r[1], max(float(r[2]), 0.01), max(float(r[3]), 0.01))
        for r in table_of(folder / "items.csv")[1:]
    }
    (_, *names), *answers = table_of(folder / "answers.csv")
    (_, *ids), *mastery = table_of(folder / "mastery.csv")
    truth = {usager: dict(zip(ids, row, strict=True)) for usager, *row in mastery}
    model = BeliefModel(graph)
    said, so = [], []
    for usager, *row in answers:
        seen = []
        for name, mark in zip(names, row, strict=True):
            module, guess, slip = items[name]
            if mark:
                right = mark == "1"
                seen.append(Likelihood(module, 1 - slip if right else slip, guess if right else 1 - guess))
        said.append([float(p) for p in brute_force.marginals_and_pairs(model, seen)[0]])
        so.append([truth[usager][module] == "1" for module in graph.ids])
    return said, so


@pytest.mark.parametrize("name", SKETCHES)
def test_the_figures_are_those_of_the_definition(name: str, tmp_path: Path) -> None:
    write(tmp_path, SKETCHES[name])
    found = evaluate(read_world(tmp_path), "jalons", (EVERYTHING,))["questions"][str(EVERYTHING)]
    for score, value in counted(*by_definition(tmp_path)).items():
        assert found[score] == (None if value is None else pytest.approx(value, abs=1e-9)), score
