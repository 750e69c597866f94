"""Evaluating methods on worlds: `jalons evaluate`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from typing import Any

import numpy as np

from app.engine.baselines import FixedForm, RandomForm, RaschCat, optimised_form
from app.engine.belief import BeliefModel, Prior, TooWideError
from app.engine.calibration import refit
from app.engine.diagnostic import Diagnostic, Settings, answer_likelihoods
from app.engine.evidence import Likelihood
from app.engine.oppia_rule import OppiaRule
from app.engine.pix_rule import PixRule, tubes_of
from app.engine.replay import Adaptive, Method, Record, Replay
from app.engine.scores import score
from app.engine.simulation import World

FORM_PEOPLE = 60
"""People drawn from the prior on whom the fixed form is optimised."""
CHUNK = 10
FIRST_FIT = 100
"""People after whom a structure that calibrates does so first."""

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker needs to lead some people's diagnostics."""

    world: World
    method: str
    questions: tuple[int, ...]
    seed: int
    settings: Settings


def methods() -> tuple[str, ...]:
    """Names that ``evaluate`` knows."""
    return tuple(_MAKERS)


@dataclass(slots=True)
class Led:
    """Replays in the order of the world's people, and the seconds that they took."""

    replays: list[Replay] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Led) -> None:
        self.replays += other.replays
        self.seconds += other.seconds

    @property
    def milliseconds(self) -> float:
        """A screen."""
        screens = sum(max(1, replay.choices or len(replay.asked)) for replay in self.replays)
        return 1000 * self.seconds / max(1, screens)


def lead_all(
    task: Task, model: BeliefModel, people: range, *, workers: int = 1, progress: Progress | None = None
) -> Led:
    """The diagnostics of these people, by their place in the world, with what ``model`` believes at first."""
    led, method = Led(), make_method(task, model)
    chunks = [people[i : i + CHUNK] for i in range(0, len(people), CHUNK)]
    for done in _chunks(task, method, chunks, workers):
        led.add(done)
        if progress:
            progress(len(done.replays))
    return led


def evaluate(
    world: World,
    method: str = "jalons",
    questions: Sequence[int] = (5, 10, 15, 20, 30),
    *,
    seed: int = 0,
    workers: int = 1,
    prior: Prior | None = None,
    settings: Settings | None = None,
    learn: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Replay a method on a world's answers, and score what it believes against mastery.

    Mastery is read only to score. Our own method leads a diagnostic of each number of screens, its end
    included; the others are read after so many. Gives, for each number of screens, the fields of ``Scores``
    and ``milliseconds`` a choice (answer scored included); under ``stop`` the mean number of screens at
    which the method stops by itself (all that were asked, where it has no such rule), with the scores there;
    under ``exact``, whether beliefs on this graph are exact or approached. With ``learn`` the prior is
    refitted as people come (``lead_learning``), and ``learnt`` says after how many of them.
    """
    settings = settings or Settings()
    wanted = tuple(sorted({*questions, settings.budget}))
    task = Task(world, method, wanted, seed, settings)
    model = BeliefModel(world.graph, prior)
    result: dict[str, Any] = {"method": method, "people": world.people, "exact": model.is_exact}
    if learn:
        led, result["learnt"] = lead_learning(task, model, workers=workers, progress=progress)
    else:
        led = lead_all(task, model, range(world.people), workers=workers, progress=progress)
    return result | _scored(task, led, sorted(set(questions)))


def lead_learning(
    task: Task, model: BeliefModel, *, workers: int = 1, progress: Progress | None = None
) -> tuple[Led, list[int]]:
    """Everyone's diagnostic, as in a structure that calibrates: after 100 people, then each time that they
    are twice as many, the prior is refitted on the diagnostics led so far, and serves those who follow.

    A diagnostic is what was asked until it stopped by itself. Each fit starts from the prior of ``model``, so
    that no answer counts twice. Gives also after how many people the prior was refitted. Raises
    ``TooWideError``.
    """
    if not model.is_exact:
        raise TooWideError("a prior is refitted on exact sums only")
    led, learnt, people = Led(), list[int](), task.world.people
    start, end, learning = 0, FIRST_FIT, model
    while start < people:
        if start:
            fit = refit(model.graph, model.prior, _evidence(task, led.replays))
            learning = BeliefModel(model.graph, fit.prior)
            learnt.append(start)
        group = range(start, min(end, people))
        led.add(lead_all(task, learning, group, workers=workers, progress=progress))
        start, end = end, 2 * end
    return led, learnt


def _scored(task: Task, led: Led, questions: Sequence[int]) -> dict[str, Any]:
    """The scores after each number of screens, and at the stop: the only place where mastery is read."""
    replays, mastery, graph = led.replays, task.world.mastery, task.world.graph
    by_number = {}
    for number in questions:
        beliefs = np.array([replay.beliefs[number] for replay in replays])
        readiness = np.array([replay.readiness[number] for replay in replays])
        scores = asdict(score(beliefs, mastery, graph, readiness))
        by_number[str(number)] = scores | {"milliseconds": led.milliseconds}
    at_stop = score(np.array([replay.at_stop for replay in replays]), mastery, graph)
    stop = {"mean": float(np.mean([replay.stopped_at for replay in replays]))} | asdict(at_stop)
    return {"questions": by_number, "stop": stop}


def _evidence(task: Task, replays: Sequence[Replay]) -> list[list[Likelihood]]:
    """What each of the first people answered until their diagnostic stopped."""
    told, columns = task.world.told, task.world.first_columns()
    return [
        [
            likelihood
            for item in replay.until_stop
            for likelihood in answer_likelihoods(told[item], Record(row, columns).outcomes(told[item]))
        ]
        for replay, row in zip(replays, task.world.right, strict=False)
    ]


def make_method(task: Task, model: BeliefModel) -> Method:
    """The method of a task, ready to lead anyone."""
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


def _chunks(task: Task, method: Method, chunks: Sequence[range], workers: int) -> Iterator[Led]:
    workers = min(workers, len(chunks))
    if workers <= 1:
        for people in chunks:
            yield _lead_chunk(task, method, people)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _prepare, (task, method)) as pool:
        yield from pool.map(_lead, chunks)


def _prepare(task: Task, method: Method) -> None:
    global _worker
    _worker = task, method


def _lead(people: range) -> Led:
    if _worker is None:
        raise RuntimeError("the worker was not prepared")
    return _lead_chunk(*_worker, people)


def _lead_chunk(task: Task, method: Method, people: range) -> Led:
    columns = task.world.first_columns()
    began = time.perf_counter()
    replays = []
    for person in people:
        if isinstance(method, RandomForm | PixRule):
            # A person's own luck: the same whoever came before, and whichever process leads them.
            method.rng = np.random.default_rng((task.seed, person))
        replays.append(method.lead(Record(task.world.right[person], columns), task.questions))
    return Led(replays, time.perf_counter() - began)
