"""The forms about who a person is, their notes, and the structure's rules."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from app.services import notes
from app.services.clock import now
from app.services.personal_data import GENDERS, OCCUPATIONS, PURGE_MONTHS, Identity, decades
from app.web.conseiller.forms import LearningForm, NameForm, uuid_or_new
from app.web.french_form import FrenchForm

NOT_SAID = ""


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(NOT_SAID, "Non dit"), *(SelectChoice(*one) for one in words.items())]


class ToldForm(FrenchForm):
    """What statistics ask, all of it optional."""

    birth_decade = SelectField("Dizaine de naissance", default=NOT_SAID)
    gender = RadioField("Genre", choices=_choices(GENDERS), default=NOT_SAID)
    occupation = RadioField("Situation", choices=_choices(OCCUPATIONS), default=NOT_SAID)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.birth_decade.choices = _choices({str(year): words for year, words in decades(now()).items()})


class IdentityForm(NameForm, ToldForm):
    """Who a person is."""


class NewUsagerForm(NameForm, LearningForm, ToldForm):
    """A new person, with an id made by the page: the form sent twice makes one person."""

    usager_id = HiddenField(filters=[uuid_or_new])


def identity_of(form: BaseForm) -> Identity:
    """What the form says; « not said » is nothing."""
    decade = form["birth_decade"].data or ""
    return Identity(
        first_name=form["first_name"].data or "",
        last_initial=form["last_initial"].data or None,
        birth_decade=int(decade) if decade.isdecimal() else None,
        gender=form["gender"].data or None,
        occupation=form["occupation"].data or None,
    )


class NoteForm(FrenchForm):
    """A free note, with an id made by the page: sent twice, it is one note."""

    note_id = HiddenField(filters=[uuid_or_new])
    text = TextAreaField(
        "Nouvelle note",
        render_kw={"rows": 4, "maxlength": notes.LONGEST, "class": "input", "autocomplete": "off"},
    )


class RulesForm(FrenchForm):
    """What the responsable decides for the structure."""

    purge_months = RadioField(
        "Effacer une fiche après",
        choices=[SelectChoice(str(months), words) for months, words in PURGE_MONTHS.items()],
    )
    free_notes = RadioField(
        "Notes libres sur les personnes",
        choices=[SelectChoice("non", "Non"), SelectChoice("oui", "Oui")],
    )
