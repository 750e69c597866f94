"""Where to go once a form is saved, for the browser's own sending and for the script that keeps drafts."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import redirect, request
from werkzeug.wrappers import Response


def go_to(address: str) -> Response:
    """A redirect; to the script, the address alone: it must open the page itself, once, messages included."""
    if request.headers.get("X-Requested-With") == "fetch":
        return FlaskResponse(status=204, headers={"Location": address})
    return redirect(address)
