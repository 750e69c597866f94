"""The whole slice in a real browser: a diagnostic, then a conseiller who reads why and notes a session."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked import answer, asked

SIZES = [(800, 1280), (360, 740)]
EMAIL, PASSWORD = "fabrice@exemple.fr", "jalons-demo"


def begin(page: Page, check) -> None:
    page.goto("/")
    check(page)
    page.get_by_role("link", name="Commencer").click()
    check(page)
    page.locator("button[value=envoyer-un-message]").click()
    for choice in ("telephone", "un_peu", "oui", "compris", "soleil"):
        check(page)
        page.locator(f"button[value={choice}]").click()
    check(page)
    page.get_by_role("button", name="C’est parti").click()


def answer_without_knowing(page: Page, check, app, *, without_javascript: bool = False) -> int:
    """Say « Je ne sais pas », « Montrez-moi » or « Passer » to the end; how many screens it took."""
    items = set()
    question = "[data-questions]" if without_javascript else "[data-questions][data-held]"
    while True:
        page.locator(f"{question}, a[href='/usager/chemin']").first.wait_for()
        if not page.locator("form.answer").count():
            return len(items)
        item, _ = asked(page)
        if item not in items:
            check(page)
        items.add(item)
        answer(page, app)


def sign_in(page: Page, check) -> None:
    page.goto("/connexion/")
    check(page, usager=False)
    page.get_by_label("Adresse mail").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")


def name_the_newest_diagnostic(page: Page, check, first_name: str) -> None:
    check(page, usager=False)
    page.get_by_role("link", name=re.compile("Donner un nom")).first.click()
    check(page, usager=False)
    page.get_by_label(re.compile("Prénom")).fill(first_name)
    page.get_by_role("button", name="Donner ce nom").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(first_name)


def note_a_session(page: Page, check) -> int:
    """Note a session on the first two modules of the plan, done alone; how many taps it took."""
    page.get_by_role("link", name="Noter une séance").first.click()
    check(page, usager=False)
    taps = 1
    for group in range(2):
        page.locator("fieldset.help-line").nth(group).get_by_text("Seul", exact=True).click()
        taps += 1
    page.get_by_role("button", name="Enregistrer la séance").click()
    return taps + 1


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_the_welcome_to_a_path_that_has_moved(open_page, served_app, axe, width, height):
    page = open_page(width, height)
    begin(page, axe)
    assert answer_without_knowing(page, axe, served_app) <= 15
    axe(page)
    page.get_by_role("link", name="Voir mon chemin").click()
    axe(page)
    expect(page.locator(".stake.here .stake-reason")).not_to_be_empty()
    page.get_by_role("button", name="Terminer").click()
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator(".trail")).to_have_count(0)

    sign_in(page, axe)
    name_the_newest_diagnostic(page, axe, f"Colette{width}")
    axe(page, usager=False)
    before = page.locator("main").inner_text()
    expect(page.locator(".path-step .why").first).to_be_visible()
    assert note_a_session(page, axe) <= 10
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    axe(page, usager=False)
    page.get_by_role("link", name="Voir le chemin").click()
    axe(page, usager=False)
    assert page.locator("main").inner_text() != before


def test_the_whole_slice_without_javascript(open_page, served_app):
    page = open_page(800, 1280, javascript=False)
    check = lambda page, **_: None  # noqa: E731  (axe is JavaScript)
    begin(page, check)
    assert answer_without_knowing(page, check, served_app, without_javascript=True) <= 15
    page.get_by_role("link", name="Voir mon chemin").click()
    expect(page.locator(".stake.here")).to_have_count(1)
    page.get_by_role("button", name="Terminer").click()
    sign_in(page, check)
    name_the_newest_diagnostic(page, check, "Raymonde")
    note_a_session(page, check)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
