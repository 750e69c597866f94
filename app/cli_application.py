"""An application ready for a command, or one line that says what to do."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from app.cli_french import Refusal
from app.config import ROOT, Settings

if TYPE_CHECKING:
    from app.content.library import Content


def settings() -> Settings:
    """The settings, read from the environment."""
    from pydantic import ValidationError

    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(str(problem["loc"][0]).upper() for problem in error.errors())
        raise Refusal(f"Un réglage ne convient pas : {names}. Exemple : PORT=8123 make run") from error


def application(of: Settings) -> Flask:
    """The application with its database at the newest schema."""
    from sqlalchemy.exc import OperationalError

    from app import create_app
    from app.content.library import ContentError
    from app.store import database

    _check_writable(of.instance_dir)
    try:
        app = create_app(of)
        database.upgrade(app)
    except ContentError as error:
        raise Refusal(f"{error}\nCorrigez les contenus : jalons content check dit tout.") from error
    except OperationalError as error:
        raise Refusal(
            f"La base de données ne s’ouvre pas ({error.orig}) : vérifiez {of.instance_dir} ou DATABASE_URL."
        ) from error
    return app


def content(of: Settings) -> Content:
    """The content, read without an application."""
    from app.content.library import Content
    from app.content.problem import ContentError

    try:
        return Content.load(of.parcours_dir, of.quizzes_dir)
    except ContentError as error:
        raise Refusal(f"{error}\nCorrigez les contenus : jalons content check dit tout.") from error


def load_demo(app: Flask) -> bool:
    """Load the demo structure; False, and nothing done, where a structure exists already."""
    from app.services import demo
    from app.services.clock import now
    from app.store import queries

    with app.app_context():
        if queries.any_structure():
            return False
        demo.load_demo(now())
        return True


def load_demo_apart(app: Flask) -> None:
    """Load the demo structure where there is none, in a process of its own: a server keeps what it once took,
    and making five months of sessions takes a hundred megabytes."""
    from app.store import queries

    with app.app_context():
        if queries.any_structure():
            return
    print("Chargement de la structure de démonstration…", flush=True)
    # Our own `app`, whatever folder this is run from.
    command = [sys.executable, "-P", "-m", "app.cli", "demo", "--if-empty"]
    if subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode:
        raise Refusal("La structure de démonstration n’a pas pu être chargée. Sans elle : jalons serve")


def demo_sign_ins(app: Flask) -> list[tuple[str, str, str]]:
    """Who can sign in to the demo structure; nobody where it is not loaded."""
    from app.store import queries

    with app.app_context():
        if not any(structure.is_demo for structure in queries.structures()):
            return []
    from app.services import demo

    return list(demo.SIGN_INS)


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Refusal("Le disque est plein : libérez de la place, puis relancez.") from error
        raise Refusal(
            f"Impossible d’écrire dans le dossier « {folder} » : donnez-vous le droit d’y écrire,"
            " ou choisissez-en un autre : JALONS_INSTANCE_DIR=/chemin/vers/un/dossier"
        ) from error
