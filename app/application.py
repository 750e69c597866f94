"""Puts the application together: settings, content, database, security, blueprints."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.content import cache as content_cache
from app.services import calibrations, learning_calibrations
from app.services.engines import Engines
from app.store import database, models  # noqa: F401  (models: the tables must be known to migrations)
from app.web import (
    access,
    blueprints,
    compression,
    errors,
    security,
    simulated_scene,
    static_files,
    templating,
)


def build(settings: Settings | None = None) -> Flask:
    """The application, ready to serve. Raises ``ContentError`` when the content cannot be used."""
    settings = settings or Settings()
    app = Flask(
        "app",
        instance_path=str(settings.instance_dir.resolve()),
        template_folder="web/templates",
        static_folder="web/static",
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key(),
        SQLALCHEMY_DATABASE_URI=settings.database_uri,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True},
        SESSION_COOKIE_NAME="jalons",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.conseiller_hours),
        MAX_CONTENT_LENGTH=1_000_000,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.rate_limit_storage,
        RATELIMIT_HEADERS_ENABLED=False,
        TESTING=settings.testing,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["jalons_settings"] = settings
    content = content_cache.load(settings.parcours_dir, settings.quizzes_dir, settings.instance_dir / "cache")
    app.extensions["jalons_engines"] = Engines(
        content,
        calibrations.current(settings.instance_dir, content.modules),
        learning_calibrations.current(settings.instance_dir),
    )
    database.connect(app)
    compression.equip(app)
    static_files.equip(app)
    security.protect(app)
    access.guard(app)
    templating.equip(app)
    app.jinja_env.globals.update(simulated_scene=simulated_scene.simulated_scene)
    errors.register(app)
    blueprints.register(app)
    return app
