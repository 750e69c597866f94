"""Many histories side by side, and the forward and backward messages of the hidden Markov chain over them.

The same chain as ``autonomy.Track`` runs one fact at a time, here in arrays, for what needs all histories at
once (fitting the figures, a person's pace). The tests hold the two to the same values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.engine.autonomy import Track, by_module, in_order, teaching_help
from app.engine.evidence import Evidence, Help, Source
from app.engine.levels import Levels, Parameters, fact_emission

Floats = NDArray[np.float64]

HELPS: tuple[Help | None, ...] = (None, *Help)
"""What a practice may teach with, by index in ``Sequences.taught``."""


@dataclass(frozen=True)
class Sequences:
    """Histories of one module each, side by side: (steps, sequences), shorter ones padded with nothing.

    ``emission`` (steps, sequences, 4) is P(fact | level); ``helped`` the index in ``HELPS`` of a fact that
    is a help alone, else −1; ``taught`` the index of the help that taught, −1 where nothing did; ``days`` and
    ``kept`` are the time since the fact before and the share kept; ``person`` (sequences,) is whose history
    it is.
    """

    emission: Floats
    helped: NDArray[np.int64]
    taught: NDArray[np.int64]
    days: Floats
    kept: Floats
    person: NDArray[np.int64]

    @property
    def count(self) -> int:
        return int(self.emission.shape[1])

    @property
    def facts(self) -> int:
        """How many facts tell something."""
        return int((self.emission != 1).any(axis=2).sum())


def sequences(people: Sequence[Sequence[Evidence]], parameters: Parameters) -> Sequences:
    """The histories of these people, module by module."""
    rows: list[list[tuple[Levels, int, int, float, float]]] = []
    person: list[int] = []
    for i, evidence in enumerate(people):
        for _, facts in by_module(evidence):
            row = _row(facts, parameters)
            if row:
                rows.append(row)
                person.append(i)
    steps = max((len(row) for row in rows), default=0)
    shape = (steps, len(rows))
    made = Sequences(
        np.ones((*shape, 4)),
        np.full(shape, -1),
        np.full(shape, -1),
        np.zeros(shape),
        np.ones(shape),
        np.array(person, dtype=np.int64),
    )
    for n, row in enumerate(rows):
        for k, (emission, helped, taught, days, kept) in enumerate(row):
            made.emission[k, n] = emission
            made.helped[k, n], made.taught[k, n] = helped, taught
            made.days[k, n], made.kept[k, n] = days, kept
    return made


def _row(facts: Sequence[Evidence], parameters: Parameters) -> list[tuple[Levels, int, int, float, float]]:
    track = Track(parameters)
    row = []
    for fact in in_order(facts):
        emission = fact_emission(fact, parameters)
        if emission is None:
            continue
        days, kept = track.elapsed(fact.occurred_at)
        teaches = fact.source in (Source.PRACTICE, Source.OBSERVATION)
        by_help = fact.help is not None and emission == parameters.emission[fact.help]
        row.append(
            (
                emission,
                HELPS.index(fact.help) if by_help else -1,
                HELPS.index(teaching_help(fact)) if teaches else -1,
                days,
                kept,
            )
        )
        track.take(fact)
    return row


@dataclass(frozen=True)
class Messages:
    """Forward and backward messages, (steps, sequences, 4): before and after time, the fact, the teaching."""

    start: Floats
    waited: Floats
    seen: Floats
    taught: Floats
    log_likelihood: Floats
    waits: Floats
    lessons: Floats


def forward(data: Sequences, parameters: Parameters, pace: float = 0.0) -> Messages:
    """Normalised forward messages, with the matrices that time (waits) and teaching (lessons) act by."""
    steps = len(data.emission)
    waits = _waits(data, parameters)
    lessons = _lesson_matrices(replace(parameters, pace=parameters.pace + pace))[data.taught]
    emission = emissions(data, parameters)
    shape = (steps, data.count, 4)
    start, waited, seen, taught = (np.empty(shape) for _ in range(4))
    log_likelihood = np.zeros(data.count)
    now = np.broadcast_to(np.array(parameters.initial()), (data.count, 4))
    for k in range(steps):
        start[k] = now
        waited[k] = np.einsum("ni,nij->nj", now, waits[k])
        joint = waited[k] * emission[k]
        total = joint.sum(axis=1, keepdims=True)
        log_likelihood += np.log(total[:, 0])
        seen[k] = joint / total
        taught[k] = np.einsum("ni,nij->nj", seen[k], lessons[k])
        now = taught[k]
    return Messages(start, waited, seen, taught, log_likelihood, waits, lessons)


def emissions(data: Sequences, parameters: Parameters) -> Floats:
    """P(fact | level), with today's table for the facts that are a help alone."""
    table = np.array([(1.0,) * 4, *(parameters.emission[help] for help in Help)])
    return np.where((data.helped >= 0)[..., None], table[data.helped], data.emission)


def _waits(data: Sequences, parameters: Parameters) -> Floats:
    """Transition matrices of the time before each fact, (steps, sequences, 4, 4); as ``levels.idle``."""
    reference = parameters.mastered
    rise = reference * (1 - 0.5 ** (data.days / parameters.outside_days))
    matrices = np.zeros((*data.days.shape, 4, 4))
    falls = (*parameters.falls[:2], parameters.falls[2] * (1 - reference))
    matrices[..., 0, 0] = 1 - rise
    matrices[..., 3, 3] = 1.0
    for level in (1, 2):
        fall = falls[level - 1] * (1 - data.kept)
        matrices[..., level, level - 1] = (1 - rise) * fall
        matrices[..., level, level] = (1 - rise) * (1 - fall)
    for level in range(3):
        matrices[..., level, 3] = rise
    matrices[..., 3, 2] = falls[2] * (1 - data.kept)
    matrices[..., 3, 3] -= matrices[..., 3, 2]
    return matrices


def _lesson_matrices(parameters: Parameters) -> Floats:
    """Transition matrix of a practice by index in ``HELPS``; the last one, for −1, changes nothing."""
    matrices = np.zeros((len(HELPS) + 1, 4, 4))
    for i, help in enumerate(HELPS):
        for level, up in enumerate(parameters.ups(help)):
            matrices[i, level, level], matrices[i, level, level + 1] = 1 - up, up
        matrices[i, 3, 3] = 1.0
    matrices[-1] = np.eye(4)
    return matrices


def backward(data: Sequences, passed: Messages, parameters: Parameters) -> Floats:
    """P(later facts | level after teaching k), up to a factor, (steps, sequences, 4)."""
    emission = emissions(data, parameters)
    ahead = np.ones_like(passed.seen)
    for k in range(len(ahead) - 1, 0, -1):
        message = np.einsum("nij,nj->ni", passed.lessons[k], ahead[k]) * emission[k]
        message = np.einsum("nij,nj->ni", passed.waits[k], message)
        ahead[k - 1] = message / message.sum(axis=1, keepdims=True)
    return ahead
