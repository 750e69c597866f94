"""What a person can already do, in words: the first thing that a result shows."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.models import Module
from app.engine.planner import StepKind
from app.services.engines import current_engines
from app.services.facts import done_alone
from app.services.learner import Learner
from app.services.progress import ACQUIRED

SHOWN = 6


def strengths(person: Learner) -> Sequence[Module]:
    """At most six modules: what the person succeeded at, then what this makes likely of their goal.

    Never one that the path still checks: « vous savez » and « vous savez peut-être » would meet.
    """
    modules = current_engines().content.modules
    shown_by_the_person = {fact.module for fact in person.evidence if done_alone(fact)}
    # Of what was never touched on, only the goal's modules are told: praise has to be true.
    told_of = shown_by_the_person | set(person.graph.closure(person.targets))
    told_of -= {step.module for step in person.plan.trail if step.kind is StepKind.VERIFY}
    known = [
        id_
        for id_ in person.graph.ids
        if id_ in modules and id_ in told_of and person.belief[id_] >= ACQUIRED
    ]
    # Later modules say more: whoever can answer a message is not told that they can switch a phone on.
    known.sort(key=lambda id_: (id_ not in shown_by_the_person, -person.graph.index[id_]))
    return [modules[id_] for id_ in known[:SHOWN]]
