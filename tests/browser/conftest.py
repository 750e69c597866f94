"""A real server and a real browser for what people do."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from waitress import wasyncore
from waitress.server import create_server

from app import create_app
from app.config import Settings
from app.services.demo import load_demo
from app.store import database
from tests.conftest import NOW

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("JALONS_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
# Nothing but the tests' own server may be called, and a container has neither a sandbox nor a graphics card.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-default-apps",
]  # fmt: skip
# Of two such switches Chromium takes the last: what Playwright switches off is here again. The suggestions of
# the address bar are pages in a process of their own: half of what each new window costs, and never seen.
SWITCHED_OFF = [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
]  # fmt: skip
NETWORK_CUT = re.compile(
    r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)"
)
"""What a browser says when a test cuts the network, or stops the server."""
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"],
    },
    # Every rule looks at everything; only what is found is described, which takes axe most of its time.
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
AXE_OPTIONS_USAGER = {
    **AXE_OPTIONS,
    "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert CHROMIUM, "Chromium is missing: set JALONS_CHROMIUM to a browser, or run `make test`"
    return {"executable_path": CHROMIUM, "args": [*ARGUMENTS, f"--disable-features={','.join(SWITCHED_OFF)}"]}


@pytest.fixture(scope="session")
def served_app(tmp_path_factory: pytest.TempPathFactory, content_read: Callable[[Path], Path]) -> Flask:
    """An application of its own, with the demo structure."""
    instance = content_read(tmp_path_factory.mktemp("served"))
    app = create_app(
        Settings(
            instance_dir=instance,
            database_url=f"sqlite:///{instance / 'jalons.db'}",
            argon2_time_cost=1,
            argon2_memory_kib=64,
            testing=False,
        )
    )
    database.upgrade(app)
    with app.app_context():
        load_demo(NOW)
    return app


@pytest.fixture(scope="session")
def address(served_app: Flask) -> Iterator[str]:
    """Where the application is served, on this machine only."""
    connections: dict[int, object] = {}
    server = create_server(served_app, map=connections, host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()
    # By the thread that waits on them: closed by another, they fail under it now and then.
    server.trigger.pull_trigger(partial(wasyncore.close_all, connections))
    thread.join(timeout=10)


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own at a size; what its console reports as an error fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_at(
        width: int,
        height: int,
        *,
        javascript: bool = True,
        storage_state: Any | None = None,
        base_url: str = address,
    ) -> Page:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            has_touch=True,
            locale="fr-FR",
            storage_state=storage_state,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text)
                if message.type == "error" and not NETWORK_CUT.search(message.text)
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                problems.append(f"another host: {request.url}")
                if not request.url.startswith((base_url, "data:", f"blob:{base_url}"))
                else None
            ),
        )
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture(scope="session")
def conseiller_state(browser: Browser, address: str) -> Any:
    """The cookies of Maryse signed in, got once: sign-ins are counted, and too many are refused."""
    context = browser.new_context(base_url=address, locale="fr-FR")
    page = context.new_page()
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill("maryse@exemple.fr")
    page.get_by_label("Mot de passe").fill("jalons-demo")
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/conseiller/**")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_desk(open_page: Callable[..., Page], conseiller_state: Any) -> Callable[..., Page]:
    """Opens a browser where Maryse is signed in already."""
    return lambda width, height, **options: open_page(
        width, height, storage_state=conseiller_state, **options
    )


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails where axe finds something on the page as it is."""

    def check(page: Page, *, usager: bool = True) -> None:
        # A click returns when the next page is on its way: on a busy machine its document is still empty.
        page.wait_for_load_state()
        if page.evaluate("() => !window.axe"):
            page.evaluate(AXE_SCRIPT)
        options = AXE_OPTIONS_USAGER if usager else AXE_OPTIONS
        found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
        told = [f"{v['id']}: {v['help']} {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check
