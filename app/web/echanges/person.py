"""A copy of everything on one person, for that person."""

from __future__ import annotations

import io
import uuid
import zipfile

from flask import Response, render_template

from app.reports.person_summary import person_summary
from app.services import person_export as service
from app.services.clock import now
from app.services.person_summary import lines_of
from app.services.usagers import display_name
from app.web.access import Access, current_account, current_structure, open_to
from app.web.conseiller.person import person_of
from app.web.echanges.pages import blueprint, download
from app.web.templating import day


@blueprint.get("/usagers/<uuid:usager_id>")
@open_to(Access.PROFESSIONAL)
def person_copy(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    return render_template("echanges/person.html", person=person, name=display_name(person))


@blueprint.post("/usagers/<uuid:usager_id>")
@open_to(Access.PROFESSIONAL)
def take_person_copy(usager_id: uuid.UUID) -> Response:
    """The ZIP; taking it is noted in the person's file, and the copy says so too."""
    person = person_of(usager_id)
    structure = current_structure()
    present = now()
    service.note_export(person, current_account(), present)
    found = service.person_file(person, structure.timezone, present)
    summary = person_summary(
        found.name,
        structure.name,
        f"Fait le {day(present, structure.timezone, with_year=True)}",
        lines_of(found),
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("lisez-moi.txt", service.READ_ME)
        package.writestr("donnees.json", service.as_json(found))
        package.writestr("resume.pdf", summary)
    # No name in the name of a file: it stays in the list of downloads.
    return download(file.getvalue(), "application/zip", f"jalons-copie-{present:%Y-%m-%d}.zip")
