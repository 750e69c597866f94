"""What else could lose an answer, or count it twice: replies that are not ours, clocks, full disks."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.services.clock import now
from app.store.database import db
from app.store.models import EvidenceRow
from tests.browser.asked import answer, asked, begin, expect_kept, kept, left_in_the_browser, sitting_of

# Replies in the place of the server's, without the browser's console telling of each.
REPLIES = """
window.tries = 0;
window.instead = null;
const real = window.fetch;
window.fetch = async (address, options) => {
  if (!String(address).includes("/usager/envoi/") || !window.instead) return real(address, options);
  window.tries += 1;
  return window.instead(address, options, real);
};
"""
INSTEAD = {
    "a Wi-Fi that asks for a password": "async () => new Response('<h1>Wi-Fi</h1>', { status: 200 })",
    "an empty object": "async () => new Response('{}', { status: 200 })",
    "refused by a proxy": "async () => new Response('Forbidden', { status: 403 })",
    "too large": "async () => new Response('Too large', { status: 413 })",
    "an error of the server": "async () => new Response('<h1>Erreur</h1>', { status: 500 })",
    "taken, and the reply is lost": "async (a, o, real) => { await real(a, o); throw Error('reset'); }",
    "taken, and the reply is cut": """async (a, o, real) => {
        const text = await (await real(a, o)).text();
        return new Response(text.slice(0, 40), { status: 200 });
    }""",
}
SHIFTED = """
window.shift = 0;
const realNow = Date.now;
Date.now = () => realNow() + window.shift;
"""
REFUSED = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no'); } });"
SILENT = "IDBFactory.prototype.open = () => ({});"
FULL = "IDBObjectStore.prototype.add = function () { throw new DOMException('full', 'QuotaExceededError'); };"


def answer_with(page, instead):
    """Have what is sent from now on answered by this, and no more by the server where it is null."""
    page.evaluate(f"() => {{ window.instead = {instead}; }}")


@pytest.mark.parametrize("instead", INSTEAD.values(), ids=INSTEAD)
def test_only_a_reply_of_the_server_says_that_an_answer_is_kept(open_page, served_app, instead):
    page = open_page(800, 1280)
    page.add_init_script(REPLIES)
    sitting = begin(page)
    answer_with(page, instead)
    given = [step for _ in range(2) for step in answer(page, served_app)]
    shown = asked(page)
    expect(page.get_by_text("Sera envoyé")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Enregistré")).to_have_count(0)
    assert asked(page) == shown
    assert page.evaluate("window.tries") < 8
    answer_with(page, "null")
    expect(page.get_by_text("Enregistré")).to_be_visible()
    expect_kept(page, served_app, sitting, given)


def test_while_an_answer_is_on_its_way_nothing_says_that_it_is_kept(open_page, served_app):
    page = open_page(800, 1280)
    page.add_init_script(REPLIES)
    begin(page)
    answer(page, served_app)
    expect(page.get_by_text("Enregistré")).to_be_visible()
    answer_with(page, "() => new Promise(() => null)")
    answer(page, served_app)
    expect(page.get_by_text("Enregistré")).to_be_hidden()
    expect(page.get_by_text("Sera envoyé")).to_be_visible()


def test_answers_too_heavy_together_are_sent_one_by_one(open_page, served_app):
    page = open_page(800, 1280)
    page.add_init_script(REPLIES)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(4) for step in answer(page, served_app)]
    answer_with(
        page,
        """(address, options, real) => (JSON.parse(options.body).reponses.length > 1
             ? Promise.resolve(new Response("Too large", { status: 413 })) : real(address, options))""",
    )
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, given)


def test_when_replies_go_on_refusing_somebody_is_called(open_page, served_app, axe):
    page = open_page(360, 740)
    page.add_init_script(REPLIES)
    sitting = begin(page)
    answer_with(page, INSTEAD["an error of the server"])
    given = []
    while not page.locator("[data-questions] .panel").count():
        given += answer(page, served_app)
        expect(page.locator("[data-questions] .panel, form.answer").first).to_be_visible()
    expect(page.get_by_text("Appelez votre conseiller.")).to_be_visible()
    axe(page)
    answer_with(page, "null")
    expect_kept(page, served_app, sitting, given)
    expect(page.get_by_text("Appelez votre conseiller.")).to_be_hidden()


def test_a_clock_put_right_by_a_year_throws_nobody_out(open_page, served_app):
    page = open_page(800, 1280)
    page.add_init_script(SHIFTED)
    sitting = begin(page)
    given = answer(page, served_app)
    sitting_of(page)
    shown = asked(page)
    with page.expect_navigation():
        page.evaluate("() => { window.shift = 365 * 86400000; }")
    sitting_of(page)
    assert asked(page) == shown
    given += answer(page, served_app)
    expect_kept(page, served_app, sitting, given)


def test_a_clock_set_back_by_a_year(open_page, served_app):
    page = open_page(800, 1280)
    page.add_init_script(SHIFTED)
    before = now()
    sitting = begin(page)
    page.context.set_offline(True)
    given = answer(page, served_app)
    page.evaluate("() => { window.shift = -365 * 86400000; }")
    given += answer(page, served_app)
    given += answer(page, served_app)
    expect(page.get_by_text("Sera envoyé")).to_be_visible()
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, given)
    expect(page.get_by_text("Enregistré")).to_be_visible()
    with served_app.app_context():
        found = db.session.scalars(
            sa.select(EvidenceRow.occurred_at).where(EvidenceRow.sitting_id == uuid.UUID(sitting))
        ).all()
    assert all(before - timedelta(seconds=1) <= moment <= now() for moment in found)


@pytest.mark.parametrize("broken", [REFUSED, SILENT, FULL], ids=["refused", "silent", "full"])
def test_a_browser_that_keeps_nothing_on_disk(open_page, served_app, broken):
    page = open_page(800, 1280)
    page.add_init_script(broken)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(3) for step in answer(page, served_app)]
    asked_first = []
    page.on("dialog", lambda dialog: (asked_first.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked_first == ["beforeunload"]
    page.context.set_offline(False)
    expect(page.get_by_text("Enregistré")).to_be_visible()
    expect_kept(page, served_app, sitting, given)
    page.get_by_role("button", name="Terminer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue")


def test_another_tab_that_erases_all_does_not_make_an_answer_look_kept(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    given = answer(page, served_app)
    page.evaluate("() => { indexedDB.deleteDatabase('jalons'); }")
    given += answer(page, served_app)
    expect(page.get_by_text("Sera envoyé")).to_be_visible()
    expect(page.get_by_text("Enregistré")).to_have_count(0)
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, given)


# --- leaving without a network: the next person finds nobody ---


def ended_offline(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    answer(page, served_app)
    page.get_by_role("button", name="Terminer").click()
    page.get_by_role("button", name="Terminer quand même").click()
    expect(page.get_by_text("À bientôt")).to_be_visible()
    return page, sitting


def expect_nobody(page, shown):
    expect(page.locator("form.answer")).to_have_count(0)
    assert shown not in page.content()
    page.goto("/usager/chemin")
    assert "/usager/" not in page.url
    names = [cookie["name"] for cookie in page.context.cookies()]
    assert "jalons_fini" not in names


@pytest.mark.parametrize("way", ["the same address", "a new tab", "the back button", "another page"])
def test_who_left_without_a_network_is_found_by_nobody(open_page, served_app, way):
    page, sitting = ended_offline(open_page, served_app)
    page.goto("about:blank")  # before it could tell the server
    page.context.set_offline(False)
    if way == "a new tab":
        page = page.context.new_page()
        page.goto("/usager/question/")
    elif way == "the back button":
        page.go_back(wait_until="commit")
        page.wait_for_load_state()
    else:
        page.goto("/usager/question/" if way == "the same address" else "/usager/chemin")
    expect_nobody(page, sitting)
    second = begin(page)
    answer(page, served_app)
    sitting_of(page)
    assert second != sitting


def test_a_tablet_left_alone_without_a_network_keeps_the_answers_until_they_are_sent(open_page, served_app):
    page = open_page(800, 1280)
    page.clock.install()
    sitting = begin(page)
    page.context.set_offline(True)
    given = answer(page, served_app)
    page.clock.run_for(220_000)
    expect(page.get_by_text("À bientôt")).to_be_visible()
    assert kept(served_app, sitting) == []
    page.context.set_offline(False)
    for _ in range(60):
        if page.url.endswith("/") and "/lieu/" in page.url:
            break
        page.clock.run_for(1000)
        page.wait_for_timeout(100)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue")
    assert kept(served_app, sitting) == given
    assert left_in_the_browser(page) == [0, 0, 0]
    assert "jalons_fini" not in [cookie["name"] for cookie in page.context.cookies()]
