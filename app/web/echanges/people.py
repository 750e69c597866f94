"""Adding the people of a spreadsheet: choose a file, look at what it would do, then do it."""

from __future__ import annotations

import random
import uuid
from dataclasses import asdict
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.content.typography import NBSP
from app.services import people_import as service
from app.services.clock import now
from app.services.people_import import DryRun, ImportFileError
from app.services.people_import_columns import ReadPerson
from app.web.access import Access, current_structure, open_to
from app.web.conseiller.words import plural
from app.web.echanges.pages import blueprint
from app.web.security import limiter

A_DAY = 24 * 3600

# Cards and secrets tell people apart on a tablet: nobody must be able to work out the next one.
rng = random.SystemRandom()


@blueprint.get("/importer")
@open_to(Access.PROFESSIONAL)
def people_import() -> str:
    return render_template("echanges/import.html", problem=None)


@blueprint.post("/importer")
@open_to(Access.PROFESSIONAL)
@limiter.limit("30 per minute")
def dry_run() -> str | tuple[str, int]:
    """Show what the file would do. Nothing is written, and the file is not kept."""
    file = request.files.get("fichier")
    content = file.read() if file else b""
    structure = current_structure()
    try:
        if not file or not file.filename:
            raise ImportFileError("Choisissez d'abord un fichier sur cet appareil.")
        found = service.dry_run(structure, content, now())
    except ImportFileError as error:
        return render_template("echanges/import.html", problem=str(error)), 422
    import_id = uuid.uuid4()
    return render_template(
        "echanges/dry_run.html",
        found=found,
        said=_said,
        lines_with_problems=len({problem.line for problem in found.problems}),
        carried=_carry(structure.id, import_id, found),
    )


@blueprint.post("/importer/ajouter")
@open_to(Access.PROFESSIONAL)
def add_people() -> str | Response | tuple[str, int]:
    structure = current_structure()
    try:
        import_id, people = _carried(structure.id, request.form.get("lignes", ""))
        done = service.add_people(
            structure,
            service.candidates(structure.id, people),
            _choices(),
            import_id=import_id,
            now=now(),
            rng=rng,
        )
    except (ImportFileError, BadSignature) as error:
        told = str(error) if isinstance(error, ImportFileError) else ""
        problem = told or "Cette page est trop ancienne. Choisissez le fichier encore une fois."
        return render_template("echanges/import.html", problem=problem), 422
    flash(_told(done))
    return redirect(url_for("conseiller.usagers"))


def _choices() -> dict[int, str]:
    """What was answered for the doubtful lines."""
    found = {}
    for name, value in request.form.items():
        number = name.removeprefix("ligne-")
        if number != name and number.isdecimal() and len(number) < 8:
            found[int(number)] = value
    return found


def _told(done: service.Added) -> str:
    if not done.added and not done.completed:
        return "Rien à ajouter : ces personnes étaient déjà là."
    parts = []
    if done.added:
        parts.append(plural(done.added, "personne ajoutée", "personnes ajoutées"))
    if done.completed:
        parts.append(plural(done.completed, "fiche complétée", "fiches complétées"))
    return f"C'est fait : {' et '.join(parts)}."


def _said(person: Any) -> str:
    """« née dans les années 1950 », as far as is known."""
    decade = f"années {person.birth_decade}" if person.birth_decade else "année de naissance inconnue"
    initial = f"{NBSP}{person.last_initial}." if person.last_initial else ""
    return f"{person.first_name}{initial}, {decade}"


# --- between the two pages, the people are in the page itself, signed: nothing of the file is kept here ---


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="import de personnes")


def _carry(structure_id: uuid.UUID, import_id: uuid.UUID, found: DryRun) -> str:
    people = [list(asdict(candidate.person).values()) for candidate in found.candidates]
    return str(_signer().dumps([str(structure_id), str(import_id), people]))


def _carried(structure_id: uuid.UUID, text: str) -> tuple[uuid.UUID, list[ReadPerson]]:
    """What the page carries. Raises ``BadSignature`` where it is not ours, too old, or of others."""
    owner, import_id, people = _signer().loads(text, max_age=A_DAY)
    if owner != str(structure_id):
        raise BadSignature("of another structure")
    return uuid.UUID(import_id), [ReadPerson(*person) for person in people]
