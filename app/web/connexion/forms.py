"""The sign-in form."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length


class SignInForm(FlaskForm):
    """An address and a password."""

    email = EmailField(
        "Adresse mail",
        [DataRequired("Écrivez votre adresse mail."), Length(max=200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Mot de passe",
        [DataRequired("Écrivez votre mot de passe."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
