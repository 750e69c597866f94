"""Free notes on a person, where the structure allows them."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.services import notes as service
from app.services.clock import now
from app.services.notes import NoteError
from app.store import appointment_queries, note_queries, queries
from app.store.models import Usager
from app.web.access import Access, current_account, open_to
from app.web.conseiller.pages import blueprint
from app.web.conseiller.person import person_of, show
from app.web.conseiller.personal_data_forms import NoteForm


@blueprint.get("/usagers/<uuid:usager_id>/notes")
@open_to(Access.CONSEILLER)
def notes_of(usager_id: uuid.UUID) -> str:
    return _show(person_of(usager_id), NoteForm(formdata=None, note_id=str(uuid.uuid4())))


@blueprint.post("/usagers/<uuid:usager_id>/notes")
@open_to(Access.CONSEILLER)
def write_note(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = person_of(usager_id)
    form = NoteForm()
    try:
        service.write(person, current_account(), form.text.data or "", uuid.UUID(form.note_id.data), now())
    except NoteError as error:
        form.text.errors = [str(error)]
        return _show(person, form), 422
    flash("La note est gardée.")
    return redirect(url_for("conseiller.notes_of", usager_id=person.id))


@blueprint.post("/usagers/<uuid:usager_id>/notes/<uuid:note_id>/effacer")
@open_to(Access.CONSEILLER)
def erase_note(usager_id: uuid.UUID, note_id: uuid.UUID) -> Response:
    person = person_of(usager_id)
    note = note_queries.note(person.structure_id, note_id)
    if note is not None and note.usager_id not in queries.identities(person):
        abort(404)
    if note is not None:
        service.erase(note)
    flash("La note est effacée.")
    return redirect(url_for("conseiller.notes_of", usager_id=person.id))


def _show(person: Usager, form: NoteForm) -> str:
    return show(
        "conseiller/notes.html",
        person,
        form=form,
        notes=service.notes_of(person),
        longest=service.LONGEST,
        accounts=appointment_queries.account_names(person.structure_id),
    )
