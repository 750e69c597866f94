"""The people of a structure as the conseiller's list shows them: found, sorted, a page at a time."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.content.models import Goal
from app.services.cards import Card
from app.services.engines import current_engines
from app.services.learner import goals_of
from app.services.usagers import display_name, name_of
from app.store import people_queries, queries
from app.store.models import Structure, Usager
from app.store.people_queries import PersonRow

PEOPLE_A_PAGE = 50
NEVER = datetime(1, 1, 1, tzinfo=UTC)


class Order(StrEnum):
    """How the list is sorted."""

    NAME = "prenom"
    SEEN_LAST = "vus_recemment"
    SEEN_FIRST = "vus_il_y_a_longtemps"
    NEWEST = "nouveaux"


@dataclass(frozen=True)
class Wanted:
    """Whom the list is to show. ``referent``: those that this account follows; ``nobodys``: those that
    nobody follows; ``unseen_days``: not seen for at least so long, those never seen since they were put on
    the list included."""

    search: str = ""
    goal_id: str = ""
    referent_id: uuid.UUID | None = None
    nobodys: bool = False
    unseen_days: int = 0
    order: Order = Order.NAME
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.search or self.goal_id or self.referent_id or self.nobodys or self.unseen_days)


@dataclass(frozen=True)
class PersonLine:
    """One person of the list. ``goal`` is ``None`` when there is none, or when it left the content since."""

    usager: Usager
    name: str
    card: Card | None
    goal: Goal | None
    other_goals: int
    last_visit: datetime | None


@dataclass(frozen=True)
class PeoplePage:
    """A page of the list; ``total`` counts all those found."""

    lines: tuple[PersonLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class NamelessLine:
    """A diagnostic taken without a name, waiting for one."""

    usager: Usager
    started_at: datetime
    goal: Goal | None


def plain(text: str) -> str:
    """The text without accents or capitals, as people search it."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def people(structure: Structure, wanted: Wanted, now: datetime) -> PeoplePage:
    """A page of the people with a first name who match all that is wanted; as many queries whatever their
    number."""
    by_visit = bool(wanted.unseen_days) or wanted.order in (Order.SEEN_LAST, Order.SEEN_FIRST)
    visits = people_queries.last_visits(structure.id) if by_visit else {}
    rows = _found(structure, wanted, visits, now)
    pages = max(1, -(-len(rows) // PEOPLE_A_PAGE))
    page = min(max(wanted.page, 1), pages)
    shown = _sorted(rows, wanted.order, visits)[(page - 1) * PEOPLE_A_PAGE : page * PEOPLE_A_PAGE]
    ids = [row.id for row in shown]
    known = people_queries.usagers_by_id(structure.id, ids)
    if not by_visit:
        visits = people_queries.last_visits(structure.id, ids)
    lines = tuple(_line(known[id_], visits.get(id_)) for id_ in ids if id_ in known)
    return PeoplePage(lines, len(rows), page, pages)


def _found(
    structure: Structure, wanted: Wanted, visits: Mapping[uuid.UUID, datetime], now: datetime
) -> list[PersonRow]:
    """Those who match, the newest first."""
    words = plain(wanted.search).split()
    conditions = [people_queries.wants(wanted.goal_id)] if wanted.goal_id else []
    if wanted.referent_id or wanted.nobodys:
        conditions.append(people_queries.followed_by(wanted.referent_id))
    rows = people_queries.person_rows(
        structure.id, *conditions, with_goals=bool(words), with_created=bool(wanted.unseen_days)
    )
    since = now - timedelta(days=wanted.unseen_days)
    if wanted.unseen_days:
        rows = [row for row in rows if (visits.get(row.id) or row.created_at or now) <= since]
    for word in words:
        goals = _goals_named(word)
        rows = [row for row in rows if word in _plain_name(row) or any(goal in row.goals for goal in goals)]
    return rows


def _goals_named(word: str) -> list[str]:
    """The goals whose title has this word, as rows quote them."""
    goals = current_engines().content.goals.values()
    return [f'"{goal.id}"' for goal in goals if word in plain(goal.title)]


def _plain_name(row: PersonRow) -> str:
    return plain(name_of(row.first_name, row.last_initial))


def _sorted(rows: list[PersonRow], order: Order, visits: Mapping[uuid.UUID, datetime]) -> list[PersonRow]:
    if order is Order.NEWEST:
        return rows
    # By name first: the other orders keep it among equals.
    rows = sorted(rows, key=_plain_name)
    match order:
        case Order.SEEN_LAST:
            rows.sort(key=lambda row: visits.get(row.id, NEVER), reverse=True)
        case Order.SEEN_FIRST:
            rows.sort(key=lambda row: visits.get(row.id, NEVER))
    return rows


def _line(person: Usager, last_visit: datetime | None) -> PersonLine:
    goal = current_engines().content.find_goal(person.goal_id or "")
    others = len(goals_of(person)) - (goal is not None)
    return PersonLine(person, display_name(person), Card.parse(person.card), goal, others, last_visit)


def nameless(structure: Structure, limit: int) -> Sequence[NamelessLine]:
    """The newest diagnostics that wait for a name."""
    goals = current_engines().content.goals
    return [
        NamelessLine(person, started_at, goals.get(person.goal_id or ""))
        for person, started_at in queries.nameless_diagnostics(structure.id, limit)
    ]


def nameless_line(person: Usager) -> NamelessLine:
    """One of them, with when their last diagnostic began."""
    sittings = queries.sittings_of(person)
    started_at = sittings[0].started_at if sittings else person.created_at
    return NamelessLine(person, started_at, current_engines().content.find_goal(person.goal_id or ""))
