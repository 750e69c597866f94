"""What is to be done is seen at once on small screens, and each sentence has a line of its own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asked import ask_for, begin
from tests.browser.simulator_driver import Player
from tests.browser.speech import FRENCH, give_voices


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return found


def test_on_a_telephone_held_flat_the_first_button_is_on_the_screen(open_page):
    page = give_voices(open_page(740, 360), FRENCH)
    page.goto("/")
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible()
    button = box(page, ".stack .button.primary")
    assert button["y"] + button["height"] <= 360


def test_on_the_smallest_telephone_the_tools_are_on_one_line(open_page):
    page = give_voices(open_page(320, 568), FRENCH)
    begin(page)
    tools = [tool.bounding_box() for tool in page.locator(".top-tools .button:visible").all()]
    assert len(tools) == 3
    assert len({round(tool["y"]) for tool in tools}) == 1
    assert tools[-1]["x"] + tools[-1]["width"] <= 320


@pytest.mark.parametrize(("width", "height"), [(740, 360), (800, 1280), (360, 740)])
def test_each_sentence_has_a_line_and_its_speaker_beside_it(open_page, width, height):
    page = give_voices(open_page(width, height), FRENCH)
    begin(page)
    page.goto("/usager/essai")
    expect(page.locator(".said-line .say").nth(2)).to_be_visible()
    bottom = 0.0
    for line in page.locator("main .said-line").all():
        sentence = line.locator("> :first-child").bounding_box()
        speaker = line.locator("> .say").bounding_box()
        assert sentence["y"] >= bottom, "two sentences on one line"
        bottom = sentence["y"] + sentence["height"]
        assert speaker["x"] >= sentence["x"] + sentence["width"]
        assert speaker["y"] < bottom


@pytest.mark.parametrize("voices", [(), (FRENCH,)])
def test_who_asks_for_the_sound_is_told_where_there_is_none(open_page, voices):
    page = give_voices(open_page(800, 1280), *voices)
    begin(page)
    page.goto("/usager/son")
    page.wait_for_timeout(2000)
    expect(page.get_by_text("Cet appareil ne parle pas.")).to_be_visible(visible=not voices)


def test_what_is_folded_is_not_read_aloud(open_page):
    page = give_voices(open_page(800, 1280), FRENCH)
    begin(page, goal="e-sante")
    page.goto("/usager/question/pause")
    page.get_by_role("button", name="Arrêter là et voir mon chemin", exact=True).click()
    page.goto("/usager/chemin")
    later = page.locator("li.later details")
    expect(later).not_to_have_attribute("open", "")
    page.evaluate("window.spoken = []")
    page.get_by_role("button", name="Écouter", exact=True).click()
    expect(page.get_by_role("button", name="Arrêter", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Arrêter", exact=True)).to_be_hidden()
    spoken = [text for text, _ in page.evaluate("window.spoken")]
    folded = later.locator(".stake-title").first.text_content()
    assert "Voir la suite du chemin" in spoken
    assert folded not in spoken
    later.locator("summary").click()
    expect(later.locator(".stake").first).to_be_visible()


def test_one_can_go_back_at_the_reception(open_page):
    page = open_page(360, 740)
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=envoyer-un-message]").click()
    page.locator("button[value=tablette]").click()
    page.locator("button[value=facile]").click()
    for heading in ("Lire sur un écran", "Quel appareil", "Que voulez-vous savoir faire"):
        page.get_by_role("link", name="Retour").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.get_by_role("link", name="Retour").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Voulez-vous entendre")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (800, 600)])
def test_what_comes_next_in_a_scene_is_always_on_the_screen(open_page, served_app, width, height):
    page = give_voices(open_page(width, height), FRENCH)
    begin(page)
    scene = ask_for(page, served_app, lambda item: item.is_simulated)
    player = Player(page, scene, "doigt")
    for number in range(len(scene.scene_steps)):
        if number:
            expect(page.locator(".sim-instruction h2")).to_have_text(scene.scene_steps[number].consigne)
            expect(page.locator(".sim-instruction .sim-notice")).to_be_in_viewport()
        player.play_step(number)
    expect(page.get_by_role("button", name="Continuer", exact=True)).to_be_in_viewport(ratio=1)
    expect(page.locator(".sim-instruction .sim-notice")).to_be_in_viewport()
