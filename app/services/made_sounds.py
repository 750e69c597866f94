"""Making the sounds of sentences: only those that are new, never half a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.services.made_voices import INDEX, read_index
from app.services.speech import Speech, word_starts

BATCH = 200
"""Sentences between two writings of the index: what was made before an interruption is not made again."""


class Synthesiser(Protocol):
    """Something that says a text."""

    def say(self, text: str) -> Speech: ...


@dataclass(frozen=True)
class Made:
    """How many sounds were made, were there already, and were taken away as nobody hears them any more."""

    new: int
    kept: int
    removed: int


def make(
    folder: Path,
    sentences: Mapping[str, str],
    synthesiser: Synthesiser,
    encode: Callable[[Speech], bytes],
    progress: Callable[[int, int], None],
) -> Made:
    """Make what is missing of these sentences, by key, and take away the sounds of others."""
    folder.mkdir(parents=True, exist_ok=True)
    present = {key: words for key, words in read_index(folder).items() if (folder / f"{key}.mp3").is_file()}
    index = {key: words for key, words in present.items() if key in sentences}
    missing = [key for key in sentences if key not in index]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as encoders:
        for first in range(0, len(missing), BATCH):
            batch = missing[first : first + BATCH]
            said = {key: synthesiser.say(sentences[key]) for key in batch}  # one voice: one at a time
            for key, sound in zip(batch, encoders.map(encode, said.values()), strict=True):
                _write(folder / f"{key}.mp3", sound)
                index[key] = word_starts(sentences[key], said[key])
            _write(folder / INDEX, json.dumps(index, separators=(",", ":")).encode())
            progress(len(index), len(sentences))
    _write(folder / INDEX, json.dumps(index, separators=(",", ":")).encode())
    return Made(new=len(missing), kept=len(sentences) - len(missing), removed=_clear(folder, index))


def _write(file: Path, data: bytes) -> None:
    """Write beside, then rename: a server that reads meanwhile finds the old file or the new one."""
    beside = file.with_suffix(".tmp")
    beside.write_bytes(data)
    beside.replace(file)


def _clear(folder: Path, index: Mapping[str, object]) -> int:
    gone = [file for file in folder.glob("*.mp3") if file.stem not in index]
    for file in gone:
        file.unlink()
    return len(gone)
