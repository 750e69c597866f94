"""The list of people, a new person, and diagnostics that wait for a name."""

from __future__ import annotations

import random
import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.services import usagers as service
from app.services.choosing import candidates
from app.services.clock import now
from app.services.engines import current_engines
from app.services.people import Order, Wanted, nameless_line, people
from app.services.people import nameless as nameless_lines
from app.services.personal_data import tell_more
from app.services.usagers import UsagerError, display_name
from app.store import queries
from app.store.models import Usager
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.forms import AttachForm, NameForm
from app.web.conseiller.pages import blueprint, own_structure
from app.web.conseiller.personal_data_forms import NewUsagerForm, identity_of

NAMELESS_SHOWN = 3
NAMELESS_LISTED = 200
SEARCH_LENGTH = 80
NOBODYS = "personne"
ABSENCES = {14: "2 semaines", 42: "6 semaines", 91: "3 mois", 182: "6 mois", 365: "1 an"}
"""Days, and how one says them."""
ORDERS = {
    Order.NAME: "Par prénom",
    Order.SEEN_LAST: "Vus récemment d'abord",
    Order.SEEN_FIRST: "Vus il y a longtemps d'abord",
    Order.NEWEST: "Nouveaux d'abord",
}

# Cards and secrets tell people apart on a tablet: nobody must be able to work out the next one.
rng = random.SystemRandom()


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def usagers() -> str:
    structure = own_structure()
    wanted = _wanted()
    return render_template(
        "conseiller/usagers.html",
        found=people(structure, wanted, now()),
        wanted=wanted,
        search=wanted.search,
        asked={name: value for name, value in request.args.items() if name != "page" and value},
        goals=current_engines().content.goals.values(),
        accounts=queries.accounts(structure.id),
        me=current_account().id,
        absences=ABSENCES,
        orders=ORDERS,
        nameless=nameless_lines(structure, NAMELESS_SHOWN),
        nameless_count=queries.count_nameless_diagnostics(structure.id),
    )


def _wanted() -> Wanted:
    """Whom the address asks for; what makes no sense in it is left out."""
    asked = request.args
    order, days = asked.get("tri", ""), asked.get("pas_vu", 0, type=int)
    return Wanted(
        search=_search(),
        goal_id=asked.get("but", "")[:80],
        referent_id=asked.get("suivi", type=uuid.UUID),
        nobodys=asked.get("suivi") == NOBODYS,
        unseen_days=days if days in ABSENCES else 0,
        order=Order(order) if order in ORDERS else Order.NAME,
        page=asked.get("page", 1, type=int),
    )


def _search() -> str:
    return service.shown_text(request.args.get("q", ""))[:SEARCH_LENGTH]


@blueprint.get("/usagers/nouveau")
@open_to(Access.CONSEILLER)
def new_usager() -> str:
    form = NewUsagerForm(device=own_structure().default_device)
    return render_template("conseiller/new_usager.html", form=form)


@blueprint.post("/usagers/nouveau")
@open_to(Access.CONSEILLER)
def create_usager() -> str | Response | tuple[str, int]:
    form = NewUsagerForm()
    if form.validate_on_submit():
        try:
            person = service.register(
                own_structure(),
                first_name=form.first_name.data or "",
                last_initial=form.last_initial.data,
                goal_id=form.goal.data or None,
                device=form.device.data,
                now=now(),
                rng=rng,
                usager_id=uuid.UUID(form.usager_id.data),
            )
        except UsagerError as error:
            form.first_name.errors = [str(error)]
        else:
            tell_more(person, identity_of(form), now())
            return redirect(url_for("conseiller.usager", usager_id=person.id))
    return render_template("conseiller/new_usager.html", form=form), 422


# --- diagnostics without a name ---


@blueprint.get("/sans-nom/")
@open_to(Access.CONSEILLER)
def all_nameless() -> str:
    lines = nameless_lines(own_structure(), NAMELESS_LISTED)
    return render_template("conseiller/all_nameless.html", lines=lines)


@blueprint.get("/sans-nom/<uuid:usager_id>")
@open_to(Access.CONSEILLER)
def nameless(usager_id: uuid.UUID) -> str | Response:
    person = own_usager(usager_id)
    if person.attached_to_id or person.first_name:
        return redirect(url_for("conseiller.usager", usager_id=person.id))
    return _ask_who(person)


@blueprint.post("/sans-nom/<uuid:usager_id>/attacher")
@open_to(Access.CONSEILLER)
def attach(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = own_usager(usager_id)
    chosen = _chosen_person()
    if chosen is None:
        form = AttachForm()
        form.person.errors = ["Choisissez une personne de la liste."]
        return _ask_who(person, attach_form=form), 422
    try:
        service.attach(person, chosen)
    except UsagerError as error:
        flash(str(error))
    else:
        flash(f"Le diagnostic est maintenant celui de {display_name(chosen)}")
    return redirect(url_for("conseiller.usager", usager_id=person.id))


@blueprint.post("/sans-nom/<uuid:usager_id>/nommer")
@open_to(Access.CONSEILLER)
def give_name(usager_id: uuid.UUID) -> str | Response | tuple[str, int]:
    person = own_usager(usager_id)
    form = NameForm()
    if person.first_name or person.attached_to_id:
        flash("Ce diagnostic a déjà un nom.")
    elif not _named(person, form):
        return _ask_who(own_usager(usager_id), name_form=form), 422
    return redirect(url_for("conseiller.usager", usager_id=person.id))


def _named(person: Usager, form: NameForm) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        service.give_name(person, form.first_name.data or "", form.last_initial.data, rng)
    except UsagerError as error:
        form.first_name.errors = [str(error)]
        return False
    return True


def _chosen_person() -> Usager | None:
    try:
        chosen = uuid.UUID(request.form.get("person", ""))
    except ValueError:
        return None
    person = queries.usager(own_structure().id, chosen)
    return person if person and person.first_name else None


def _ask_who(
    person: Usager, *, attach_form: AttachForm | None = None, name_form: NameForm | None = None
) -> str:
    attach_form = attach_form or AttachForm(formdata=None)
    known = candidates(own_structure(), _search())
    choices = [SelectChoice(str(person.id), display_name(person)) for person in known]
    attach_form.person.choices = [SelectChoice("", "Choisissez…"), *choices]
    return render_template(
        "conseiller/nameless.html",
        line=nameless_line(person),
        attach_form=attach_form,
        name_form=name_form or NameForm(formdata=None),
        anybody=bool(choices) or bool(_search()),
        search=_search(),
    )
