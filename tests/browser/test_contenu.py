"""The content in a real browser: nothing for axe to say, no page wider than its screen, one sheet a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_slice import sign_in

PAGES = [
    "/contenu/",
    "/contenu/buts",
    "/contenu/ateliers",
    "/contenu/modules/messagerie.repondre",
    "/contenu/scenes/scene.messagerie_repondre_lea_ordi",
    "/contenu/ateliers/ecrire-un-premier-message",
    "/contenu/graphe",
    "/contenu/modules/messagerie.repondre/fiche",
]


def signed_in_page(open_page, width, height) -> Page:
    page = open_page(width, height)
    sign_in(page, lambda page, **_: None)
    return page


def pages_of(pdf: bytes) -> int:
    return int(
        re.search(rb"/Type /Pages.{0,200}?/Count (\d+)|/Count (\d+).{0,200}?/Type /Pages", pdf, re.S)[1]
    )


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_nothing_to_say_on_any_page(open_page, axe, width, height):
    page = signed_in_page(open_page, width, height)
    for address in PAGES:
        page.goto(address)
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_question_is_seen_and_not_answered(open_page):
    page = signed_in_page(open_page, 1280, 800)
    page.goto("/contenu/modules/messagerie.repondre")
    question = page.locator("article.shown").first
    expect(question.locator("button.choice").first).to_be_disabled()
    expect(question.locator(".solution strong").first).to_be_hidden()
    question.get_by_text("Bonne réponse").click()
    expect(question.locator(".solution strong").first).to_be_visible()


def test_memory_sheets_print_on_one_page(open_page):
    page = signed_in_page(open_page, 1280, 800)
    for module in ("securite.mot_de_passe", "messagerie.adresse", "demarches.suivre"):
        page.goto(f"/contenu/modules/{module}/fiche")
        assert pages_of(page.pdf(prefer_css_page_size=True)) == 1, module


def test_an_usager_sees_and_prints_the_sheet(open_page, axe):
    page = open_page(360, 740)
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=envoyer-un-message]").click()
    page.goto("/usager/chemin/messagerie.repondre")
    page.get_by_role("link", name="Voir la fiche à imprimer").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
