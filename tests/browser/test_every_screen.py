"""Every usager screen suits eyes, hands and ears: contrast, targets, letters, no scrolling sideways."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.store.database import db
from app.store.models import Atelier, Structure, Usager
from tests.browser.asked import ask_for, begin
from tests.browser.speech import FRENCH, give_voices
from tests.browser.suitability import unsuitable

SCREENS = [
    pytest.param(320, 640, "", id="a small phone"),
    pytest.param(800, 1280, "", id="a tablet upright"),
    pytest.param(1280, 800, "", id="a tablet flat"),
    pytest.param(320, 640, "tres_grandes", id="the largest letters on a small phone"),
]
KINDS = ("choix", "ordre", "associer", "toucher", "saisie", "scene", "simulateur")


@pytest.fixture
def suits(axe):
    """Keeps what does not suit on the page as it is; all of it is told at the end."""
    told: list[str] = []

    def check(page: Page) -> None:
        page.wait_for_load_state()
        told.extend(unsuitable(page))
        try:
            axe(page)
        except AssertionError as found:
            told.append(str(found))
        if page.viewport_size["width"] >= 800:
            told.extend(unsuitable_enlarged(page))

    yield check
    assert not told, "\n".join(told)


def unsuitable_enlarged(page: Page) -> list[str]:
    """At 200 % a tablet has half as many of the page's pixels in each direction."""
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})
    told = [f"at 200 %: {problem}" for problem in unsuitable(page)]
    page.set_viewport_size(size)
    return told


@pytest.fixture
def person(served_app):
    """A person of the demonstration with a card, a secret and a path: their structure, and a code to join."""
    with served_app.app_context():
        usager = db.session.scalars(
            sa.select(Usager).where(Usager.card.is_not(None), Usager.goal_id == "e-sante")
        ).first()
        structure = db.session.get(Structure, usager.structure_id)
        code = db.session.scalars(sa.select(Atelier.code).where(Atelier.closed_at.is_(None))).first()
        return structure.slug, usager.card, usager.secret.split(","), code


def at_ease(open_page, width, height, letters):
    page = give_voices(open_page(width, height), FRENCH)
    if letters:
        page.goto("/confort/")
        page.locator(f"button[value={letters}]").click()
        page.locator("button[value=fort]").click()
    return page


@pytest.mark.parametrize(("width", "height", "letters"), SCREENS)
def test_the_screens_before_one_begins(open_page, suits, person, width, height, letters):
    slug, card, _, code = person
    page = at_ease(open_page, width, height, letters)
    for path in (
        "/", "/confort/", f"/lieu/{slug}/but", f"/lieu/{slug}/carte", f"/lieu/{slug}/carte/{card}",
        "/atelier/rejoindre", f"/atelier/rejoindre/{code}",
    ):  # fmt: skip
        page.goto(path)
        suits(page)


@pytest.mark.parametrize(("width", "height", "letters"), SCREENS)
def test_the_screens_of_a_person(open_page, suits, person, width, height, letters):
    slug, card, secret, _ = person
    page = at_ease(open_page, width, height, letters)
    page.goto(f"/lieu/{slug}/carte/{card}")
    for n, picture in enumerate(secret):
        if n:
            suits(page)
        page.locator(f"button[value={picture}]").click()
    suits(page)  # Are you…?
    page.locator("form[action='/usager/vous'] button.primary").click()
    if letters:
        page.goto("/confort/")
        page.locator(f"button[value={letters}]").click()
        page.locator("button[value=fort]").click()
    reception = ("but", "appareil", "lecture", "son", "information/", "essai", "essai?fait=1")
    for path in (*reception, "resultat", "reponses", "question/pause", "chemin"):
        page.goto(f"/usager/{path}")
        suits(page)
    folded = page.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    suits(page)
    step = page.locator("a[href^='/usager/chemin/']").first.get_attribute("href")
    module = step.rpartition("/")[2]
    for path in (
        step,
        f"/contenu/fiches/{module}",
        f"/usager/entrainement/{module}/montrer?dessin=1",
        "/confort/",
    ):
        page.goto(path)
        suits(page)


def is_of(kind, item):
    """Whether an item is of this kind: simulated, drawn, or its genre."""
    return kind == ("simulateur" if item.is_simulated else "scene" if item.is_scene else item.genre)


@pytest.mark.parametrize(("width", "height", "letters"), SCREENS)
def test_questions_of_each_kind(open_page, suits, served_app, width, height, letters):
    page = at_ease(open_page, width, height, letters)
    begin(page, device="ordinateur")
    for kind in KINDS:
        ask_for(page, served_app, partial(is_of, kind))
        if kind == "simulateur":
            expect(page.locator("form.answer .consigne")).to_be_visible()
        suits(page)


FOCUSED = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const isShown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [e.getAttribute("aria-label") || e.textContent.trim(), isShown];
}"""


def test_the_keyboard_alone_goes_everywhere_and_shows_where_it_is(open_page):
    page = give_voices(open_page(800, 1280), FRENCH)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    reached = {}
    while True:
        page.keyboard.press("Tab")
        name, is_shown = page.evaluate(FOCUSED)
        if name in reached or page.evaluate("document.activeElement === document.body"):
            break
        reached[name] = is_shown
    assert {"Aller au contenu", "Écouter", "Confort", "Commencer", "Écouter : Bienvenue"} <= set(reached)
    assert [name for name, is_shown in reached.items() if not is_shown] == []


def test_with_forced_colours_buttons_keep_their_edges_and_reading_shows(open_page):
    page = give_voices(open_page(800, 1280), FRENCH, word_time=1000)
    page.emulate_media(forced_colors="active")
    page.goto("/confort/")
    edges = page.locator("main .picture-choice, main .button").evaluate_all(
        "(buttons) => buttons.map((e) => parseFloat(getComputedStyle(e).borderTopWidth))"
    )
    assert min(edges) >= 2
    page.get_by_role("button", name="Écouter", exact=True).click()
    expect(page.locator(".reading")).to_have_css("outline-style", "solid")


def test_words_are_never_cut_by_a_hyphen(open_page):
    page = open_page(320, 640)
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.body).hyphens") in ("manual", "none")
