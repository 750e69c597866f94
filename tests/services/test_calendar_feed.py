"""The calendar that leaves Jalons, read back by a calendar library."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from icalendar import Calendar

from app.services import ateliers, calendar_feed
from app.store.database import db
from app.store.models import Appointment, Place
from tests.conftest import NOW


@pytest.fixture
def appoint(structure, conseiller, new_id):
    def do(usager=None, starts=NOW + timedelta(days=1), **fields):
        made = Appointment(
            structure_id=structure.id, id=new_id(), author_id=conseiller.id,
            usager_id=usager.id if usager else None, starts_at=starts, minutes=45, created_at=NOW, **fields,
        )  # fmt: skip
        db.session.add(made)
        db.session.commit()
        return made

    return do


def read(account):
    calendar = Calendar.from_ical(calendar_feed.feed(account.calendar_token, NOW))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_an_appointment_is_there_without_a_name(conseiller, usager, appoint):
    made = appoint(usager, place="domicile")
    calendar_feed.open_feed(conseiller, names=False)
    [event] = read(conseiller).values()
    assert str(event["summary"]) == "Rendez-vous"
    assert event.decoded("dtstart") == made.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=45)
    assert str(event["location"]) == "Chez la personne"
    assert b"Josette" not in calendar_feed.feed(conseiller.calendar_token, NOW)


def test_names_are_a_first_name_and_an_initial_where_they_were_chosen(conseiller, usager, appoint):
    appoint(usager)
    calendar_feed.open_feed(conseiller, names=True)
    [event] = read(conseiller).values()
    assert str(event["summary"]) == "Rendez-vous avec Josette B."


def test_moving_and_cancelling_keep_the_uid_and_raise_the_sequence(conseiller, usager, appoint):
    made = appoint(usager)
    calendar_feed.open_feed(conseiller, names=False)
    [(uid, first)] = read(conseiller).items()
    made.starts_at, made.changed_at = made.starts_at + timedelta(days=2), NOW + timedelta(hours=1)
    db.session.commit()
    moved = read(conseiller)[uid]
    made.cancelled_at = NOW + timedelta(hours=2)
    db.session.commit()
    cancelled = read(conseiller)[uid]
    assert first["sequence"] < moved["sequence"] < cancelled["sequence"]
    assert moved.decoded("dtstart") == made.starts_at
    assert [str(event["status"]) for event in (first, moved, cancelled)] == [
        "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip


def test_ateliers_planned_and_opened_are_there_once(conseiller, structure, appoint, new_id):
    opened = ateliers.open_atelier(
        conseiller, atelier_id=new_id(), module_id="messagerie.lire", device="ordinateur", minutes=90,
        usager_ids=[], now=NOW, rng=random.Random(0),
    )  # fmt: skip
    appoint(module_id="messagerie.lire", starts=NOW, atelier_id=opened.id)
    appoint(module_id="messagerie.repondre")
    ateliers.open_atelier(
        conseiller, atelier_id=new_id(), module_id="ordinateur.souris", device="ordinateur", minutes=60,
        usager_ids=[], now=NOW, rng=random.Random(0),
    )  # fmt: skip
    calendar_feed.open_feed(conseiller, names=False)
    titles = [str(event["summary"]) for event in read(conseiller).values()]
    assert len(titles) == 3
    assert all(title.startswith("Atelier : ") for title in titles)


def test_the_place_has_its_address(conseiller, structure, usager, appoint, new_id):
    place = Place(
        structure_id=structure.id, id=new_id(), name="Bus; rouge, vert", address="2 rue du Port",
        town="Poya", postcode="98827", created_at=NOW,
    )  # fmt: skip
    db.session.add(place)
    db.session.commit()
    appoint(usager, place_id=place.id)
    calendar_feed.open_feed(conseiller, names=False)
    [event] = read(conseiller).values()
    assert str(event["location"]) == "Bus; rouge, vert, 2 rue du Port, 98827 Poya"


def test_what_others_lead_is_not_there(structure, conseiller, make_account, usager, appoint):
    appoint(usager)
    other = make_account(structure, "other@exemple.fr")
    calendar_feed.open_feed(other, names=False)
    assert not read(other)


def test_a_new_address_closes_the_old_one(conseiller):
    calendar_feed.open_feed(conseiller, names=False)
    old = conseiller.calendar_token
    calendar_feed.open_feed(conseiller, names=True)
    assert conseiller.calendar_token != old
    assert len(conseiller.calendar_token) >= 40
    assert calendar_feed.feed(old, NOW) is None
    calendar_feed.close_feed(conseiller)
    assert conseiller.calendar_token is None


def test_an_account_put_aside_has_no_calendar(conseiller):
    calendar_feed.open_feed(conseiller, names=False)
    conseiller.active = False
    db.session.commit()
    assert calendar_feed.feed(conseiller.calendar_token, NOW) is None
