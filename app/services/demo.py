"""A structure to try Jalons on: made-up people, five months of diagnostics, sessions and ateliers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from app.services import demo_calendar, demo_life
from app.services.accounts import slug_of
from app.services.cards import free_card, new_secret
from app.services.demo_cast import (
    CHARACTERS,
    CLOSED_ATELIER,
    CLOSED_DAYS_AGO,
    NAMELESS,
    NEWCOMER,
    OPEN_ATELIER,
    PLACE,
    ROLES,
    SIGN_INS,
    TIMEZONE,
    Character,
)
from app.services.demo_desk import Desk
from app.services.demo_life import Ids, Life
from app.services.engines import current_engines
from app.services.passwords import hash_password
from app.store.database import db
from app.store.models import Account, Atelier, AtelierParticipant, Structure, Usager

__all__ = ["SIGN_INS", "load_demo"]

ZONE = ZoneInfo(TIMEZONE)
BEFORE_THE_SESSION = timedelta(minutes=30)
OPEN_SINCE = timedelta(minutes=40)
CLOSED_CODE, OPEN_CODE = "5308", "2417"


def load_demo(now: datetime, seed: int = 0) -> Structure:
    """Make the demo, ids included, from the instant and the seed; nothing else is drawn."""
    return _Demo(now, seed).load()


class _Demo:
    """The demo being made: rows are added table by table, so that what they refer to is there."""

    def __init__(self, now: datetime, seed: int) -> None:
        self.now, self.seed = now, seed
        self.rng = np.random.default_rng(seed)
        self.cards = random.Random(seed)
        self.ids = Ids(self.rng)
        self.taken: list[str | None] = []

    def load(self) -> Structure:
        opened = self.now - timedelta(days=170)
        self.structure = Structure(
            id=self.ids(), name=PLACE, slug=slug_of(PLACE), timezone=TIMEZONE, is_demo=True, created_at=opened
        )
        db.session.add(self.structure)
        db.session.flush()
        self.accounts = [
            self._account(role, *sign_in, opened) for role, sign_in in zip(ROLES, SIGN_INS, strict=True)
        ]
        lives = [self._arrive(character) for character in CHARACTERS]
        newcomer, nameless = self._arrive(NEWCOMER), self._arrive(NAMELESS)
        self._add([*self.accounts, *(life.usager for life in (*lives, newcomer, nameless))])
        ateliers = self._ateliers(lives)
        for life in lives:
            self._live(life, ateliers[0])
        demo_life.take_diagnostic(nameless, nameless.usager.created_at)
        desk = Desk(self.structure, self.now, self.seed)
        desk.complete([seance for life in lives for seance in life.seances])
        self._add(desk.places)
        self._add(ateliers)
        self._add([thing for life in (*lives, nameless) for thing in (*life.sittings, *life.seances)])
        self._add([row for life in (*lives, nameless) for row in life.evidence])
        self._correct_one(lives[0])
        self._add([*self._took_part(ateliers[0], lives), *self._taking_part(ateliers[1], lives)])
        self._add(desk.without_a_file(self.accounts))
        planned, expected = desk.appointments(lives, self.accounts[1], ateliers[1].module_id)
        self._add(planned)
        self._add(expected)
        db.session.commit()
        return self.structure

    def _add(self, things: Sequence[object]) -> None:
        db.session.add_all(things)
        db.session.flush()

    def _account(self, role: str, name: str, email: str, password: str, opened: datetime) -> Account:
        return Account(
            structure_id=self.structure.id,
            id=self.ids(),
            email=email,
            name=name.partition(",")[0],
            role=role,
            password_hash=hash_password(password),
            active=True,
            session_number=1,
            created_at=opened,
        )

    def _arrive(self, character: Character) -> Life:
        came = demo_calendar.opening(self.now, character.came, ZONE, self.rng)
        goal_id, device = _possible(character)
        untouched = character is NEWCOMER
        usager = Usager(
            structure_id=self.structure.id,
            id=self.ids(),
            goal_id=goal_id,
            device=device,
            home_device=None if untouched else character.home_device,
            reading=None if untouched else character.reading,
            sound=character.sound,
            session_minutes=character.session_minutes,
            birth_decade=character.birth_decade,
            gender=character.gender,
            occupation=character.occupation,
            notice_heard_at=None if untouched else came,
            created_at=came,
        )
        if character.first_name:
            self._name(usager, character)
        return demo_life.begin(character, usager, came, self.rng, self.ids)

    def _name(self, usager: Usager, character: Character) -> None:
        usager.first_name, usager.last_initial = character.first_name, character.last_initial
        usager.card = str(free_card(self.taken, self.cards))
        usager.secret = new_secret(self.cards)
        self.taken.append(usager.card)

    def _live(self, life: Life, atelier: Atelier) -> None:
        times = demo_calendar.visits(life.character, self.now, ZONE, self.rng)
        first = times[0] - BEFORE_THE_SESSION
        life.usager.created_at = first
        if life.character.took_diagnostic:
            demo_life.take_diagnostic(life, first)
        comes = [(at, None) for at in times]
        if life.character.first_name in CLOSED_ATELIER:
            comes.append((atelier.opened_at, atelier))
        for at, group in sorted(comes, key=lambda come: come[0]):
            if group:
                demo_life.attend(life, group, self.accounts[1])
            else:
                demo_life.visit(life, at, self._conseiller())

    def _conseiller(self) -> Account:
        return self.accounts[int(self.rng.choice(3, p=(0.4, 0.4, 0.2)))]

    def _correct_one(self, life: Life) -> None:
        """One observation was put right on the same day: the history keeps both."""
        seance = life.seances[1]
        wrong = next(row for row in life.evidence if row.seance_id == seance.id)
        instead = "guide" if wrong.help == "accompagne" else "accompagne"
        row = demo_life.observation(life, seance, wrong.module_id, instead)
        row.corrects_id, row.recorded_at = wrong.id, wrong.recorded_at + timedelta(minutes=12)
        self._add([row])

    def _ateliers(self, lives: Sequence[Life]) -> tuple[Atelier, Atelier]:
        closed = demo_calendar.opening(self.now, CLOSED_DAYS_AGO, ZONE, self.rng)
        then = self._atelier(CLOSED_ATELIER, lives, closed, CLOSED_CODE)
        then.closed_at = closed + timedelta(minutes=then.minutes)
        return then, self._atelier(OPEN_ATELIER, lives, self.now - OPEN_SINCE, OPEN_CODE)

    def _atelier(self, names: Sequence[str], lives: Sequence[Life], opened: datetime, code: str) -> Atelier:
        usagers = [life.usager for life in lives if life.character.first_name in names]
        return Atelier(
            structure_id=self.structure.id,
            id=self.ids(),
            author_id=self.accounts[1].id,
            module_id=_shared_module(usagers),
            device=self.structure.default_device or "ordinateur",
            minutes=90,
            code=code,
            opened_at=opened,
        )

    def _took_part(self, atelier: Atelier, lives: Sequence[Life]) -> list[AtelierParticipant]:
        rows = []
        for life in lives:
            seance = next((s for s in life.seances if s.atelier_id == atelier.id), None)
            if seance:
                helps = [row.help for row in life.evidence if row.seance_id == seance.id]
                rows.append(self._participant(atelier, life, 4, helps[0] if helps else None))
        return rows

    def _taking_part(self, atelier: Atelier, lives: Sequence[Life]) -> list[AtelierParticipant]:
        """Four have joined, and two of them were already marked."""
        marks = ["guide", "accompagne"]
        there = [life for life in lives if life.character.first_name in OPEN_ATELIER]
        return [
            self._participant(atelier, life, 3 + n if n < 4 else None, marks[n] if n < len(marks) else None)
            for n, life in enumerate(there)
        ]

    def _participant(
        self, atelier: Atelier, life: Life, joined_after: int | None, help: str | None
    ) -> AtelierParticipant:
        opened = atelier.opened_at
        return AtelierParticipant(
            structure_id=self.structure.id,
            atelier_id=atelier.id,
            usager_id=life.usager.id,
            joined_at=None if joined_after is None else opened + timedelta(minutes=joined_after),
            help=help,
            marked_at=opened + timedelta(minutes=25) if help else None,
        )


def _possible(character: Character) -> tuple[str, str]:
    """The character's goal and device, or near ones where the content has changed since."""
    goals = current_engines().content.goals
    goal = goals.get(character.goal_id) or next(iter(goals.values()))
    return goal.id, character.device if character.device in goal.devices else goal.devices[0]


def _shared_module(usagers: Sequence[Usager]) -> str:
    """The module that is on the way of the most people; the furthest on, where several are."""
    content = current_engines().content
    ways = [content.goal_modules(usager.goal_id or "", usager.device) for usager in usagers]
    order = {module: n for n, module in enumerate(content.modules)}
    counts = {module: sum(module in way for way in ways) for module in order}
    return max(order, key=lambda module: (counts[module], order[module]))
