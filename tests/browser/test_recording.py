"""A conseiller records a sentence with the laptop's microphone, and usagers hear it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.content.spoken import sentence_key
from app.services import recordings
from app.store.database import db
from app.store.models import Recording

A_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
ECRANS = "/conseiller/voix/phrases/ecrans"
BIENVENUE = f"[id='{sentence_key('Bienvenue')}']"


@pytest.fixture
def with_microphone(browser_type, browser_type_launch_args, address, conseiller_state):
    """The conseiller's page in a browser of its own, whose microphone hears a beep."""
    arguments = {**browser_type_launch_args, "args": browser_type_launch_args["args"] + A_MICROPHONE}
    browser = browser_type.launch(**arguments)
    context = browser.new_context(base_url=address, storage_state=conseiller_state, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(ECRANS)
    yield page
    browser.close()


@pytest.fixture
def kept(served_app):
    """What the structures have recorded; nothing of it stays after the test."""

    def ask():
        with served_app.app_context():
            return db.session.scalars(sa.select(Recording)).all()

    yield ask
    with served_app.app_context():
        for recording in db.session.scalars(sa.select(Recording)):
            recordings.remove(recording)


def record(line, page):
    line.get_by_role("button", name="Enregistrer").click()
    expect(line.get_by_role("button", name="Arrêter")).to_be_visible()
    page.wait_for_timeout(1200)
    line.get_by_role("button", name="Arrêter").click()
    expect(line.get_by_role("button", name="Garder")).to_be_visible()


def test_a_sentence_is_recorded_listened_to_and_kept(with_microphone, kept):
    page = with_microphone
    line = page.locator(BIENVENUE)
    record(line, page)
    assert kept() == []  # nothing leaves before it was listened to
    line.get_by_role("button", name="Réécouter").click()
    line.get_by_role("button", name="Garder").click()
    expect(line).to_contain_text("Voix de Maryse")
    [recording] = kept()
    assert (recording.text, 0.5 < recording.seconds < 10) == ("Bienvenue", True)
    with page.expect_response(lambda response: str(recording.id) in response.url) as heard:
        line.get_by_role("link", name="Écouter").click()
    assert heard.value.status in (200, 206)

    line.get_by_role("button", name="Retirer").click()
    expect(page.locator(BIENVENUE)).to_contain_text("Voix de la tablette")
    assert kept() == []


def test_a_recording_can_be_dropped_and_begun_again(with_microphone, kept):
    page = with_microphone
    line = page.locator(BIENVENUE)
    record(line, page)
    line.get_by_role("button", name="Abandonner").click()
    expect(line.get_by_role("button", name="Garder")).to_be_hidden()
    expect(line.get_by_role("button", name="Enregistrer")).to_be_focused()
    assert kept() == []


def test_a_microphone_that_is_refused_says_what_to_do(open_page, conseiller_state):
    page = open_page(1280, 800, storage_state=conseiller_state)
    page.goto(ECRANS)
    line = page.locator(BIENVENUE)
    line.get_by_role("button", name="Enregistrer").click()
    expect(line.get_by_role("status")).to_contain_text("Autorisez-le dans le navigateur")


def test_away_from_the_laptop_the_page_says_where_to_record(open_page, conseiller_state):
    page = open_page(360, 740, storage_state=conseiller_state)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(ECRANS)
    expect(page.locator("[data-elsewhere]")).to_contain_text("http://localhost")
    expect(page.get_by_role("button", name="Enregistrer")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(800, 1280), (1280, 800), (360, 740)])
def test_the_pages_of_voices_suit_everyone(open_page, conseiller_state, axe, width, height):
    page = open_page(width, height, storage_state=conseiller_state)
    key = sentence_key("Bienvenue")
    for path in ("", "phrases/ecrans", f"phrase/{key}", "enregistrees", "?q=mot de passe"):
        page.goto(f"/conseiller/voix/{path}")
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
