"""Help in place: a word on each screen, keyboard shortcuts, and the first visit."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.services import accounts
from app.services.clock import now
from app.web.access import Access, current_account, open_to
from app.web.conseiller.help_texts import HELP
from app.web.conseiller.pages import blueprint

#: Keys, what they open, and its endpoint. A letter after « g » goes somewhere, as in other applications.
SHORTCUTS: tuple[tuple[str, str, str], ...] = (
    ("/", "Chercher", "conseiller.search"),
    ("g a", "Aujourd'hui", "conseiller.today"),
    ("g u", "Usagers", "conseiller.usagers"),
    ("g t", "Ateliers", "atelier.ateliers"),
    ("g c", "Contenu", "contenu.modules"),
    ("g b", "Bilans", "echanges.home"),
    ("g h", "Aide et raccourcis", "conseiller.help_page"),
)
TOUR = (
    ("sun", "Aujourd'hui", "Vos rendez-vous, vos ateliers, et qui demande votre attention."),
    ("users", "Usagers", "Un chemin par personne. « Pourquoi ? » l'explique à chaque étape."),
    ("pencil", "Noter une séance", "Le plan l'a déjà remplie. Une minute suffit."),
    ("school", "Ateliers", "Un code pour les tablettes, une grille pour noter d'un toucher."),
    ("chart-bar", "Bilans", "Les exports pour La Coop, et les chiffres de la structure."),
)


@blueprint.app_context_processor
def help_in_place() -> dict[str, Any]:
    """The word on the screen being shown, and the shortcuts."""
    if not current_user.is_authenticated:
        return {"help_lines": (), "shortcuts": ()}
    return {"help_lines": HELP.get(request.endpoint or "", ()), "shortcuts": _there()}


def _there() -> list[tuple[str, str, str]]:
    return [one for one in SHORTCUTS if one[2] in current_app.view_functions]


@blueprint.get("/aide")
@open_to(Access.CONSEILLER)
def help_page() -> str:
    return render_template(
        "conseiller/help.html", tour=TOUR, first_time=current_account().tour_seen_at is None
    )


@blueprint.post("/aide/vue")
@open_to(Access.CONSEILLER)
def tour_seen() -> Response:
    accounts.tour_seen(current_account(), now())
    flash("Cette visite reste dans « Aide et raccourcis ».")
    return redirect(url_for("conseiller.today"))
