"""The appointments and ateliers of one account, as a calendar that phones and computers subscribe to."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.modules import module_name
from app.services.usagers import display_name
from app.store import exchange_queries, queries
from app.store.database import db
from app.store.models import Account, Appointment, Atelier, Place, Usager

PAST = timedelta(days=60)
AHEAD = timedelta(days=400)
TOKEN_BYTES = 32
"""256 bits: nobody finds an address by trying."""
ELSEWHERE = {"domicile": "Chez la personne", "a_distance": "À distance", "autre": "Ailleurs"}


@dataclass(frozen=True)
class Event:
    """What stands in a calendar. ``changes`` goes up at each change, ``changed_at`` is when it was last."""

    id: uuid.UUID
    title: str
    starts_at: datetime
    minutes: int
    place: str
    cancelled: bool
    changes: int
    changed_at: datetime


def open_feed(account: Account, *, names: bool) -> None:
    """Give the account's calendar a new address; the old one stops working."""
    account.calendar_token = secrets.token_urlsafe(TOKEN_BYTES)
    account.calendar_names = names
    db.session.commit()


def close_feed(account: Account) -> None:
    """Stop the calendar: its address leads nowhere any more."""
    account.calendar_token = None
    account.calendar_names = False
    db.session.commit()


def feed(token: str, now: datetime) -> bytes | None:
    """The calendar at an address, or ``None`` where there is none."""
    account = exchange_queries.account_by_calendar_token(token)
    return as_ics(account, events(account, now)) if account else None


def events(account: Account, now: datetime) -> list[Event]:
    """What the account leads, from two months ago to a year ahead, in order."""
    start, end = now - PAST, now + AHEAD
    appointments = exchange_queries.appointments_led_by(account, start, end)
    ateliers = exchange_queries.ateliers_led_by(account, start, end)
    places = exchange_queries.places_by_id(account.structure_id)
    people = _people(account, appointments)
    found = [_appointment(each, people, places) for each in appointments]
    found += [_atelier(each, places) for each in ateliers]
    return sorted(found, key=lambda event: (event.starts_at, str(event.id)))


def _people(account: Account, appointments: Collection[Appointment]) -> dict[uuid.UUID, Usager]:
    if not account.calendar_names:
        return {}
    return exchange_queries.usagers_by_id(
        account.structure_id, {each.usager_id for each in appointments if each.usager_id}
    )


def _appointment(each: Appointment, people: dict[uuid.UUID, Usager], places: dict[uuid.UUID, Place]) -> Event:
    if each.usager_id is None:
        title = _atelier_title(None, each.module_id)
    else:
        person = people.get(each.usager_id)
        title = f"Rendez-vous avec {display_name(person)}" if person and person.first_name else "Rendez-vous"
    changed = max(moment for moment in (each.created_at, each.changed_at, each.cancelled_at) if moment)
    return Event(
        id=each.id,
        title=title,
        starts_at=each.starts_at,
        minutes=each.minutes,
        place=_where(each.place, places.get(each.place_id) if each.place_id else None),
        cancelled=each.cancelled_at is not None,
        # Calendars take the event with the larger number: seconds since it was made only go up.
        changes=int((changed - each.created_at).total_seconds()),
        changed_at=changed,
    )


def _atelier(each: Atelier, places: dict[uuid.UUID, Place]) -> Event:
    return Event(
        id=each.id,
        title=_atelier_title(each.name, each.module_id),
        starts_at=each.opened_at,
        minutes=each.minutes,
        place=_where("lieu_activite", places.get(each.place_id) if each.place_id else None),
        cancelled=False,
        changes=0,
        changed_at=each.opened_at,
    )


def _atelier_title(name: str | None, module_id: str | None) -> str:
    title = name or (module_name(module_id).title if module_id else "")
    return f"Atelier : {title}" if title else "Atelier"


def _where(kind: str, place: Place | None) -> str:
    if kind in ELSEWHERE:
        return ELSEWHERE[kind]
    if place is None:
        return ""
    town = f"{place.postcode} {place.town}".strip()
    return ", ".join(part for part in (place.name, place.address, town) if part)


def as_ics(account: Account, found: Collection[Event]) -> bytes:
    """The events in iCalendar (RFC 5545), times in UTC."""
    from icalendar import Calendar
    from icalendar import Event as IcsEvent

    structure = queries.structure(account.structure_id)
    calendar = Calendar()
    calendar.add("prodid", "-//Jalons//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Jalons, {structure.name}")
    calendar.add("x-wr-timezone", structure.timezone)
    calendar.add("refresh-interval;value=duration", "PT1H")
    for event in found:
        entry = IcsEvent()
        entry.add("uid", f"{event.id}@jalons")
        entry.add("dtstamp", event.changed_at)
        entry.add("last-modified", event.changed_at)
        entry.add("sequence", event.changes)
        entry.add("dtstart", event.starts_at)
        entry.add("dtend", event.starts_at + timedelta(minutes=event.minutes))
        entry.add("summary", event.title)
        if event.place:
            entry.add("location", event.place)
        entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
