"""Usagers: starting without a name, being given one, attaching a nameless diagnostic to a person."""

from __future__ import annotations

import random
import unicodedata
import uuid
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.content.typography import typographie
from app.services.cards import free_card, new_secret
from app.store import queries
from app.store.database import db
from app.store.models import Structure, Usager

FIRST_NAME_LENGTH = 60
INITIAL_LENGTH = 2
JOINER = "\u200d"
FORMULA_SIGNS = "=+-@"
"""A cell that begins so is a formula for spreadsheet programs, where names go."""


class UsagerError(ValueError):
    """What was asked cannot be done; the message says what to do, in French."""


def start_without_name(structure: Structure, goal_id: str, now: datetime) -> Usager:
    """Make a nameless usager who wants to reach a goal."""
    usager = Usager(
        structure_id=structure.id,
        goal_id=goal_id,
        device=structure.default_device,
        sound=True,
        session_minutes=60,
        created_at=now,
    )
    db.session.add(usager)
    db.session.commit()
    return usager


def register(
    structure: Structure,
    *,
    first_name: str,
    last_initial: str | None,
    goal_id: str | None,
    device: str,
    now: datetime,
    rng: random.Random,
    usager_id: uuid.UUID | None = None,
) -> Usager:
    """Make a person with a first name, a card and a secret. Raises ``UsagerError``.

    ``usager_id`` is the form's: sent twice, it makes one person and not two.
    """
    known = _already_made(structure, usager_id)
    if known is not None:
        return known
    usager = Usager(
        structure_id=structure.id,
        id=usager_id or uuid.uuid4(),
        goal_id=goal_id,
        device=device,
        sound=True,
        session_minutes=60,
        created_at=now,
    )
    db.session.add(usager)
    try:
        give_name(usager, first_name, last_initial, rng)
    except UsagerError:
        known = _already_made(structure, usager_id)
        if known is None:
            raise
        return known
    return usager


def _already_made(structure: Structure, usager_id: uuid.UUID | None) -> Usager | None:
    found = queries.usager(structure.id, usager_id) if usager_id else None
    return found if found and found.first_name else None


def give_name(usager: Usager, first_name: str, last_initial: str | None, rng: random.Random) -> None:
    """Give an usager a first name, a card and a secret. Raises ``UsagerError``."""
    try:
        usager.first_name = checked_first_name(first_name)
    except UsagerError:
        db.session.rollback()
        raise
    usager.last_initial = _visible(last_initial or "").strip()[:1].upper()[:INITIAL_LENGTH] or None
    usager.secret = new_secret(rng)
    with db.session.no_autoflush:
        taken = {person.card for person in queries.named_usagers(usager.structure_id)}
    try:
        usager.card = str(free_card(taken, rng))
    except LookupError:
        usager.card = None  # more people than cards: this one starts from the conseiller's list
    try:
        db.session.commit()
    except IntegrityError:  # somebody else was given this card at the same moment
        db.session.rollback()
        raise UsagerError("Deux personnes ont été créées en même temps. Recommencez.") from None


def checked_first_name(typed: str) -> str:
    """A first name that somebody typed, or that a file holds, as it is kept. Raises ``UsagerError``.

    It holds a letter, of any script: signs alone are neither said nor searched.
    """
    name = shown_text(typed)
    if not name:
        raise UsagerError("Écrivez le prénom de la personne.")
    if name[0] in FORMULA_SIGNS:
        raise UsagerError(f"Un prénom ne commence pas par « {name[0]} ». Écrivez-le en lettres.")
    if not any(unicodedata.category(letter)[0] == "L" for letter in name):
        raise UsagerError(f"« {_short(name)} » n'est pas un prénom. Écrivez-le en lettres.")
    if len(name) > FIRST_NAME_LENGTH:
        raise UsagerError(f"Ce prénom est trop long. Écrivez au plus {FIRST_NAME_LENGTH} lettres.")
    return name


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def _visible(text: str) -> str:
    """The text without what shows nothing or turns the line round; a joiner inside an emoji stays."""
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or letter == JOINER or unicodedata.category(letter)[0] != "C"
    )
    return kept.strip(JOINER)


def attach(nameless: Usager, person: Usager) -> None:
    """Say that a nameless usager was this person: their evidence then counts together.

    Raises ``UsagerError`` when the first has a name, or the second has none.
    """
    if nameless.first_name is not None or nameless.attached_to_id is not None:
        raise UsagerError("Ce diagnostic a déjà un nom.")
    if person.first_name is None or person.structure_id != nameless.structure_id:
        raise UsagerError("Choisissez une personne de la liste.")
    nameless.attached_to_id = person.id
    if person.goal_id is None:
        person.goal_id = nameless.goal_id
    db.session.commit()


def display_name(usager: Usager) -> str:
    """« Josette B. », « Sans nom », or « Personne effacée »."""
    if usager.erased_at:
        return "Personne effacée"
    if usager.first_name is None:
        return "Sans nom"
    return typographie(name_of(usager.first_name, usager.last_initial))


def name_of(first_name: str, last_initial: str | None) -> str:
    """« Josette B. »"""
    return f"{first_name} {last_initial}." if last_initial else first_name


def shown_text(text: str) -> str:
    """What somebody typed, on one line, without what shows nothing or turns the line round."""
    return " ".join(_visible(text).split())
