"""Statistics of a structure: the screen, its figures, the files, the questions to look at."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, abort, render_template, request

from app.reports import spreadsheets, statistics_figures
from app.reports.spreadsheets import Sheet
from app.services import statistics as service
from app.services import statistics_questions
from app.services.statistics import Statistics, Table
from app.services.statistics_progress import Progress, Stage, counted
from app.services.statistics_sentences import sentences
from app.web.access import Access, current_structure, open_to
from app.web.conseiller.figures import FIGURE_POLICY
from app.web.echanges.pages import blueprint, download, period_asked, period_context, values_of

TABLES = {"mois": service.months, "themes": service.themes, "ages": service.ages}
"""The tables that have a figure at an address of its own."""
COUNTS = re.compile(r"(\d{1,7})-(\d{1,7})-(\d{1,7})")


@blueprint.get("/statistiques")
@open_to(Access.PROFESSIONAL)
def statistics() -> str:
    return render_template("echanges/statistics.html", **figures_context())


def figures_context() -> dict[str, Any]:
    """What the screen and the report both show: the period, its figures and what they say."""
    context = period_context()
    found, moved = counted(current_structure().id, context["period"])
    return {
        "found": found,
        "progress": moved,
        "stages": stages_in_address(moved),
        "sentences": sentences(found, moved),
        **context,
    }


@blueprint.get("/statistiques/questions")
@open_to(Access.PROFESSIONAL)
def questions() -> str:
    context = period_context()
    found = statistics_questions.questions(current_structure().id, context["period"])
    return render_template("echanges/questions.html", found=found, **context)


# --- figures ---


def stages_in_address(moved: Progress | None) -> dict[str, str]:
    """Before and after as an address carries them: the engine is not asked again for the figure."""
    if moved is None:
        return {}
    return {
        name: f"{stage.acquired}-{stage.not_acquired}-{stage.not_asked}"
        for name, stage in (("avant", moved.before), ("apres", moved.after))
    }


def _picture(svg: bytes) -> Response:
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = FIGURE_POLICY
    return response


@blueprint.get("/statistiques/<name>.svg")
@open_to(Access.PROFESSIONAL)
def figure(name: str) -> Response:
    period, problem = period_asked()
    narrow = request.args.get("format") == "etroit"
    if name == "progres":
        before, after = (_stage(request.args.get(key, "")) for key in ("avant", "apres"))
        return _picture(statistics_figures.before_after(before, after, narrow=narrow))
    if problem or name not in TABLES:
        abort(404)
    table = TABLES[name](current_structure().id, period)
    if name == "mois":
        return _picture(statistics_figures.months(table.rows, table.columns, narrow=narrow))
    return _picture(statistics_figures.bars(table.rows, narrow=narrow))


def _stage(text: str) -> Stage:
    found = COUNTS.fullmatch(text) or abort(404)
    return Stage(*(int(count) for count in found.groups()))


# --- files ---


@blueprint.get("/statistiques.<extension>")
@open_to(Access.PROFESSIONAL)
def statistics_file(extension: str) -> Response:
    period, problem = period_asked()
    if problem or extension not in ("xlsx", "csv"):
        abort(404)
    found, moved = counted(current_structure().id, period)
    rows = list(statistics_rows(found, moved))
    sheet = Sheet("Statistiques", ["Tableau", "Ligne", "Mesure", "Valeur"], rows)
    name = f"statistiques-{'-'.join(values_of(period).values())}.{extension}"
    if extension == "csv":
        return download(spreadsheets.as_csv(sheet), spreadsheets.CSV, name)
    return download(spreadsheets.as_xlsx([sheet]), spreadsheets.XLSX, name)


def statistics_rows(found: Statistics, moved: Progress | None) -> list[list[spreadsheets.Cell]]:
    """Every figure of the screen, a line each."""
    return [
        [table.title, row.label, column, value]
        for table in (*total_tables(found, moved), *found.tables)
        for row in table.rows
        for column, value in zip(table.columns, row.values, strict=True)
    ]


def total_tables(found: Statistics, moved: Progress | None) -> list[Table]:
    """The totals and the progress as tables, as the screen shows them."""
    totals = found.totals
    if not totals.enough:
        return []
    lines = {
        "Personnes venues": totals.people,
        "Personnes venues pour la première fois": totals.newcomers,
        "Personnes aidées sans fiche": totals.without_file,
        "Activités": totals.activities,
        "Séances individuelles": totals.individual,
        "Ateliers": totals.collective,
        "Participations": totals.participations,
        "Heures": totals.hours,
    }
    rows = tuple(service.Row(label, (value,)) for label, value in lines.items())
    tables = [Table("totaux", "Totaux", "Mesure", ("Valeur",), rows)]
    if moved:
        stages = (("Au début", moved.before), ("À la fin", moved.after))
        tables.append(
            Table(
                "progres",
                "Avant et après",
                "Moment",
                ("Acquis", "Pas encore acquis", "Non passé"),
                tuple(
                    service.Row(name, (stage.acquired, stage.not_acquired, stage.not_asked))
                    for name, stage in stages
                ),
            )
        )
    return tables
