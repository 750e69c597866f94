"""A test client that checks every page it opens, so that each test of a page is a test of its HTML too."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.store.database import db

UNBREAKABLE = re.compile(r"\w[ ][:;!?»]|«[ ]")


class CheckedClient(FlaskClient):
    """Opens pages like ``FlaskClient``; a page of ours that is not as it should be fails the test.

    Forms are sent with the token that the page would have had, unless ``forging`` is set.
    """

    forging = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not self.forging:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._token()}
        # The test's own reads end here, and what it holds is read again after what the request changed.
        db.session.commit()
        with self.application.app_context():  # a request of its own, with nothing left from the one before
            response = super().open(*args, **kwargs)
        db.session.expire_all()
        is_redirect = 300 <= response.status_code < 400
        if (
            not is_redirect
            and response.mimetype == "text/html"
            and response.data.lstrip().lower().startswith(b"<!doctype")
        ):
            check_page(response)
        return response

    def _token(self) -> str:
        with self.session_transaction() as session:
            known = session.setdefault("csrf_token", "0" * 40)
        return URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(known)


def check_page(response: TestResponse) -> None:
    """Valid HTML, one h1 that the title starts with, unique ids, labelled fields, French typography, CSP."""
    html = response.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(html)
    page = BeautifulSoup(html, "html5lib")
    _check_heading(page)
    repeated = [id_ for id_, n in Counter(tag["id"] for tag in page.select("[id]")).items() if n > 1]
    assert not repeated, f"ids given twice: {repeated}"
    _check_fields(page)
    _check_csp(response, page)
    for tag in page(["script", "style", "svg"]):
        tag.decompose()
    text = page.get_text(" ", strip=True).replace("\n", " ")
    wrong = UNBREAKABLE.search(text)
    assert not wrong, f"a space that breaks: {text[max(0, wrong.start() - 30) : wrong.end() + 10]!r}"


def _check_heading(page: BeautifulSoup) -> None:
    headings = page.select("h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    heading = " ".join(headings[0].get_text(" ", strip=True).split())
    title = " ".join(page.title.get_text().split())
    assert title.startswith(heading), f"the title {title!r} does not start with {heading!r}"
    assert page.html["lang"] == "fr"


def _check_fields(page: BeautifulSoup) -> None:
    for field in page.select("input:not([type=hidden]):not([type=submit]), select, textarea"):
        labelled = (
            field.get("aria-label")
            or field.get("aria-labelledby")
            or field.find_parent("label")
            or (field.get("id") and page.select_one(f'label[for="{field["id"]}"]'))
        )
        assert labelled, f"no label: {field}"
    for button in page.select("button, a[href]"):
        named = (
            button.get_text(strip=True)
            or button.get("aria-label")
            or button.select_one("svg[aria-label], img[alt]")
        )
        assert named, f"no name: {button}"
    for form in page.select('form[method="post"]'):
        assert form.select_one("input[name=csrf_token]") is not None, f"no CSRF token: {form.get('action')}"
    assert all(image.get("alt") is not None for image in page.select("img"))


def _check_csp(response: TestResponse, page: BeautifulSoup) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert not page.select("[style], style, script:not([src])"), "inline style or script"
    assert not [t for t in page.select("*") for a in t.attrs if a.startswith("on")], "inline handler"
    hosts = [t for t in page.select("[src], link[href]") if "//" in (t.get("src") or t.get("href") or "")]
    assert not hosts, f"another host: {hosts}"
