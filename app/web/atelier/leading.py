"""Leading an atelier: opening it, its code and its grid, closing it."""

from __future__ import annotations

import hashlib
import io
import random
import uuid

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.engine.evidence import Help
from app.services import ateliers as service
from app.services.ateliers import AtelierError, Grid
from app.services.changes import changes_of
from app.services.clock import now
from app.services.usagers import display_name
from app.store import queries
from app.store.models import Atelier
from app.web.access import Access, current_account, current_structure, open_to
from app.web.atelier.addresses import answers_only_here, join_url, typed_address
from app.web.atelier.forms import AtelierForm
from app.web.atelier.pages import blueprint, own_atelier

QUIET_ZONE = 4
"""Blank modules round a QR code, as its standard wants them."""


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def ateliers() -> str:
    structure = current_structure()
    return render_template(
        "atelier/ateliers.html",
        structure=structure,
        ateliers=queries.ateliers(structure.id),
        counts=queries.participant_counts(structure.id),
    )


@blueprint.get("/nouveau")
@open_to(Access.CONSEILLER)
def new() -> str:
    """The form; a group proposed on another page comes with its module, device and people."""
    asked = request.args
    form = AtelierForm(
        current_structure(),
        module=asked.get("module", ""),
        device=asked.get("appareil", ""),
        people=asked.getlist("personne"),
    )
    return render_template("atelier/new.html", form=form)


@blueprint.post("/nouveau")
@open_to(Access.CONSEILLER)
def create() -> str | AnyResponse | tuple[str, int]:
    form = AtelierForm(current_structure())
    if form.validate_on_submit():
        try:
            atelier = service.open_atelier(
                current_account(),
                atelier_id=form.own_id,
                module_id=form.module.data,
                device=form.device.data,
                minutes=int(form.minutes.data),
                usager_ids=form.people_ids,
                now=now(),
                rng=random.SystemRandom(),
            )
        except AtelierError as error:
            form.module.errors = [str(error)]
        else:
            return redirect(url_for("atelier.atelier", atelier_id=atelier.id))
    return render_template("atelier/new.html", form=form), 422


@blueprint.get("/<uuid:atelier_id>")
@open_to(Access.CONSEILLER)
def atelier(atelier_id: uuid.UUID) -> str:
    found = own_atelier(atelier_id)
    structure = current_structure()
    grid = service.grid(found)
    if found.closed_at is not None:
        return render_template("atelier/closed.html", grid=grid, structure=structure, changes=_changes(found))
    there = {row.usager.id for row in grid.rows}
    return render_template(
        "atelier/atelier.html",
        grid=grid,
        version=_version(grid),
        structure=structure,
        address=typed_address(),
        answers_only_here=answers_only_here(),
        others=[
            (person.id, display_name(person))
            for person in queries.named_usagers(structure.id)
            if person.id not in there
        ],
    )


def _changes(closed: Atelier) -> dict[uuid.UUID, object]:
    """What the atelier changed for each person who was marked."""
    return {
        seance.usager_id: changes_of(person, seance)
        for seance in queries.seances_of_atelier(closed)
        if seance.usager_id and (person := queries.usager(closed.structure_id, seance.usager_id))
    }


@blueprint.get("/<uuid:atelier_id>/qr.svg")
@open_to(Access.CONSEILLER)
def qr_code(atelier_id: uuid.UUID) -> Response | tuple[str, int]:
    import segno  # slow to import, and only this view needs it

    url = join_url(own_atelier(atelier_id))
    if url is None:
        return "", 404
    drawing = io.BytesIO()
    segno.make(url, micro=False).save(drawing, kind="svg", scale=8, border=QUIET_ZONE, light="#fff")
    return Response(drawing.getvalue(), mimetype="image/svg+xml")


# --- the grid: one partial for the page, for each tap and for each look ---


@blueprint.get("/<uuid:atelier_id>/grille")
@open_to(Access.CONSEILLER)
def grid(atelier_id: uuid.UUID) -> AnyResponse:
    response = _grid_only(own_atelier(atelier_id))
    return response.make_conditional(request)


@blueprint.post("/<uuid:atelier_id>/grille")
@open_to(Access.CONSEILLER)
def mark(atelier_id: uuid.UUID) -> AnyResponse:
    found = own_atelier(atelier_id)
    person = request.form.get("personne", type=uuid.UUID)
    value = request.form.get("aide", "")
    if value and value not in set(Help):
        abort(400)
    seen = Help(value) if value else None
    if person and not service.mark(found, person, seen, now()):
        flash("Cet atelier est terminé. Ses observations sont déjà écrites.")
    if request.headers.get("X-Requested-With") == "fetch":
        return _grid_only(found)
    return redirect(url_for("atelier.atelier", atelier_id=found.id, _anchor=f"personne-{person}"))


def _grid_only(found: Atelier) -> AnyResponse:
    grid = service.grid(found)
    version = _version(grid)
    response = make_response(render_template("atelier/grid.html", grid=grid, version=version))
    response.set_etag(version)
    return response


def _version(grid: Grid) -> str:
    """Changes when the grid does; not made from the page, whose form tokens change with the clock."""
    state = [(str(row.usager.id), row.name, row.joined, row.help) for row in grid.rows]
    return hashlib.sha256(repr((state, grid.atelier.closed_at)).encode()).hexdigest()[:16]


@blueprint.post("/<uuid:atelier_id>/personnes")
@open_to(Access.CONSEILLER)
def add_person(atelier_id: uuid.UUID) -> AnyResponse:
    found = own_atelier(atelier_id)
    person = request.form.get("personne", type=uuid.UUID)
    if person is None:
        flash("Choisissez une personne dans la liste.")
    else:
        service.add_participants(found, {person})
    return redirect(url_for("atelier.atelier", atelier_id=found.id))


# --- closing ---


@blueprint.get("/<uuid:atelier_id>/fin")
@open_to(Access.CONSEILLER)
def end(atelier_id: uuid.UUID) -> str | AnyResponse:
    found = own_atelier(atelier_id)
    if found.closed_at is not None:
        return redirect(url_for("atelier.atelier", atelier_id=found.id))
    return render_template("atelier/end.html", grid=service.grid(found))


@blueprint.post("/<uuid:atelier_id>/fin")
@open_to(Access.CONSEILLER)
def close(atelier_id: uuid.UUID) -> AnyResponse:
    found = own_atelier(atelier_id)
    service.close(found, current_account(), now())
    return redirect(url_for("atelier.atelier", atelier_id=found.id))
