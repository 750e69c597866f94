"""Why a figure is what it is: where a module's belief starts from, and what each fact added to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.engine.autonomy import Autonomy
from app.engine.evidence import Outcome, Source
from app.engine.explanation import Explanation, explain
from app.engine.levels import Level
from app.engine.pace import personal
from app.engine.practice import times_left
from app.services.answers import anchor_of
from app.services.engines import current_engines
from app.services.figure_sentences import belief_sentence
from app.services.history import value_in_words
from app.services.learner import Learner
from app.services.modules import ModuleName, module_name
from app.services.whole_numbers import shared_out, whole_percent
from app.store import queries
from app.store.models import EvidenceRow

NOTICEABLE = 0.01
NEIGHBOURS_SHOWN = 8
SAYS_NOTHING = (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)


@dataclass(frozen=True)
class Weight:
    """One answer or observation on the module, and the points that it added."""

    row: EvidenceRow
    title: str
    """The situation of a diagnostic, or the words of an observation."""
    value: str
    points: int
    anchor: str
    """Where the page of questions shows it."""

    @property
    def says_nothing(self) -> bool:
        """Whether it was not seen or not understood: kept, and without any weight."""
        return self.row.outcome in SAYS_NOTHING and self.row.help is None


@dataclass(frozen=True)
class Neighbour:
    """Another module, the ``facts`` on it, and the points that they add to this one."""

    module: ModuleName
    facts: int
    belief: float
    points: int


@dataclass(frozen=True)
class Why:
    """All that a belief rests on, in points that add up as they are shown.

    The percent for somebody of whom nothing is known, with the points of ``neighbours`` and ``other_points``
    (of all the other modules together), is the percent that the other modules lead to. This one with the
    points of ``own``, of time (``time_points``) and of what an approximation leaves over (``rest_points``) is
    that of now. ``times_left`` is how many more times it is to be worked on before one in two does it alone,
    at the person's own pace as far as their history tells it; 0 where that is likelier than not already.
    """

    module: ModuleName
    sentence: str
    explanation: Explanation
    is_exact: bool
    autonomy: Autonomy | None
    own: tuple[Weight, ...]
    time_points: int
    rest_points: int
    neighbours: tuple[Neighbour, ...]
    other_points: int
    times_left: int
    needs: tuple[tuple[ModuleName, float], ...]
    opens: tuple[ModuleName, ...]


def why(person: Learner, module_id: str) -> Why:
    """What the belief on a module of the person's graph rests on, down to the answers."""
    engines = current_engines()
    model = engines.model(person.usager.device)
    told = explain(model, person.belief, person.evidence, module_id, person.now, engines.parameters)
    own, time_points, rest_points = _own(person, told)
    neighbours, other_points = _neighbours(person, told)
    on_the_way = person.graph.closure(person.targets)
    return Why(
        module=module_name(module_id),
        sentence=belief_sentence(told),
        explanation=told,
        is_exact=model.is_exact,
        autonomy=person.autonomy.get(module_id),
        own=own,
        time_points=time_points,
        rest_points=rest_points,
        neighbours=neighbours,
        other_points=other_points,
        times_left=_times_left(person, module_id),
        needs=tuple((module_name(p), person.belief[p]) for p in person.graph[module_id].prerequisites),
        opens=tuple(module_name(s) for s in person.graph.successors(module_id) if s in on_the_way),
    )


def _own(person: Learner, told: Explanation) -> tuple[tuple[Weight, ...], int, int]:
    """Each answer on the module in turn, then the points of time, and those of the approximation."""
    rows = [
        row
        for row in queries.standing(queries.evidence_of(person.usager))
        if row.module_id == told.module and row.occurred_at <= person.now
    ]
    ordered = sorted(rows, key=lambda row: (row.occurred_at, row.recorded_at, row.step))
    whole = whole_percent(told.now) - whole_percent(told.from_others)
    counting = [turn for turn in told.own if turn.change]
    *points, time_points, rest_points = shared_out(
        [100 * part for part in (*(turn.change for turn in counting), told.time, told.rest)], whole
    )
    by_id = {turn.fact.id: number for turn, number in zip(counting, points, strict=True)}
    weights = [
        Weight(row, title_of(row), value_in_words(row), by_id.get(str(row.id), 0), anchor_of(row))
        for row in ordered
    ]
    return tuple(weights), time_points, rest_points


def _neighbours(person: Learner, told: Explanation) -> tuple[tuple[Neighbour, ...], int]:
    """The modules whose facts weigh most, then the points of all the others together."""
    by_module = told.by_module
    shown = [id_ for id_, change in by_module.items() if abs(change) >= NOTICEABLE][:NEIGHBOURS_SHOWN]
    others = sum(change for id_, change in by_module.items() if id_ not in shown)
    whole = whole_percent(told.from_others) - whole_percent(told.prior)
    *points, other_points = shared_out(
        [100 * part for part in (*(by_module[id_] for id_ in shown), others)], whole
    )
    facts = Counter(part.fact.module for part in told.others)
    neighbours = [
        Neighbour(module_name(id_), facts[id_], person.belief[id_], number)
        for id_, number in zip(shown, points, strict=True)
    ]
    return tuple(neighbours), other_points


def _times_left(person: Learner, module_id: str) -> int:
    levels = person.belief.levels[module_id]
    if levels[Level.AUTONOME] >= 0.5:
        return 0
    known = person.autonomy.get(module_id)
    stability = known.stability if known else 0.0
    own = personal(person.evidence, current_engines().parameters)
    return times_left(levels, own, stability=stability, gap_days=person.gap_days)


def title_of(row: EvidenceRow) -> str:
    """Which situation, exercise or session a row comes from, in words."""
    item = current_engines().content.find_item(row.item_id or "")
    if item is None:
        return {Source.OBSERVATION: "Observé en séance", Source.DECLARATION: "Dit par la personne"}.get(
            Source(row.source), "Situation retirée depuis"
        )
    if item.is_scene:
        return f"{item.title}, étape {row.step + 1}"
    return item.steps[0].consigne
