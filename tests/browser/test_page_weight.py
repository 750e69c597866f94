"""Pages stay light: bytes and requests as the browser's own network layer counts them."""

from __future__ import annotations

from benchmarks.pages import walk

FIRST, NEXT, REQUESTS, SCRIPTS = 100_000, 25_000, 10, 40_000


def test_every_page_of_the_way_is_light(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 800, "height": 1280})
    welcome = context.request.get("/").url.removeprefix(address).rstrip("/")
    first, *others = walk(context, welcome, "envoyer-un-message", "telephone", cold=False)
    context.close()
    assert first.bytes <= FIRST
    costs = {
        cost.page: sum(size for url, size in cost.files.items() if not simulator(url)) for cost in others
    }
    assert {page: size for page, size in costs.items() if size > NEXT} == {}
    files = {url: size for cost in (first, *others) for url, size in cost.files.items()}
    assert sum(size for url, size in files.items() if url.endswith(".js") and not simulator(url)) <= SCRIPTS
    requests = {
        cost.page: len([url for url in cost.files if not simulator(url)]) for cost in (first, *others)
    }
    assert {page: number for page, number in requests.items() if number > REQUESTS} == {}


def simulator(url: str) -> bool:
    """Whether it is a part of a simulator: each comes when it is used."""
    return "/simulateurs/" in url
