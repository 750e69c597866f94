"""Help on the desk as a conseiller uses it: keyboard, search, the first visit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])
def test_nothing_to_say_on_help_and_search(open_desk, axe, width, height):
    page = open_desk(width, height)
    for address in ("/conseiller/aide", "/conseiller/chercher?q=message", "/conseiller/aujourd-hui"):
        page.goto(address)
        page.locator(".help-here summary").click() if page.locator(".help-here").count() else None
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_keys_lead_to_pages_and_stay_letters_in_fields(open_desk):
    page = open_desk(1280, 800)
    page.goto("/conseiller/aujourd-hui")
    page.keyboard.press("g")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("/conseiller/$|/conseiller/usagers"))
    page.goto("/conseiller/chercher")
    page.get_by_label("Un prénom, un module").press_sequentially("gu/")
    expect(page.get_by_label("Un prénom, un module")).to_have_value("gu/")
    expect(page).to_have_url(re.compile("/chercher$"))


def test_after_the_key_of_the_search_one_types(open_desk):
    page = open_desk(1280, 800)
    page.goto("/conseiller/aujourd-hui")
    page.keyboard.press("/")
    expect(page.get_by_label("Un prénom, un module")).to_be_focused()
    page.keyboard.type("ginet")
    page.keyboard.press("Enter")
    expect(page.locator(".found a", has_text="Ginette")).to_be_visible()


def test_keys_can_be_turned_off(open_desk):
    page = open_desk(1280, 800)
    page.goto("/conseiller/aide")
    page.get_by_role("button", name="Raccourcis activés").click()
    page.get_by_role("button", name="Raccourcis désactivés").blur()
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile("/aide$"))


def test_a_person_is_found_from_anywhere(open_desk):
    page = open_desk(360, 740)
    page.goto("/contenu/")
    page.get_by_role("link", name="Chercher", exact=True).click()
    page.get_by_label("Un prénom, un module").fill("joset")
    page.keyboard.press("Enter")
    page.locator(".found a", has_text="Josette").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Josette")


@pytest.mark.parametrize("width", [960, 700, 640, 520, 400, 320])
def test_whatever_the_width_and_the_zoom_nothing_scrolls_sideways(open_desk, width):
    page = open_desk(width, 500)
    for address in (
        "/conseiller/aujourd-hui",
        "/conseiller/",
        "/atelier/",
        "/atelier/groupes",
        "/contenu/",
        "/echanges/statistiques",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


LONGEST_NAME = """(place) => {
  const name = document.querySelector(place);
  name.textContent = "W".repeat(60);
}"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/atelier/nouveau", ".pills.in-columns .pill span"),
        ("/atelier/groupes", ".pills.in-columns .pill span"),
        ("/conseiller/", "main .row strong, main .row-name"),
        ("/conseiller/aujourd-hui", ".day-what strong a, .day-what strong"),
    ],
)
def test_the_longest_name_stays_on_the_screen(open_desk, path, place):
    page = open_desk(360, 740)
    page.goto(path)
    page.evaluate(LONGEST_NAME, place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_the_frame_is_the_same_on_every_page(open_desk, width, height):
    page = open_desk(width, height)
    heights = {}
    for address in (
        "/conseiller/aujourd-hui", "/conseiller/", "/atelier/", "/contenu/", "/contenu/graphe",
        "/contenu/modules/messagerie.lire", "/echanges/activites", "/echanges/statistiques",
    ):  # fmt: skip
        page.goto(address)
        bar = page.locator("header.bar")
        heights[address] = bar.bounding_box()["height"]
        page.locator(".bar-menu summary").click()
        expect(page.get_by_role("button", name="Déconnexion")).to_be_visible()
        menu = page.locator(".bar-menu ul").bounding_box()
        assert bar.bounding_box()["height"] == heights[address], "the menu pushes the page down"
        assert menu["x"] >= 0 and menu["x"] + menu["width"] <= width, address
    assert len(set(heights.values())) == 1, heights
