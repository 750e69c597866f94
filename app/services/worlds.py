"""Simulating worlds and evaluating methods on them: `jalons simulate` and `jalons evaluate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np

from app.engine.baselines import FixedForm, RandomForm, RaschCat, optimised_form
from app.engine.belief import BeliefModel, Prior
from app.engine.diagnostic import Diagnostic, Settings
from app.engine.oppia_rule import OppiaRule
from app.engine.pix_rule import PixRule, tubes_of
from app.engine.replay import Adaptive, Method, Record, Replay
from app.engine.scores import score
from app.engine.simulation import World

FORM_PEOPLE = 60
"""People drawn from the prior on whom the fixed form is optimised."""
CHUNK = 10

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker needs to lead some people's diagnostics."""

    world: World
    method: str
    questions: tuple[int, ...]
    seed: int
    prior: Prior
    settings: Settings


def methods() -> tuple[str, ...]:
    """Names that ``evaluate`` knows."""
    return tuple(_MAKERS)


def lead_all(task: Task, *, workers: int = 1, progress: Progress | None = None) -> tuple[list[Replay], float]:
    """Everyone's replay, in the order of the world's people, and the mean milliseconds a screen."""
    starts = range(0, task.world.people, CHUNK)
    replays: list[Replay] = []
    seconds = 0.0
    for done, spent in _chunks(task, starts, workers):
        replays += done
        seconds += spent
        if progress:
            progress(len(done))
    screens = sum(max(1, replay.choices or len(replay.asked)) for replay in replays)
    return replays, 1000 * seconds / max(1, screens)


def evaluate(
    world: World,
    method: str = "jalons",
    questions: Sequence[int] = (5, 10, 15, 20, 30),
    *,
    seed: int = 0,
    workers: int = 1,
    prior: Prior | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Replay a method on a world's answers, and score what it believes against mastery.

    Mastery is read only to score. Our own method leads a diagnostic of each number of screens, its end
    included; the others are read after so many. Gives, for each number of screens, the fields of ``Scores``
    and ``milliseconds`` a choice (answer scored included); and under ``stop`` the mean number of screens at
    which the method stops by itself, with the scores there.
    """
    budget = (settings or Settings()).budget
    wanted = tuple(sorted({*questions, budget}))
    task = Task(world, method, wanted, seed, prior or Prior(), settings or Settings())
    replays, milliseconds = lead_all(task, workers=workers, progress=progress)
    by_number = {}
    for number in questions:
        beliefs = np.array([replay.beliefs[number] for replay in replays])
        readiness = np.array([replay.readiness[number] for replay in replays])
        scores = asdict(score(beliefs, world.mastery, world.graph, readiness))
        by_number[str(number)] = scores | {"milliseconds": milliseconds}
    at_stop = score(np.array([replay.at_stop for replay in replays]), world.mastery, world.graph)
    stop = {"mean": float(np.mean([replay.stopped_at for replay in replays]))} | asdict(at_stop)
    return {"method": method, "people": world.people, "questions": by_number, "stop": stop}


def make_method(task: Task) -> Method:
    """The method of a task, ready to lead anyone."""
    model = BeliefModel(task.world.graph, task.prior)
    return _MAKERS[task.method](task, Diagnostic(model, task.world.told, {}, task.settings))


def _fixed(task: Task, diagnostic: Diagnostic) -> Method:
    rng = np.random.default_rng(task.seed)
    return FixedForm(diagnostic, optimised_form(diagnostic, max(task.questions), FORM_PEOPLE, rng))


def _pix(task: Task, diagnostic: Diagnostic, *, whole_graph: bool = False) -> Method:
    tubes = tubes_of(diagnostic.model, whole_graph=whole_graph)
    return PixRule(task.world.graph, task.world.told, tubes, np.random.default_rng(task.seed))


_MAKERS: dict[str, Callable[[Task, Diagnostic], Method]] = {
    "jalons": lambda task, diagnostic: Adaptive(diagnostic),
    "fixe": _fixed,
    "pix": _pix,
    "pix-graphe": lambda task, diagnostic: _pix(task, diagnostic, whole_graph=True),
    "oppia": lambda task, diagnostic: OppiaRule(
        task.world.graph, task.world.told, diagnostic.model.posterior().probabilities
    ),
    "rasch": lambda task, diagnostic: RaschCat(diagnostic.model, task.world.told),
    "hasard": lambda task, diagnostic: RandomForm(diagnostic, np.random.default_rng(task.seed)),
}

_worker: tuple[Task, Method] | None = None


def _chunks(task: Task, starts: range, workers: int) -> Iterator[tuple[list[Replay], float]]:
    method = make_method(task)
    if workers <= 1:
        for start in starts:
            yield _lead_chunk(task, method, start)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _prepare, (task, method)) as pool:
        yield from pool.map(_lead, starts)


def _prepare(task: Task, method: Method) -> None:
    global _worker
    _worker = task, method


def _lead(start: int) -> tuple[list[Replay], float]:
    if _worker is None:
        raise RuntimeError("the worker was not prepared")
    return _lead_chunk(*_worker, start)


def _lead_chunk(task: Task, method: Method, start: int) -> tuple[list[Replay], float]:
    columns = task.world.first_columns()
    began = time.perf_counter()
    replays = [
        method.lead(Record(row, columns), task.questions) for row in task.world.right[start : start + CHUNK]
    ]
    return replays, time.perf_counter() - began
