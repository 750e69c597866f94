"""The forms about people: a new one, a name for a diagnostic, whom it belongs to, what they want."""

from __future__ import annotations

import uuid

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from app.content.models import Device
from app.services.engines import current_engines
from app.services.usagers import FIRST_NAME_LENGTH
from app.web.french_form import FrenchForm

NO_GOAL = ""
DEVICES = [(Device.COMPUTER, "Ordinateur"), (Device.PHONE, "Téléphone"), (Device.TABLET, "Tablette")]


def uuid_or_new(text: str | None) -> str:
    """The id that the page made, or a new one."""
    try:
        return str(uuid.UUID(text or ""))
    except ValueError:
        return str(uuid.uuid4())


class NameForm(FrenchForm):
    """A first name and an initial: no more is needed."""

    first_name = StringField(
        "Prénom",
        [
            DataRequired("Écrivez le prénom de la personne."),
            Length(max=FIRST_NAME_LENGTH, message=f"Écrivez au plus {FIRST_NAME_LENGTH} lettres."),
        ],
        render_kw={"autocomplete": "off"},
    )
    last_initial = StringField(
        "Première lettre du nom",
        [Length(max=1, message="Écrivez une seule lettre.")],
        render_kw={"autocomplete": "off", "maxlength": 1, "class": "input short"},
    )


class LearningForm(FrenchForm):
    """What a person wants to be able to do, and on what."""

    goal = SelectField("But", validate_choice=False)
    device = RadioField(
        "Apprend sur",
        choices=[SelectChoice(*device) for device in DEVICES],
        default=Device.COMPUTER,
        validate_choice=True,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        goals = current_engines().content.goals.values()
        self.goal.choices = [
            SelectChoice(NO_GOAL, "Pas encore de but"),
            *(SelectChoice(goal.id, goal.title) for goal in goals),
        ]

    def validate_goal(self, field: SelectField) -> None:
        """A goal of the content, one that can be reached on the device."""
        goal = current_engines().content.find_goal(field.data or "")
        if field.data and goal is None:
            raise ValidationError("Ce but n'existe plus. Choisissez-en un autre.")
        if goal and self.device.data and self.device.data not in goal.devices:
            possible = " ou ".join(name.lower() for value, name in DEVICES if value in goal.devices)
            raise ValidationError(f"Ce but s'apprend sur {possible}. Changez l'appareil ou le but.")


class AttachForm(FrenchForm):
    """Whom a nameless diagnostic belongs to."""

    person = SelectField("Cette personne", validate_choice=False)
