"""Putting a session right afterwards: the new values count, the old ones stay in the history."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.engine.evidence import Help
from app.services.observations import observation
from app.services.seances import CANCELLED, NewSeance, People, SeanceError, correction, seance_of
from app.store import appointment_queries, queries, seance_queries
from app.store.database import db, write_once
from app.store.models import Account, EvidenceRow, Seance, SeanceChange

VALUES = (
    *("occurred_at", "minutes", "device", "place", "drop_in", "place_id"),
    *("themes", "procedure_theme", "redirected_to", "next_step", "kind", "participants", "anonymous"),
)
"""The values of a session that can be put right, in the order in which they are told."""
HELPS = "helps"
IS_CANCELLED = "cancelled"
CHANGED_MEANWHILE = "Cette séance a été corrigée entre-temps. Voici où elle en est."


def helps_of(seance: Seance) -> dict[str, Help]:
    """The help that stands for each module of a session."""
    standing = queries.standing(seance_queries.evidence_of_seance(seance))
    return {row.module_id: Help(row.help) for row in standing if row.help}


def change(
    seance: Seance,
    author: Account,
    new: NewSeance,
    *,
    people: People | None = None,
    change_id: uuid.UUID,
    seen: datetime | None,
    now: datetime,
) -> bool:
    """Give a session the values of ``new``; false where they are those it has.

    ``seen`` is the ``changed_at`` of the session when its form was opened: raises ``SeanceError`` where
    somebody else put it right since. Sent twice, it counts once. An atelier's kind does not change.
    """
    if seance_queries.seance_change(seance.structure_id, change_id):
        return True
    if seance.cancelled_at:
        raise SeanceError(CANCELLED)
    wanted = _values(_wanted(seance, author, new, people, now))
    before = {name: old for name, old in _values(seance).items() if old != wanted[name]}
    helps_before, helps_after = helps_of(seance), dict(new.helps)
    if not before and helps_before == helps_after:
        return False
    if not seance_queries.change_seance_once(seance, seen, {name: wanted[name] for name in before}, now):
        db.session.rollback()
        raise SeanceError(CHANGED_MEANWHILE)
    db.session.refresh(seance)
    after = {name: wanted[name] for name in before}
    differ = {m for m in {*helps_before, *helps_after} if helps_before.get(m) != helps_after.get(m)}
    if differ:
        before[HELPS] = {m: helps_before.get(m) for m in sorted(differ)}
        after[HELPS] = {m: helps_after.get(m) for m in sorted(differ)}
    told = SeanceChange(
        structure_id=seance.structure_id,
        id=change_id,
        seance_id=seance.id,
        author_id=author.id,
        before=_plain(before),
        after=_plain(after),
        made_at=now,
    )
    if not write_once([told], _evidence(seance, author, helps_after, change_id, now)):
        raise SeanceError(CHANGED_MEANWHILE)
    return True


def cancel(
    seance: Seance, author: Account, *, change_id: uuid.UUID, seen: datetime | None, now: datetime
) -> None:
    """Have a session, noted by mistake or on somebody else, count no more, nor what was observed in it.

    It stays in the history. The appointment that it came of is to be noted again. ``seen``, and what is
    raised and when, are those of ``change``. Sent twice, it counts once.
    """
    if seance_queries.seance_change(seance.structure_id, change_id) or seance.cancelled_at:
        return
    helps = helps_of(seance)
    if not seance_queries.change_seance_once(seance, seen, {"cancelled_at": now}, now):
        db.session.rollback()
        raise SeanceError(CHANGED_MEANWHILE)
    appointment_queries.forget_seance(seance)
    db.session.refresh(seance)
    told = SeanceChange(
        structure_id=seance.structure_id,
        id=change_id,
        seance_id=seance.id,
        author_id=author.id,
        before={IS_CANCELLED: False, HELPS: _plain(helps)},
        after={IS_CANCELLED: True, HELPS: dict.fromkeys(helps)},
        made_at=now,
    )
    if not write_once([told], _evidence(seance, author, {}, change_id, now)):
        raise SeanceError(CHANGED_MEANWHILE)


def _wanted(seance: Seance, author: Account, new: NewSeance, people: People | None, now: datetime) -> Seance:
    wanted = seance_of(author, new, now, usager_id=seance.usager_id, kind=seance.kind)
    wanted.participants, wanted.anonymous = seance.participants, seance.anonymous
    if people is not None:
        wanted.participants, wanted.anonymous = people.count, [dict(told) for told in people.told]
        wanted.kind = people.kind
    return wanted


def _values(seance: Seance) -> dict[str, Any]:
    return {name: getattr(seance, name) for name in VALUES}


def _evidence(
    seance: Seance, author: Account, helps: Mapping[str, Help], change_id: uuid.UUID, now: datetime
) -> list[EvidenceRow]:
    """Rows for what was not as it stands: other helps, and every row where the date or the device moved."""
    standing = {row.module_id: row for row in queries.standing(seance_queries.evidence_of_seance(seance))}
    rows = []
    for module_id in sorted({*standing, *helps}):
        row, help = standing.get(module_id), helps.get(module_id)
        if row is None:
            made = observation(seance, module_id, Help(helps[module_id]))
            made.author_id, made.recorded_at = author.id, now
            rows.append(made)
        elif _is_other(row, help, seance):
            made = correction(row, author, help, uuid.uuid5(change_id, str(row.id)), now)
            made.occurred_at, made.device = seance.occurred_at, seance.device
            rows.append(made)
    return rows


def _is_other(row: EvidenceRow, help: Help | None, seance: Seance) -> bool:
    if not row.help and not help:
        return False
    return (row.help, row.occurred_at, row.device) != (help, seance.occurred_at, seance.device)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them."""
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
