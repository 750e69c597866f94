"""A tablet goes from hand to hand: nothing of a person is left, and everything works by keyboard."""

from __future__ import annotations

import sqlalchemy as sa
from playwright.sync_api import expect

from app.store.database import db
from app.store.models import EvidenceRow
from tests.browser.asked import answer, ask_for, begin


def start(page):
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=e-sante]").click()
    for choice in ("telephone", "un_peu", "non", "compris", "soleil"):
        page.locator(f"button[value={choice}]").click()
    page.get_by_role("button", name="C’est parti").click()


def test_finishing_leaves_nothing_in_the_browser(open_page):
    page = open_page(800, 1280)
    start(page)
    consigne = page.locator("h1").inner_text()
    page.get_by_role("button", name="Terminer").click()
    expect(page.locator("h1")).to_have_text("Bienvenue")
    for _ in range(6):
        page.go_back()
        page.wait_for_load_state()
        assert consigne not in page.locator("main").inner_text()
        assert "/usager/question" not in page.url
    left = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    )
    assert left == [0, 0, 0]


def test_a_scene_tells_what_was_right_and_goes_on(open_page, served_app):
    page = open_page(360, 740)
    begin(page, goal="e-sante")
    ask_for(page, served_app, lambda item: item.is_scene and not item.is_simulated)
    answer(page, served_app)
    expect(page.locator("[data-questions] [role=status]")).not_to_be_empty()
    expect(page.locator("form.answer input[name=etape]")).to_have_value("1")


def test_gestures_are_put_in_order_by_keyboard(open_page, served_app):
    page = open_page(1280, 800)
    begin(page, goal="e-sante")
    item = ask_for(page, served_app, lambda item: item.genre == "ordre")
    for card in item.cards:
        page.locator(".order-card", has=page.locator(f"#rang-{card.key}")).locator(
            "button.order-button"
        ).focus()
        page.keyboard.press("Enter")
    expect(page.locator(".order-button[aria-pressed=true]")).to_have_count(len(item.cards))
    page.get_by_role("button", name="Valider").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form.answer input[name=item]")).not_to_have_value(item.id)
    with served_app.app_context():
        [outcome] = db.session.scalars(
            sa.select(EvidenceRow.outcome)
            .where(EvidenceRow.item_id == item.id, EvidenceRow.sitting_id.is_not(None))
            .order_by(EvidenceRow.recorded_at.desc())
            .limit(1)
        )
    assert outcome == "reussi"
