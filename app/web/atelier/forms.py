"""The forms about ateliers: opening one, putting people on its list, joining by its code."""

from __future__ import annotations

import uuid

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.content.models import Device
from app.content.typography import typographie
from app.services.ateliers import module_choices
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Structure
from app.web.conseiller.words import plural

DEVICES = [(Device.COMPUTER, "Ordinateur"), (Device.PHONE, "Téléphone"), (Device.TABLET, "Tablette")]
DURATIONS = [(45, "45 minutes"), (60, "1 heure"), (90, "1 heure 30"), (120, "2 heures"), (180, "3 heures")]


class People(SelectMultipleField):
    """Boxes to tick, one a person."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AtelierForm(FlaskForm):
    """One module, people, a device and a time."""

    atelier_id = HiddenField()
    module = SelectField("Module", [InputRequired("Choisissez un module.")], validate_choice=False)
    people = People("Personnes", validate_choice=False)
    device = RadioField("Appareil", choices=DEVICES, default=Device.COMPUTER)
    minutes = SelectField("Durée", choices=DURATIONS, coerce=int, default=90)

    def __init__(self, structure: Structure) -> None:
        super().__init__(device=structure.default_device, atelier_id=str(uuid.uuid4()))
        people = queries.named_usagers(structure.id)
        self.people.choices = [(str(person.id), display_name(person)) for person in people]
        self.module.choices = {"": [("", "Choisissez…")]} | {
            domain: [
                (
                    choice.module.id,
                    typographie(f"{choice.module.title} : {plural(choice.people, 'personne')}"),
                )
                for choice in modules
            ]
            for domain, modules in module_choices(people)
        }

    @property
    def own_id(self) -> uuid.UUID:
        """The id that the page was given; another one where someone has changed it."""
        return _id(self.atelier_id.data) or uuid.uuid4()

    @property
    def people_ids(self) -> set[uuid.UUID]:
        """Whose boxes are ticked."""
        return {found for text in self.people.data or () if (found := _id(text))}


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


class CodeForm(FlaskForm):
    """Four figures."""

    code = StringField(
        "Écrivez les 4 chiffres",
        render_kw={
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 8,
            "class": "input code-input",
        },
    )
