"""How fast people learn and forget, fitted to the histories recorded here, applied and undone.

Only people who were worked with are read: a diagnostic alone tells nothing of learning.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from app.engine.evidence import Evidence, Help, Source
from app.engine.learning_rates import Judged, judged
from app.engine.levels import Parameters
from app.services import applied
from app.services.facts import facts
from app.store import learning_queries, statistics_queries

MOST_PEOPLE = 500
"""People that a fit reads: all histories are in memory side by side, and more change the figures little."""
WORK = (Source.PRACTICE, Source.OBSERVATION)
PLAIN = ("mastered", "outside_days", "pace_spread")
BY_LEVEL = ("start", "answering", "falls")
BY_HELP = ("learning", "emission")


@dataclass(frozen=True)
class Histories:
    """All that stands of people who were worked with, drawn at random where there are too many; and out of
    how many they were drawn."""

    people: Sequence[Sequence[Evidence]]
    out_of: int

    @property
    def is_sample(self) -> bool:
        return self.out_of > MOST_PEOPLE


def histories(rng: np.random.Generator, now: datetime, structure_id: uuid.UUID | None = None) -> Histories:
    """Those of one structure, or of all that are not a demonstration."""
    known = learning_queries.known_by(WORK, structure_id)
    drawn = sorted(rng.permutation(len(known))[:MOST_PEOPLE])
    by_structure: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for place in drawn:
        whose, person = known[place]
        by_structure[whose].append(person)
    found = [
        facts(rows)
        for whose, people in by_structure.items()
        for rows in statistics_queries.evidence_of_all(whose, people, now).values()
    ]
    # What was worked on may have been corrected or taken back since.
    return Histories([own for own in found if any(fact.source in WORK for fact in own)], len(known))


def fitted(people: Sequence[Sequence[Evidence]], rng: np.random.Generator, instance_dir: Path) -> Judged:
    """The authors' figures refitted on people's histories, judged against those applied now.

    Raises ``TooFewPeople``.
    """
    return judged(people, current(instance_dir), rng)


def current(instance_dir: Path) -> Parameters:
    """The figures applied last, or the authors' where none were. Raises ``AppliedError``."""
    names = (*PLAIN, *BY_LEVEL, *BY_HELP)
    written = next(applied.latest_first(instance_dir, applied.LEARNING, names), None)
    return Parameters() if written is None else _read(written)


def apply(instance_dir: Path, parameters: Parameters) -> Path:
    """Put figures over the ones before; the file that they were written to."""
    return applied.put(instance_dir, applied.LEARNING, _written(parameters))


def undo(instance_dir: Path) -> bool:
    """Take away the figures applied last; False where there were none."""
    return applied.take_away(instance_dir, applied.LEARNING)


def _written(parameters: Parameters) -> Mapping[str, Any]:
    """What a fit decides; all else is as this version has it."""
    figures = {name: getattr(parameters, name) for name in (*PLAIN, *BY_LEVEL)}
    return figures | {name: dict(getattr(parameters, name)) for name in BY_HELP}


def _read(written: Mapping[str, Any]) -> Parameters:
    figures: dict[str, Any] = {name: written[name] for name in PLAIN}
    figures |= {name: tuple(written[name]) for name in BY_LEVEL}
    figures |= {name: {help: tuple(written[name][help]) for help in Help} for name in BY_HELP}
    return replace(Parameters(), **figures)
