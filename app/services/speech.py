"""Speech made on this machine by free programs: eSpeak NG says, ffmpeg or lame makes the MP3."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

VOICE = b"fr"
WORDS_A_MINUTE = 150

_RETRIEVAL, _RATE, _UTF8, _WORD, _END = 1, 1, 1, 1, 0
"""Constants of espeak-ng/speak_lib.h: give the samples back, the rate, the encoding, two kinds of event."""


class SpeechMissing(Exception):
    """A program is not installed; the message says which, in French."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A sentence said: 16-bit samples, how many a second, and where in the text and when words begin."""

    samples: bytes
    rate: int
    words: tuple[tuple[int, int], ...]
    """Place of the word's first letter in the text, milliseconds."""


class _Event(ctypes.Structure):
    """``espeak_EVENT``; its last field is a union of 8 bytes that nothing here reads."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Espeak:
    """eSpeak NG, through its library: the command does not tell when each word begins.

    Raises ``SpeechMissing`` where the library or its French voice is not installed.
    """

    def __init__(self) -> None:
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        try:
            self._library = ctypes.CDLL(name)
        except OSError as error:
            raise SpeechMissing("eSpeak NG n’est pas installé.") from error
        self._rate = self._library.espeak_Initialize(_RETRIEVAL, 0, None, 0)
        if self._rate <= 0 or self._library.espeak_SetVoiceByName(VOICE) != 0:
            raise SpeechMissing("La voix française d’eSpeak NG n’est pas installée.")
        self._library.espeak_SetParameter(_RATE, WORDS_A_MINUTE, 0)
        self._samples = bytearray()
        self._words: list[tuple[int, int]] = []
        self._callback = _Callback(self._take)  # kept: the library calls it as long as it lives
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str) -> Speech:
        """Say a text."""
        self._samples.clear()
        self._words.clear()
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return Speech(bytes(self._samples), self._rate, tuple(self._words))

    def _take(self, wav: object, count: int, events: object) -> int:
        n = 0
        while events[n].type != _END:  # type: ignore[index]
            event = events[n]  # type: ignore[index]
            if event.type == _WORD:
                self._words.append((event.text_position - 1, event.audio_position))
            n += 1
        if wav and count > 0:
            self._samples += ctypes.string_at(wav, count * 2)  # type: ignore[arg-type]
        return 0


def word_starts(text: str, speech: Speech) -> list[int]:
    """When each word of the text, cut at its spaces, begins, in milliseconds.

    A word that the synthesiser does not tell of, « ? », begins with the one before.
    """
    starts: list[int] = []
    place = 0
    for word in text.split(" "):
        told = (at for letter, at in speech.words if place <= letter < place + len(word))
        starts.append(max(next(told, 0), starts[-1] if starts else 0))
        place += len(word) + 1
    return starts


def encoder() -> list[str]:
    """The command that makes an MP3 of samples. Raises ``SpeechMissing`` where there is none."""
    if lame := shutil.which("lame"):
        # lame takes little-endian samples, as they are here.
        return [lame, "--quiet", "-r", "-s", "{khz}", "-m", "m", "-b", "40", "-", "-"]
    if ffmpeg := shutil.which("ffmpeg"):
        raw = ["-f", "s16le", "-ar", "{hz}", "-ac", "1", "-i", "-"]
        return [ffmpeg, "-v", "error", *raw, "-b:a", "40k", "-f", "mp3", "-"]
    raise SpeechMissing("Ni lame ni ffmpeg ne sont installés.")


def mp3(speech: Speech, command: Sequence[str]) -> bytes:
    """The speech as MP3. Raises ``subprocess.CalledProcessError`` when the encoder fails."""
    filled = [part.format(hz=speech.rate, khz=speech.rate / 1000) for part in command]
    return subprocess.run(filled, input=speech.samples, capture_output=True, check=True).stdout
