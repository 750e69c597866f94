"""Sounds for the sentences of a screen: recorded in the structure, or made by ``make audio``."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_login import current_user

from app.services import recordings
from app.services.made_voices import current_made_voices
from app.store import queries, recording_queries
from app.store.models import Structure
from app.web.access import Access, current_usager, open_to

blueprint = Blueprint("voix", __name__, url_prefix="/voix")

KEY = re.compile(r"^[0-9a-f]{16}$")
MOST_KEYS = 400
MOST_BYTES = 1_000_000
"""Of sound in one reply: what a tablet holds of the next screens, two or three minutes of speech."""
A_DAY = 86400


@blueprint.app_context_processor
def offered() -> dict[str, Any]:
    """What the "Écouter" button needs: a function, so that other pages ask the database for nothing."""
    return {"voices_of": voices_of}


def voices_of(structure: Structure | None) -> dict[str, str]:
    """The attributes that tell the page where to ask for sounds; none where there is no sound to ask for.

    ``structure`` may be undefined in the template: the usager's is then meant.
    """
    usager = current_usager()
    here = structure or (queries.structure(usager.structure_id) if usager else None)
    if here and recording_queries.any_recording(here.id):
        return {
            "data-voices": url_for("voix.of_structure", slug=here.slug),
            "data-ahead": url_for("voix.ahead_of_structure", slug=here.slug),
        }
    if current_made_voices():
        return {
            "data-voices": url_for("voix.made"),
            "data-ahead": url_for("voix.ahead"),
            "data-only-made": "oui",
        }
    return {}


@blueprint.get("/phrases")
@open_to(Access.EVERYONE)
def made() -> dict[str, Any]:
    """The sounds made for these sentences, by key."""
    return _made(_keys())


@blueprint.get("/phrases/<slug>")
@open_to(Access.EVERYONE)
def of_structure(slug: str) -> dict[str, Any]:
    """The sounds for these sentences, a structure's own first."""
    structure = _structure_of_this_browser(slug)
    keys = _keys()
    own = {
        recording.text_key: {
            "url": url_for("voix.recorded", slug=slug, recording_id=recording.id),
            "recorded": True,
        }
        for recording in recording_queries.recordings_of_keys(structure.id, keys)
    }
    return _made(keys) | own


@blueprint.get("/avance")
@open_to(Access.EVERYONE)
def ahead() -> Response:
    """The sounds made for these sentences, in one reply."""
    return _together(_made_sounds(_keys()))


@blueprint.get("/avance/<slug>")
@open_to(Access.EVERYONE)
def ahead_of_structure(slug: str) -> Response:
    """The sounds for these sentences, a structure's own first, in one reply. With ``enregistrees`` only its
    own: a voice of the device says the rest."""
    structure = _structure_of_this_browser(slug)
    keys = _keys()
    own = {
        recording.text_key: recording
        for recording in recording_queries.recordings_of_keys(structure.id, keys)
    }
    made = (
        {}
        if "enregistrees" in request.args
        else {key: (file, told) for key, file, told in _made_sounds(keys)}
    )
    return _together(
        (key, recordings.file_of(own[key]), {"type": own[key].media_type, "recorded": True})
        if key in own
        else (key, *made[key])
        for key in keys
        if key in own or key in made
    )


Sound = tuple[str, Path, dict[str, Any]]
"""The key of a sentence, its file, and what the page must know of it."""


def _made_sounds(keys: list[str]) -> Iterator[Sound]:
    voices = current_made_voices()
    for key in keys:
        file, words = voices.file(key), voices.words(key)
        if file:
            yield key, file, {"type": "audio/mpeg", "words": words}


def _together(sounds: Iterable[Sound]) -> Response:
    """A line that tells what follows, then the sounds one after the other, ``MOST_BYTES`` of them at most."""
    told, data = [], bytearray()
    for key, file, what in sounds:
        sound = file.read_bytes() if file.is_file() else b""
        if len(data) + len(sound) > MOST_BYTES:
            break
        if sound:
            told.append({"cle": key, "taille": len(sound), **what})
            data += sound
    return Response(json.dumps(told).encode() + b"\n" + bytes(data), mimetype="application/octet-stream")


def _keys() -> list[str]:
    keys = request.args.get("cles", "").split(",")
    return [key for key in keys[:MOST_KEYS] if KEY.match(key)]


def _made(keys: list[str]) -> dict[str, Any]:
    voices = current_made_voices()
    return {
        key: {"url": url_for("voix.made_sound", key=key), "words": words}
        for key in keys
        if (words := voices.words(key)) is not None
    }


def _structure_of_this_browser(slug: str) -> Structure:
    """The structure, unless the browser is in the hands of somebody of another one."""
    structure = queries.structure_by_slug(slug) or abort(404)
    usager = current_usager()
    holder = usager or (current_user.account if current_user.is_authenticated else None)
    if holder is not None and holder.structure_id != structure.id:
        abort(404)
    return structure


@blueprint.get("/faite/<key>.mp3")
@open_to(Access.EVERYONE)
def made_sound(key: str) -> Response:
    file = current_made_voices().file(key) if KEY.match(key) else None
    if file is None or not file.is_file():
        abort(404)
    return _sound(file, "audio/mpeg", max_age=A_DAY)


@blueprint.get("/enregistree/<slug>/<uuid:recording_id>")
@open_to(Access.EVERYONE)
def recorded(slug: str, recording_id: uuid.UUID) -> Response:
    structure = _structure_of_this_browser(slug)
    recording = recording_queries.recording(structure.id, recording_id) or abort(404)
    file = recordings.file_of(recording)
    if not file.is_file():
        abort(404)
    return _sound(file, recording.media_type, max_age=0)


def _sound(file: Path, media_type: str, max_age: int) -> Response:
    """A sound, whole or in the parts that an iPad asks for."""
    data = file.read_bytes()
    response = Response(data, mimetype=media_type)
    response.headers["Cache-Control"] = f"private, max-age={max_age}"
    response.add_etag()
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response
