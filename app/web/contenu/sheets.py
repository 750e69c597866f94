"""Memory sheets: one side of A4, in the page and as PDF."""

from __future__ import annotations

from flask import Response, render_template, url_for

from app.reports.memory_sheet import memory_sheet
from app.services.engines import current_engines
from app.store import queries
from app.web.access import Access, open_to, require_usager
from app.web.contenu.pages import blueprint, module_or_404


@blueprint.get("/modules/<module_id>/fiche")
@open_to(Access.CONSEILLER)
def sheet(module_id: str) -> str:
    module = module_or_404(module_id)
    domain = current_engines().content.domain_of(module_id)
    return render_template("contenu/sheet.html", module=module, domain=domain)


@blueprint.get("/modules/<module_id>/fiche.pdf")
@open_to(Access.CONSEILLER)
def sheet_pdf(module_id: str) -> Response:
    module = module_or_404(module_id)
    domain = current_engines().content.domain_of(module_id)
    response = Response(memory_sheet(module, domain.title if domain else ""), mimetype="application/pdf")
    name = module_id.replace(".", "-")
    response.headers["Content-Disposition"] = f'inline; filename="fiche-{name}.pdf"'
    return response


@blueprint.get("/fiches/<module_id>")
@open_to(Access.USAGER)
def own_sheet(module_id: str) -> str:
    """The same sheet, for the person who is learning it."""
    module = module_or_404(module_id)
    return render_template(
        "contenu/own_sheet.html",
        module=module,
        domain=current_engines().content.domain_of(module_id),
        structure=queries.structure(require_usager().structure_id),
        back=url_for("usager.step", module_id=module_id),
    )
