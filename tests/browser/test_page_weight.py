"""Pages stay light: bytes and requests as the browser's own network layer counts them."""

from __future__ import annotations

from benchmarks.pages import walk

FIRST, NEXT, REQUESTS, SCRIPTS = 100_000, 25_000, 10, 40_000


def test_every_page_of_the_way_is_light(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 800, "height": 1280})
    welcome = context.request.get("/").url.removeprefix(address).rstrip("/")
    costs = walk(context, welcome, "envoyer-un-message", "telephone", cold=False)
    context.close()
    files = {cost.page: {u: size for u, size in cost.files.items() if not simulator(u)} for cost in costs}
    weights = {page: sum(size for u, size in own.items() if not held(u)) for page, own in files.items()}
    assert weights[costs[0].page] <= FIRST
    assert {page: size for page, size in weights.items() if size > NEXT and page != costs[0].page} == {}
    all_files = [(u, size) for own in files.values() for u, size in own.items()]
    assert {size for u, size in all_files if held(u) and size > NEXT} == set()
    assert sum(size for u, size in all_files if u.endswith(".js")) <= SCRIPTS
    assert {page: len(own) for page, own in files.items() if len(own) > REQUESTS} == {}


def held(url: str) -> bool:
    """Whether it is what a page holds for later: it comes behind the question that is shown."""
    return url.endswith("/usager/envoi/")


def simulator(url: str) -> bool:
    """Whether it is a part of a simulator: each comes when it is used."""
    return "/simulateurs/" in url
