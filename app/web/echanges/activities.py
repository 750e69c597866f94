"""The activities of a period: on the screen, and the same as files."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from app.reports import spreadsheets
from app.reports.spreadsheets import Sheet
from app.services import coop_export
from app.services.periods import Period
from app.web.access import Access, current_structure, open_to
from app.web.echanges.pages import blueprint, download, period_asked, period_context, tabs, values_of

A_PAGE = 50


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def home() -> WerkzeugResponse:
    """The first of these pages that the account may open."""
    return redirect(tabs()[0][0])


@blueprint.get("/activites")
@open_to(Access.PROFESSIONAL)
def activities() -> str:
    context = period_context()
    period: Period = context["period"]
    structure = current_structure()
    totals = coop_export.totals(structure.id, period)
    pages = max(1, -(-totals.activities // A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    lines = coop_export.activities(structure.id, period, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    return render_template(
        "echanges/activities.html", lines=lines, totals=totals, page=page, pages=pages, **context
    )


@blueprint.get("/activites.<extension>")
@open_to(Access.PROFESSIONAL)
def activity_file(extension: str) -> Response:
    period, problem = period_asked()
    if problem or extension not in ("xlsx", "ods", "csv"):
        abort(404)
    rows = (coop_export.row_of(a) for a in coop_export.all_activities(current_structure().id, period))
    sheet = Sheet("Activités", coop_export.header(), rows)
    codes = Sheet("Codes", ["Colonne", "Code", "Ce qu'il veut dire"], coop_export.code_sheet())
    name = f"activites-{'-'.join(values_of(period).values())}.{extension}"
    if extension == "csv":
        return download(spreadsheets.as_csv(sheet), spreadsheets.CSV, name)
    if extension == "ods":
        return download(spreadsheets.as_ods([sheet, codes]), spreadsheets.ODS, name)
    return download(spreadsheets.as_xlsx([sheet, codes]), spreadsheets.XLSX, name)
