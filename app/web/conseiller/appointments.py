"""Appointments and planned ateliers: the agenda, making one, moving it, cancelling it, beginning it."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.services import appointments as service
from app.services.appointments import AppointmentError
from app.services.ateliers import AtelierError
from app.services.choosing import candidates
from app.services.clock import now
from app.services.local_days import day_bounds, local_day
from app.services.places import usual_place
from app.services.today import planned_lines
from app.services.usagers import display_name
from app.store import appointment_queries
from app.store.models import Appointment, Usager
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller.appointment_form import AppointmentForm, PlannedAtelierForm
from app.web.conseiller.pages import blueprint, own_structure
from app.web.templating import day_and_hour

WEEK = 7
F = TypeVar("F", bound=AppointmentForm)
ATELIER_MINUTES = 90


def own_appointment(appointment_id: uuid.UUID) -> Appointment:
    """An appointment of the account's structure; anybody else's is 404."""
    return appointment_queries.appointment(current_account().structure_id, appointment_id) or abort(404)


@blueprint.get("/rendez-vous/")
@open_to(Access.CONSEILLER)
def agenda() -> str:
    structure, present = own_structure(), now()
    today = local_day(present, structure.timezone)
    first = _asked_day(today) - timedelta(days=_asked_day(today).weekday())
    start, end = day_bounds(first, structure.timezone, WEEK)
    everyone = "tous" in request.args
    planned = appointment_queries.between(
        structure.id, start, end, None if everyone else current_account().id
    )
    days: dict[date, list[object]] = {first + timedelta(days=n): [] for n in range(WEEK)}
    for line in planned_lines(structure, planned, present):
        days[local_day(line.appointment.starts_at, structure.timezone)].append(line)
    return render_template(
        "conseiller/agenda.html",
        days=days,
        today=today,
        first=first,
        before=first - timedelta(days=WEEK),
        after=first + timedelta(days=WEEK),
        everyone=everyone,
    )


def _asked_day(today: date) -> date:
    try:
        asked = date.fromisoformat(request.args.get("semaine", ""))
    except ValueError:
        return today
    return asked if abs((asked - today).days) < 1000 else today


# --- with one person ---


@blueprint.get("/rendez-vous/nouveau")
@open_to(Access.CONSEILLER)
def new_appointment() -> str:
    wanted = request.args.get("usager", type=uuid.UUID)
    if wanted is None:
        return _ask_with_whom("conseiller.new_appointment", "Rendez-vous avec qui ?")
    person = _followed(wanted)
    form = _form(AppointmentForm, empty=True)
    form.fill_in(
        starts_at=_next_hour(), minutes=person.session_minutes, place_id=usual_place(current_account(), now())
    )
    return _show_form(form, person)


@blueprint.get("/seances/avec-qui")
@open_to(Access.CONSEILLER)
def seance_with_whom() -> str:
    return _ask_with_whom("conseiller.new_seance", "Séance avec qui ?")


def _ask_with_whom(endpoint: str, title: str) -> str:
    search = " ".join(request.args.get("q", "").replace("\0", "").split())[:60]
    people = [(person, display_name(person)) for person in candidates(own_structure(), search)]
    links = [(name, url_for(endpoint, **{_argument(endpoint): person.id})) for person, name in people]
    return render_template("conseiller/with_whom.html", people=links, search=search, title=title)


def _argument(endpoint: str) -> str:
    return "usager" if endpoint == "conseiller.new_appointment" else "usager_id"


@blueprint.post("/rendez-vous/nouveau")
@open_to(Access.CONSEILLER)
def create_appointment() -> str | Response | tuple[str, int]:
    person = _followed(request.form.get("usager", type=uuid.UUID) or abort(404))
    form = _form(AppointmentForm, empty=False)
    form.allow_minutes(person.session_minutes)
    if form.validate_on_submit():
        try:
            made = service.plan_with(person, form.own_id, form.planning(), now())
        except AppointmentError as error:
            form.day.errors = [str(error)]
        else:
            _say_planned(made, f"Rendez-vous avec {display_name(person)}")
            return redirect(url_for("conseiller.appointment", appointment_id=made.id))
    return _show_form(form, person), 422


def _followed(usager_id: uuid.UUID) -> Usager:
    person = own_usager(usager_id)
    if person.attached_to_id:
        person = own_usager(person.attached_to_id)
    return person if person.first_name and person.erased_at is None else abort(404)


def _form(kind: type[F], *, empty: bool) -> F:
    given = {"formdata": None} if empty else {}
    return kind(structure=own_structure(), account=current_account(), now=now(), **given)


def _next_hour() -> datetime:
    """Tomorrow at the hour that begins now: a day is chosen by hand, an hour is often the same."""
    return (now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)


def _say_planned(made: Appointment, what: str) -> None:
    zone = own_structure().timezone
    flash(f"{what} : {day_and_hour(made.starts_at, zone)}.")
    others = planned_lines(own_structure(), service.clashes(made), now())
    if others:
        when = day_and_hour(others[0].appointment.starts_at, zone)
        flash(f"Attention : au même moment, il y a déjà {others[0].name}, {when}.")


def _show_form(form: AppointmentForm, person: Usager, planned: Appointment | None = None) -> str:
    return render_template(
        "conseiller/appointment_form.html",
        form=form,
        person=person,
        name=display_name(person),
        planned=planned,
    )


# --- with a group ---


@blueprint.get("/rendez-vous/atelier")
@open_to(Access.CONSEILLER)
def new_planned_atelier() -> str:
    form = _form(PlannedAtelierForm, empty=True)
    form.fill_in(
        starts_at=_next_hour(), minutes=ATELIER_MINUTES, place_id=usual_place(current_account(), now())
    )
    return _show_atelier_form(form)


@blueprint.post("/rendez-vous/atelier")
@open_to(Access.CONSEILLER)
def create_planned_atelier() -> str | Response | tuple[str, int]:
    form = _form(PlannedAtelierForm, empty=False)
    if "chercher" in request.form:
        return _show_atelier_form(form)
    if form.validate_on_submit():
        try:
            made = service.plan_atelier(
                own_structure(), form.own_id, form.planning(), form.module.data, form.people_ids, now()
            )
        except AppointmentError as error:
            form.module.errors = [str(error)]
        else:
            _say_planned(made, "Atelier prévu")
            return redirect(url_for("conseiller.appointment", appointment_id=made.id))
    return _show_atelier_form(form), 422


def _show_atelier_form(
    form: PlannedAtelierForm, planned: Appointment | None = None, chosen: Sequence[uuid.UUID] = ()
) -> str:
    search = " ".join(request.form.get("q", "").replace("\0", "").split())[:60]
    ticked = list(chosen) or form.people_ids
    people = candidates(own_structure(), search, ticked)
    form.people.choices = [SelectChoice(str(person.id), display_name(person)) for person in people]
    form.people.data = [str(id_) for id_ in ticked]
    return render_template("conseiller/atelier_form.html", form=form, planned=planned, search=search)


# --- one of them ---


@blueprint.get("/rendez-vous/<uuid:appointment_id>")
@open_to(Access.CONSEILLER)
def appointment(appointment_id: uuid.UUID) -> str:
    found = own_appointment(appointment_id)
    [line] = planned_lines(own_structure(), [found], now())
    return render_template("conseiller/appointment.html", line=line, appointment=found)


@blueprint.get("/rendez-vous/<uuid:appointment_id>/deplacer")
@open_to(Access.CONSEILLER)
def moving(appointment_id: uuid.UUID) -> str:
    found = own_appointment(appointment_id)
    if found.usager_id:
        form = _form(AppointmentForm, empty=True)
        form.fill_in_from(found)
        return _show_form(form, own_usager(found.usager_id), found)
    atelier_form = _form(PlannedAtelierForm, empty=True)
    atelier_form.fill_in_from(found)
    del atelier_form.module
    expected = appointment_queries.expected(found.structure_id, [found.id]).get(found.id, [])
    return _show_atelier_form(atelier_form, found, [person.id for person in expected])


@blueprint.post("/rendez-vous/<uuid:appointment_id>/deplacer")
@open_to(Access.CONSEILLER)
def move(appointment_id: uuid.UUID) -> str | Response | tuple[str, int]:
    found = own_appointment(appointment_id)
    atelier = found.usager_id is None
    form = _form(PlannedAtelierForm if atelier else AppointmentForm, empty=False)
    form.allow_minutes(found.minutes)
    people = form.people_ids if isinstance(form, PlannedAtelierForm) else None
    if isinstance(form, PlannedAtelierForm):
        del form.module  # what a planned atelier is about does not change; its people and its time do
        if "chercher" in request.form:
            return _show_atelier_form(form, found)
    if form.validate_on_submit():
        try:
            service.move(found, form.planning(), now(), people)
        except AppointmentError as error:
            flash(str(error))
        else:
            _say_planned(found, "C'est changé")
        return redirect(url_for("conseiller.appointment", appointment_id=found.id))
    if isinstance(form, PlannedAtelierForm):
        return _show_atelier_form(form, found), 422
    return _show_form(form, own_usager(found.usager_id or abort(404)), found), 422


@blueprint.post("/rendez-vous/<uuid:appointment_id>/annuler")
@open_to(Access.CONSEILLER)
def cancel_appointment(appointment_id: uuid.UUID) -> Response:
    found = own_appointment(appointment_id)
    service.cancel(found, now())
    if service.is_begun(found):
        flash("Cette séance est déjà notée : elle ne s'annule plus.")
    else:
        flash("C'est annulé. Vous pouvez revenir en arrière sur cette page.")
    return redirect(url_for("conseiller.appointment", appointment_id=found.id))


@blueprint.post("/rendez-vous/<uuid:appointment_id>/retablir")
@open_to(Access.CONSEILLER)
def restore_appointment(appointment_id: uuid.UUID) -> Response:
    found = own_appointment(appointment_id)
    service.restore(found, now())
    flash("C'est de nouveau prévu.")
    return redirect(url_for("conseiller.appointment", appointment_id=found.id))


@blueprint.post("/rendez-vous/<uuid:appointment_id>/commencer")
@open_to(Access.CONSEILLER)
def begin_atelier(appointment_id: uuid.UUID) -> Response:
    found = own_appointment(appointment_id)
    if found.usager_id is not None or found.cancelled_at is not None:
        abort(404)
    try:
        atelier = service.begin_atelier(found, current_account(), now(), random.SystemRandom())
    except AtelierError as error:
        flash(str(error))
        return redirect(url_for("conseiller.appointment", appointment_id=found.id))
    return redirect(url_for("atelier.atelier", atelier_id=atelier.id))
