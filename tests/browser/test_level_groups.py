"""From the ateliers to groups, and from a group to an atelier with its people, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


def propose(page: Page) -> None:
    page.goto("/atelier/")
    page.get_by_role("link", name="Former des groupes").click()
    page.get_by_role("button", name="Proposer des groupes").click()
    expect(page.get_by_role("heading", name=re.compile("groupes? proposés?"))).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])
def test_groups_are_proposed_explained_and_nothing_sticks_out(open_desk, axe, width, height):
    page = open_desk(width, height)
    propose(page)
    expect(page.locator(".group-people a")).to_have_count(13)
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page, usager=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sentences = page.locator(".group-places li").all_inner_texts()
    assert len(sentences) == 13
    assert any("C’est le bon moment pour" in sentence for sentence in sentences)


def test_an_atelier_opens_with_the_people_of_a_group(open_desk):
    page = open_desk(800, 1280)
    propose(page)
    group = page.locator(".group").first
    title = group.get_by_role("heading").inner_text()
    people = sorted(group.locator(".group-people a").all_inner_texts())
    group.get_by_role("link", name="Ouvrir un atelier").click()
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    expect(page).to_have_url(re.compile("/atelier/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert sorted(page.locator(".grid-name strong").all_inner_texts()) == people
    # Ended with nobody there, it writes nothing that other tests would find.
    page.goto(f"{page.url}/fin")
    page.get_by_role("button", name="Terminer").click()
    expect(page.get_by_text("Personne n’était là. Rien n’a été écrit.")).to_be_visible()


def test_with_the_keyboard_alone_others_are_chosen_and_the_address_keeps_them(open_desk):
    page = open_desk(1280, 800)
    page.goto("/atelier/groupes")
    page.get_by_label("Denise F.").focus()
    page.keyboard.press("Space")
    page.get_by_label("Au plus par groupe").focus()
    page.keyboard.press("4")
    page.get_by_role("button", name="Proposer des groupes").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".group")).to_have_count(3)
    proposed = page.locator(".groups").inner_text()
    assert "Denise" not in proposed
    page.reload()
    assert page.locator(".groups").inner_text() == proposed


def test_without_javascript_it_is_the_same_page(open_desk):
    page = open_desk(800, 1280, javascript=False)
    propose(page)
    expect(page.locator(".group-people a")).to_have_count(13)
