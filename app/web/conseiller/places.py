"""The places of the structure: their list, a new one, one put right, one no longer used."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.services import places as service
from app.services.clock import now
from app.services.places import ADDRESS_LENGTH, INSEE, NAME_LENGTH, POSTCODE, TOWN_LENGTH
from app.store import place_queries
from app.store.models import Place
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.french_form import FrenchForm

FIELDS = ("name", "address", "town", "postcode", "insee")


def _clean(text: str | None) -> str:
    return " ".join((text or "").replace("\0", "").split())


def _code(text: str | None) -> str:
    return (text or "").replace(" ", "").replace("\0", "").upper()


class PlaceForm(FrenchForm):
    """A place, with what La Coop's export asks of it."""

    place_id = HiddenField()
    name = StringField(
        "Nom du lieu",
        [
            DataRequired("Écrivez le nom du lieu."),
            Length(max=NAME_LENGTH, message=f"Écrivez au plus {NAME_LENGTH} lettres."),
        ],
        filters=[_clean],
    )
    address = StringField(
        "Adresse",
        [Length(max=ADDRESS_LENGTH, message=f"Écrivez au plus {ADDRESS_LENGTH} lettres.")],
        filters=[_clean],
    )
    postcode = StringField(
        "Code postal", filters=[_code], render_kw={"inputmode": "numeric", "class": "input short"}
    )
    town = StringField(
        "Commune",
        [Length(max=TOWN_LENGTH, message=f"Écrivez au plus {TOWN_LENGTH} lettres.")],
        filters=[_clean],
    )
    insee = StringField("Code Insee de la commune", filters=[_code], render_kw={"class": "input short"})

    def validate_postcode(self, field: StringField) -> None:
        if field.data and not POSTCODE.fullmatch(field.data):
            raise ValidationError("Écrivez les 5 chiffres du code postal.")

    def validate_insee(self, field: StringField) -> None:
        if field.data and not INSEE.fullmatch(field.data):
            raise ValidationError("Écrivez les 5 signes du code Insee, comme 97132 ou 2A004.")

    def values(self) -> dict[str, str]:
        """What a valid form says."""
        return {name: getattr(self, name).data or "" for name in FIELDS}


def own_place(place_id: uuid.UUID) -> Place:
    """A place of the account's structure; anybody else's is 404."""
    return place_queries.place(current_account().structure_id, place_id) or abort(404)


@blueprint.get("/lieux/")
@open_to(Access.CONSEILLER)
def places() -> str:
    return render_template(
        "conseiller/places.html", places=place_queries.places(own_structure().id, archived=True)
    )


@blueprint.get("/lieux/nouveau")
@open_to(Access.CONSEILLER)
def new_place() -> str:
    form = PlaceForm(formdata=None, place_id=str(uuid.uuid4()))
    return render_template("conseiller/place.html", form=form, place=None)


@blueprint.post("/lieux/nouveau")
@open_to(Access.CONSEILLER)
def create_place() -> str | Response | tuple[str, int]:
    form = PlaceForm()
    if form.validate_on_submit():
        made = service.add(own_structure(), _own_id(form), now(), **form.values())
        flash(f"{made.name} est sur la liste." if made else "Ce lieu n'a pas pu être ajouté. Recommencez.")
        return redirect(url_for("conseiller.places"))
    return render_template("conseiller/place.html", form=form, place=None), 422


def _own_id(form: PlaceForm) -> uuid.UUID:
    try:
        return uuid.UUID(form.place_id.data or "")
    except ValueError:
        return uuid.uuid4()


@blueprint.get("/lieux/<uuid:place_id>")
@open_to(Access.CONSEILLER)
def place(place_id: uuid.UUID) -> str:
    found = own_place(place_id)
    form = PlaceForm(formdata=None, place_id=str(found.id), **{name: getattr(found, name) for name in FIELDS})
    return render_template("conseiller/place.html", form=form, place=found)


@blueprint.post("/lieux/<uuid:place_id>")
@open_to(Access.CONSEILLER)
def change_place(place_id: uuid.UUID) -> str | Response | tuple[str, int]:
    found = own_place(place_id)
    form = PlaceForm()
    if form.validate_on_submit():
        service.change(found, **form.values())
        flash("C'est enregistré.")
        return redirect(url_for("conseiller.places"))
    return render_template("conseiller/place.html", form=form, place=found), 422


@blueprint.post("/lieux/<uuid:place_id>/archiver")
@open_to(Access.CONSEILLER)
def archive_place(place_id: uuid.UUID) -> Response:
    found = own_place(place_id)
    if "revenir" in request.form:
        service.bring_back(found)
        flash(f"{found.name} est de nouveau proposé.")
    else:
        service.archive(found, now())
        flash(f"{found.name} n'est plus proposé. Les séances passées le gardent.")
    return redirect(url_for("conseiller.places"))
