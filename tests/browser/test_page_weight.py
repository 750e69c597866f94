"""Pages stay light: bytes and requests as the browser's own network layer counts them."""

from __future__ import annotations

import pytest

from benchmarks.first_uses import SENDING, SIMULATOR, first_uses
from benchmarks.pages import walk
from tests.browser.test_simulators import BY_SIMULATOR

FIRST, NEXT, REQUESTS, SCRIPTS = 100_000, 25_000, 10, 40_000


@pytest.mark.parametrize(
    ("goal", "device"), [("envoyer-un-message", "telephone"), ("premiers-pas-ordinateur", "ordinateur")]
)
def test_every_page_of_the_way_is_light(browser, address, goal, device):
    context = browser.new_context(base_url=address, viewport={"width": 800, "height": 1280})
    welcome = context.request.get("/").url.removeprefix(address).rstrip("/")
    costs = walk(context, welcome, goal, device, cold=True)
    context.close()
    assert {cost.page: cost.requests for cost in costs if cost.requests > REQUESTS} == {}
    assert costs[0].bytes <= FIRST
    own = {cost.page: cost.split(is_held)[0] for cost in costs}
    weights = {page: sum(files.values()) for page, files in own.items()}
    assert {page: size for page, size in weights.items() if size > NEXT and page != costs[0].page} == {}
    scripts = {u: size for files in own.values() for u, size in files.items() if u.endswith(".js")}
    assert sum(size for url, size in scripts.items() if not SIMULATOR.search(url)) <= SCRIPTS
    from_nothing = [cost for cost in costs if cost.first_requests and cost.page != "question"]
    assert {c.page: c.first_bytes for c in from_nothing if c.first_bytes > FIRST} == {}
    assert {c.page: c.first_requests for c in from_nothing if c.first_requests > REQUESTS} == {}


def is_held(url: str) -> bool:
    """Whether it comes behind the question that is shown, for later; what is in a simulator is told below."""
    return url.endswith(SENDING) or bool(SIMULATOR.search(url))


def test_the_first_use_of_each_simulator_is_light(browser, address, served_app):
    """One test: measuring takes a minute, which two workers would each take."""
    uses = {use.simulator: use for use in first_uses(browser, served_app, address)}
    assert uses.keys() == BY_SIMULATOR.keys()
    costs = {
        (name, page): getattr(use, page)
        for name, use in uses.items()
        for page in ("question", "behind", "arriving", "practice")
    }
    too_heavy = {at: cost for at, cost in costs.items() if cost.bytes > NEXT or cost.requests > REQUESTS}
    assert too_heavy == {}
    # The first page of all may be in a simulator.
    from_nothing = {at: cost for at, cost in costs.items() if at[1] in ("question", "practice")}
    too_heavy = {
        at: cost
        for at, cost in from_nothing.items()
        if cost.first_bytes > FIRST or cost.first_requests > REQUESTS
    }
    assert too_heavy == {}
