"""What the list of people asks: names of all, the rest of the few that are shown."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.store.database import db
from app.store.models import DiagnosticSitting, Seance, Usager


class PersonRow(NamedTuple):
    """What finding and sorting people needs of each; the last two only where they were asked for."""

    id: uuid.UUID
    first_name: str
    last_initial: str | None
    goals: str
    """The ids of all the goals, each between quotes."""
    created_at: datetime | None


def person_rows(
    structure_id: uuid.UUID,
    *wanted: sa.ColumnElement[bool],
    with_goals: bool = False,
    with_created: bool = False,
) -> list[PersonRow]:
    """Everyone with a first name for whom all this holds, the newest first.

    Neither the objects nor a column too many: there may be ten thousand.
    """
    rows = db.session.execute(
        sa.select(
            Usager.id,
            Usager.first_name,
            Usager.last_initial,
            _GOALS if with_goals else sa.literal(""),
            Usager.created_at if with_created else sa.null(),
        )
        .where(
            Usager.structure_id == structure_id,
            Usager.first_name.is_not(None),
            Usager.erased_at.is_(None),
            *wanted,
        )
        .order_by(Usager.created_at.desc())
    )
    return [PersonRow(*row) for row in rows]


_GOALS = (
    sa.literal('"')
    + sa.func.coalesce(Usager.goal_id, "")
    + sa.literal('" ')
    + sa.func.coalesce(sa.cast(Usager.other_goal_ids, sa.Text), "")
)


def wants(goal_id: str) -> sa.ColumnElement[bool]:
    """Whether somebody has this goal, be it the first or another."""
    return _GOALS.contains(f'"{goal_id}"', autoescape=True)


def followed_by(account_id: uuid.UUID | None) -> sa.ColumnElement[bool]:
    """Whether this account follows somebody; ``None``: nobody in particular does."""
    return Usager.referent_id.is_(None) if account_id is None else Usager.referent_id == account_id


def usagers_by_id(structure_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Usager]:
    """These people."""
    found = db.session.scalars(
        sa.select(Usager).where(Usager.structure_id == structure_id, Usager.id.in_(ids))
    )
    return {person.id: person for person in found}


def last_visits(
    structure_id: uuid.UUID, of: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, datetime]:
    """When people were last seen, in a session or a diagnostic; of everyone unless ``of`` says whom.

    What a nameless usager did counts for whom they turned out to be.
    """
    seen = sa.union_all(
        _moments(
            structure_id, Seance.usager_id, Seance.occurred_at, Seance.structure_id, of, Seance.counts()
        ),
        _moments(
            structure_id,
            DiagnosticSitting.usager_id,
            DiagnosticSitting.started_at,
            DiagnosticSitting.structure_id,
            of,
        ),
    ).subquery()
    person = sa.func.coalesce(Usager.attached_to_id, Usager.id)
    rows = db.session.execute(
        sa.select(person, sa.func.max(seen.c.moment))
        .join(Usager, sa.and_(Usager.structure_id == structure_id, Usager.id == seen.c.usager_id))
        .group_by(person)
    )
    return {key: value for key, value in rows}  # noqa: C416  (rows are not pairs to a type checker)


def _moments(
    structure_id: uuid.UUID,
    usager_id: Any,
    moment: Any,
    in_structure: Any,
    of: Collection[uuid.UUID] | None,
    *which: sa.ColumnElement[bool],
) -> sa.Select[Any]:
    """The last moment of each usager in one table, of its rows that are ``which``."""
    asked = sa.select(usager_id.label("usager_id"), sa.func.max(moment).label("moment")).where(
        in_structure == structure_id, usager_id.is_not(None), *which
    )
    if of is not None:
        whose: Sequence[sa.ColumnElement[bool]] = [
            usager_id.in_(of),
            usager_id.in_(
                sa.select(Usager.id).where(Usager.structure_id == structure_id, Usager.attached_to_id.in_(of))
            ),
        ]
        asked = asked.where(sa.or_(*whose))
    return asked.group_by(usager_id)
