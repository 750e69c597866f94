"""Erasing a person: what is counted stays, the person goes. What and why: ``docs/decisions/erasing.md``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from app.services.local_days import days_only, local_day, noon
from app.store import database, erasing_queries, queries
from app.store.database import db
from app.store.models import Account, DiagnosticSitting, EvidenceRow, FileAccess, Seance, Usager

ERASED = "effacement"
STOPPED = "arret"


def erase(person: Usager, author: Account | None, now: datetime) -> None:
    """Erase a person and the nameless usagers that they turned out to be, for good.

    ``author`` is who did it, kept a year; nobody where it was the automatic purge.
    """
    structure = queries.structure(person.structure_id)
    ids = queries.identities(person)
    erasing_queries.delete_what_is_not_counted(structure.id, ids)
    seances = erasing_queries.seances(structure.id, ids)
    sittings = erasing_queries.sittings(structure.id, ids)
    evidence = erasing_queries.evidence(structure.id, ids)
    days = days_only(_moments(seances, sittings, evidence), structure.timezone)
    for seance in seances:
        _strip_seance(seance, days)
    for sitting in sittings:
        _strip_sitting(sitting, days)
    for row in evidence:
        _strip_evidence(row, days)
    for usager in erasing_queries.usagers(structure.id, ids):
        _strip_usager(usager, structure.timezone, now)
    if author:
        db.session.add(
            FileAccess(
                structure_id=structure.id,
                id=uuid.uuid4(),
                usager_id=person.id,
                account_id=author.id,
                action=ERASED,
                at=now,
            )
        )
    db.session.commit()
    database.leave_no_trace()


# --- what stays of each row ---


def _strip_usager(usager: Usager, zone: str, now: datetime) -> None:
    """What figures count of people stays: device, decade, gender, occupation, the day of the first visit."""
    usager.first_name = usager.last_initial = usager.card = usager.secret = None
    usager.goal_id = usager.home_device = usager.reading = usager.referent_id = None
    usager.other_goal_ids, usager.works_well, usager.comfort = [], [], {}
    usager.sound, usager.session_minutes, usager.session_days = True, 60, 7
    usager.notice_heard_at = usager.purge_warned_at = None
    usager.created_at = noon(local_day(usager.created_at, zone), zone)
    usager.erased_at = now


def _strip_seance(seance: Seance, days: Mapping[datetime, datetime]) -> None:
    seance.next_step = seance.changed_at = None
    seance.occurred_at, seance.recorded_at = days[seance.occurred_at], days[seance.recorded_at]
    seance.cancelled_at = seance.recorded_at if seance.cancelled_at else None


def _strip_sitting(sitting: DiagnosticSitting, days: Mapping[datetime, datetime]) -> None:
    if sitting.ended_at is None:
        sitting.ended_at, sitting.stop_reason = sitting.started_at, STOPPED
    sitting.pending = []
    sitting.started_at, sitting.ended_at = days[sitting.started_at], days[sitting.ended_at]


def _strip_evidence(row: EvidenceRow, days: Mapping[datetime, datetime]) -> None:
    row.response, row.author_id = sa.null(), None
    row.occurred_at, row.recorded_at = days[row.occurred_at], days[row.recorded_at]


# --- days without hours ---


def _moments(
    seances: Iterable[Seance], sittings: Iterable[DiagnosticSitting], evidence: Iterable[EvidenceRow]
) -> set[datetime]:
    recorded = [*seances, *evidence]
    found = {row.occurred_at for row in recorded} | {row.recorded_at for row in recorded}
    return found.union(*({row.started_at, row.ended_at or row.started_at} for row in sittings))
