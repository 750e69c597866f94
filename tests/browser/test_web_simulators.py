"""What the simulators of sites do of their own: addresses and words, errors told, what is refused."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_simulators import BY_SIMULATOR, SCENES, show


@pytest.fixture
def conseiller_page(open_desk) -> Page:
    return open_desk(800, 1280)


def scene(name: str):
    return next(one for one in SCENES if one.id == f"scene.simulee_{name}")


def touch(page: Page, gesture: str) -> None:
    page.locator(f'.sim-screen [data-gesture="{gesture}"]').first.click()


def write(page: Page, gesture: str, text: str) -> None:
    """As people do: nothing but keys; what comes after takes the focus away."""
    field = page.locator(f'.sim-screen [data-gesture="{gesture}"]')
    field.click()
    field.fill("")
    field.press_sequentially(text)


def test_what_is_written_then_the_button_touched_at_once_both_count(conseiller_page):
    player = show(conseiller_page, scene("horaires_mediatheque"))
    write(conseiller_page, "ecrire:adresse", "mediatheque-saintclair.exemple.fr")
    touch(conseiller_page, "aller")
    expect(conseiller_page.locator(".sim-instruction h2")).to_have_text(player.scene.scene_steps[1].consigne)
    player.ask("Passer à la suite")
    assert player.judged()[0].outcome == "success"


def test_another_way_to_the_page_is_as_good(conseiller_page):
    player = show(conseiller_page, scene("horaires_mediatheque"))
    write(conseiller_page, "ecrire:adresse", "médiatheque")
    conseiller_page.keyboard.press("Enter")
    touch(conseiller_page, "lien:accueil_media")
    player.ask("Passer à la suite")
    assert player.judged()[0].outcome == "success"


def test_an_address_with_a_slip_leads_to_a_page_that_says_so(conseiller_page):
    show(conseiller_page, scene("horaires_mediatheque"))
    write(conseiller_page, "ecrire:adresse", "www.mediateque.exemple.fr")
    touch(conseiller_page, "aller")
    expect(conseiller_page.locator(".sim-screen").get_by_text("Cette adresse n’existe pas")).to_be_visible()
    write(conseiller_page, "ecrire:adresse", "tondeuse")
    touch(conseiller_page, "aller")
    expect(conseiller_page.locator(".sim-screen").get_by_text("Aucun résultat")).to_be_visible()


def test_a_form_tells_what_is_empty_and_what_is_not_as_on_the_paper(conseiller_page):
    show(conseiller_page, scene("jardin_partage"))
    touch(conseiller_page, "rubrique:jardins")
    write(conseiller_page, "ecrire:nom", "Hoarau")
    write(conseiller_page, "ecrire:naissance", "12 mars")
    touch(conseiller_page, "suivant")
    expect(conseiller_page.locator(".sim-screen").get_by_text("2 cases sont à revoir.").first).to_be_visible()
    expect(conseiller_page.locator(".sim-screen").get_by_text("Écrivez la date ainsi")).to_be_visible()
    expect(conseiller_page.locator('[data-gesture="ecrire:mail"]')).to_have_attribute("aria-invalid", "true")
    expect(conseiller_page.locator('[data-gesture="ecrire:nom"]')).not_to_have_attribute(
        "aria-invalid", "true"
    )
    write(conseiller_page, "ecrire:naissance", "13/03/1951")
    write(conseiller_page, "ecrire:mail", "rose.hoarau@exemple.fr")
    touch(conseiller_page, "suivant")
    expect(
        conseiller_page.locator(".sim-screen").get_by_text("ce n’est pas ce que dit votre papier")
    ).to_be_visible()


def test_a_photo_that_cannot_be_read_is_not_taken_for_a_paper(conseiller_page):
    player = show(conseiller_page, scene("cantine_photo"))
    player.play_step(0)
    for gesture in ("photographier:adresse_papier", "declencher", "garder", "suivant"):
        touch(conseiller_page, gesture)
    expect(
        conseiller_page.locator(".sim-screen").get_by_text("Le papier est coupé sur la photo.")
    ).to_be_visible()


def test_a_wrong_password_says_nothing_of_which_is_wrong(conseiller_page):
    show(conseiller_page, scene("remboursement_dents"))
    write(conseiller_page, "ecrire:identifiant", "1 52 05")
    write(conseiller_page, "ecrire:mot_de_passe", "roubaix")
    conseiller_page.keyboard.press("Enter")
    expect(
        conseiller_page.get_by_text("L’identifiant ou le mot de passe ne correspondent pas")
    ).to_be_visible()
    touch(conseiller_page, "voir_mot_de_passe")
    expect(conseiller_page.locator('[data-gesture="ecrire:mot_de_passe"]')).to_have_attribute("type", "text")


def test_the_basket_adds_up_what_was_ticked_in_advance(conseiller_page):
    show(conseiller_page, scene("trop_de_rideaux"))
    touch(conseiller_page, "panier")
    expect(conseiller_page.locator(".sim-screen").get_by_text("Total : 101 €")).to_be_visible()
    touch(conseiller_page, "cocher:garantie_rideau")
    expect(
        conseiller_page.locator(".sim-screen").get_by_role("checkbox", name="Garantie 5 ans")
    ).to_have_attribute("aria-checked", "false")
    expect(conseiller_page.locator(".sim-screen").get_by_text("Total : 89 €")).to_be_visible()


@pytest.mark.parametrize("device", ["telephone", "tablette"])
def test_scenes_in_the_browser_can_be_done_on_each_device_they_name(conseiller_page, device):
    def drawn_as(route: Route) -> None:
        answer = route.fetch()
        page = re.sub(r'("appareil":")\w+', lambda found: found[1] + device, answer.text(), count=1)
        route.fulfill(response=answer, body=page)

    conseiller_page.route("**/contenu/scenes/**", drawn_as)
    played = [one for one in BY_SIMULATOR["navigateur"] if device in one.devices and one.devices[0] != device]
    assert played
    for one in played:
        player = show(conseiller_page, one)
        expect(conseiller_page.locator(f".screen-{device}")).to_be_visible()
        assert [verdict.outcome for verdict in player.play()] == ["success"] * len(one.steps), one.id
