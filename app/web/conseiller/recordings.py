"""Voices: sentences that people of the structure say themselves, for its usagers to hear."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.services import recordings, sounds
from app.services.clock import now
from app.services.sounds import SoundError
from app.store import queries, recording_queries
from app.store.models import Recording
from app.web.access import Access, current_account, current_structure, open_to
from app.web.conseiller.words import plural
from app.web.heard_sentences import Sentence, by_key, heard_sentences

blueprint = Blueprint("voices", __name__, url_prefix="/conseiller/voix")

MOST_FOUND = 60
SHORTEST_SEARCH = 2


@dataclass(frozen=True)
class Line:
    """A sentence, what the structure recorded for it, and who said it."""

    key: str
    text: str
    recording: Recording | None
    by: str


@blueprint.context_processor
def wording() -> dict[str, Any]:
    return {"plural": plural, "structure": current_structure(), "group_of": _group_of}


@blueprint.get("/")
@open_to(Access.CONSEILLER)
def home() -> str:
    search = request.args.get("q", "").strip()[:80]
    own = _own()
    found = _found(search) if len(search) >= SHORTEST_SEARCH else []
    return render_template(
        "conseiller/voices.html",
        domains=[
            (domain, list(groups))
            for domain, groups in groupby(heard_sentences(), lambda group: group.domain)
        ],
        recorded=own,
        search=search,
        lines=[_line(sentence, own) for sentence in found[:MOST_FOUND]],
        found=len(found),
        most_found=MOST_FOUND,
    )


@blueprint.get("/phrases/<group_id>")
@open_to(Access.CONSEILLER)
def group(group_id: str) -> str:
    found = next((group for group in heard_sentences() if group.id == group_id), None) or abort(404)
    own = _own()
    return render_template(
        "conseiller/voice_group.html",
        group=found,
        lines=[_line(sentence, own) for sentence in found.sentences],
        converts=sounds.converter() is not None,
    )


@blueprint.get("/enregistrees")
@open_to(Access.CONSEILLER)
def kept() -> str:
    own = _own()
    present = by_key()
    lines = [_line(Sentence(recording.text_key, recording.text), own) for recording in own.values()]
    return render_template(
        "conseiller/voices_kept.html",
        lines=[line for line in lines if line.key in present],
        gone=[line for line in lines if line.key not in present],
    )


@blueprint.get("/phrase/<key>")
@open_to(Access.CONSEILLER)
def sentence(key: str) -> str:
    return _sentence_page(key)


@blueprint.post("/phrase/<key>")
@open_to(Access.CONSEILLER)
def record(key: str) -> Response | tuple[Response, int] | tuple[str, int]:
    text = by_key().get(key) or abort(404)
    file = request.files.get("son")
    try:
        if not file:
            raise SoundError("Choisissez un fichier, ou enregistrez la phrase.")
        made = recordings.keep(
            current_account(),
            key=key,
            text=text,
            sound=file.read(),
            seconds=request.form.get("secondes", type=float),
            now=now(),
        )
    except SoundError as error:
        if _asked_by_script():
            return jsonify(problem=str(error)), 422
        return _sentence_page(key, str(error)), 422
    if _asked_by_script():
        return jsonify(
            url=_address(made), line=render_template("conseiller/voice_said.html", line=_told(made))
        )
    flash("La phrase est enregistrée.")
    return redirect(url_for("voices.sentence", key=key))


@blueprint.post("/phrase/<key>/retirer")
@open_to(Access.CONSEILLER)
def remove(key: str) -> Response:
    recording = recording_queries.recording_by_key(current_account().structure_id, key)
    if recording:
        recordings.remove(recording)
        flash("L'enregistrement est retiré. La voix de la tablette revient.")
    target = request.form.get("retour", "")
    if target == "enregistrees" or key not in by_key():
        return redirect(url_for("voices.kept"))
    return redirect(f"{url_for('voices.group', group_id=_group_of(key))}#{key}")


def _sentence_page(key: str, problem: str | None = None) -> str:
    text = by_key().get(key) or abort(404)
    line = _line(Sentence(key, text), _own())
    return render_template("conseiller/voice_sentence.html", line=line, problem=problem)


def _asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _own() -> dict[str, Recording]:
    return {r.text_key: r for r in recording_queries.recordings(current_account().structure_id)}


def _line(sentence: Sentence, own: dict[str, Recording]) -> Line:
    recording = own.get(sentence.key)
    return _told(recording) if recording else Line(sentence.key, sentence.text, None, "")


def _told(recording: Recording) -> Line:
    account = queries.account(recording.structure_id, recording.author_id)
    return Line(recording.text_key, recording.text, recording, account.name if account else "")


def _address(recording: Recording) -> str:
    return url_for("voix.recorded", slug=current_structure().slug, recording_id=recording.id)


def _group_of(key: str) -> str:
    return next(g.id for g in heard_sentences() if any(s.key == key for s in g.sentences))


def _found(search: str) -> list[Sentence]:
    """Sentences that have all the words, whatever their accents and capitals."""
    words = _plain(search).split()
    return [
        sentence
        for group in heard_sentences()
        for sentence in group.sentences
        if all(word in _plain(sentence.text) for word in words)
    ]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
