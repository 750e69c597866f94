"""Passing a follow-up on, as conseillers do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])
def test_what_helps_is_noted_and_the_follow_up_passed(open_desk, axe, width, height):
    page = open_desk(width, height)
    page.goto("/conseiller/chercher?q=josette")
    page.locator(".found a").first.click()
    page.get_by_role("link", name="Relais").click()
    axe(page, usager=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Changer ce qui marche bien").click()
    page.get_by_label("Suivre une fiche").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("section", has_text="Ce qui marche bien").last).to_contain_text("Suivre une fiche")
    page.get_by_label("Toute la structure").check()
    page.get_by_role("button", name="Passer le relais").click()
    expect(page.get_by_text("Le suivi est partagé avec toute la structure.")).to_be_visible()
    page.locator("#given-title ~ ul a").first.click()
    axe(page, usager=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
