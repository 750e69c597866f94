"""Scripts, styles and fonts under an address that changes when they do: a browser asks once for each."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from app.web.access import Access, open_to

FOLDER = Path(__file__).parent / "static"
NAMED_BY_PAGES = ("css", "js", "fonts", "icons/*.svg")
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
def file(asked: str, filename: str) -> Response:
    """A file of now. To a page of before an upgrade it is given too, not to be kept."""
    is_current = asked == version()
    response = send_from_directory(FOLDER, filename, max_age=A_YEAR if is_current else 0)
    response.cache_control.immutable = is_current
    response.direct_passthrough = False  # read whole: it will be compressed
    return response
