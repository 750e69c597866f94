"""Whoever derives a person says how people learn here: the authors' figures are nobody's silent default."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT

LEAST = {"assess": 4, "explain": 6, "track": 3, "follow": 3, "follow_all": 3, "needs_of": 5}
"""Functions of the engine with the authors' figures by default; their arguments up to the figures."""
ALLOWED = {"services/engines.py", "services/learning_calibrations.py"}
"""Where the authors' figures are what was applied when nothing was."""


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of a plain name outside the engine: file, name, call."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        file = path.relative_to(ROOT / "app").as_posix()
        if not file.startswith("engine/"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield file, node.func.id, node


def imported_from_the_engine(file: str, name: str) -> bool:
    tree = ast.parse(Path(ROOT / "app" / file).read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("app.engine")
        and name in {alias.name for alias in node.names}
        for node in ast.walk(tree)
    )


def test_every_derivation_is_given_the_figures():
    found = [
        (file, name, call)
        for file, name, call in calls()
        if name in LEAST and imported_from_the_engine(file, name)
    ]
    assert {name for _, name, _ in found} >= {"assess", "explain"}
    silent = [
        f"{file}:{call.lineno}: {name}"
        for file, name, call in found
        if len(call.args) < LEAST[name] and "parameters" not in {word.arg for word in call.keywords}
    ]
    assert silent == []


def test_the_authors_figures_are_made_in_one_place():
    made = {file for file, name, _ in calls() if name == "Parameters"}
    assert made == ALLOWED
