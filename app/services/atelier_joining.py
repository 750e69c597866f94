"""A tablet joins an atelier: by its code, then by a picture card or without a name."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.services.cards import Card
from app.services.engines import current_engines
from app.store import queries
from app.store.database import db, write_once
from app.store.models import Atelier, AtelierParticipant, Usager


def code_of(typed: str) -> str | None:
    """The four figures that someone typed, spaces and points left out, or ``None``."""
    figures = re.sub(r"[\s.-]", "", typed)
    return figures if re.fullmatch(r"[0-9]{4}", figures) else None


def cards(atelier: Atelier) -> list[Card]:
    """The picture cards of this atelier's people, and of nobody else."""
    found = [card for _, person in queries.participants(atelier) if (card := Card.parse(person.card))]
    return sorted(found, key=lambda card: (card.picture, card.colour))


def person_with(atelier: Atelier, card: str) -> Usager | None:
    """Who has this card among this atelier's people."""
    return next((person for _, person in queries.participants(atelier) if card and person.card == card), None)


def join_without_name(atelier: Atelier, usager_id: uuid.UUID, now: datetime) -> Usager | None:
    """Put a nameless person in the atelier, once whatever the retries; ``None`` where the id is taken."""
    if queries.usager(atelier.structure_id, usager_id) is None:
        taking = AtelierParticipant(
            structure_id=atelier.structure_id, atelier_id=atelier.id, usager_id=usager_id, joined_at=now
        )
        write_once([_nameless(atelier, usager_id, now)], [taking])
    known = queries.usager(atelier.structure_id, usager_id)
    is_theirs = known and known.first_name is None and queries.participant(atelier, usager_id)
    return known if is_theirs else None


def _nameless(atelier: Atelier, usager_id: uuid.UUID, now: datetime) -> Usager:
    return Usager(
        structure_id=atelier.structure_id,
        id=usager_id,
        goal_id=_goal_of_the_group(atelier, queries.participants(atelier)),
        device=atelier.device,
        sound=True,
        session_minutes=60,
        created_at=now,
    )


def arrive(atelier: Atelier, usager: Usager, now: datetime) -> bool:
    """Note that a tablet joined for this person; false where the atelier is closed, or not theirs."""
    taking = queries.participant(atelier, usager.id)
    if taking is None or atelier.closed_at is not None:
        return False
    if taking.joined_at is None:
        taking.joined_at = now
        db.session.commit()
    return True


def _goal_of_the_group(atelier: Atelier, people: Sequence[tuple[AtelierParticipant, Usager]]) -> str | None:
    """The parcours that most of the group follow and that has this module; any that has it otherwise."""
    content = current_engines().content
    leading = [
        goal.id
        for goal in content.goals_on(atelier.device)
        if atelier.module_id in content.goal_modules(goal.id, atelier.device)
    ]
    followed = Counter(person.goal_id for _, person in people if person.goal_id in leading)
    if followed:
        return followed.most_common(1)[0][0]
    return leading[0] if leading else None
