"""Ateliers: opening one, marking what each person did, closing it into evidence for all."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.engine.evidence import Help
from app.services.engines import current_engines
from app.services.modules import ModuleName, module_name
from app.services.observations import observation
from app.services.usagers import display_name
from app.store import queries
from app.store.database import db, write_once
from app.store.models import Account, Atelier, AtelierParticipant, Seance, Usager

CODES_TRIED = 5


class AtelierError(ValueError):
    """What was asked cannot be done; the message says what to do, in French."""


# --- what can be worked on, and with whom ---


@dataclass(frozen=True)
class ModuleChoice:
    """A module that a group may work on, and how many people have it on their way."""

    module: ModuleName
    people: int


def module_choices(people: Sequence[Usager], also: str = "") -> list[tuple[str, list[ModuleChoice]]]:
    """The modules of these people's parcours and ``also``, a list a domain; all while nobody has a goal."""
    content = current_engines().content
    counts = Counter(
        module for person in people for module in content.goal_modules(person.goal_id or "", person.device)
    )
    choices = []
    for domain in content.domains:
        modules = [
            ModuleChoice(module_name(module.id), counts[module.id])
            for module in domain.modules
            if counts[module.id] or not counts or module.id == also
        ]
        if modules:
            choices.append((domain.title, modules))
    return choices


# --- opening ---


def free_code(rng: random.Random) -> str:
    """Four figures that no open atelier has. Raises ``AtelierError`` when none is left."""
    taken = queries.open_codes()
    free = [code for code in (f"{number:04}" for number in range(1000, 10000)) if code not in taken]
    if not free:
        raise AtelierError("Trop d'ateliers sont ouverts. Terminez-en un d'abord.")
    return rng.choice(free)


def open_atelier(
    account: Account,
    *,
    atelier_id: uuid.UUID,
    module_id: str,
    device: str,
    minutes: int,
    usager_ids: Collection[uuid.UUID],
    now: datetime,
    rng: random.Random,
) -> Atelier:
    """Open an atelier, once whatever the retries of a form. Raises ``AtelierError``."""
    known = queries.atelier(account.structure_id, atelier_id)
    if known is not None:
        return known
    module = current_engines().content.find_module(module_id)
    if module is None:
        raise AtelierError("Ce module n'existe plus. Choisissez-en un autre.")
    if device not in module.devices:
        raise AtelierError(f"« {module.title} » ne se travaille pas sur cet appareil. Changez l'un des deux.")
    structure_id, author_id = account.structure_id, account.id
    for _ in range(CODES_TRIED):
        atelier = Atelier(
            structure_id=structure_id,
            id=atelier_id,
            author_id=author_id,
            module_id=module_id,
            device=device,
            minutes=minutes,
            code=free_code(rng),
            opened_at=now,
        )
        if write_once([atelier], _participants(atelier, usager_ids)):
            return atelier
        # Either this form was sent twice, or another atelier drew the same code at the same instant.
        known = queries.atelier(structure_id, atelier_id)
        if known is not None:
            return known
    raise AtelierError("L'atelier n'a pas pu s'ouvrir. Recommencez.")


def add_participants(atelier: Atelier, usager_ids: Collection[uuid.UUID]) -> None:
    """Put people on the list of an open atelier; those already there, and strangers, are left out."""
    if atelier.closed_at is None:
        there = {person.id for _, person in queries.participants(atelier)}
        write_once(_participants(atelier, set(usager_ids) - there))


def _participants(atelier: Atelier, usager_ids: Collection[uuid.UUID]) -> list[AtelierParticipant]:
    return [
        AtelierParticipant(structure_id=atelier.structure_id, atelier_id=atelier.id, usager_id=person.id)
        for person in queries.named_usagers(atelier.structure_id)
        if person.id in usager_ids
    ]


# --- the observation grid ---


@dataclass(frozen=True)
class GridRow:
    """Someone of the atelier: their name, whether a tablet joined for them, the help last marked."""

    usager: Usager
    name: str
    joined: bool
    help: str | None

    @property
    def present(self) -> bool:
        return self.joined or self.help is not None


@dataclass(frozen=True)
class Grid:
    """People × the five help values."""

    atelier: Atelier
    rows: tuple[GridRow, ...]

    @property
    def joined(self) -> int:
        return sum(row.joined for row in self.rows)

    @property
    def marked(self) -> int:
        return sum(row.help is not None for row in self.rows)

    @property
    def present_only(self) -> int:
        """How many are there and were not marked."""
        return sum(row.present and row.help is None for row in self.rows)

    @property
    def absent(self) -> int:
        return sum(not row.present for row in self.rows)


def grid(atelier: Atelier) -> Grid:
    """The grid as it stands: people by first name, then those without one as they came."""
    found = queries.participants(atelier)
    named = [(taking, person) for taking, person in found if person.first_name]
    nameless = [(t, person) for t, person in found if not person.first_name and not person.erased_at]
    nameless.sort(key=lambda pair: (pair[0].joined_at or atelier.opened_at, str(pair[1].id)))
    rows = [_row(taking, person, _name(person)) for taking, person in named]
    rows += [_row(taking, person, f"Sans nom {n}") for n, (taking, person) in enumerate(nameless, 1)]
    rows += [_row(taking, person, display_name(person)) for taking, person in found if person.erased_at]
    return Grid(atelier, tuple(rows))


def _row(taking: AtelierParticipant, person: Usager, name: str) -> GridRow:
    return GridRow(person, name, taking.joined_at is not None, taking.help)


def _name(person: Usager) -> str:
    return f"{person.first_name} {person.last_initial}." if person.last_initial else person.first_name or ""


def mark(atelier: Atelier, usager_id: uuid.UUID, help: Help | None, now: datetime) -> bool:
    """Keep at once the help seen for someone, or take it back; false where the atelier is closed."""
    done = queries.mark_help(atelier, usager_id, help, now)
    db.session.commit()
    return done


# --- closing ---


def close(atelier: Atelier, account: Account, now: datetime) -> None:
    """Write a session for each person who was there, and an observation for each one marked; only once."""
    if not queries.close_once(atelier, now):
        db.session.rollback()
        return
    db.session.expire_all()  # what was marked until this instant counts
    present = [taking for taking, _ in queries.participants(atelier) if taking.joined_at or taking.help]
    seances = {taking.usager_id: _seance(atelier, taking, account, now) for taking in present}
    observations = [
        observation(seances[taking.usager_id], atelier.module_id, Help(taking.help))
        for taking in present
        if taking.help
    ]
    write_once(seances.values(), observations)


def _seance(atelier: Atelier, taking: AtelierParticipant, account: Account, now: datetime) -> Seance:
    return Seance(
        structure_id=atelier.structure_id,
        id=uuid.uuid5(atelier.id, str(taking.usager_id)),
        usager_id=taking.usager_id,
        author_id=account.id,
        atelier_id=atelier.id,
        kind="collectif",
        place="lieu_activite",
        device=atelier.device,
        minutes=atelier.minutes,
        occurred_at=atelier.opened_at,
        recorded_at=now,
    )
