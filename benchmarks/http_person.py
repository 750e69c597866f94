"""Someone who takes a diagnostic over HTTP, as a tablet without JavaScript does."""

from __future__ import annotations

import html
import http.client
import random
import re
import time
from urllib.parse import urlencode

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_CHOICE = re.compile(r'name="reponse" value="([^"]*)"')
_QUESTION = "/usager/question/"
_REDIRECTIONS = 10


class Unexpected(Exception):
    """The server answered something else than a page or a redirection."""


class HttpPerson:
    """A browser reduced to its cookies and its forms. Each has an address of its own on loopback, because
    sign-in and start are limited by address."""

    def __init__(self, port: int, welcome: str, number: int) -> None:
        source = (f"127.0.{1 + number // 250}.{1 + number % 250}", 0)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=source)
        self._welcome = welcome
        self._cookies: dict[str, str] = {}
        self._chance = random.Random(number)
        self._page = ""
        self._path = ""

    def start(self, goal: str, device: str) -> None:
        """From the welcome page to the first question."""
        self._cookies.clear()
        self._get(f"{self._welcome}/but")
        self._post(f"{self._welcome}/but", {"but": goal})
        self._post("/usager/appareil", {"reponse": device})
        self._post("/usager/lecture", {"reponse": "facile"})
        self._post("/usager/son", {"reponse": "non"})
        self._post("/usager/information/", {})
        self._post("/usager/essai", {"reponse": "soleil"})
        self._post("/usager/diagnostic", {})
        if not self.is_asked:
            raise Unexpected(f"pas de première question, mais {self._path}")

    @property
    def is_asked(self) -> bool:
        """Whether the page shown is a question."""
        return self._path.startswith(_QUESTION)

    def answer(self) -> float:
        """Answer the question shown; the seconds until the next page is there, whole."""
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(self._page)}
        choices = _CHOICE.findall(self._page)
        if choices and self._chance.random() < 0.6:
            given = {"reponse": html.unescape(self._chance.choice(choices))}
        else:
            given = {"sans": "je_ne_sais_pas" if "je_ne_sais_pas" in self._page else "montre"}
        begin = time.perf_counter()
        self._post(_QUESTION, hidden | given)
        return time.perf_counter() - begin

    def _get(self, path: str) -> None:
        self._follow("GET", path, None)

    def _post(self, path: str, form: dict[str, str]) -> None:
        token = dict(_HIDDEN.findall(self._page)).get("csrf_token", "")
        self._follow("POST", path, urlencode({"csrf_token": token} | form))

    def _follow(self, method: str, path: str, body: str | None) -> None:
        for _ in range(_REDIRECTIONS):
            status, location = self._request(method, path, body)
            if location is None:
                if status != 200:
                    raise Unexpected(f"{status} sur {path}")
                self._path = path
                return
            method, path, body = "GET", location, None
        raise Unexpected(f"trop de redirections vers {path}")

    def _request(self, method: str, path: str, body: str | None) -> tuple[int, str | None]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        self._page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers["Location"]
