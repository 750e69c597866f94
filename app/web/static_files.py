"""Scripts, styles and fonts under an address that changes when they do: a browser asks once for each."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.utils import safe_join
from werkzeug.wrappers import Response as WerkzeugResponse

from app.web.access import Access, open_to

FOLDER = Path(__file__).parent / "static"
NAMED_BY_PAGES = ("css", "js", "fonts", "icons/*.svg")
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Told here, because what the system says of them differs: some systems call a script plain text."""
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("files", __name__, url_prefix="/fichiers")


@cache
def version() -> str:
    """What changes when any file does, so that a module finds those that it imports beside it."""
    digest = hashlib.sha256()
    found = (path for name in NAMED_BY_PAGES for top in FOLDER.glob(name) for path in [top, *top.rglob("*")])
    for path in sorted(path for path in found if path.is_file()):
        digest.update(f"{path.relative_to(FOLDER)} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()[:10]


@blueprint.get("/<asked>/<path:filename>")
@open_to(Access.EVERYONE)
def file(asked: str, filename: str) -> WerkzeugResponse:
    """A file of now. To a page of before an upgrade it is given too, not to be kept."""
    path = safe_join(str(FOLDER), filename)
    if path is None or not Path(path).is_file():
        abort(404)
    data = Path(path).read_bytes()
    response = Response(data, mimetype=TYPES.get(Path(path).suffix, "application/octet-stream"))
    response.set_etag(hashlib.sha256(data).hexdigest()[:20])
    if asked == version():
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response.make_conditional(request)
