"""People of whom something is known, for the tests of level groups."""

from __future__ import annotations

import uuid
from datetime import timedelta

from app.engine.evidence import Outcome, Source
from app.store.database import db
from app.store.models import EvidenceRow
from tests.conftest import NOW

GESTURES = ("ordinateur.souris", "ordinateur.clavier")
DESK = ("ordinateur.allumer", *GESTURES)
MESSAGES = ("messagerie.adresse", "messagerie.connecter", "messagerie.lire")
BEGINS = {"reussi": DESK[:1], "rate": GESTURES}
GOES_ON = {"reussi": DESK, "rate": MESSAGES[:1]}
CAST = {
    "Ali": BEGINS,
    "Bintou": BEGINS,
    "Chantal": BEGINS,
    "Denise": GOES_ON,
    "Ernest": GOES_ON,
    "Fanny": GOES_ON,
    "Gaston": {"reussi": (*DESK, *MESSAGES), "rate": ("messagerie.ecrire",)},
}
"""By first name: what they answered rightly and wrongly."""


def answered(person, outcome, modules):
    """Three answers of somebody to each of these modules, a week ago, hard to guess."""
    for place, module in enumerate([*modules] * 3):
        db.session.add(
            EvidenceRow(
                structure_id=person.structure_id,
                id=uuid.uuid5(person.id, f"{module} {place}"),
                answer_id=uuid.uuid5(person.id, f"{module} {place}"),
                usager_id=person.id,
                module_id=module,
                source=Source.DIAGNOSTIC,
                outcome=Outcome(outcome),
                guess=0.02,
                slip=0.05,
                content_version="test",
                occurred_at=NOW - timedelta(days=7),
                recorded_at=NOW - timedelta(days=7),
            )
        )
    db.session.commit()
    return person


def people_of(structure, make_usager):
    """The cast, by first name."""
    people = {name: make_usager(structure, name) for name in CAST}
    for name, person in people.items():
        for outcome, modules in CAST[name].items():
            answered(person, outcome, modules)
    return people
