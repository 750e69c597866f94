"""What the tests of the diagnostic's screens do in a browser, and what they count in the database."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from app.content.models import Item
from app.services.engines import current_engines
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow

PANEL = "[data-questions] .panel"
Steps = list[tuple[str, int]]
# A server that others keep busy is slow, and a sending that failed waits before it is tried again.
expect.set_options(timeout=30_000)


def begin(page: Page, goal: str = "envoyer-un-message", device: str = "telephone", sound: str = "non") -> str:
    """From the welcome to the first question, with the next ones in the page; the diagnostic's id."""
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.locator(f"button[value={goal}]").click()
    for choice in (device, "un_peu", sound, "compris", "soleil"):
        page.locator(f"button[value={choice}]").click()
    page.get_by_role("button", name="C’est parti", exact=True).click()
    return sitting_of(page)


def sitting_of(page: Page) -> str:
    """The diagnostic that the page shows, once the page holds what comes next."""
    questions = page.locator("[data-questions][data-held]")
    expect(questions).to_be_visible()
    return questions.get_attribute("data-diagnostic") or ""


def asked(page: Page) -> tuple[str, int]:
    """The item and the step on the screen."""
    form = page.locator("form.answer")
    item = form.locator("input[name=item]").get_attribute("value") or ""
    return item, int(form.locator("input[name=etape]").get_attribute("value") or 0)


def ask_for(page: Page, app: Flask, is_wanted: Callable[[Item], bool]) -> Item:
    """Have the diagnostic on the page ask the first screen of its device that is wanted, and open it.

    What it would ask by itself follows what was asked of others before.
    """
    sitting_id = uuid.UUID(sitting_of(page))
    with app.app_context():
        sitting = db.session.scalars(
            sa.select(DiagnosticSitting).where(DiagnosticSitting.id == sitting_id)
        ).one()
        items = current_engines().content.items.values()
        item = next(item for item in items if sitting.device in item.devices and is_wanted(item))
        sitting.pending = [{**sitting.pending[0], "item": item.id}]
        sitting.simulates = True
        db.session.commit()
    page.goto("/usager/question/")
    expect(page.locator("form.answer input[name=item]")).to_have_value(item.id)
    return item


def answer(page: Page, app: Flask) -> Steps:
    """Say « Je ne sais pas », « Montrez-moi » or « Passer » and see something else come; the steps that this
    answers."""
    item, step = asked(page)
    if page.locator("[data-simulateur]").count():
        page.get_by_role("button", name="Passer à la suite", exact=True).click()
        with app.app_context():
            steps = [(item, n) for n in range(len(current_engines().content.items[item].steps))]
    else:
        page.locator(".other-answers button").first.click()
        steps = [(item, step)]
    shown = f"form.answer:has(input[name=item][value='{item}']):has(input[name=etape][value='{step}'])"
    expect(page.locator(shown)).to_have_count(0)
    return steps


def answer_all_that_is_held(page: Page, app: Flask) -> Steps:
    """Answer until the page says that what comes next will arrive."""
    given: Steps = []
    while not page.locator(PANEL).count():
        given += answer(page, app)
        expect(page.locator(f"{PANEL}, form.answer").first).to_be_visible()
    return given


def kept(app: Flask, sitting_id: str) -> Steps:
    """The steps of which the database has evidence, in the order given, each as often as it is there."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(EvidenceRow.item_id, EvidenceRow.step)
            .where(EvidenceRow.sitting_id == uuid.UUID(sitting_id))
            .order_by(EvidenceRow.occurred_at, EvidenceRow.step)
        )
        return [(item or "", step) for item, step in rows]


def expect_kept(page: Page, app: Flask, sitting_id: str, given: Iterable[tuple[str, int]]) -> None:
    """The database has exactly what was given, in that order, once all is sent."""
    given = list(given)
    for _ in range(300):
        if len(kept(app, sitting_id)) >= len(given):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(300)  # for what would come twice
    assert kept(app, sitting_id) == given


def left_in_the_browser(page: Page) -> list[int]:
    """How much is in each of the browser's stores."""
    return page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    )
