"""``jalons audio``: the sentences of usagers' screens made into MP3, for tablets without a French voice."""

from __future__ import annotations

import subprocess
from functools import partial

import click
from flask import Flask

from app.cli_french import Refusal
from app.config import Settings
from app.services import made_sounds, made_voices, speech

WHAT_TO_INSTALL = (
    "{missing} Sous Debian ou Ubuntu : sudo apt install espeak-ng ffmpeg\n"
    "Puis relancez : make audio. Sans ces sons, Jalons marche : les tablettes lisent avec leur propre voix."
)


def make(app: Flask, settings: Settings) -> str:
    """Make the sounds that are missing; what was done, in French. Raises ``Refusal``."""
    from app.web.heard_sentences import Collision, by_key

    try:
        command = speech.encoder()
        voice = speech.Espeak()
    except speech.SpeechMissing as error:
        raise Refusal(WHAT_TO_INSTALL.format(missing=error)) from error
    try:
        with app.test_request_context():
            sentences = by_key()
    except Collision as error:
        raise Refusal(f"Deux phrases ont la même clé, changez-en une : {error}") from error
    folder = made_voices.folder_of(settings)
    try:
        made = made_sounds.make(folder, sentences, voice, partial(speech.mp3, command=command), _progress)
    except OSError as error:
        raise Refusal(f"Les sons ne s’écrivent pas dans {folder} : {error.strerror}.") from error
    except subprocess.CalledProcessError as error:
        raise Refusal(f"{command[0]} n’a pas pu faire un MP3 : {error.stderr.decode()[:200]}") from error
    counts = f"{made.new} phrases faites, {made.kept} déjà là, {made.removed} retirées."
    return f"{counts} Les sons sont dans {folder}."


def _progress(done: int, total: int) -> None:
    click.echo(f"  {done} phrases sur {total}")
