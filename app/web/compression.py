"""Pages and scripts are sent compressed: a tablet on a weak network waits for bytes."""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Flask, Response, request

LEAST = 500
"""Bytes under which compressing saves nothing."""
LEVEL = 6
BEST = 9
"""For files, which each browser asks for once."""
COMPRESSIBLE = {
    "text/html",
    "text/css",
    "text/javascript",
    "text/calendar",
    "text/csv",
    "application/json",
    "image/svg+xml",
}
PADDING = 100


def equip(app: Flask) -> None:
    """Compress what the application answers, where the browser says that it can read it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSIBLE or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if not request.accept_encodings["gzip"] or len(response.get_data()) < LEAST:
        return response
    data = response.get_data()
    is_same_for_all = response.cache_control.public
    response.set_data(gzip.compress(data, BEST, mtime=0) if is_same_for_all else _gzipped(data))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _gzipped(data: bytes) -> bytes:
    """The data under a file name of a length drawn at random: from the length of a page, an eavesdropper who
    makes a browser ask for it again and again must not work out the token that is in it."""
    packed = io.BytesIO()
    name = "j" * secrets.randbelow(PADDING)
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(data)
    return packed.getvalue()
