"""The months of one person of the demo: a diagnostic, then sessions in which they learn and forget.

The engine's own diagnostic asks, its planner chooses what each session holds, and its simulated learner
answers: what the demo shows is what Jalons would have shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Outcome, Source
from app.engine.graph import ModuleGraph
from app.engine.learners import Learner, first_levels
from app.services.demo_answers import respond
from app.services.demo_cast import Character
from app.services.engines import GOAL_WEIGHT, current_engines
from app.services.facts import facts
from app.services.learner import from_evidence
from app.store.models import Account, Atelier, DiagnosticSitting, EvidenceRow, Seance, Usager

SECONDS_A_SCREEN = 35
MODULES_A_SESSION = 3
DURATIONS = (30, 45, 60, 90)


class Ids:
    """Ids drawn from a generator, so that the same demo has the same ones."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def __call__(self) -> uuid.UUID:
        return uuid.UUID(bytes=self._rng.bytes(16), version=4)


@dataclass
class Life:
    """One person: who they are in the database, what they truly know, and the rows that tell it."""

    character: Character
    usager: Usager
    learner: Learner
    rng: np.random.Generator
    ids: Ids
    sittings: list[DiagnosticSitting] = field(default_factory=list)
    seances: list[Seance] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)


def begin(character: Character, usager: Usager, came: datetime, rng: np.random.Generator, ids: Ids) -> Life:
    """The person as they are on arrival."""
    graph = current_engines().graph(usager.device)
    levels = first_levels(graph, _mastered(graph, character.ability, rng), rng)
    learner = Learner(graph, levels, came, rng)
    learner.traits = replace(learner.traits, pace=character.pace, reliance=character.reliance)
    return Life(character, usager, learner, rng, ids)


def _mastered(graph: ModuleGraph, ability: float, rng: np.random.Generator) -> dict[str, bool]:
    """What they master: easy things more often than hard ones, rarely without the prerequisites."""
    lean = {domain: float(rng.normal(0, 0.5)) for domain in graph.domains}
    known: dict[str, bool] = {}
    for module in graph.modules:
        logit = 2 * (ability + lean[module.domain] - (module.difficulty or 0.0))
        ready = all(known[p] for p in module.prerequisites)
        chance = 1 / (1 + np.exp(-logit))
        known[module.id] = bool(rng.random() < (chance if ready else 0.03))
    return known


# --- the diagnostic ---


def take_diagnostic(life: Life, at: datetime) -> None:
    """Answer the screens that the engine chooses until it stops."""
    usager = life.usager
    sitting = DiagnosticSitting(
        structure_id=usager.structure_id,
        id=life.ids(),
        usager_id=usager.id,
        goal_id=usager.goal_id or "",
        device=usager.device,
        pending=[],
        simulates=True,
        started_at=at,
    )
    life.sittings.append(sitting)
    diagnostic = _diagnostic(usager)
    answers: list[Answer] = []
    while (reason := diagnostic.stop(answers)) is None:
        item_id = diagnostic.next_items(answers)[0].item.id
        outcomes, at = _answer(life, sitting, item_id, at)
        answers.append(Answer(item_id, outcomes))
    sitting.ended_at, sitting.stop_reason = at, reason


def _diagnostic(usager: Usager) -> Diagnostic:
    """The goal's diagnostic on the goal's modules alone: ten times faster, and as good for a demo."""
    engines = current_engines()
    modules = engines.content.goal_modules(usager.goal_id or "", usager.device)
    graph = engines.graph(usager.device)
    model = BeliefModel(ModuleGraph(graph[module] for module in modules))
    bank = engines.bank(usager.device).restricted_to(modules)
    return Diagnostic(model, bank, dict.fromkeys(modules, GOAL_WEIGHT))


def _answer(
    life: Life, sitting: DiagnosticSitting, item_id: str, at: datetime
) -> tuple[tuple[Outcome, ...], datetime]:
    item = current_engines().content.items[item_id]
    answer_id = life.ids()
    outcomes = []
    for number, step in enumerate(item.steps):
        at += timedelta(seconds=float(life.rng.uniform(0.5, 1.6)) * SECONDS_A_SCREEN)
        chance = 1 - step.slip if life.learner.masters(step.module) else step.guess
        outcome, response = respond(step, bool(life.rng.random() < chance), item.is_scene, life.rng)
        outcomes.append(outcome)
        life.evidence.append(
            EvidenceRow(
                structure_id=sitting.structure_id,
                id=uuid.uuid5(answer_id, str(number)),
                answer_id=answer_id,
                usager_id=sitting.usager_id,
                module_id=step.module,
                source=Source.DIAGNOSTIC,
                outcome=outcome,
                item_id=item.id,
                step=number,
                guess=step.guess,
                slip=step.slip,
                response=response,
                device=sitting.device,
                sitting_id=sitting.id,
                content_version=current_engines().content.version,
                occurred_at=at,
                recorded_at=at,
            )
        )
    return tuple(outcomes), at


# --- sessions ---


def visit(life: Life, at: datetime, author: Account) -> None:
    """One session: what the path calls for, with the help that it took."""
    modules, minutes = _what_to_do(life, at)
    place = "domicile" if life.character.at_home else "lieu_activite"
    _work(life, modules, at, author, minutes=minutes, place=place, kind="individuel")


def attend(life: Life, atelier: Atelier, author: Account) -> None:
    """One atelier, as closing it would have written it."""
    _work(
        life,
        [atelier.module_id],
        atelier.opened_at,
        author,
        minutes=atelier.minutes,
        place="lieu_activite",
        kind="collectif",
        atelier=atelier,
    )


def _what_to_do(life: Life, at: datetime) -> tuple[Sequence[str], int]:
    person = from_evidence(life.usager, facts(life.evidence), at)
    if person.plan.sessions:
        first: dict[str, int] = {}
        for step in person.plan.sessions[0].steps:
            first.setdefault(step.module, step.minutes)
        modules = list(first)[:MODULES_A_SESSION]
        total = sum(first[module] for module in modules)
        minutes = next((duration for duration in DURATIONS if duration >= total), DURATIONS[-1])
        return modules, minutes
    return list(person.targets[-1:]), DURATIONS[0]  # the goal is reached: one last look


def _work(
    life: Life,
    modules: Sequence[str],
    at: datetime,
    author: Account,
    *,
    minutes: int,
    place: str,
    kind: str,
    atelier: Atelier | None = None,
) -> None:
    usager = life.usager
    recorded = at + timedelta(minutes=minutes + 5)
    life.learner.wait_until(at)
    seance = Seance(
        structure_id=usager.structure_id,
        id=life.ids(),
        usager_id=usager.id,
        author_id=author.id,
        atelier_id=atelier.id if atelier else None,
        kind=kind,
        place=place,
        device=atelier.device if atelier else usager.device,
        minutes=minutes,
        occurred_at=at,
        recorded_at=recorded,
    )
    life.seances.append(seance)
    for module in modules:
        if module in life.learner.graph:
            help = life.learner.work(module).help
            life.evidence.append(observation(life, seance, module, str(help)))


def observation(life: Life, seance: Seance, module: str, help: str) -> EvidenceRow:
    """What was seen of one module in a session."""
    row_id = life.ids()
    return EvidenceRow(
        structure_id=seance.structure_id,
        id=row_id,
        answer_id=row_id,
        usager_id=seance.usager_id,
        module_id=module,
        source=Source.OBSERVATION,
        help=help,
        step=0,
        device=seance.device,
        seance_id=seance.id,
        author_id=seance.author_id,
        content_version=current_engines().content.version,
        occurred_at=seance.occurred_at,
        recorded_at=seance.recorded_at,
    )
