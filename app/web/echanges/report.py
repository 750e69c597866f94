"""The report for the elected members: a page that prints, and a PDF."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.reports import statistics_figures
from app.reports.statistics_report import Picture, report_pdf
from app.services.clock import now
from app.services.statistics_progress import counted
from app.services.statistics_sentences import sentences
from app.store.models import Structure
from app.web.access import Access, current_structure, open_to
from app.web.echanges.pages import blueprint, period_asked, period_words
from app.web.echanges.statistics import figures_context
from app.web.templating import day

MONTHS_SAID = "Nombre d'activités de chaque mois. Le tableau des statistiques a les mêmes chiffres."
PROGRESS_SAID = "Modules acquis, pas encore acquis et non passés, au début et à la fin."
THEMES_SAID = "Nombre d'activités de chaque thématique."


@blueprint.get("/statistiques/rapport")
@open_to(Access.PROFESSIONAL)
def report() -> str:
    structure = current_structure()
    return render_template(
        "echanges/report.html", structure=structure, made_on=_made_on(structure), **figures_context()
    )


def _made_on(structure: Structure) -> str:
    return f"Fait le {day(now(), structure.timezone, with_year=True)}"


@blueprint.get("/statistiques/rapport.pdf")
@open_to(Access.PROFESSIONAL)
def report_file() -> ResponseReturnValue:
    period, problem = period_asked()
    if problem:
        abort(404)
    structure = current_structure()
    found, moved = counted(structure.id, period)
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
        made_on=_made_on(structure),
    )
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bilan-{period.first}-{period.last}.pdf"'
    return response
