"""A tablet goes from hand to hand: nothing of a person is left, and everything works by keyboard."""

from __future__ import annotations

import sqlalchemy as sa
from playwright.sync_api import expect

from app.services.engines import current_engines
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow
from tests.browser.asked import answer, begin


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
    while page.locator("[data-simulateur]").count() or not page.get_by_text("Montrez-moi").count():
        answer(page, served_app)
    answer(page, served_app)
    expect(page.locator("[data-questions] [role=status]")).not_to_be_empty()
    expect(page.locator("form.answer input[name=etape]")).to_have_value("1")


def ask_to_order(served_app):
    """Make the newest diagnostic ask for gestures in order; the item asked."""
    with served_app.app_context():
        sitting = db.session.scalars(
            sa.select(DiagnosticSitting).order_by(DiagnosticSitting.started_at.desc())
        ).first()
        bank = current_engines().bank(sitting.device)
        items = current_engines().content.items
        item = next(items[i.id] for i in bank.items if items[i.id].genre == "ordre")
        sitting.pending = [{**sitting.pending[0], "item": item.id}]
        db.session.commit()
        return item


def test_gestures_are_put_in_order_by_keyboard(open_page, served_app):
    page = open_page(1280, 800)
    start(page)
    item = ask_to_order(served_app)
    page.goto("/usager/question/")
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
