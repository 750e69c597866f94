"""The first page, and a structure's welcome: start without a name, pick one's card, join an atelier."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.services import usagers
from app.services.cards import SECRET_LENGTH, SECRET_NAMES, SECRET_PICTURES, Card
from app.services.clock import now
from app.services.engines import current_engines
from app.store import queries
from app.store.models import Structure
from app.web.access import Access, enter_as_usager, on_this_machine, open_to
from app.web.security import limiter

blueprint = Blueprint("accueil", __name__)


def structure_or_404(slug: str) -> Structure:
    return queries.structure_by_slug(slug) or abort(404)


@blueprint.get("/")
@open_to(Access.EVERYONE)
def home() -> str | Response:
    structures = queries.structures()
    if not structures:
        if on_this_machine():
            return redirect(url_for("structure.first_use"))
        return render_template("accueil/not_ready.html")
    if len(structures) == 1:
        return redirect(url_for("accueil.welcome", slug=structures[0].slug))
    return render_template("accueil/structures.html", structures=structures)


@blueprint.get("/lieu/<slug>/")
@open_to(Access.EVERYONE)
def welcome(slug: str) -> str:
    structure = structure_or_404(slug)
    return render_template(
        "accueil/welcome.html", structure=structure, has_cards=bool(queries.named_usagers(structure.id))
    )


@blueprint.get("/lieu/<slug>/but")
@open_to(Access.EVERYONE)
def goals(slug: str) -> str:
    return render_template(
        "accueil/goals.html", structure=structure_or_404(slug), goals=current_engines().content.goals.values()
    )


@blueprint.post("/lieu/<slug>/but")
@open_to(Access.EVERYONE)
@limiter.limit("60 per minute")
def start(slug: str) -> Response:
    structure = structure_or_404(slug)
    goal_id = request.form.get("but", "")
    if goal_id not in current_engines().content.goals:
        flash("Ce choix n'existe plus. Choisissez-en un autre.")
        return redirect(url_for("accueil.goals", slug=slug))
    enter_as_usager(usagers.start_without_name(structure, goal_id, now()))
    return redirect(url_for("usager.resume"))


@blueprint.get("/lieu/<slug>/carte")
@open_to(Access.EVERYONE)
def cards(slug: str) -> str:
    structure = structure_or_404(slug)
    shown = sorted(
        (card for person in queries.named_usagers(structure.id) if (card := Card.parse(person.card))),
        key=lambda card: (card.picture, card.colour),
    )
    return render_template("accueil/cards.html", structure=structure, cards=shown)


@blueprint.get("/lieu/<slug>/carte/<card>")
@open_to(Access.EVERYONE)
def secret(slug: str, card: str) -> str:
    structure = structure_or_404(slug)
    return render_template(
        "accueil/secret.html",
        structure=structure,
        card=Card.parse(card) or abort(404),
        chosen=_first_pictures(card),
        pictures=SECRET_PICTURES,
        names=SECRET_NAMES,
    )


@blueprint.post("/lieu/<slug>/carte/<card>")
@open_to(Access.EVERYONE)
@limiter.limit("60 per minute")
@limiter.limit("12 per 5 minutes", key_func=lambda: f"carte{request.path}")
def open_card(slug: str, card: str) -> Response:
    structure = structure_or_404(slug)
    picture = request.form.get("image")
    if picture not in SECRET_PICTURES:
        abort(400)
    chosen = [*_first_pictures(card), picture]
    if len(chosen) < SECRET_LENGTH:
        # Kept in the cookie and not in the address: addresses stay in the browser's history.
        session["pictures"] = [card, *chosen]
        return redirect(url_for("accueil.secret", slug=slug, card=card))
    session.pop("pictures", None)
    person = queries.usager_by_card(structure.id, card)
    if person is None or ",".join(chosen) != person.secret:
        flash("Ce ne sont pas vos deux images. Recommencez, ou demandez de l'aide.")
        return redirect(url_for("accueil.secret", slug=slug, card=card))
    enter_as_usager(person)
    session["confirm_name"] = True
    return redirect(url_for("usager.resume"))


def _first_pictures(card: str) -> list[str]:
    """The pictures already touched for this card."""
    kept = session.get("pictures") or [None]
    return kept[1:] if kept[0] == card else []
