"""What someone has acquired, and where it was seen: in a session, in practice or in a diagnostic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.content.models import Module
from app.engine.evidence import Evidence, Source
from app.services.engines import current_engines
from app.services.facts import done_alone
from app.services.learner import Learner
from app.services.progress import ACQUIRED


@dataclass(frozen=True)
class Acquired:
    """A module that the person did alone: the best place where it was seen, and when last."""

    module: Module
    source: Source
    seen_at: datetime


_WEIGHT = {Source.OBSERVATION: 0, Source.PRACTICE: 1, Source.DIAGNOSTIC: 2}


def acquired(person: Learner) -> list[Acquired]:
    """What may be attested: done by the person alone, and still believed today. In the order of the content;
    what is only deduced from other modules is left out."""
    modules = current_engines().content.modules
    found: list[Acquired] = []
    for id_ in person.graph.ids:
        seen = list(_done_alone(person, id_))
        if not seen or id_ not in modules or person.belief[id_] < ACQUIRED:
            continue
        best = min(seen, key=lambda fact: (_WEIGHT[fact.source], -fact.occurred_at.timestamp()))
        found.append(Acquired(modules[id_], best.source, best.occurred_at))
    return found


def _done_alone(person: Learner, module_id: str) -> Iterator[Evidence]:
    for fact in person.evidence:
        if fact.module == module_id and fact.source in _WEIGHT and done_alone(fact):
            yield fact
