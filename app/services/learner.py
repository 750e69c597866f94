"""What the evidence implies about a person now: belief, autonomy, and the path to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.content.models import Goal
from app.engine import planner
from app.engine.assessment import Assessment, assess
from app.engine.autonomy import Autonomy
from app.engine.evidence import Evidence
from app.engine.graph import ModuleGraph
from app.engine.planner import Plan, PlanSettings
from app.services.engines import current_engines
from app.services.facts import facts
from app.services.wishes import NO_WISHES, Wishes, wishes_of
from app.store import plan_queries, queries
from app.store.models import Usager


@dataclass(frozen=True)
class Learner:
    """Everything derived from a person's evidence, at an instant."""

    usager: Usager
    now: datetime
    evidence: Sequence[Evidence]
    graph: ModuleGraph
    belief: Assessment
    goals: tuple[Goal, ...]
    """The goal first, then the others; those removed from the content since are left out."""
    targets: tuple[str, ...]
    """Modules of the goals that exist on the person's device; empty: no goal, or one removed since."""
    wishes: Wishes
    plan: Plan

    @property
    def autonomy(self) -> dict[str, Autonomy]:
        """The modules that there are facts on, those that the graph no longer has included."""
        return self.belief.autonomy

    @property
    def gap_days(self) -> float:
        """Days between two sessions."""
        return _settings(self.usager).gap_days


def learner(usager: Usager, now: datetime) -> Learner:
    """The person as the evidence tells them, now."""
    wishes = wishes_of(plan_queries.plan_changes_of(usager), now)
    return from_evidence(usager, facts(queries.evidence_of(usager)), now, wishes)


def from_evidence(
    usager: Usager, evidence: Sequence[Evidence], now: datetime, wishes: Wishes = NO_WISHES
) -> Learner:
    """The same from given facts: to see the person as they were, or as they would be."""
    engines = current_engines()
    graph = engines.graph(usager.device)
    belief = assess(engines.model(usager.device), evidence, now, engines.parameters)
    goals = goals_of(usager)
    targets = tuple(dict.fromkeys(m for goal in goals for m in goal.targets if m in graph))
    return Learner(
        usager=usager,
        now=now,
        evidence=evidence,
        graph=graph,
        belief=belief,
        goals=goals,
        targets=targets,
        wishes=wishes,
        plan=planner.plan(
            graph,
            belief,
            belief.autonomy,
            wishes.request(usager, targets, belief.autonomy, now),
            _settings(usager),
        ),
    )


def replanned(person: Learner, wishes: Wishes) -> Learner:
    """The same person, were these the wishes."""
    request = wishes.request(person.usager, person.targets, person.autonomy, person.now)
    made = planner.plan(person.graph, person.belief, person.autonomy, request, _settings(person.usager))
    return replace(person, wishes=wishes, plan=made)


def goals_of(usager: Usager) -> tuple[Goal, ...]:
    """What a person wants to be able to do: their goal, then the others."""
    goals = current_engines().content.goals
    wanted = dict.fromkeys((usager.goal_id or "", *(usager.other_goal_ids or ())))
    return tuple(goals[goal_id] for goal_id in wanted if goal_id in goals)


def _settings(usager: Usager) -> PlanSettings:
    return PlanSettings(
        gap_days=float(usager.session_days or PlanSettings().gap_days),
        courses=current_engines().courses,
    )
