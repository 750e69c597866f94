"""A device's voice that tests can hear, and sounds without a synthesiser."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

FAKE_SPEECH = """
window.spoken = [];
window.rates = [];
const voices = %s;
let timer = 0;
const synthesis = {
  speaking: false,
  getVoices: () => voices,
  speak(u) {
    window.spoken.push([u.text, u.voice.lang]);
    window.rates.push(u.rate);
    const words = [...u.text.matchAll(/[^ ]+/g)].map((word) => word.index);
    this.speaking = true;
    const next = (n) => {
      if (n === 0 && u.onstart) u.onstart();
      if (n < words.length && u.onboundary) u.onboundary({ name: "word", charIndex: words[n] });
      timer = n < words.length
        ? setTimeout(next, window.wordTime || 0, n + 1)
        : setTimeout(() => { this.speaking = false; if (u.onend) u.onend(); });
    };
    timer = setTimeout(next, 0, 0);
  },
  cancel() { clearTimeout(timer); this.speaking = false; },
  addEventListener() {},
};
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
FRENCH = {"lang": "fr-FR", "localService": True, "name": "voix du téléphone"}
FRENCH_FROM_AFAR = {"lang": "fr-FR", "localService": False, "name": "voix d'un serveur"}
ENGLISH = {"lang": "en-US", "localService": True, "name": "voice"}


def give_voices(page: Page, *voices: dict[str, object], word_time: int = 0) -> Page:
    """A page whose device has these voices; ``word_time``: milliseconds that a word takes."""
    page.add_init_script(FAKE_SPEECH % json.dumps(voices))
    page.add_init_script(f"window.wordTime = {word_time}")
    return page


def spoken_by(page: Page, count: int) -> list[str]:
    """The first ``count`` sentences spoken; the page's own policy forbids waiting inside it."""
    spoken: list[list[str]] = []
    for _ in range(100):
        spoken = page.evaluate("window.spoken")
        if len(spoken) >= count:
            return [text for text, _ in spoken]
        page.wait_for_timeout(50)
    raise AssertionError(f"only {len(spoken)} sentences were spoken: {spoken}")


def silence(seconds: float) -> bytes:
    """An MP3 in which nothing is heard: frames of 26 ms."""
    frame = b"\xff\xfb\x10\xc4" + bytes(100)  # 32 kbit/s, 44.1 kHz, mono: 104 bytes
    return frame * round(seconds / 0.0261)


def make_sounds(folder: Path, sentences: dict[str, str], seconds: float = 0.6) -> None:
    """Put a silent sound for each of these sentences where ``make audio`` would."""
    folder.mkdir(parents=True, exist_ok=True)
    index = {}
    for key, text in sentences.items():
        (folder / f"{key}.mp3").write_bytes(silence(seconds))
        words = text.split(" ")
        index[key] = [round(1000 * seconds * n / len(words)) for n in range(len(words))]
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
