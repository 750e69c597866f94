"""The pages about one person: path, modules, progress, questions, history, and why."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, g, render_template, request

from app.services import access_log, answers, comparison, history, progress
from app.services.cards import SECRET_NAMES, Card
from app.services.clock import now
from app.services.comparison import Comparison
from app.services.engines import current_engines
from app.services.figure_sentences import kind_sentence
from app.services.learner import Learner, goals_of, learner
from app.services.modules import modules_by_domain
from app.services.plan_changes import HOME_WORDS
from app.services.plan_view import change_lines, often
from app.services.trail import trail
from app.services.usagers import display_name
from app.services.why import why as why_of
from app.store import queries
from app.store.models import Usager
from app.web.access import Access, current_account, open_to, own_usager
from app.web.conseiller import words
from app.web.conseiller.pages import blueprint, own_structure

VISITS_A_PAGE = 20


@blueprint.context_processor
def wording() -> dict[str, Any]:
    """Words for what is said of one person."""
    return {
        "sessions_left": words.sessions_left,
        "about_so_long": words.about_so_long,
        "days_words": words.days_words,
        "belief_words": words.belief_words,
        "decimal": words.decimal,
        "points": words.points,
        "times_left_words": words.times_left_words,
        "often": often,
        "home_words": HOME_WORDS,
        "state_words": words.STATE_WORDS,
    }


def person_of(usager_id: uuid.UUID) -> Usager:
    """The person of an address: who a nameless usager turned out to be, where that is known."""
    # Held for the whole request: pages ask their structure for its zone again and again.
    g.structure_held = own_structure()
    found = own_usager(usager_id)
    person = own_usager(found.attached_to_id) if found.attached_to_id else found
    access_log.note_opening(person, current_account(), now())
    return person


def show(template: str, person: Usager, **context: object) -> str:
    """A page about a person, with what its header needs."""
    pictures = (person.secret or "").split(",")
    return render_template(
        template,
        person=person,
        name=display_name(person),
        goal=current_engines().content.find_goal(person.goal_id or ""),
        goals=goals_of(person),
        card=Card.parse(person.card),
        secret=[(picture, SECRET_NAMES.get(picture, "")) for picture in filter(None, pictures)],
        **context,
    )


@blueprint.get("/usagers/<uuid:usager_id>/")
@open_to(Access.CONSEILLER)
def usager(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    return show(
        "conseiller/usager.html",
        person,
        derived=derived,
        trail=trail(derived),
        forecast=derived.plan.forecast,
        has_evidence=bool(derived.evidence),
        domains=progress.domains(derived),
    )


# --- modules, and why ---


@blueprint.get("/usagers/<uuid:usager_id>/modules")
@open_to(Access.CONSEILLER)
def modules_of(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    domain = request.args.get("domaine", "")
    everything = bool(domain) or "tous" in request.args
    states = progress.modules(derived, everything=everything)
    return show(
        "conseiller/modules.html",
        person,
        states=[state for state in states if not domain or state.domain == domain],
        domains=progress.domains(derived),
        domain=domain,
        everything=everything,
        is_exact=current_engines().model(person.device).is_exact,
    )


@blueprint.get("/usagers/<uuid:usager_id>/pourquoi/<module_id>")
@open_to(Access.CONSEILLER)
def why(usager_id: uuid.UUID, module_id: str) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    if module_id not in derived.graph:
        abort(404)
    standing = {change.id for change in derived.wishes.on(module_id)}
    return show(
        "conseiller/why.html",
        person,
        why=why_of(derived, module_id),
        steps=[
            (step, kind_sentence(step.kind, derived.belief[module_id], derived.autonomy.get(module_id)))
            for step in trail(derived).ahead
            if step.module.id == module_id
        ],
        choices=[line for line in change_lines(derived) if line.change.id in standing],
    )


# --- progress ---


@blueprint.get("/usagers/<uuid:usager_id>/progres")
@open_to(Access.CONSEILLER)
def progress_of(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    derived = learner(person, now())
    since, until = compared_days(derived)
    came = progress.visits(person)
    told, gaps = progress.History(derived, came), progress.intervals(came)
    compared = compare_days(derived, since, until)
    acquired = comparison.State.ACQUIRED
    return show(
        "conseiller/progress.html",
        person,
        by_goal=told.by_goal(),
        by_domain=told.by_domain(),
        intervals=gaps,
        rarer_sentence=words.rarer([gap.days for gap in gaps]) if gaps else "",
        compared=compared,
        compared_sentence=words.gained(compared.before.counts[acquired], compared.after.counts[acquired]),
        derived_facts=bool(derived.evidence),
        since=since,
        until=until,
        first_day=first_day(derived),
        today=_day(derived.now),
        problem=_days_problem(derived),
    )


def first_day(person: Learner) -> date:
    """The day of the first fact on a person; today where there is none."""
    return _day(min((fact.occurred_at for fact in person.evidence), default=person.now))


def compared_days(person: Learner) -> tuple[date, date]:
    """The two days asked for: from the evening of the first visit to today unless said otherwise."""
    today = _day(person.now)
    first, last = sorted(
        (min(_asked_day("du") or first_day(person), today), min(_asked_day("au") or today, today))
    )
    return first, last


def compare_days(person: Learner, since: date, until: date) -> Comparison:
    """The person at the end of both days, as the structure's clock has them."""
    return comparison.compare(person, _end_of(since, person.now), _end_of(until, person.now))


def _end_of(day: date, present: datetime) -> datetime:
    evening = datetime.combine(day, time.max, tzinfo=ZoneInfo(own_structure().timezone))
    return min(evening.astimezone(UTC), present)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(own_structure().timezone)).date()


def _asked_day(name: str) -> date | None:
    try:
        asked = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return asked if 1990 <= asked.year <= 2200 else None


def _days_problem(person: Learner) -> str | None:
    """What to do about days that cannot be compared."""
    for name in ("du", "au"):
        if request.args.get(name) and _asked_day(name) is None:
            return "Choisissez une date entière, comme 15/03/2026."
    asked = [day for name in ("du", "au") if (day := _asked_day(name))]
    if any(day > _day(person.now) for day in asked):
        return "Cette date est à venir. La comparaison s'arrête à aujourd'hui."
    return None


# --- questions and history ---


@blueprint.get("/usagers/<uuid:usager_id>/questions")
@open_to(Access.CONSEILLER)
def questions(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    return show("conseiller/questions.html", person, diagnostics=answers.questions(person))


@blueprint.get("/usagers/<uuid:usager_id>/historique")
@open_to(Access.CONSEILLER)
def history_of(usager_id: uuid.UUID) -> str:
    person = person_of(usager_id)
    wanted = _filter()
    found = history.visits(person, wanted)
    pages = max(1, -(-len(found) // VISITS_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return show(
        "conseiller/history.html",
        person,
        visits=found[(page - 1) * VISITS_A_PAGE : page * VISITS_A_PAGE],
        count=len(found),
        wanted=wanted,
        filtered=wanted != history.Filter(zone=wanted.zone),
        page=page,
        pages=pages,
        kinds=words.VISIT_WORDS,
        authors=queries.accounts(person.structure_id),
        domains=modules_by_domain(person.device),
        asked={name: value for name, value in request.args.items() if name != "page" and value},
    )


def _filter() -> history.Filter:
    asked = request.args
    kind = asked.get("genre", "")
    return history.Filter(
        subject=asked.get("sujet", "")[:80],
        kind=kind if kind in words.VISIT_WORDS else "",
        author_id=asked.get("auteur", type=uuid.UUID),
        since=_asked_day("du"),
        until=_asked_day("au"),
        zone=own_structure().timezone,
    )
