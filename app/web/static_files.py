"""Scripts, styles and fonts under an address that changes when they do: a browser asks once for each."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.utils import safe_join
from werkzeug.wrappers import Response as WerkzeugResponse

from app.web.access import Access, open_to
from app.web.joined_files import joined

APP = Path(__file__).parents[1]
FOLDER = APP / "web" / "static"
MADE_OF = (
    *(f"web/static/{name}" for name in ("css", "js", "fonts", "icons")),
    "web/joined_files.py",
    "web/simulator_defaults.py",
    "content/simulators",
)
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Told here, because what the system says of them differs: some systems call a script plain text."""
A_YEAR = 365 * 24 * 3600

PREFIX = "/fichiers"

blueprint = Blueprint("files", __name__, url_prefix=PREFIX)


class _PagesOnly(SecureCookieSessionInterface):
    """Files are the same for all: a browser need not ask for them again when its cookie changes."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not request.path.startswith(f"{PREFIX}/"):
            super().save_session(app, session, response)


def equip(app: Flask) -> None:
    """Leave the session out of the files that pages use."""
    app.session_interface = _PagesOnly()


@cache
def version() -> str:
    """What changes when any source does, so that a module finds those that it imports beside it."""
    digest = hashlib.sha256()
    found = (path for name in MADE_OF for top in [APP / name] for path in [top, *top.rglob("*.*")])
    for path in sorted(path for path in found if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(APP)} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()[:10]


@blueprint.get("/<asked>/<path:filename>")
@open_to(Access.EVERYONE)
def file(asked: str, filename: str) -> WerkzeugResponse:
    """A file of now, with those that it imports; while debugging, as it was written."""
    path = safe_join(str(FOLDER), filename)
    if path is None or not Path(path).is_file():
        abort(404)
    is_joined = Path(path).suffix in (".css", ".js") and not current_app.debug
    name = Path(path).relative_to(FOLDER).as_posix()
    data = joined(FOLDER, name).encode() if is_joined else Path(path).read_bytes()
    return kept(data, TYPES.get(Path(path).suffix, "application/octet-stream"), asked)


def kept(data: bytes, mimetype: str, asked: str) -> WerkzeugResponse:
    """A file for the version ``asked``. To a page of before an upgrade it is given too, not to be kept."""
    response = Response(data, mimetype=mimetype)
    response.set_etag(hashlib.sha256(data).hexdigest()[:20])
    if asked == version():
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response.make_conditional(request)
