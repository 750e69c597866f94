"""« Mon livret » : what a person can do, what they work on, when they come next, and how they come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.content.models import Module
from app.services.acquired import acquired
from app.services.cards import Card
from app.services.engines import current_engines
from app.services.learner import Learner
from app.services.strengths import strengths
from app.services.trail import trail
from app.store import appointment_queries

CAN, WORKS_ON, SHEETS = 6, 2, 2


@dataclass(frozen=True)
class Booklet:
    """What the two pages say; ``meeting`` is when the next session is."""

    can: tuple[Module, ...]
    works_on: tuple[Module, ...]
    sheets: tuple[Module, ...]
    goal: str | None
    meeting: datetime | None
    card: Card | None


def booklet(person: Learner) -> Booklet:
    """The booklet of someone as they are now."""
    done = [one.module for one in acquired(person)]
    if not done and person.evidence:  # of someone never seen, only guesses could be told
        done = list(strengths(person))
    ahead = [stake.module for stake in trail(person).ahead]
    goal = current_engines().content.find_goal(person.usager.goal_id or "")
    meetings = appointment_queries.of_person(person.usager, person.now)
    return Booklet(
        can=tuple(done[-CAN:]),
        works_on=tuple(ahead[:WORKS_ON]),
        sheets=tuple(ahead[:SHEETS] or done[-SHEETS:]),
        goal=goal.title if goal else None,
        meeting=meetings[0].starts_at if meetings else None,
        card=Card.parse(person.usager.card),
    )
