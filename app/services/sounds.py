"""Sound files that come from a browser: what they are, and made into MP3, which every tablet plays."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_SECONDS_TO_CONVERT = 20
_BYTES_A_SECOND = 8000
"""Of an MP3 at 64 kilobits a second."""


class SoundError(ValueError):
    """A sound that cannot be used; the message says what to do, in French."""


@dataclass(frozen=True)
class Kind:
    """A kind of sound file. ``ffmpeg`` is its name there."""

    media_type: str
    extension: str
    ffmpeg: str


MP3 = Kind("audio/mpeg", ".mp3", "mp3")
WEBM = Kind("audio/webm", ".webm", "matroska")
OGG = Kind("audio/ogg", ".ogg", "ogg")
MP4 = Kind("audio/mp4", ".m4a", "mov")
WAV = Kind("audio/wav", ".wav", "wav")
EXTENSIONS = {kind.media_type: kind.extension for kind in (MP3, WEBM, OGG, MP4, WAV)}


def kind_of(sound: bytes) -> Kind | None:
    """What a file is, by its first bytes and not by what was said of it; ``None``: not a sound we take."""
    if sound.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if sound.startswith(b"OggS"):
        return OGG
    if sound[4:8] == b"ftyp":
        return MP4
    if sound.startswith(b"RIFF") and sound[8:12] == b"WAVE":
        return WAV
    if sound.startswith(b"ID3") or (len(sound) > 1 and sound[0] == 0xFF and sound[1] & 0xE6 == 0xE2):
        return MP3
    return None


def converter() -> str | None:
    """The ffmpeg of this machine."""
    return shutil.which("ffmpeg")


def for_every_tablet(sound: bytes, kind: Kind, longest: float) -> tuple[bytes, Kind, float | None]:
    """The sound as MP3, cut at ``longest`` seconds, and how long it lasts, where ffmpeg is there; else as it
    came, and ``None``.

    Raises ``SoundError`` where ffmpeg can make nothing of it.
    """
    ffmpeg = converter()
    if ffmpeg is None:
        return sound, kind, None
    with tempfile.TemporaryDirectory(prefix="jalons-") as folder:
        given, made = Path(folder) / f"given{kind.extension}", Path(folder) / "made.mp3"
        given.write_bytes(sound)
        # The file is somebody's: it is read as what it is known to be, and may name no other file.
        command = [
            *(ffmpeg, "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-f", kind.ffmpeg),
            *("-i", str(given), "-t", str(longest), "-vn", "-map_metadata", "-1"),
            *("-ac", "1", "-ar", "44100", "-b:a", "64k", "-f", "mp3", str(made)),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS_TO_CONVERT)
        except (subprocess.SubprocessError, OSError) as error:
            raise SoundError("Ce son ne s'ouvre pas. Enregistrez la phrase à nouveau.") from error
        converted = made.read_bytes()
    return converted, MP3, len(converted) / _BYTES_A_SECOND
