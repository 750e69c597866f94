"""Practice as people do it: from the path, shown, with hints, then alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.simulator_driver import Player
from tests.browser.test_simulators import CONTENT, HASTE

MODULE = "messagerie.repondre"
SIZES = ((800, 1280), (360, 740), (1280, 800))


def arrive(page: Page) -> None:
    """Begin without a name, and answer the reception."""
    page.goto("/")
    page.locator("main a.button, main button").first.click()
    page.locator("main button").first.click()
    while page.url.rpartition("/")[2] in ("appareil", "lecture", "son"):
        page.locator("main button.picture-choice").first.click()


def scene_shown(page: Page):
    return CONTENT.items[page.locator("input[name=item]").get_attribute("value")]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_shown_then_with_hints_then_alone(open_page, axe, width, height):
    page = open_page(width, height)
    page.add_init_script(HASTE)
    arrive(page)
    page.goto(f"/usager/chemin/{MODULE}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Voir comment on fait").click()
    page.get_by_role("button", name="Continuer").click(timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez vu comment faire")
    axe(page)

    page.get_by_role("link", name="Essayer avec des indices").click()
    expect(page.locator(".pointed").first).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    play(page)
    expect(page.get_by_text("Fait avec un indice.").first).to_be_visible()

    page.get_by_role("link", name="Essayer sans aide").click()
    expect(page.locator(".sim-instruction h2")).to_be_visible()
    assert page.locator(".pointed").count() == 0
    play(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez tout fait sans aide")
    axe(page)


def play(page: Page) -> None:
    """Do the scene that is shown, as it would be shown, and go on."""
    scene = scene_shown(page)
    player = Player(page, scene)
    for number in range(len(scene.steps)):
        player.play_step(number)
    page.get_by_role("button", name="Continuer").click()


def test_a_page_closed_in_the_middle_leaves_nothing(open_page):
    page = open_page(800, 1280)
    arrive(page)
    page.goto(f"/usager/entrainement/{MODULE}/seul")
    Player(page, scene_shown(page)).play_step(0)
    page.goto(f"/usager/chemin/{MODULE}")
    expect(page.locator(".suggested")).to_contain_text("Voir comment on fait")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_path_is_drawn_and_listed(open_page, axe, width, height):
    page = open_page(width, height)
    arrive(page)
    page.goto("/usager/chemin")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ahead = page.locator("ol.trail li.stake:not(.goal)").count()
    drawn = page.locator("svg.trail-map .mark:not(.passed):not(.goal)").count()
    assert drawn == min(ahead, 12)
    expect(page.locator("svg.trail-map .here")).to_have_count(1)
    page.locator("ol.trail a").nth(2).click()
    expect(page.get_by_role("heading", name="S’entraîner")).to_be_visible()


def test_without_a_script_the_drawn_scene_is_practised(open_page):
    page = open_page(800, 1280, javascript=False)
    arrive(page)
    page.goto(f"/usager/entrainement/{MODULE}/indices")
    page.get_by_role("link", name="Voir la version simple").click()
    while page.locator(".pointed").count() or page.locator("input[name=texte]").count():
        if page.locator("input[name=texte]").count():
            page.get_by_role("button", name="Montrez-moi").click()
        else:
            page.locator(".pointed").first.click()
    expect(page.get_by_text("Fait avec un indice.").first).to_be_visible()
