"""Every sentence can be heard: by a voice recorded here, the device's own, or the sounds made for it."""

from __future__ import annotations

import shutil

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.content.spoken import sentence_key, sentences
from app.services import recordings
from app.services.clock import now
from app.services.made_voices import folder_of
from app.store.database import db
from app.store.models import Account, Recording
from app.web import heard_sentences
from tests.browser.speech import (
    ENGLISH,
    FRENCH,
    FRENCH_FROM_AFAR,
    give_voices,
    make_sounds,
    silence,
    spoken_by,
)

HEARD = "[data-say]:not([hidden] [data-say])"

WATCH_WORDS = """() => {
  window.lit = [];
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (target.classList.contains("lit")) window.lit.push(target.textContent);
  })).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
}"""


def welcome(page, *voices, word_time=0):
    give_voices(page, *voices, word_time=word_time)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    return page


def sentences_of(page):
    return [s for text in page.locator(HEARD).all_text_contents() for s in sentences(text)]


@pytest.fixture
def made(served_app):
    """A silent sound for each sentence of the screens."""
    with served_app.test_request_context():
        texts = heard_sentences.by_key()
    folder = folder_of(served_app.extensions["jalons_settings"])
    make_sounds(folder, {key: texts[key] for key in list(texts)[:400]})
    yield
    shutil.rmtree(folder)


@pytest.fixture
def recorded(served_app):
    """« Bienvenue » in the voice of somebody of the structure."""
    with served_app.app_context():
        author = db.session.scalars(sa.select(Account)).first()
        key = sentence_key("Bienvenue")
        made = recordings.keep(author, key=key, text="Bienvenue", sound=silence(0.5), seconds=0.5, now=now())
        address = f"/{made.id}"
    yield address
    with served_app.app_context():
        for recording in db.session.scalars(sa.select(Recording)):
            recordings.remove(recording)


def test_the_page_cuts_and_names_sentences_as_the_server_does(open_page, served_app):
    page = open_page(800, 1280)
    page.goto("/")
    with served_app.test_request_context():
        texts = list(heard_sentences.by_key().values())
    texts += ["« Ça va\u00a0? » dit Léa. M. Martin, 3 rue X. Non\u202f! « Lire ».", "Un 🙂\nsourire…  Voilà."]
    found = page.evaluate(
        """async (texts) => {
          const { sentencesOf, keyOf } = await import("/static/js/speaking.js");
          return texts.map((text) => sentencesOf(text).map((sentence) => [sentence, keyOf(sentence)]));
        }""",
        texts,
    )
    assert found == [[[s, sentence_key(s)] for s in sentences(text)] for text in texts]


def test_everything_on_the_page_is_read_in_order(open_page):
    page = welcome(open_page(800, 1280), ENGLISH, FRENCH)
    page.get_by_role("button", name="Écouter", exact=True).click()
    expected = sentences_of(page)
    assert spoken_by(page, len(expected)) == expected
    assert {lang for _, lang in page.evaluate("window.spoken")} == {"fr-FR"}
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible()


def test_one_sentence_can_be_heard_alone_and_again(open_page):
    page = welcome(open_page(360, 740), FRENCH)
    for times in (1, 2):
        page.get_by_role("button", name="Écouter : Voyons ensemble").click()
        assert spoken_by(page, times) == ["Voyons ensemble ce que vous savez déjà faire."] * times


def test_it_is_stopped_by_one_touch(open_page):
    page = welcome(open_page(800, 1280), FRENCH, word_time=1000)
    page.get_by_role("button", name="Écouter", exact=True).click()
    expect(page.locator(".reading")).to_have_count(1)
    page.get_by_role("button", name="Arrêter", exact=True).click()
    expect(page.locator(".reading")).to_have_count(0)
    assert len(page.evaluate("window.spoken")) == 1


def test_each_word_lights_up_as_it_is_said_and_the_text_is_as_before(open_page):
    page = welcome(open_page(800, 1280), FRENCH, word_time=30)
    sentence = page.get_by_text("Voyons ensemble ce que")
    before = sentence.inner_html()
    page.evaluate(WATCH_WORDS)
    page.get_by_role("button", name="Écouter : Voyons ensemble").click()
    spoken_by(page, 1)
    expect(page.locator("html.is-reading")).to_have_count(0)
    lit = list(dict.fromkeys(page.evaluate("window.lit")))
    assert " ".join(lit) == "Voyons ensemble ce que vous savez déjà faire."
    assert sentence.inner_html() == before


def test_with_less_motion_the_sentence_is_lit_and_words_do_not_move(open_page):
    page = open_page(800, 1280)
    page.emulate_media(reduced_motion="reduce")
    welcome(page, FRENCH, word_time=300)
    page.get_by_role("button", name="Écouter : Voyons ensemble").click()
    expect(page.locator(".reading")).to_have_text("Voyons ensemble ce que vous savez déjà faire.")
    expect(page.locator(".word")).to_have_count(0)


def test_the_voice_is_slower_where_the_person_wants_it(open_page):
    page = welcome(open_page(800, 1280), FRENCH)
    page.get_by_role("button", name="Écouter : Bienvenue").click()
    spoken_by(page, 1)
    usual = page.evaluate("window.rates[0]")
    page.get_by_role("link", name="Confort").click()
    page.locator("button[value=lente]").click()
    page.get_by_role("link", name="Retour").click()
    page.get_by_role("button", name="Écouter : Bienvenue").click()
    spoken_by(page, 1)
    assert page.evaluate("window.rates[0]") < 0.8 * usual


@pytest.mark.parametrize("voices", [(), (ENGLISH,), (FRENCH_FROM_AFAR,)])
def test_without_a_french_voice_of_the_device_nor_sounds_there_is_no_button(open_page, voices):
    page = welcome(open_page(800, 1280), *voices)
    expect(page.locator("[data-listen]")).to_be_hidden()
    expect(page.locator(".say")).to_have_count(0)


def test_without_a_voice_of_the_device_the_sounds_made_are_heard_word_by_word(open_page, made):
    page = open_page(800, 1280)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    welcome(page, FRENCH_FROM_AFAR)
    page.evaluate(WATCH_WORDS)
    page.get_by_role("button", name="Écouter", exact=True).click()
    expect(page.locator("html.is-reading")).to_have_count(1)
    expect(page.locator("html.is-reading")).to_have_count(0, timeout=15_000)
    lit = page.evaluate("window.lit")
    assert lit[0] == "Bienvenue" and {"Voyons", "ensemble", "savez"} <= set(lit)
    heard = [url.rpartition("/")[2] for url in asked if "/voix/faite/" in url]
    assert list(dict.fromkeys(heard)) == [f"{sentence_key(s)}.mp3" for s in sentences_of(page)]
    assert len([url for url in asked if "/voix/phrases" in url]) == 1
    assert page.evaluate("window.spoken") == []


def test_with_a_voice_of_the_device_no_sound_is_asked_for(open_page, made):
    page = open_page(800, 1280)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    welcome(page, FRENCH)
    page.get_by_role("button", name="Écouter", exact=True).click()
    spoken_by(page, 7)
    assert not [url for url in asked if "/voix/" in url]


def test_a_voice_recorded_here_comes_first(open_page, recorded):
    page = open_page(800, 1280)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    welcome(page, FRENCH)
    expected = sentences_of(page)[1:]
    page.get_by_role("button", name="Écouter", exact=True).click()
    assert spoken_by(page, len(expected)) == expected
    assert [url for url in asked if url.endswith(recorded)]


def test_a_sound_that_cannot_be_had_is_said_by_the_device(open_page, recorded):
    page = open_page(800, 1280)
    page.route(f"**{recorded}", lambda route: route.abort("internetdisconnected"))
    welcome(page, FRENCH)
    expected = sentences_of(page)
    page.get_by_role("button", name="Écouter", exact=True).click()
    assert spoken_by(page, len(expected)) == expected


def begin(page, *, sound="oui"):
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=envoyer-un-message]").click()
    for choice in ("telephone", "un_peu", sound, "compris", "soleil"):
        page.locator(f"button[value={choice}]").click()
    page.get_by_role("button", name="C’est parti", exact=True).click()
    page.locator("form.answer").wait_for()


def test_with_the_sound_chosen_questions_read_themselves(open_page):
    page = welcome(open_page(800, 1280), FRENCH)
    begin(page)
    first = page.locator("h1")
    page.wait_for_timeout(300)
    assert spoken_by(page, 1)
    heard = " ".join(text for text, _ in page.evaluate("window.spoken"))
    told = [first.text_content(), *page.locator("h2.consigne").all_text_contents()]
    assert any(s in heard for text in told for s in sentences(text))


def test_without_the_sound_nothing_reads_itself(open_page):
    page = welcome(open_page(800, 1280), FRENCH)
    begin(page, sound="non")
    page.wait_for_timeout(300)
    assert page.evaluate("window.spoken") == []


def test_a_part_of_the_page_that_changes_is_heard_too(open_page):
    page = welcome(open_page(800, 1280), FRENCH)
    page.evaluate(
        """() => {
          const added = document.createElement("p");
          added.dataset.say = "";
          added.textContent = "Ouvrez le message de Léa.";
          document.querySelector("main").append(added);
          document.dispatchEvent(new CustomEvent("jalons:screen", { detail: { root: added } }));
        }"""
    )
    page.get_by_role("button", name="Écouter : Ouvrez le message").click()
    assert spoken_by(page, 1) == ["Ouvrez le message de Léa."]
    expect(page.get_by_role("button", name="Écouter : Bienvenue")).to_have_count(1)
