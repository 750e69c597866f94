"""The quick form for people without a file: how many, what for, and what they tell of themselves."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.services.coop_codes import AGES, GENDERS, NOT_SAID, OCCUPATIONS
from app.services.seances import People
from app.web.conseiller.seance_form import SessionForm

MOST_PEOPLE = 60
TOLD_LINES = 6
"""So many people can be told about one by one."""
TOLD = (("age", "Âge", AGES), ("gender", "Genre", GENDERS), ("occupation", "Situation", OCCUPATIONS))


class AnonymousForm(SessionForm):
    """A session with people who have no file."""

    participants = IntegerField(
        "Combien de personnes ?",
        [
            InputRequired("Écrivez combien de personnes."),
            NumberRange(1, MOST_PEOPLE, f"Écrivez un nombre de 1 à {MOST_PEOPLE}."),
        ],
        default=1,
        render_kw={"inputmode": "numeric", "autocomplete": "off", "class": "input short"},
    )

    def people(self, data: MultiDict[str, str]) -> People:
        """Who they were, of a valid form."""
        count = self.participants.data or 1
        return People(count, [told for told in told_in(data) if told][:count])


def told_in(data: MultiDict[str, str]) -> list[dict[str, str]]:
    """What is told on each line, codes that are on no list left out."""
    return [
        {
            name: value
            for name, _, codes in TOLD
            if (value := data.get(f"{name}-{line}", "")) in codes and value != NOT_SAID
        }
        for line in range(1, TOLD_LINES + 1)
    ]


def told_choices() -> list[tuple[str, str, list[SelectChoice]]]:
    """The three lists of a line."""
    return [
        (name, label, [SelectChoice(code, words) for code, words in codes.items() if code != NOT_SAID])
        for name, label, codes in TOLD
    ]
