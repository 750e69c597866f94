"""Sentences made into sounds by ``make audio``: MP3 files, and when each word of them begins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import current_app

from app.config import Settings

INDEX = "index.json"


class MadeVoices:
    """The sounds of a folder. What ``make audio`` adds while the server runs is seen at the next request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read_at: float | None = None
        self._words: dict[str, list[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._index())

    def words(self, key: str) -> list[int] | None:
        """When each word of a sentence begins, in milliseconds; ``None`` where there is no sound for it."""
        return self._index().get(key)

    def file(self, key: str) -> Path | None:
        """The sound of a sentence."""
        return self.folder / f"{key}.mp3" if key in self._index() else None

    def _index(self) -> dict[str, list[int]]:
        changed_at = _changed_at(self.folder / INDEX)
        if changed_at != self._read_at:
            self._words = read_index(self.folder)
            self._read_at = changed_at
        return self._words


def _changed_at(file: Path) -> float | None:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return None


def read_index(folder: Path) -> dict[str, list[int]]:
    """When each word begins, by key; empty where nothing was made or the file was cut short."""
    try:
        read: Any = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {key: words for key, words in read.items() if isinstance(words, list)}


def folder_of(settings: Settings) -> Path:
    """Where the sounds of an installation are."""
    return settings.instance_dir / "audio"


def current_made_voices() -> MadeVoices:
    """Those of the running application."""
    extensions = current_app.extensions
    if "jalons_made_voices" not in extensions:
        extensions["jalons_made_voices"] = MadeVoices(folder_of(extensions["jalons_settings"]))
    made: MadeVoices = extensions["jalons_made_voices"]
    return made
