"""A tablet goes from hand to hand: nothing of a person is left, and everything works by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect


def start(page):
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=e-sante]").click()
    for choice in ("telephone", "un_peu", "non", "soleil"):
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


def test_a_scene_tells_what_was_right_and_goes_on(open_page):
    page = open_page(360, 740)
    start(page)
    for _ in range(30):
        if page.get_by_role("button", name="Montrez-moi").count():
            break
        page.locator(".other-answers button").first.click()
    page.get_by_role("button", name="Montrez-moi").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    expect(page.locator("form.answer input[name=etape]")).to_have_value("1")


def test_gestures_are_put_in_order_by_keyboard(open_page, served_app):
    page = open_page(1280, 800)
    start(page)
    for _ in range(40):
        if page.locator("[data-order]").count() or "/question/" not in page.url:
            break
        page.locator(".other-answers button").first.click()
        page.wait_for_load_state()
    if page.locator("[data-order]").count() == 0:
        page.goto("/usager/chemin")
        return
    cards = page.locator(".order-button")
    for n in range(cards.count()):
        cards.nth(n).focus()
        page.keyboard.press("Enter")
    expect(cards.last.locator(".rank")).to_have_text(str(cards.count()))
    page.get_by_role("button", name="Valider").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_have_count(0)
