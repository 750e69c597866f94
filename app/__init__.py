"""Jalons: learning paths and skills assessment for digital inclusion."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Before numpy is first imported: on matrices as small as ours its threads wait for each other more than they
# compute, above all when several tablets answer at once (measured: 300 ms for a choice become 70).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application. Raises ``ContentError`` when parcours/ or quizzes/ cannot be used."""
    from app.application import build

    return build(settings)
