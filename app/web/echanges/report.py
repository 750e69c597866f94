"""The report for the elected members: a page that prints, and a PDF."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.reports import statistics_figures
from app.reports.statistics_report import Picture, report_pdf
from app.services import statistics as service
from app.services.clock import now
from app.services.periods import Period
from app.services.statistics_progress import progress
from app.services.statistics_sentences import sentences
from app.web.access import Access, current_structure, open_to
from app.web.echanges.pages import blueprint, period_asked, period_context, period_words
from app.web.echanges.statistics import stages_in_address
from app.web.templating import day

MONTHS_SAID = "Nombre d'activités de chaque mois. Le tableau des statistiques a les mêmes chiffres."
PROGRESS_SAID = "Modules acquis, pas encore acquis et non passés, au début et à la fin."
THEMES_SAID = "Nombre d'activités de chaque thématique."


@blueprint.get("/statistiques/rapport")
@open_to(Access.PROFESSIONAL)
def report() -> str:
    context = period_context()
    period: Period = context["period"]
    structure = current_structure()
    found = service.statistics(structure.id, period)
    moved = progress(structure.id, period) if found.totals.enough else None
    return render_template(
        "echanges/report.html",
        found=found,
        progress=moved,
        stages=stages_in_address(moved),
        sentences=sentences(found, moved),
        structure=structure,
        made_on=f"Fait le {day(now(), structure.timezone, with_year=True)}",
        **context,
    )


@blueprint.get("/statistiques/rapport.pdf")
@open_to(Access.PROFESSIONAL)
def report_file() -> ResponseReturnValue:
    period, problem = period_asked()
    if problem:
        abort(404)
    structure = current_structure()
    found = service.statistics(structure.id, period)
    moved = progress(structure.id, period) if found.totals.enough else None
    pictures = []
    if found.tables:
        months, themes = found.table("mois"), found.table("themes")
        drawn = statistics_figures.months(months.rows, months.columns, form="png")
        pictures.append(Picture("Mois par mois", drawn, MONTHS_SAID))
        if moved:
            drawn = statistics_figures.before_after(moved.before, moved.after, form="png")
            pictures.append(Picture("Ce que les personnes savent faire", drawn, PROGRESS_SAID))
        if themes.rows:
            drawn = statistics_figures.bars(themes.rows[:10], form="png")
            pictures.append(Picture("Thématiques", drawn, THEMES_SAID))
    pdf = report_pdf(
        structure=structure.name,
        period=period_words(period),
        sentences=sentences(found, moved),
        pictures=pictures,
        made_on=f"Fait le {day(now(), structure.timezone, with_year=True)}",
    )
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bilan-{period.first}-{period.last}.pdf"'
    return response
