"""The forms about ateliers: opening one, putting people on its list, joining by its code."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.content.models import Device
from app.content.typography import typographie
from app.services.ateliers import ModuleChoice, module_choices
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Structure
from app.web.conseiller.words import plural

DEVICES = [
    SelectChoice(Device.COMPUTER, "Ordinateur"),
    SelectChoice(Device.PHONE, "Téléphone"),
    SelectChoice(Device.TABLET, "Tablette"),
]
DURATIONS = [
    SelectChoice("45", "45 minutes"),
    SelectChoice("60", "1 heure"),
    SelectChoice("90", "1 heure 30"),
    SelectChoice("120", "2 heures"),
    SelectChoice("180", "3 heures"),
]


def one_of(choices: list[SelectChoice], message: str) -> AnyOf:
    """One of these, or a sentence that says what to do; WTForms' own would be in English."""
    return AnyOf([choice.value for choice in choices], message)


class People(SelectMultipleField):
    """Boxes to tick, one a person."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AtelierForm(FlaskForm):
    """One module, people, a device and a time."""

    atelier_id = HiddenField()
    module = SelectField("Module", [InputRequired("Choisissez un module.")], validate_choice=False)
    people = People("Personnes", validate_choice=False)
    device = RadioField(
        "Appareil", [one_of(DEVICES, "Choisissez un appareil.")], choices=DEVICES, validate_choice=False
    )
    minutes = SelectField(
        "Durée",
        [one_of(DURATIONS, "Choisissez une durée.")],
        choices=DURATIONS,
        default="90",
        validate_choice=False,
    )

    def __init__(
        self, structure: Structure, *, module: str = "", device: str = "", people: Collection[str] = ()
    ) -> None:
        """``module``, ``device`` and ``people`` are what is chosen already; what does not exist is not shown,
        and so never sent."""
        if device not in [choice.value for choice in DEVICES]:
            device = structure.default_device
        super().__init__(module=module, device=device, people=list(people), atelier_id=str(uuid.uuid4()))
        named = queries.named_usagers(structure.id)
        self.people.choices = [SelectChoice(str(person.id), display_name(person)) for person in named]
        choices = module_choices(named, also=self.module.data or "")
        self.module.choices = [
            SelectChoice("", "Choisissez…"),
            *(_module(choice, domain) for domain, modules in choices for choice in modules),
        ]

    @property
    def own_id(self) -> uuid.UUID:
        """The id that the page was given; another one where someone has changed it."""
        return as_id(self.atelier_id.data) or uuid.uuid4()

    @property
    def people_ids(self) -> set[uuid.UUID]:
        """Whose boxes are ticked."""
        return {found for text in self.people.data or () if (found := as_id(text))}


def _module(choice: ModuleChoice, domain: str) -> SelectChoice:
    """A module with the number of people who have it on their way, under its domain."""
    text = choice.module.title
    if choice.people:
        text = typographie(f"{text} : {plural(choice.people, 'personne')}")
    return SelectChoice(choice.module.id, text, optgroup=domain)


def as_id(text: str | None) -> uuid.UUID | None:
    """The id that a page sent; ``None`` for anything else."""
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
