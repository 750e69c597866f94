"""Every sentence can be heard where the device has a French voice of its own, and only there."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

FAKE_SPEECH = """
window.spoken = [];
const voices = %s;
const synthesis = {
  speaking: false,
  getVoices: () => voices,
  speak(u) {
    window.spoken.push([u.text, u.voice.lang]);
    u.onstart && u.onstart();
    setTimeout(() => u.onend && u.onend(), 1);
  },
  cancel() {},
  addEventListener() {},
};
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
FRENCH = {"lang": "fr-FR", "localService": True, "name": "voix du téléphone"}
FRENCH_FROM_AFAR = {"lang": "fr-FR", "localService": False, "name": "voix d'un serveur"}
ENGLISH = {"lang": "en-US", "localService": True, "name": "voice"}


def spoken_by(page, count):
    """The first ``count`` sentences spoken; the page's own policy forbids waiting inside it."""
    for _ in range(100):
        spoken = page.evaluate("window.spoken")
        if len(spoken) >= count:
            return [text for text, _ in spoken]
        page.wait_for_timeout(50)
    raise AssertionError(f"only {len(spoken)} sentences were spoken: {spoken}")


def with_voices(page, *voices):
    page.add_init_script(FAKE_SPEECH % json.dumps(voices))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    return page


def test_everything_on_the_page_is_read_in_order(open_page):
    page = with_voices(open_page(800, 1280), ENGLISH, FRENCH)
    page.get_by_role("button", name="Écouter", exact=True).click()
    expected = [text.strip() for text in page.locator("[data-say]").all_inner_texts()]
    assert spoken_by(page, len(expected)) == expected
    assert {lang for _, lang in page.evaluate("window.spoken")} == {"fr-FR"}


def test_one_sentence_can_be_heard_alone(open_page):
    page = with_voices(open_page(360, 740), FRENCH)
    page.get_by_role("button", name="Écouter : Voyons ensemble").click()
    assert page.evaluate("window.spoken") == [["Voyons ensemble ce que vous savez déjà faire.", "fr-FR"]]


@pytest.mark.parametrize("voices", [(), (ENGLISH,), (FRENCH_FROM_AFAR,)])
def test_without_a_french_voice_of_the_device_there_is_no_button(open_page, voices):
    page = with_voices(open_page(800, 1280), *voices)
    expect(page.locator("[data-listen]")).to_be_hidden()
    expect(page.locator(".say")).to_have_count(0)


def test_with_the_sound_chosen_a_question_reads_itself_with_its_answers(open_page):
    page = with_voices(open_page(800, 1280), FRENCH)
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=envoyer-un-message]").click()
    for choice in ("telephone", "difficile", "oui", "soleil"):
        page.locator(f"button[value={choice}]").click()
    page.get_by_role("button", name="C’est parti", exact=True).click()
    expected = [" ".join(text.split()) for text in page.locator("[data-say]").all_text_contents()]
    spoken = spoken_by(page, len(expected))
    assert [text.replace("«", "").replace("»", "").split() for text in expected] == [
        text.split() for text in spoken
    ]
    assert "Je n’ai pas compris la question" in spoken
