"""The first-use form: a structure and whoever is in charge of it."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length

from app.services.passwords import SHORTEST

ZONES = [
    ("Europe/Paris", "France métropolitaine"),
    ("America/Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique"),
    ("America/Cayenne", "Guyane"),
    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    ("Indian/Reunion", "La Réunion"),
    ("Indian/Mayotte", "Mayotte"),
    ("Pacific/Noumea", "Nouvelle-Calédonie"),
    ("Pacific/Tahiti", "Polynésie française"),
    ("Pacific/Wallis", "Wallis-et-Futuna"),
]


class FirstUseForm(FlaskForm):
    """What Jalons needs to know before anything else."""

    structure_name = StringField(
        "Nom de la structure", [DataRequired("Écrivez le nom de la structure."), Length(max=120)]
    )
    timezone = SelectField("Où êtes-vous ?", choices=[SelectChoice(*zone) for zone in ZONES])
    name = StringField(
        "Votre nom", [DataRequired("Écrivez votre nom."), Length(max=80)], render_kw={"autocomplete": "name"}
    )
    email = EmailField(
        "Votre adresse mail",
        [DataRequired("Écrivez votre adresse mail."), Length(max=200)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Votre mot de passe",
        [
            DataRequired("Choisissez un mot de passe."),
            Length(min=SHORTEST, max=200, message=f"Choisissez au moins {SHORTEST} caractères."),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "Le mot de passe, encore une fois",
        [EqualTo("password", "Écrivez deux fois le même mot de passe.")],
        render_kw={"autocomplete": "new-password"},
    )
