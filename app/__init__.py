"""Jalons: learning paths and skills assessment for digital inclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application. Raises ``ContentError`` when parcours/ or quizzes/ cannot be used."""
    from app.application import build

    return build(settings)
