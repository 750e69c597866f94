"""What a person takes home: their booklet, and an attestation."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.content.models import Module
from app.content.typography import typographie
from app.engine.evidence import Source
from app.reports import attestation as attestation_report
from app.reports import booklet as booklet_report
from app.reports.booklet import BookletText, Line, ShortSheet
from app.services.acquired import acquired
from app.services.booklet import booklet
from app.services.clock import now
from app.services.learner import learner
from app.services.sentences import ability
from app.services.usagers import display_name
from app.web.access import Access, current_structure, open_to
from app.web.atelier.addresses import welcome_url
from app.web.conseiller.pages import blueprint
from app.web.conseiller.person import person_of
from app.web.templating import day, day_and_hour

SEEN = {
    Source.OBSERVATION: "Vu en séance, le {}.",
    Source.PRACTICE: "Fait à l’entraînement, le {}.",
    Source.DIAGNOSTIC: "Montré aux questions, le {}.",
}


@blueprint.get("/usagers/<uuid:usager_id>/livret.pdf")
@open_to(Access.CONSEILLER)
def booklet_pdf(usager_id: uuid.UUID) -> Response:
    person = learner(person_of(usager_id), now())
    structure, told = current_structure(), booklet(person)
    text = BookletText(
        name=display_name(person.usager),
        place=structure.name,
        day=day(person.now, structure.timezone, with_year=True),
        goal=told.goal,
        can=[_i_can(module) for module in told.can],
        works_on=[Line(module.icon, module.title) for module in told.works_on],
        meeting=day_and_hour(told.meeting, structure.timezone).capitalize() if told.meeting else None,
        sheets=[_short_sheet(module) for module in told.sheets],
        card=Line(told.card.picture, told.card.name) if told.card else None,
        address=welcome_url(structure.slug),
    )
    return _pdf(booklet_report.booklet_pdf(text), "livret")


def _i_can(module: Module) -> Line:
    return Line(module.icon, typographie(f"Je sais {ability(module)}."))


def _short_sheet(module: Module) -> ShortSheet:
    return ShortSheet(module.title, [Line(line.icon, line.text) for line in module.sheet])


@blueprint.get("/usagers/<uuid:usager_id>/attestation.pdf")
@open_to(Access.CONSEILLER)
def attestation_pdf(usager_id: uuid.UUID) -> AnyResponse:
    usager = person_of(usager_id)
    person = learner(usager, now())
    structure = current_structure()
    found = acquired(person)
    if not found:
        flash("Rien n'est encore acquis sans aide : il n'y a rien à attester.")
        return redirect(url_for("conseiller.usager", usager_id=usager.id))
    can = [
        attestation_report.Attested(
            one.module.icon,
            _sentence(ability(one.module)),
            SEEN[one.source].format(day(one.seen_at, structure.timezone, with_year=True)),
        )
        for one in found
    ]
    pdf = attestation_report.attestation_pdf(
        display_name(usager), structure.name, day(person.now, structure.timezone, with_year=True), can
    )
    return _pdf(pdf, "attestation")


def _sentence(text: str) -> str:
    return typographie(f"{text[0].upper()}{text[1:]}.")


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
