"""Which people, which device, how many a group: in the address, so that the page can be kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectField
from wtforms.fields import SelectChoice

from app.services.usagers import display_name
from app.store.models import Structure, Usager
from app.web.atelier.forms import DEVICES, People, as_id, one_of

SIZES = [SelectChoice(str(number), f"{number} personnes") for number in range(2, 13)]
TOGETHER, OWN_GOAL = "ensemble", "but"
LEARNING = [
    SelectChoice(TOGETHER, "Ce qui réunit le plus de monde"),
    SelectChoice(OWN_GOAL, "Ce que demande le but de chacun"),
]
USUAL_SIZE = "8"
"""Ateliers gather 5 to 8 people."""


class GroupsForm(Form):
    """It changes nothing, and so has no token. ``p`` is short: an address names up to 120 people."""

    p = People("Personnes", validate_choice=False)
    appareil = RadioField(
        "Appareil", [one_of(DEVICES, "Choisissez un appareil.")], choices=DEVICES, validate_choice=False
    )
    apprendre = RadioField(
        "Apprendre",
        [one_of(LEARNING, "Choisissez ce que ces personnes vont apprendre.")],
        choices=LEARNING,
        validate_choice=False,
    )
    taille = SelectField(
        "Au plus par groupe",
        [one_of(SIZES, "Choisissez de 2 à 12 personnes.")],
        choices=SIZES,
        validate_choice=False,
    )

    def __init__(self, structure: Structure, asked: MultiDict[str, str] | None) -> None:
        """``asked`` is what the address says; ``None`` before anything was chosen: everyone is."""
        super().__init__(asked, appareil=structure.default_device, taille=USUAL_SIZE, apprendre=TOGETHER)
        if self.apprendre.data is None:
            self.apprendre.data = TOGETHER
        self._everyone = asked is None

    def show(self, people: Sequence[Usager]) -> None:
        """Give these people a box each."""
        self.p.choices = [SelectChoice(str(person.id), display_name(person)) for person in people]
        if self._everyone:
            self.p.data = [choice.value for choice in self.p.choices]

    @property
    def people_ids(self) -> set[uuid.UUID]:
        """Who was chosen; what is no id is left out."""
        return {found for text in self.p.data or () if (found := as_id(text))}
