"""Refitted priors on disk: applied one over the other, undone one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from app.engine.belief import Prior
from app.engine.calibration import Calibration, calibrate
from app.engine.diagnostic import answer_likelihoods
from app.engine.evidence import Likelihood
from app.engine.graph import ModuleGraph
from app.engine.replay import Record
from app.engine.simulation import Answered

FOLDER = "calibrations"
FITTED = ("mean", "spread", "domain_spread", "difficulties", "slopes")
"""What a calibration decides of a prior; all else is as this version has it."""


def people_of(world: Answered) -> list[list[Likelihood]]:
    """The evidence of everyone in a world: all that they answered."""
    columns = world.first_columns()
    return [
        [
            likelihood
            for item in world.told.items
            for likelihood in answer_likelihoods(item, Record(row, columns).outcomes(item))
        ]
        for row in world.right
    ]


def fitted(
    graph: ModuleGraph,
    people: Sequence[Sequence[Likelihood]],
    rng: np.random.Generator,
    instance_dir: Path,
    *,
    iterations: int = 12,
) -> Calibration:
    """The authors' prior refitted on people's evidence, judged against the one applied now.

    Modules that the graph lacks keep what they have now. Raises ``ValueError`` with fewer than ten people.
    """
    now = current(instance_dir)
    author = Prior(
        difficulties={id_: b for id_, b in now.difficulties.items() if id_ not in graph},
        slopes={id_: a for id_, a in now.slopes.items() if id_ not in graph},
    )
    return calibrate(graph, now, people, rng, author=author, iterations=iterations)


def current(instance_dir: Path) -> Prior:
    """The prior applied last, or the authors' where none was."""
    files = _files(instance_dir)
    if not files:
        return Prior()
    written = json.loads(files[-1].read_text(encoding="utf-8"))
    return Prior(**{name: written[name] for name in FITTED})


def apply(instance_dir: Path, prior: Prior) -> Path:
    """Put a prior over the ones before; the file it was written to."""
    folder = instance_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = _files(instance_dir)
    number = int(files[-1].stem) + 1 if files else 1
    path = folder / f"{number:04}.json"
    fitted = {name: value for name, value in asdict(prior).items() if name in FITTED}
    path.write_text(json.dumps(fitted, indent=1), encoding="utf-8")
    return path


def undo(instance_dir: Path) -> bool:
    """Take away the prior applied last; False where there was none."""
    files = _files(instance_dir)
    if files:
        files[-1].unlink()
    return bool(files)


def _files(instance_dir: Path) -> list[Path]:
    return sorted((instance_dir / FOLDER).glob("[0-9]*.json"))
