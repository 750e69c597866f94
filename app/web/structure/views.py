"""First use: from the laptop itself, make the structure and its first conseiller."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.services import accounts
from app.services.clock import now
from app.web.access import Access, open_to
from app.web.security import sign_in
from app.web.structure.forms import FirstUseForm

blueprint = Blueprint("structure", __name__, url_prefix="/premiere-fois")


@blueprint.get("/")
@open_to(Access.FIRST_USE)
def first_use() -> str:
    return render_template("structure/first_use.html", form=FirstUseForm())


@blueprint.post("/")
@open_to(Access.FIRST_USE)
def create() -> str | Response | tuple[str, int]:
    form = FirstUseForm()
    if form.validate_on_submit():
        try:
            account = accounts.found(
                structure_name=form.structure_name.data or "",
                email=form.email.data or "",
                name=form.name.data or "",
                password=form.password.data or "",
                timezone=form.timezone.data,
                now=now(),
            )
        except accounts.AccountError as error:
            form.email.errors = [str(error)]
        else:
            sign_in(account)
            return redirect(url_for("conseiller.usagers"))
    return render_template("structure/first_use.html", form=form), 422
