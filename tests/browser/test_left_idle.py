"""A tablet that nobody touches: a warning that is seen and heard, then nothing of the person is left."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.speech import FRENCH, give_voices

STILL_THERE = "Êtes-vous toujours là ?"
LEFT_IN_THE_BROWSER = (
    "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
)


@pytest.fixture
def begun(open_page):
    """Somebody before their first question, on a page whose clock the test moves."""

    def begin(*, sound="oui", width=800, height=1280):
        page = give_voices(open_page(width, height), FRENCH)
        page.clock.install()
        page.goto("/")
        page.get_by_role("link", name="Commencer").click()
        page.locator("button[value=e-sante]").click()
        for choice in ("telephone", "un_peu", sound, "compris", "soleil"):
            page.locator(f"button[value={choice}]").click()
        page.locator("form[action='/usager/diagnostic'] button.primary").wait_for()
        return page

    return begin


def warning(page):
    return page.get_by_role("alertdialog")


def test_after_three_minutes_one_is_asked_and_heard_then_stays(begun, axe):
    page = begun()
    page.clock.run_for(170_000)
    expect(warning(page)).to_be_hidden()
    page.clock.run_for(12_000)
    expect(warning(page)).to_be_visible()
    expect(warning(page)).to_contain_text("Êtes-vous toujours là")
    expect(page.get_by_role("button", name="Je suis là")).to_be_focused()
    assert STILL_THERE in page.evaluate("window.spoken.map(([text]) => text)")
    axe(page)
    page.get_by_role("button", name="Je suis là").click()
    expect(warning(page)).to_be_hidden()
    page.clock.run_for(60_000)
    expect(warning(page)).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^C’est parti"))).to_be_visible()


@pytest.mark.parametrize("sign", ["a touch anywhere", "a key"])
def test_any_sign_of_life_is_an_answer(begun, sign):
    page = begun()
    page.clock.run_for(182_000)
    expect(warning(page)).to_be_visible()
    if sign == "a key":
        page.keyboard.press("Escape")
    else:
        page.touchscreen.tap(5, 5)
    expect(warning(page)).to_be_hidden()
    page.clock.run_for(170_000)
    expect(warning(page)).to_be_hidden()


def test_who_chose_silence_is_warned_in_silence(begun):
    page = begun(sound="non")
    page.clock.run_for(182_000)
    expect(warning(page)).to_be_visible()
    assert page.evaluate("window.spoken") == []


def test_thirty_seconds_later_the_tablet_leaves_and_nothing_is_left(begun):
    page = begun()
    page.goto("/usager/chemin")
    page.clock.run_for(182_000)
    expect(warning(page)).to_be_visible()
    page.clock.run_for(31_000)
    expect(page).to_have_url(re.compile("/lieu/"))
    expect(page.locator("h1")).to_have_text("Bienvenue")
    assert page.evaluate(LEFT_IN_THE_BROWSER) == [0, 0, 0]
    assert page.context.cookies() == [] or all("usager" not in c["name"] for c in page.context.cookies())
    for _ in range(8):
        page.go_back()
        page.wait_for_load_state()
        assert "/usager/" not in page.url
    page.goto("/usager/chemin")
    expect(page.locator("main")).to_contain_text("Cette page est fermée")


def test_from_the_warning_one_can_end_at_once(begun):
    page = begun()
    page.clock.run_for(182_000)
    warning(page).get_by_role("button", name="Terminer").click()
    expect(page.locator("h1")).to_have_text("Bienvenue")


def test_the_keyboard_stays_in_the_warning_and_does_both(begun):
    page = begun()
    page.clock.run_for(182_000)
    for name in ("Terminer", "Je suis là"):
        page.keyboard.press("Tab")
        expect(warning(page).get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(warning(page)).to_be_hidden()
    page.clock.run_for(182_000)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bienvenue")


def test_a_tablet_that_wakes_up_late_shows_the_person_before_to_nobody(begun):
    page = begun()
    page.clock.set_system_time(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 3600))  # asleep
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page).to_have_url(re.compile("/lieu/"))


def test_without_network_the_screen_is_emptied_and_the_welcome_comes_back_with_it(begun):
    page = begun()
    page.goto("/usager/chemin")
    page.clock.run_for(182_000)
    page.context.set_offline(True)
    page.clock.run_for(31_000)
    expect(page.locator("body")).to_contain_text("À bientôt")
    assert "chemin" not in page.locator("body").inner_text().lower()
    page.clock.run_for(6_000)
    expect(page.locator("body")).to_contain_text("À bientôt")
    page.context.set_offline(False)
    page.clock.run_for(6_000)
    expect(page).to_have_url(re.compile("/lieu/"))


def test_whoever_listens_is_there(begun):
    page = begun()
    page.evaluate("document.documentElement.classList.add('is-reading')")
    page.clock.run_for(400_000)
    expect(warning(page)).to_be_hidden()


def test_a_screen_where_nobody_has_begun_goes_back_in_silence(open_page):
    page = give_voices(open_page(800, 1280), FRENCH)
    page.clock.install()
    page.goto("/")
    page.get_by_role("link", name="Commencer").click()
    page.get_by_role("link", name="Confort").click()
    page.locator("button[value=tres_grandes]").click()
    page.get_by_role("link", name="Retour").click()
    expect(page.locator("html.letters-largest")).to_have_count(1)
    page.clock.run_for(182_000)
    expect(page).to_have_url(re.compile("/lieu/[^/]*/$"))
    expect(page.locator("html.letters-largest")).to_have_count(0)
    assert page.evaluate("window.spoken") == []


def test_the_question_that_was_open_is_found_again_by_its_person_only(begun):
    page = begun()
    page.locator("form[action='/usager/diagnostic'] button.primary").click()
    page.locator("form.answer").wait_for()
    asked = page.locator("h1").inner_text()
    page.clock.run_for(215_000)
    expect(page.locator("h1")).to_have_text("Bienvenue")
    assert page.evaluate(LEFT_IN_THE_BROWSER) == [0, 0, 0]
    page.get_by_role("link", name="Commencer").click()
    expect(page.locator("h1")).not_to_have_text(asked)
