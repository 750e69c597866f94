"""What a person sees when something is not as expected: one plain sentence and a way on."""

from __future__ import annotations

from flask import Flask, g, render_template, request, session
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.web.access import current_usager

SENTENCES = {
    400: ("Cette page est restée ouverte trop longtemps.", "Ce que vous avez déjà fait est gardé."),
    404: ("Cette page n'existe pas.", "Elle a peut-être changé de place."),
    405: ("Cette page s'ouvre autrement.", "Reprenez depuis l'accueil."),
    413: ("Cet envoi est trop gros.", "Essayez avec un fichier plus petit."),
    429: ("Il y a eu trop d'essais.", "Attendez cinq minutes, puis recommencez."),
    500: ("Jalons a rencontré un problème.", "Ce que vous avez déjà fait est gardé."),
}

SIGN_IN_AGAIN = "Attendez cinq minutes, ou connectez-vous depuis un autre appareil."
"""Tries are counted by where they come from: another device has its own."""


def register(app: Flask) -> None:
    """Answer every HTTP error, expired forms included, with a page of ours."""
    app.register_error_handler(CSRFError, _show)
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(500, _show)


def _show(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    what, then = SENTENCES.get(code, SENTENCES[400 if code < 500 else 500])
    if code == 429 and request.blueprint == "connexion":
        then = SIGN_IN_AGAIN
    if code >= 500:
        # The database may not answer: neither this page nor what is common to all pages may ask it.
        g.usager = None
        g._login_user = AnonymousUserMixin()  # where Flask-Login keeps who is signed in
        for_usager = "usager" in session  # someone without a name must find the way back to their questions
    else:
        for_usager = current_usager() is not None
    for_conseiller = not for_usager and "_user_id" in session  # where Flask-Login keeps who signed in
    return render_template(
        "error.html", what=what, then=then, for_usager=for_usager, for_conseiller=for_conseiller
    ), code
