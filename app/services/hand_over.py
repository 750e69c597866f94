"""Passing a follow-up on: a page that says what the next one must know, and who was told what."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.services.acquired import acquired
from app.services.engines import current_engines
from app.services.learner import Learner
from app.services.observations import HELP_WORDS
from app.services.seance_choices import NEXT_STEPS
from app.services.sentences import ability
from app.services.trail import trail
from app.store import appointment_queries, hand_over_queries, queries
from app.store.database import db, write_once
from app.store.models import Account, HandOver, Usager

WORKS_WELL = {
    "montrer": "Montrer, puis laisser refaire",
    "fiche": "Suivre une fiche",
    "oral": "Tout dire à voix haute",
    "repeter": "Refaire plusieurs fois",
    "pauses": "Faire des pauses",
    "groupe": "Travailler en petit groupe",
    "tete_a_tete": "Travailler en tête à tête",
    "son_appareil": "Son propre appareil",
    "grandes_lettres": "Agrandir les lettres",
    "exemples": "Partir d'un exemple de sa vie",
}
"""What helps someone learn: a closed list, so that nobody writes of health or family."""
STEPS, SESSIONS, ABILITIES = 3, 3, 12


class HandOverError(ValueError):
    """What was asked cannot be done; the message says what to do, in French."""


@dataclass(frozen=True)
class Session:
    """A session, as the summary tells it."""

    at: str
    worked_on: tuple[str, ...]
    next_step: str


@dataclass(frozen=True)
class Summary:
    """The one page: goals, what works, what is acquired, what comes next, what was last done.

    Instants are ISO 8601 texts in UTC, so that it can be kept as it was told.
    """

    goals: tuple[str, ...] = ()
    works_well: tuple[str, ...] = ()
    acquired: tuple[str, ...] = ()
    next_steps: tuple[dict[str, str], ...] = ()
    sessions: tuple[Session, ...] = ()
    meeting: str | None = None
    device: str = ""
    reading: str | None = None
    made_at: str = ""

    def as_dict(self) -> dict[str, Any]:
        """To be kept with the hand-over."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Summary:
        """A summary as it was kept; what an older version did not keep is empty."""
        known = {name: told[name] for name in cls.__dataclass_fields__ if name in told}
        sessions = tuple(Session(**session) for session in known.pop("sessions", ()))
        return cls(**known, sessions=sessions)


def summary(person: Learner) -> Summary:
    """What there is to know of someone now."""
    usager, content = person.usager, current_engines().content
    goal_ids = [usager.goal_id, *(usager.other_goal_ids or ())]
    meetings = appointment_queries.of_person(usager, person.now)
    return Summary(
        goals=tuple(content.goals[id_].title for id_ in goal_ids if id_ in content.goals),
        works_well=tuple(WORKS_WELL[code] for code in usager.works_well if code in WORKS_WELL),
        acquired=tuple(ability(one.module) for one in acquired(person)[-ABILITIES:]),
        next_steps=tuple(
            {"title": stake.module.title, "kind": stake.kind_word, "reason": stake.reason}
            for stake in trail(person).ahead[:STEPS]
        ),
        sessions=_last_sessions(usager),
        meeting=meetings[0].starts_at.isoformat() if meetings else None,
        device=usager.device,
        reading=usager.reading,
        made_at=person.now.isoformat(),
    )


def _last_sessions(usager: Usager) -> tuple[Session, ...]:
    found = []
    modules = current_engines().content.modules
    rows = queries.standing(queries.evidence_of(usager))
    for seance in reversed(queries.seances_of(usager)[-SESSIONS:]):
        worked = tuple(
            f"{modules[row.module_id].title} : {HELP_WORDS[row.help]}"
            for row in rows
            if row.seance_id == seance.id and row.help in HELP_WORDS and row.module_id in modules
        )
        step = NEXT_STEPS.get(seance.next_step or "", "")
        found.append(Session(seance.occurred_at.isoformat(), worked, str(step)))
    return tuple(found)


def set_works_well(usager: Usager, codes: Collection[str]) -> None:
    """Keep what helps this person learn; codes that are not of the list are left out."""
    usager.works_well = [code for code in WORKS_WELL if code in codes]
    db.session.commit()


def pass_on(
    person: Learner, author: Account, to: Account | None, hand_over_id: uuid.UUID, now: datetime
) -> HandOver:
    """Give the follow-up to a colleague, or share it with the structure (``to`` empty), once whatever the
    retries; what they are told is kept. Raises ``HandOverError``."""
    usager = person.usager
    known = hand_over_queries.hand_over(usager.structure_id, hand_over_id)
    if known is not None:
        return known
    if to is not None and (not to.active or to.structure_id != usager.structure_id):
        raise HandOverError("Cette personne n'est plus dans la structure. Choisissez quelqu'un d'autre.")
    given = HandOver(
        id=hand_over_id,
        structure_id=usager.structure_id,
        usager_id=usager.id,
        from_id=author.id,
        to_id=to.id if to else None,
        told=summary(person).as_dict(),
        made_at=now,
        seen_at=now if to is not None and to.id == author.id else None,
    )
    usager.referent_id = to.id if to else None
    write_once([given])
    return given


def mark_seen(given: HandOver, account: Account, now: datetime) -> None:
    """Keep that the colleague it was meant for has read it."""
    if given.to_id == account.id and given.seen_at is None:
        given.seen_at = now
        db.session.commit()


def waiting_for(account: Account) -> Sequence[tuple[HandOver, Usager]]:
    """What was passed to this account and not yet read."""
    return hand_over_queries.not_yet_seen(account.structure_id, account.id)
