"""Bytes and requests of a page, as the browser's own network layer counts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

JOINED = " → "
"""Between an address and the one that it leads to."""
SETTLED = 400
"""Milliseconds after the last request of a page."""


@dataclass
class Cost:
    """Bytes received and requests made, on the way and from an empty cache."""

    page: str
    bytes: int = 0
    requests: int = 0
    first_bytes: int = 0
    first_requests: int = 0
    files: dict[str, int] = field(default_factory=dict)
    """Bytes of each thing received, by its address, with those that led to it."""

    @classmethod
    def of(cls, page: str, files: Mapping[str, int], known: Set[str]) -> Cost:
        """What these files cost from an empty cache, and in a browser that has the ``known`` ones."""
        new = {url: size for url, size in files.items() if url not in known}
        return cls(page, *_total(new), *_total(files), files=new)

    def split(self, is_apart: Callable[[str], bool]) -> tuple[dict[str, int], dict[str, int]]:
        """The files that are not apart, and those that are."""
        apart = {url: size for url, size in self.files.items() if is_apart(url)}
        return {url: size for url, size in self.files.items() if url not in apart}, apart


def _total(files: Mapping[str, int]) -> tuple[int, int]:
    return sum(files.values()), sum(len(urls.split(JOINED)) for urls in files)


class Counter:
    """Counts what a page receives, from the browser's own network layer."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        for event, heard in (
            ("Network.requestWillBeSent", self._asked),
            ("Network.responseReceived", self._answered),
            ("Network.requestServedFromCache", self._from_cache),
            ("Network.loadingFinished", self._finished),
        ):
            self.session.on(event, heard)
        self.start()

    def start(self) -> None:
        self._bytes: dict[str, int] = {}
        self._cached: set[str] = set()
        self._addresses: dict[str, list[str]] = {}

    def stop(self, name: str) -> Cost:
        """What came since ``start``, once nothing comes any more."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(SETTLED)
        asked = {id_: urls for id_, urls in self._addresses.items() if id_ not in self._cached}
        return Cost(
            name,
            bytes=sum(size for id_, size in self._bytes.items() if id_ in asked),
            requests=sum(len(urls) for urls in asked.values()),
            files={JOINED.join(urls): self._bytes.get(id_, 0) for id_, urls in asked.items()},
        )

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self._addresses.setdefault(event["requestId"], []).append(event["request"]["url"])
        redirection = event.get("redirectResponse")
        if redirection:
            id_ = event["requestId"]
            self._bytes[id_] = self._bytes.get(id_, 0) + int(redirection["encodedDataLength"])

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            self._cached.add(event["requestId"])

    def _from_cache(self, event: dict[str, Any]) -> None:
        self._cached.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        id_ = event["requestId"]
        self._bytes[id_] = self._bytes.get(id_, 0) + int(event["encodedDataLength"])
