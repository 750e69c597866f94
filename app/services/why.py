"""Why a figure is what it is: where a module's belief starts from, and what each answer did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.engine import autonomy
from app.engine.autonomy import Autonomy
from app.engine.evidence import Likelihood, Outcome, Source
from app.engine.levels import Level
from app.services.answers import anchor_of
from app.services.engines import current_engines
from app.services.facts import fact
from app.services.history import value_in_words
from app.services.learner import Learner
from app.services.modules import ModuleName, module_name
from app.store import queries
from app.store.models import EvidenceRow

NOTICEABLE = 0.02
NEIGHBOURS_SHOWN = 8
SAYS_NOTHING = (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)


@dataclass(frozen=True)
class Weight:
    """One answer or observation on the module, with the probability just before it and just after."""

    row: EvidenceRow
    title: str
    """The situation of a diagnostic, or the words of an observation."""
    value: str
    before: float
    after: float
    anchor: str
    """Where the page of questions shows it."""

    @property
    def says_nothing(self) -> bool:
        """Whether it was not seen or not understood: kept, and without any weight."""
        return self.row.outcome in SAYS_NOTHING and self.row.help is None


@dataclass(frozen=True)
class Neighbour:
    """Another module whose answers tell something of this one; ``without`` is what ``from_others`` would be
    without them."""

    module: ModuleName
    answers: int
    belief: float
    without: float


@dataclass(frozen=True)
class Why:
    """All that a belief rests on.

    ``unknown`` is the probability for somebody of whom nothing is known; ``from_others`` what the answers on
    other modules make of it, when the person came; ``belief`` what the answers on this one and the time since
    make of that, as of now.
    """

    module: ModuleName
    belief: float
    unknown: float
    from_others: float
    autonomy: Autonomy | None
    own: tuple[Weight, ...]
    neighbours: tuple[Neighbour, ...]
    needs: tuple[tuple[ModuleName, float], ...]
    opens: tuple[ModuleName, ...]


def why(person: Learner, module_id: str) -> Why:
    """What the belief on a module of the person's graph rests on, down to the answers."""
    model = current_engines().model(person.usager.device)
    others = [pair for pair in person.belief.likelihoods if pair.module != module_id]
    unknown, from_others = model.posterior([])[module_id], model.posterior(others)[module_id]
    rows = [
        row
        for row in queries.standing(queries.evidence_of(person.usager))
        if row.module_id == module_id and row.occurred_at <= person.now
    ]
    on_the_way = person.graph.closure(person.targets)
    return Why(
        module=module_name(module_id),
        belief=person.belief[module_id],
        unknown=unknown,
        from_others=from_others,
        autonomy=person.autonomy.get(module_id),
        own=_weights(person, rows, unknown, from_others),
        neighbours=_neighbours(person, module_id, others, from_others),
        needs=tuple((module_name(p), person.belief[p]) for p in person.graph[module_id].prerequisites),
        opens=tuple(module_name(s) for s in person.graph.successors(module_id) if s in on_the_way),
    )


def _weights(
    person: Learner, rows: Sequence[EvidenceRow], unknown: float, from_others: float
) -> tuple[Weight, ...]:
    """Each answer in turn: the probability at its instant, without it and with it."""
    ordered = sorted(rows, key=lambda row: (row.occurred_at, row.recorded_at, row.step))
    facts = [fact(row) for row in ordered]

    def mastered(count: int, at: datetime) -> float:
        state = autonomy.track(facts[:count], at, reference=unknown, came=person.belief.came)
        return state.given(state.arrived(from_others))[Level.AUTONOME]

    return tuple(
        Weight(
            row,
            title_of(row),
            value_in_words(row),
            before=mastered(n, row.occurred_at),
            after=mastered(n + 1, row.occurred_at),
            anchor=anchor_of(row),
        )
        for n, row in enumerate(ordered)
    )


def _neighbours(
    person: Learner, module_id: str, others: Sequence[Likelihood], from_others: float
) -> tuple[Neighbour, ...]:
    """The modules whose answers weigh most, each left out in turn."""
    model = current_engines().model(person.usager.device)
    found = []
    for left_out in others:
        if left_out.module in person.graph:
            without = model.posterior([pair for pair in others if pair is not left_out])[module_id]
            if abs(from_others - without) >= NOTICEABLE:
                answers = sum(known.module == left_out.module for known in person.evidence)
                name = module_name(left_out.module)
                found.append(Neighbour(name, answers, person.belief[left_out.module], without))
    found.sort(key=lambda neighbour: -abs(from_others - neighbour.without))
    return tuple(found[:NEIGHBOURS_SHOWN])


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
