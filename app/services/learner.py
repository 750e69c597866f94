"""What the evidence implies about a person now: belief, autonomy, and the path to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.engine import autonomy, planner
from app.engine.autonomy import Autonomy
from app.engine.belief import Belief
from app.engine.evidence import Evidence
from app.engine.graph import ModuleGraph
from app.engine.planner import Plan, PlanRequest
from app.services.engines import current_engines
from app.services.facts import facts
from app.store import queries
from app.store.models import Usager


@dataclass(frozen=True)
class Learner:
    """Everything derived from a person's evidence, at an instant."""

    usager: Usager
    now: datetime
    evidence: Sequence[Evidence]
    graph: ModuleGraph
    belief: Belief
    autonomy: dict[str, Autonomy]
    targets: tuple[str, ...]
    """Modules of the goal that exist on the person's device; empty: no goal, or one removed since."""
    plan: Plan


def learner(usager: Usager, now: datetime) -> Learner:
    """The person as the evidence tells them, now."""
    return from_evidence(usager, facts(queries.evidence_of(usager)), now)


def from_evidence(usager: Usager, evidence: Sequence[Evidence], now: datetime) -> Learner:
    """The same from given facts: to see the person as they were, or as they would be."""
    engines = current_engines()
    graph = engines.graph(usager.device)
    model = engines.model(usager.device)
    first = autonomy.likelihoods(evidence, now)
    # Each module is followed from what the rest of the graph says of it, so that a fact is not counted twice.
    references = autonomy.references(model.posterior(first).as_dict(), first)
    belief = model.posterior(autonomy.likelihoods(evidence, now, references=references))
    followed = autonomy.follow_all(evidence, now, references=references)
    goal = engines.content.goals.get(usager.goal_id or "")
    targets = tuple(module for module in goal.targets if module in graph) if goal else ()
    request = PlanRequest(targets=targets, session_minutes=usager.session_minutes)
    return Learner(
        usager=usager,
        now=now,
        evidence=evidence,
        graph=graph,
        belief=belief,
        autonomy=followed,
        targets=targets,
        plan=planner.plan(graph, belief, followed, request),
    )
