"""Where the device has no French voice, what comes next is heard without a network too."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from app.services.made_voices import folder_of
from app.web import heard_sentences
from tests.browser.asked import answer, asked, begin, left_in_the_browser
from tests.browser.speech import FRENCH, give_voices, make_sounds

LISTEN = """
window.heard = [];
const Real = window.Audio;
window.Audio = function () {
  const player = new Real();
  player.addEventListener("playing", () => window.heard.push(player.src));
  return player;
};
window.alive = 0;
const { createObjectURL, revokeObjectURL } = URL;
URL.createObjectURL = (sound) => { window.alive += 1; return createObjectURL(sound); };
URL.revokeObjectURL = (url) => { window.alive -= 1; revokeObjectURL(url); };
"""


@pytest.fixture(scope="module")
def made(served_app):
    """A short silent sound for every sentence that can be heard."""
    with served_app.test_request_context():
        texts = heard_sentences.by_key()
    folder = folder_of(served_app.extensions["jalons_settings"])
    make_sounds(folder, texts, seconds=0.1)
    yield
    shutil.rmtree(folder)


def opened(open_page, *voices):
    page = give_voices(open_page(360, 740), *voices)
    page.add_init_script(LISTEN)
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url))
    return page, lambda: [url for url in asked_for if "/voix/avance" in url]


def heard(page):
    """Where the sounds of this screen came from, once something is heard."""
    for _ in range(150):
        found = page.evaluate("window.heard")
        if found:
            page.evaluate("window.heard = []")
            return found
        page.wait_for_timeout(100)
    raise AssertionError("nothing is heard")


def test_the_screens_that_are_held_are_heard_without_a_network(open_page, served_app, made):
    page, brought = opened(open_page)
    with page.expect_response("**/voix/avance?**", timeout=60_000) as reply:
        begin(page, sound="oui")
    assert len(reply.value.body()) < 1_000_000
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    before = asked(page)
    for _ in range(3):
        page.evaluate("window.heard = []")
        answer(page, served_app)
        assert asked(page) != before
        assert {url[:5] for url in heard(page)} == {"blob:"}
        before = asked(page)
    assert len(brought()) == 1
    page.get_by_role("link", name="Faire une pause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le réseau est coupé")
    page.evaluate("window.heard = []")
    assert {url[:5] for url in heard(page)} == {"blob:"}


def test_nothing_of_it_is_left_once_the_person_is_gone(open_page, served_app, made):
    page, _ = opened(open_page)
    with page.expect_response("**/voix/avance?**", timeout=60_000):
        begin(page, sound="oui")
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    answer(page, served_app)
    assert page.evaluate("window.alive") > 20
    page.get_by_role("button", name="Terminer", exact=True).click()
    page.get_by_role("button", name="Terminer quand même", exact=True).click()
    expect(page.get_by_text("À bientôt")).to_be_visible()
    assert page.evaluate("window.alive") == 0
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue")
    assert left_in_the_browser(page) == [0, 0, 0]


def test_sounds_come_ahead_only_for_who_wants_to_hear(open_page, served_app, made):
    page, brought = opened(open_page)
    begin(page)
    answer(page, served_app)
    page.wait_for_timeout(2500)
    assert brought() == []
    with page.expect_response("**/voix/avance?**", timeout=60_000):
        page.get_by_role("button", name="Écouter", exact=True).click()


def test_a_device_with_a_french_voice_asks_for_none(open_page, served_app, made):
    page, brought = opened(open_page, FRENCH)
    begin(page, sound="oui")
    answer(page, served_app)
    page.wait_for_timeout(2500)
    assert brought() == []
