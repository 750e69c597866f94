"""Before and after: what people had acquired when a period began, and when it ended."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.engine.assessment import assess
from app.engine.evidence import Evidence, Outcome
from app.services.engines import current_engines
from app.services.facts import facts
from app.services.local_days import day_bounds, days_only, local_day
from app.services.periods import Period
from app.services.progress import ACQUIRED, SAME_VISIT
from app.services.statistics import Statistics, statistics
from app.services.statistics_masking import SMALLEST
from app.store import statistics_queries

MOST_PEOPLE = 60
"""People that the engine looks at: each takes some twenty milliseconds."""
_SAYS_NOTHING = (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)


@dataclass(frozen=True)
class Stage:
    """Modules of all the people together, by what is known of them at an instant."""

    acquired: int
    not_acquired: int
    not_asked: int


@dataclass(frozen=True)
class Progress:
    """``people`` were looked at, out of ``out_of`` who came twice or more; the modules are those on which
    there is evidence by the end."""

    people: int
    out_of: int
    before: Stage
    after: Stage

    @property
    def is_sample(self) -> bool:
        return self.people < self.out_of


def progress(structure_id: uuid.UUID, period: Period) -> Progress | None:
    """Before and after, or ``None`` while fewer than five people have evidence on both sides.

    « Before » is the beginning of the period, or the end of the first day of who came later. Facts count by
    their day: the hour is gone once someone is erased, and the figures told before must stay true.
    """
    out_of, followed = statistics_queries.followed(
        structure_id, period.start, period.end, apart=SAME_VISIT, limit=MOST_PEOPLE
    )
    rows = statistics_queries.evidence_of_all(structure_id, [each.usager.id for each in followed], period.end)
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    people = 0
    for each in followed:
        known = _by_day(facts(rows[each.usager.id]), period.zone)
        _, first_day_ends = day_bounds(local_day(each.first, period.zone), period.zone)
        cut = max(period.start, first_day_ends)
        if any(fact.occurred_at < cut for fact in known) and any(fact.occurred_at >= cut for fact in known):
            people += 1
            model_device = each.usager.device
            modules = {fact.module for fact in known} & set(current_engines().graph(model_device).ids)
            before.update(_states(known, modules, model_device, cut).values())
            after.update(_states(known, modules, model_device, period.end).values())
    if people < SMALLEST:
        return None
    return Progress(people, out_of, _stage(before), _stage(after))


def counted(structure_id: uuid.UUID, period: Period) -> tuple[Statistics, Progress | None]:
    """The figures of a period, and the progress where there are enough people to tell it."""
    found = statistics(structure_id, period)
    return found, progress(structure_id, period) if found.totals.enough else None


def _by_day(found: Sequence[Evidence], zone: str) -> list[Evidence]:
    """What says something, each fact at noon of its day, in order."""
    telling = [fact for fact in found if fact.outcome not in _SAYS_NOTHING]
    days = days_only((fact.occurred_at for fact in telling), zone)
    return [replace(fact, occurred_at=days[fact.occurred_at]) for fact in telling]


def _states(known: Sequence[Evidence], modules: set[str], device: str, at: datetime) -> dict[str, str]:
    """Each module: acquired, not acquired, or never asked nor worked on by then."""
    by_then = [fact for fact in known if fact.occurred_at < at]
    asked = {fact.module for fact in by_then}
    engines = current_engines()
    belief = assess(engines.model(device), by_then, at, engines.parameters)
    return {
        module: "not_asked"
        if module not in asked
        else "acquired"
        if belief[module] >= ACQUIRED
        else "not_acquired"
        for module in modules
    }


def _stage(counts: Counter[str]) -> Stage:
    return Stage(counts["acquired"], counts["not_acquired"], counts["not_asked"])
