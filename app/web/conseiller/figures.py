"""Figures of a person, each at its own address."""

from __future__ import annotations

import uuid

from flask import Response, abort, request

from app.reports.autonomy import autonomy_by_domain_figure as draw_autonomy_by_domain
from app.reports.autonomy import autonomy_figure as draw_autonomy
from app.reports.comparison import comparison_figure as draw_comparison
from app.reports.domains import domains_figure as draw_domains
from app.reports.intervals import intervals_figure as draw_intervals
from app.services import progress
from app.services.clock import now
from app.services.learner import learner
from app.web.access import Access, open_to
from app.web.conseiller import words
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.person import compare_days, compared_days, person_of

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
    curves = progress.History(learner(person_of(usager_id), now())).by_goal()
    if not curves:
        abort(404)
    return _picture(draw_autonomy(curves, own_structure().timezone, narrow=_narrow()))


@blueprint.get("/usagers/<uuid:usager_id>/autonomie-par-domaine.svg")
@open_to(Access.CONSEILLER)
def autonomy_by_domain_figure(usager_id: uuid.UUID) -> Response:
    curves = progress.History(learner(person_of(usager_id), now())).by_domain()
    if not curves:
        abort(404)
    return _picture(draw_autonomy_by_domain(curves, own_structure().timezone, narrow=_narrow()))


@blueprint.get("/usagers/<uuid:usager_id>/visites.svg")
@open_to(Access.CONSEILLER)
def intervals_figure(usager_id: uuid.UUID) -> Response:
    gaps = progress.intervals(progress.visits(person_of(usager_id)))
    if not gaps:
        abort(404)
    return _picture(draw_intervals(gaps, own_structure().timezone, narrow=_narrow()))


@blueprint.get("/usagers/<uuid:usager_id>/avant-apres.svg")
@open_to(Access.CONSEILLER)
def comparison_figure(usager_id: uuid.UUID) -> Response:
    person = learner(person_of(usager_id), now())
    compared = compare_days(person, *compared_days(person))
    zone = own_structure().timezone
    sides = [
        (words.short_date_of(side.at, person.now, zone), side.counts)
        for side in (compared.before, compared.after)
    ]
    return _picture(draw_comparison(sides, narrow=_narrow()))
