"""Recordings: what is taken, what replaces what, and files that follow their rows."""

from __future__ import annotations

import pytest

from app.services import recordings, sounds
from app.services.sounds import SoundError
from app.store import recording_queries
from tests.conftest import NOW

WEBM = b"\x1a\x45\xdf\xa3" + b"opus" * 50
MP3 = b"\xff\xfb\x90\xc4" + bytes(400)
SOUNDS = {
    "audio/webm": WEBM,
    "audio/ogg": b"OggS" + bytes(60),
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A " + bytes(60),
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60),
    "audio/mpeg": MP3,
}


@pytest.fixture(autouse=True)
def no_converter(monkeypatch):
    monkeypatch.setattr(sounds, "converter", lambda: None)


def keep(account, sound=WEBM, seconds=2.0, key="0" * 16):
    return recordings.keep(account, key=key, text="Bienvenue", sound=sound, seconds=seconds, now=NOW)


@pytest.mark.parametrize("media_type", list(SOUNDS))
def test_a_sound_is_known_by_what_it_is(app, conseiller, media_type):
    made = keep(conseiller, SOUNDS[media_type])
    assert made.media_type == media_type
    assert recordings.file_of(made).read_bytes() == SOUNDS[media_type]


@pytest.mark.parametrize(
    ("sound", "seconds"),
    [
        (b"<html><script>alert(1)</script></html>", 2),
        (b"", 2),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), 2),
        (WEBM, 31.0),
        (WEBM, -1),
        (WEBM, float("nan")),
        (b"OggS" + bytes(recordings.MOST_BYTES), 2),
    ],
)
def test_what_is_no_sound_or_too_long_is_refused_with_what_to_do(app, structure, conseiller, sound, seconds):
    with pytest.raises(SoundError) as refusal:
        keep(conseiller, sound, seconds)
    assert str(refusal.value).endswith(".")
    assert recording_queries.recordings(structure.id) == []


def test_a_new_recording_takes_the_place_of_the_old_one_file_included(app, structure, conseiller):
    old = recordings.file_of(keep(conseiller))
    new = keep(conseiller, MP3)
    assert [r.id for r in recording_queries.recordings(structure.id)] == [new.id]
    assert not old.exists()
    assert recordings.file_of(new).read_bytes() == MP3


def test_a_recording_that_is_removed_leaves_no_file(app, structure, conseiller):
    made = keep(conseiller)
    file = recordings.file_of(made)
    recordings.remove(made)
    assert not file.exists()
    assert not recording_queries.any_recording(structure.id)


def test_each_structure_has_its_own_voice_for_a_sentence(
    app, structure, other_structure, conseiller, make_account
):
    keep(conseiller)
    keep(make_account(other_structure, "paul@exemple.fr"), MP3)
    [own] = recording_queries.recordings_of_keys(structure.id, ["0" * 16])
    assert own.media_type == "audio/webm"
    assert recording_queries.recording(other_structure.id, own.id) is None


def converting(monkeypatch, tmp_path, script):
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sounds, "converter", lambda: str(program))


def test_where_ffmpeg_is_there_it_makes_an_mp3_and_tells_how_long_it_lasts(
    app, conseiller, monkeypatch, tmp_path
):
    converting(monkeypatch, tmp_path, 'for last; do :; done; head -c 16000 /dev/zero > "$last"')
    made = keep(conseiller, WEBM, seconds=None)
    assert (made.media_type, made.seconds) == ("audio/mpeg", 2.0)


@pytest.mark.parametrize("script", ["exit 1", 'for last; do :; done; head -c 260000 /dev/zero > "$last"'])
def test_a_sound_that_does_not_open_or_lasts_too_long_once_opened_is_refused(
    app, structure, conseiller, monkeypatch, tmp_path, script
):
    converting(monkeypatch, tmp_path, script)
    with pytest.raises(SoundError):
        keep(conseiller)
    assert recording_queries.recordings(structure.id) == []
