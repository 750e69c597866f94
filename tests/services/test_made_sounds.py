"""Making the sounds of sentences: what is new, what is no longer heard, what an interruption leaves."""

from __future__ import annotations

import json

import pytest

from app.services import made_sounds
from app.services.made_voices import MadeVoices
from app.services.speech import Speech, word_starts


class Voice:
    """Says each word in 100 ms, and remembers what it was asked."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> Speech:
        self.said.append(text)
        places = [n for n in range(len(text)) if n == 0 or text[n - 1] == " "]
        return Speech(text.encode(), 22050, tuple((place, 100 * n) for n, place in enumerate(places)))


def make(folder, sentences, voice, encode=lambda speech: b"mp3 " + speech.samples):
    return made_sounds.make(folder, sentences, voice, encode, lambda done, total: None)


def test_each_sentence_has_its_sound_and_its_words(tmp_path):
    made = make(tmp_path, {"a1": "Touchez le soleil.", "b2": "Bienvenue"}, Voice())
    voices = MadeVoices(tmp_path)
    assert (made.new, made.kept, made.removed) == (2, 0, 0)
    assert voices.file("a1").read_bytes() == b"mp3 Touchez le soleil."
    assert voices.words("a1") == [0, 100, 200]
    assert voices.words("c3") is None
    assert voices.file("../index") is None


def test_only_what_is_new_is_made_and_what_is_not_heard_any_more_goes(tmp_path):
    make(tmp_path, {"a1": "Bienvenue", "b2": "Adieu"}, Voice())
    voice = Voice()
    made = make(tmp_path, {"a1": "Bienvenue", "c3": "Merci"}, voice)
    assert voice.said == ["Merci"]
    assert (made.new, made.kept, made.removed) == (1, 1, 1)
    assert sorted(file.name for file in tmp_path.glob("*.mp3")) == ["a1.mp3", "c3.mp3"]


def test_a_sound_that_was_erased_is_made_again(tmp_path):
    make(tmp_path, {"a1": "Bienvenue"}, Voice())
    (tmp_path / "a1.mp3").unlink()
    assert make(tmp_path, {"a1": "Bienvenue"}, Voice()).new == 1
    assert (tmp_path / "a1.mp3").is_file()


def test_what_was_made_before_an_interruption_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(made_sounds, "BATCH", 1)

    def encode(speech: Speech) -> bytes:
        if b"panne" in speech.samples:
            raise OSError("disque plein")
        return b"mp3"

    sentences = {"a1": "Bienvenue", "b2": "La panne"}
    with pytest.raises(OSError, match="disque plein"):
        make(tmp_path, sentences, Voice(), encode)
    voice = Voice()
    make(tmp_path, sentences, voice)
    assert voice.said == ["La panne"]


def test_a_server_that_runs_sees_new_sounds_and_survives_a_spoilt_index(tmp_path):
    voices = MadeVoices(tmp_path / "audio")
    assert not voices
    make(tmp_path / "audio", {"a1": "Bienvenue"}, Voice())
    assert voices.words("a1") == [0]
    (tmp_path / "audio" / "index.json").write_text('{"a1": [0', encoding="utf-8")
    assert not MadeVoices(tmp_path / "audio")
    (tmp_path / "audio" / "index.json").write_text(json.dumps({"a1": [0], "b2": "x"}), encoding="utf-8")
    assert MadeVoices(tmp_path / "audio").words("b2") is None


def test_words_begin_where_the_voice_says_so_and_signs_with_the_word_before():
    speech = Speech(b"", 22050, ((0, 0), (5, 400), (9, 450)))
    # « Êtes-vous là ? »: the voice tells of « Êtes » and « vous », of « là », and not of the sign.
    assert word_starts("Êtes-vous là ?", Speech(b"", 22050, ((0, 0), (5, 300), (10, 700)))) == [0, 700, 700]
    assert word_starts("Voir la", speech) == [0, 400]
