"""Who needs attention and why: derived from each person's evidence, kept until something is written of them.

Deriving takes some 15 ms a person. Opening the day derives again a bounded number of people, those something
was written about since; every other figure of the page is one indexed query.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.engine.evidence import Evidence, Help, Source
from app.engine.levels import Level
from app.services.engines import current_engines
from app.services.learner import Learner, learner
from app.services.modules import module_name
from app.services.observations import HELP_WORDS
from app.store import appointment_queries, summaries
from app.store.database import db
from app.store.models import AttentionPause, Structure, Usager, UsagerSummary

DERIVED_A_VIEW = 8
"""People whose summary is derived again when a page is opened: some 15 ms each."""
REBUILT_AT_ONCE = 500
SESSIONS_WITHOUT_PROGRESS = 3
ABSENT = timedelta(weeks=6)
GONE = timedelta(weeks=26)
"""Who was not seen for so long left: they are no longer news every morning."""
PAUSE = timedelta(weeks=4)
_HELPS = {help: rank for rank, help in enumerate(Help)}


class Reason(StrEnum):
    """Why somebody needs attention."""

    STUCK = "sans_avancer"
    REVIEW = "a_revoir"
    REACHED = "but_atteint"
    ABSENT = "pas_vu"


@dataclass(frozen=True)
class Group:
    """The first people for whom a reason holds, and how many there are in all."""

    reason: Reason
    people: Sequence[tuple[Usager, UsagerSummary]]
    count: int


# --- deriving ---


def refresh(structure_id: uuid.UUID, now: datetime, limit: int | None = DERIVED_A_VIEW) -> int:
    """Derive the summaries that are out of date, ``limit`` at most; how many that was."""
    people = summaries.out_of_date(structure_id, limit)
    summaries.make_missing(people)
    known = summaries.summaries_of(structure_id, [person.id for person in people])
    # Read before the evidence: what is written meanwhile touches the summary once more.
    counted = {id_: summary.touched for id_, summary in known.items()}
    for person in people:
        if person.id in known:
            summaries.keep(known[person.id], counted[person.id], **derive(person, now))
    db.session.commit()
    return len(people)


def rebuild(structure_id: uuid.UUID, now: datetime) -> int:
    """Derive every summary of a structure anew; how many there are."""
    summaries.throw_away(structure_id)
    db.session.commit()
    total = 0
    while done := refresh(structure_id, now, REBUILT_AT_ONCE):
        total += done
    return total


def derive(person: Usager, now: datetime) -> dict[str, Any]:
    """What a person's evidence says to whoever opens the day."""
    known = learner(person, now)
    module, help = _stuck(known.evidence)
    review, due = _first_to_review(known)
    reached = bool(known.targets) and bool(known.evidence) and known.plan.reached
    return {
        "last_seen_at": _last_seen(person, known.evidence),
        "stuck_module_id": module,
        "stuck_help": help,
        "review_module_id": review,
        "review_due_at": due,
        "reached_goal_id": person.goal_id if reached else None,
    }


def _last_seen(person: Usager, evidence: Sequence[Evidence]) -> datetime | None:
    moments = [summaries.last_seance(person), summaries.last_sitting(person)]
    moments += [fact.occurred_at for fact in evidence]
    return max((moment for moment in moments if moment), default=None)


def _stuck(evidence: Sequence[Evidence]) -> tuple[str | None, Help | None]:
    """The module of the latest session that took no less help than the two times before."""
    seen: dict[str, dict[datetime, Help]] = {}
    for fact in evidence:
        if fact.source is Source.OBSERVATION and fact.help is not None:
            seen.setdefault(fact.module, {})[fact.occurred_at] = fact.help
    latest = max((moment for sessions in seen.values() for moment in sessions), default=None)
    for module, sessions in sorted(seen.items()):
        last = sorted(sessions)[-SESSIONS_WITHOUT_PROGRESS:]
        helps = [_HELPS[sessions[moment]] for moment in last]
        without_progress = max(helps) <= helps[0] and helps[-1] < _HELPS[Help.ALONE]
        if len(last) == SESSIONS_WITHOUT_PROGRESS and last[-1] == latest and without_progress:
            return module, sessions[last[-1]]
    return None, None


def _first_to_review(known: Learner) -> tuple[str | None, datetime | None]:
    """Of what the person learnt here to do with a hint or alone, what will be forgotten first."""
    due = [
        (autonomy.review_due, module)
        for module, autonomy in known.autonomy.items()
        if autonomy.review_due and autonomy.times_worked and autonomy.level >= Level.GUIDE
    ]
    moment, module = min(due, default=(None, None))
    return module, moment


# --- saying ---


def sentence(reason: Reason, summary: UsagerSummary, now: datetime) -> str:
    """Why this person needs attention, in a sentence."""
    match reason:
        case Reason.STUCK:
            help = HELP_WORDS[Help(summary.stuck_help)].lower()
            return f"Trois séances sur « {_title(summary.stuck_module_id)} », toujours « {help} »."
        case Reason.REVIEW:
            return f"« {_title(summary.review_module_id)} » s'oublie si on ne le revoit pas."
        case Reason.REACHED:
            goal = current_engines().content.find_goal(summary.reached_goal_id or "")
            return f"A atteint son but : « {goal.title} »." if goal else "A atteint son but."
        case Reason.ABSENT:
            weeks = (now - summary.last_seen_at) // timedelta(weeks=1) if summary.last_seen_at else 0
            return f"Pas de visite depuis {weeks} semaines, et rien n'est prévu."


def hints(summary: UsagerSummary, now: datetime) -> list[str]:
    """What to have in mind when this person comes."""
    found = []
    if summary.stuck_module_id:
        found.append(sentence(Reason.STUCK, summary, now))
    if summary.review_due_at and summary.review_due_at <= now:
        found.append(f"À revoir : « {_title(summary.review_module_id)} ».")
    if summary.reached_goal_id:
        found.append(sentence(Reason.REACHED, summary, now))
    return found


def _title(module_id: str | None) -> str:
    return module_name(module_id or "").title


# --- asking ---


def groups(structure: Structure, now: datetime, referent_id: uuid.UUID | None, limit: int) -> list[Group]:
    """The people who need attention, a list a reason; reasons without anybody are left out."""
    found = [group(reason, structure, now, referent_id, limit) for reason in Reason]
    return [each for each in found if each.count]


def group(
    reason: Reason, structure: Structure, now: datetime, referent_id: uuid.UUID | None, limit: int
) -> Group:
    """The first people for whom one reason holds."""
    wanted, order = _conditions(reason, now)
    people, count = summaries.people_for(
        structure.id, reason, wanted, order, now=now, referent_id=referent_id, limit=limit
    )
    return Group(reason, people, count)


def _conditions(reason: Reason, now: datetime) -> tuple[list[sa.ColumnElement[bool]], sa.ColumnElement[Any]]:
    row = UsagerSummary
    lately = row.last_seen_at > now - ABSENT
    match reason:
        case Reason.STUCK:
            return [row.stuck_module_id.is_not(None), lately], row.last_seen_at.desc()
        case Reason.REVIEW:
            return [row.review_due_at <= now, row.reached_goal_id.is_(None), lately], row.review_due_at.asc()
        case Reason.REACHED:
            return [row.reached_goal_id.is_not(None), lately], row.last_seen_at.desc()
        case Reason.ABSENT:
            gone = [row.last_seen_at <= now - ABSENT, row.last_seen_at > now - GONE]
            expected = appointment_queries.is_expected(row.structure_id, row.usager_id, now)
            return [*gone, row.reached_goal_id.is_(None), ~expected], row.last_seen_at.desc()


def pause(person: Usager, reason: Reason, author_id: uuid.UUID, now: datetime) -> datetime:
    """Set a reason aside for four weeks; until when."""
    until = now + PAUSE
    db.session.merge(
        AttentionPause(
            structure_id=person.structure_id,
            usager_id=person.id,
            reason=reason,
            author_id=author_id,
            until=until,
        )
    )
    db.session.commit()
    return until
