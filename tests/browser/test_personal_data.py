"""Personal data as people meet it: the notice on a tablet, and the desk at three sizes."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.store.database import db
from app.store.models import Structure, Usager
from tests.browser.speech import FRENCH, give_voices

SIZES = pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])


@pytest.fixture
def solange(served_app):
    """The address of someone's pages, in a structure that allows notes for the time of a test."""
    with served_app.app_context():
        person = db.session.scalars(sa.select(Usager).where(Usager.first_name == "Solange")).one()
        address = f"/conseiller/usagers/{person.id}"
        allow_notes(True)
    yield address
    with served_app.app_context():
        allow_notes(False)


def allow_notes(allowed):
    db.session.execute(sa.update(Structure).values(free_notes=allowed))
    db.session.commit()


@SIZES
def test_nothing_to_say_on_the_pages_about_data(open_desk, axe, solange, width, height):
    page = open_desk(width, height)
    for address in (
        f"{solange}/donnees", f"{solange}/fiche", f"{solange}/notes", f"{solange}/effacer",
        "/conseiller/donnees", "/conseiller/usagers/nouveau",
    ):  # fmt: skip
        page.goto(address)
        page.locator("main details").evaluate_all("(folded) => folded.forEach((one) => { one.open = true; })")
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@SIZES
def test_the_notice_is_heard_then_understood(open_page, axe, width, height):
    page = give_voices(open_page(width, height), FRENCH)
    page.goto("/")
    page.get_by_role("link", name="Commencer", exact=True).click()
    for choice in ("envoyer-un-message", "telephone", "un_peu", "non"):
        page.locator(f"button[value={choice}]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que nous gardons de vous")
    axe(page)
    assert page.locator("main .say").count() >= 7  # each sentence has its loudspeaker
    page.get_by_role("button", name="Écouter", exact=True).click()
    expect(page.locator(".reading").first).to_be_visible()
    page.get_by_role("button", name="J’ai compris", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Un essai pour commencer")


def test_a_note_is_written_then_erased(open_desk, solange):
    page = open_desk(800, 1280)
    page.goto(solange)
    page.get_by_role("link", name="Notes", exact=True).click()
    page.get_by_label("Nouvelle note").fill("Préfère qu’on lui montre une fois.")
    page.get_by_role("button", name="Garder cette note").click()
    expect(page.locator(".note-text")).to_have_text("Préfère qu’on lui montre une fois.")
    page.get_by_role("button", name=re.compile("^Effacer la note")).click()
    expect(page.get_by_text("Aucune note")).to_be_visible()


def test_someone_put_right_then_erased_by_keyboard_in_two_presses(open_desk):
    page = open_desk(1280, 800)
    page.goto("/conseiller/usagers/nouveau")
    page.get_by_label("Prénom").fill("Bernardo")
    page.get_by_text("Pour les statistiques").click()
    page.get_by_label("Dizaine de naissance").select_option(label="Années 1950")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("link", name="Données", exact=True).click()
    page.get_by_role("link", name="Corriger la fiche").click()
    expect(page.get_by_label("Dizaine de naissance")).to_have_value("1950")
    page.get_by_label("Prénom").fill("Bernard")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".kept")).to_contain_text("Bernard")
    page.get_by_role("link", name="Effacer la fiche").press("Enter")
    page.get_by_role("button", name="Effacer pour toujours").press("Enter")
    expect(page.get_by_text("Bernard : la fiche est effacée.")).to_be_visible()
    expect(page.locator(".people")).not_to_contain_text("Bernard")
