"""What is the telephone's own: its keyboard, its drawer, its questions before what cannot be undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.simulator_driver import Player
from tests.browser.test_simulators import BY_SIMULATOR, show

SCENES = {scene.id: scene for scenes in BY_SIMULATOR.values() for scene in scenes}


@pytest.fixture
def page(open_desk) -> Page:
    return open_desk(800, 1280)


def begin(page: Page, name: str) -> Player:
    return show(page, SCENES[f"scene.simulee_{name}"])


def test_what_the_keys_of_the_screen_wrote_is_sent(page):
    player = begin(page, "fuite_evier")
    player.play_step(0)
    player.play_step(1)
    page.locator('.sim-screen [data-gesture="ecrire:message"]').click()
    for letter in "mon evier fuit":
        page.locator(f'.phone-keyboard [data-key="{letter}"]').first.click()
    player.do("envoyer")
    expect(page.locator(".talk.mine")).to_contain_text("mon evier fuit")
    assert [verdict.outcome for verdict in player.judged()] == ["success"] * 4


def test_a_wrong_password_joins_no_network(page):
    player = begin(page, "wifi_mediatheque")
    player.play_step(0)
    player.play_step(1)
    page.locator('.sim-screen [data-gesture="ecrire:mot_de_passe_wifi"]').fill("lune-1999")
    player.do("se_connecter_wifi")
    expect(page.locator(".phone-toast")).to_contain_text("Ce mot de passe ne va pas")
    expect(page.locator(".sim-instruction h2")).to_have_text(
        SCENES["scene.simulee_wifi_mediatheque"].scene_steps[2].consigne
    )


def test_nothing_is_deleted_before_it_was_asked(page):
    player = begin(page, "colis_bloque")
    player.do("conversation:conv_colis")
    player.do("menu")
    player.do("demander_supprimer_conversation:conv_colis")
    expect(page.locator(".window")).to_contain_text("Supprimer cette conversation ?")
    player.do("annuler")
    expect(page.locator(".phone-bar-title")).to_contain_text("06 39 98 77 01")


def test_a_switch_keeps_the_focus_and_says_its_state(page):
    player = begin(page, "wifi_mediatheque")
    for gesture in ("app:reglages", "rubrique:reseau"):
        player.do(gesture)
    switch = page.get_by_role("switch", name="Données mobiles")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(switch).to_be_focused()


def test_what_is_behind_the_glass_can_be_reached_by_keys_alone(page):
    begin(page, "rappel_kine")
    page.locator(".phone-lock").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".phone-home")).to_be_visible()
    page.get_by_role("button", name="Raccourcis et notifications").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".phone-drawer")).to_contain_text("Rappel de séance")
