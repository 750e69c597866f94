"""Figures of a person, each at its own address."""

from __future__ import annotations

import uuid

from flask import Response, abort, request

from app.reports.autonomy import autonomy_figure as draw_autonomy
from app.reports.domains import domains_figure as draw_domains
from app.services import progress
from app.services.clock import now
from app.services.learner import learner
from app.web.access import Access, open_to
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import person_of

# Matplotlib writes styles inside the drawing. Nothing else may come in, and no script.
FIGURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def _narrow() -> bool:
    return request.args.get("format") == "etroit"


def _picture(svg: bytes) -> Response:
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = FIGURE_POLICY
    return response


@blueprint.get("/usagers/<uuid:usager_id>/domaines.svg")
@open_to(Access.CONSEILLER)
def domains_figure(usager_id: uuid.UUID) -> Response:
    domains = progress.domains(learner(person_of(usager_id), now()))
    return _picture(draw_domains(domains, narrow=_narrow()))


@blueprint.get("/usagers/<uuid:usager_id>/autonomie.svg")
@open_to(Access.CONSEILLER)
def autonomy_figure(usager_id: uuid.UUID) -> Response:
    points = progress.autonomy_curve(learner(person_of(usager_id), now()))
    if not points:
        abort(404)
    return _picture(draw_autonomy(points, own_structure().timezone, narrow=_narrow()))
