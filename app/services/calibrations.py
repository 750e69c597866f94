"""Refitted priors: applied one over the other, undone one by one.

Each serves where it has a module: what was fitted to a simulated world is nothing to the people here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from app.services import applied

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
    now = current(instance_dir, graph.ids)
    author = Prior(
        difficulties={id_: b for id_, b in now.difficulties.items() if id_ not in graph},
        slopes={id_: a for id_, a in now.slopes.items() if id_ not in graph},
    )
    return calibrate(graph, now, people, rng, author=author, iterations=iterations)


def current(instance_dir: Path, modules: Collection[str]) -> Prior:
    """The prior applied last that was fitted to any of these modules, or the authors' where none was.

    Raises ``AppliedError`` where a file cannot be read.
    """
    for written in applied.latest_first(instance_dir, applied.PRIOR, FITTED):
        # Earlier versions did not write what they were fitted to.
        if not set(written.get("modules", modules)).isdisjoint(modules):
            return Prior(**{name: written[name] for name in FITTED})
    return Prior()


def apply(instance_dir: Path, prior: Prior, modules: Collection[str]) -> Path:
    """Put a prior fitted to these modules over the ones before; the file it was written to."""
    fitted = {name: value for name, value in asdict(prior).items() if name in FITTED}
    return applied.put(instance_dir, applied.PRIOR, {"modules": list(modules), **fitted})


def undo(instance_dir: Path) -> bool:
    """Take away the prior applied last; False where there was none."""
    return applied.take_away(instance_dir, applied.PRIOR)
