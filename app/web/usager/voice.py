"""Sounds for the sentences of a screen: recorded in the structure, or made by ``make audio``."""

from __future__ import annotations

import re
import uuid
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
        return {"data-voices": url_for("voix.of_structure", slug=here.slug)}
    if current_made_voices():
        return {"data-voices": url_for("voix.made"), "data-only-made": "oui"}
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
