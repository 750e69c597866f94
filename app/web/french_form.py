"""Forms whose built-in messages say what to do, in French."""

from __future__ import annotations

from flask_wtf import FlaskForm

_SENTENCES = {
    "Not a valid choice.": "Choisissez dans la liste.",
    "Invalid Choice: could not coerce.": "Choisissez dans la liste.",
    "Not a valid integer value.": "Écrivez un nombre en chiffres.",
    "Not a valid date value.": "Choisissez une date.",
    "Not a valid time value.": "Choisissez une heure.",
    "This field is required.": "Complétez cette ligne.",
}


class _French:
    """What WTForms asks of translations; a sentence that is not ours stays as it is."""

    def gettext(self, text: str) -> str:
        return _SENTENCES.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class FrenchForm(FlaskForm):
    """A form of ours."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> _French:
            return _French()
