"""What someone can do now and could not the time before: progress, told as abilities."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.models import Module
from app.services.engines import current_engines
from app.services.facts import done_alone
from app.services.learner import Learner, from_evidence
from app.services.progress import ACQUIRED, SAME_VISIT

SHOWN = 4


def gained(person: Learner) -> Sequence[Module]:
    """At most four modules that the last visit made sure of; none before a second visit."""
    facts = sorted(person.evidence, key=lambda fact: fact.occurred_at)
    if not facts:
        return []
    last_visit = facts[-1].occurred_at - SAME_VISIT
    before = [fact for fact in facts if fact.occurred_at <= last_visit]
    if not before:
        return []
    done_since = {fact.module for fact in facts[len(before) :] if done_alone(fact)}
    then = from_evidence(person.usager, before, before[-1].occurred_at)
    modules = current_engines().content.modules
    found = [
        id_
        for id_ in person.graph.ids
        if id_ in done_since
        and id_ in modules
        and person.belief[id_] >= ACQUIRED
        and then.belief[id_] < ACQUIRED
    ]
    return [modules[id_] for id_ in found[-SHOWN:]]
