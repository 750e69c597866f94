"""Someone's page and plan in a real browser, as a conseiller uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

SIZES = [(1280, 800), (800, 1280), (360, 740)]
TABS = ("", "modules", "modules?tous=1", "progres", "historique?genre=seance", "questions", "plan")
BELOW = ("plan/ajouter", "plan/messagerie.contacts", "pourquoi/messagerie.lire", "but")


@pytest.fixture(scope="module")
def signed_in(browser: Browser, address: str) -> list[Any]:
    """The cookies of a conseiller, who signs in once: signing in is throttled."""
    context = browser.new_context(base_url=address, locale="fr-FR")
    page = context.new_page()
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill("fabrice@exemple.fr")
    page.get_by_label("Mot de passe").fill("jalons-demo")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.locator(".bar-nav")).to_be_visible()
    cookies = context.cookies()
    context.close()
    return cookies


@pytest.fixture
def open_person(open_page, signed_in) -> Callable[..., tuple[Page, str]]:
    """Opens a browser on somebody's page; the page, and its address."""

    def open_at(first_name: str, width: int, height: int, **how: bool) -> tuple[Page, str]:
        page = open_page(width, height, **how)
        page.context.add_cookies(signed_in)
        page.goto(f"/conseiller/?q={first_name}")
        page.goto(page.locator(".people a.row").first.get_attribute("href"))
        return page, page.url

    return open_at


def steps(page: Page) -> list[str]:
    return page.locator(".plan-step .plan-text strong").all_inner_texts()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_page_about_a_person_is_accessible(open_person, axe, width, height):
    page, home = open_person("Ginette", width, height)
    for tab in (*TABS, *BELOW):
        page.goto(home + tab)
        for box in page.locator("main details").all():
            box.evaluate("box => { box.open = true }")
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
        for image in page.locator("main figure img").all():
            image.scroll_into_view_if_needed()
            expect(image).to_have_js_property("complete", True)
            assert image.evaluate("image => image.naturalWidth") > 0, tab


@pytest.mark.parametrize(
    ("first_name", "width", "height", "javascript"),
    [("Josette", 1280, 800, True), ("Lucien", 360, 740, True), ("Marie-Ange", 800, 1280, False)],
)
def test_pin_move_skip_and_undo(open_person, first_name, width, height, javascript):
    page, home = open_person(first_name, width, height, javascript=javascript)
    page.goto(home + "plan")
    as_proposed = steps(page)

    pinned = as_proposed[-1]
    page.locator(".plan-step").last.get_by_role("link", name=re.compile("Changer")).click()
    page.get_by_role("button", name="La personne le demande").first.click()
    expect(page.get_by_role("status")).to_contain_text("est épinglé. Séances restantes")
    line = page.locator(".plan-step", has=page.get_by_text(pinned, exact=True))
    expect(line.locator(".tag")).to_have_text("épinglé")
    expect(line).to_contain_text("Votre conseiller a choisi cette étape.")
    expect(page.locator(".change-lines").last).to_contain_text("Fabrice")

    page.get_by_role("button", name="Annuler").first.click()
    expect(page.get_by_role("status")).to_contain_text("C’est annulé.")
    assert steps(page) == as_proposed

    page.locator(".plan-step.here").get_by_role("link", name=re.compile("Changer")).click()
    page.get_by_role("button", name="Ne lui servira pas").click()
    assert as_proposed[0] not in steps(page)
    page.get_by_role("button", name="Le remettre").last.click()
    assert steps(page) == as_proposed

    page.locator(".plan-step").nth(1).get_by_role("button", name=re.compile("Plus t")).first.click()
    told = page.get_by_role("status").inner_text()
    moved = steps(page) != as_proposed
    assert moved == ("est déplacé" in told)
    assert moved or "vient après" in told


def test_the_plan_is_changed_with_the_keyboard_alone(open_person):
    page, home = open_person("Fatoumata", 1280, 800)
    page.goto(home + "plan")
    first = steps(page)[0]
    page.locator(".plan-step.here").get_by_role("link", name=re.compile("Changer")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/plan/[a-z_]+[.]"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Dit savoir le faire":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("est passé")
    assert first not in steps(page)


def test_comparing_two_dates(open_person):
    page, home = open_person("Raymond", 1280, 800)
    page.goto(home + "progres")
    before = page.locator("table").first.inner_text()
    page.get_by_label("Le soir du", exact=True).fill("2026-01-20")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_label("Le soir du", exact=True)).to_have_value("2026-01-20")
    assert page.locator("table").first.inner_text() != before
    expect(page.get_by_text("personne n’a regardé")).to_be_visible()


def test_a_figure_leads_to_the_answers_it_rests_on(open_person):
    page, home = open_person("Mohamed", 800, 1280)
    page.goto(home + "modules?tous=1")
    worked_on = page.locator("tbody tr", has_text=re.compile(r"\d\sfois"))
    worked_on.first.get_by_role("link", name=re.compile("Pourquoi")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pourquoi ?")
    page.locator("section[aria-labelledby=own-title] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Questions|Ce qui a changé"))
