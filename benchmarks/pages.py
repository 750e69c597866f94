"""What each usager page costs over the wire: bytes and requests, the first time and the next ones.

    python -m benchmarks.pages [--goal envoyer-un-message] [--device telephone] [--json]

A real Chromium goes from the welcome to a step of the path, and the bytes are those that its network layer
counts: compressed bodies and headers, redirections included. "first visit" opens each page with an empty
cache, as if it were the first of all; "on the way" is the page when a person comes to it from those before.
An answer is the sending that goes on behind the next question. With --addresses, each file is told.

The second table is the first use of each simulator (``benchmarks.first_uses``): a question in it, what that
page brings behind it, an answer that brings a screen in it, a practice in it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app import create_app
from app.config import Settings
from benchmarks.counting import Cost, Counter
from benchmarks.first_uses import FirstUse, first_uses
from benchmarks.local_server import LocalServer, make_structure

CHROMIUM = os.environ.get("JALONS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ANSWERS = 6


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        welcome = make_structure(Path(folder))
        settings = Settings(instance_dir=Path(folder), database_url=None)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with LocalServer(Path(folder), f"{welcome}/") as server:
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 800, "height": 1280}
            )
            costs = walk(context, welcome, options.goal, options.device)
            uses = first_uses(browser, create_app(settings), f"http://127.0.0.1:{server.port}")
        browser.close()
    if options.json:
        told = {"pages": [asdict(cost) for cost in costs], "simulators": [asdict(use) for use in uses]}
        print(json.dumps(told, indent=2))
    else:
        print(as_text(costs, options), uses_as_text(uses, options), sep="\n\n")


def walk(context: BrowserContext, welcome: str, goal: str, device: str, *, cold: bool = True) -> list[Cost]:
    """From the welcome to a step of the path; ``cold``: each page from an empty cache too."""
    page = context.new_page()
    counter = Counter(page)
    costs: list[Cost] = []

    def count(name: str, act: Any) -> None:
        counter.start()
        with page.expect_navigation(wait_until="load"):
            act()
        cost = counter.stop(name)
        if cold:
            cost.first_bytes, cost.first_requests = _from_empty_cache(page)
        costs.append(cost)

    def count_answer(name: str) -> None:
        counter.start()
        with page.expect_response("**/usager/envoi/") as response:
            _answer(page)
        response.value.finished()
        costs.append(counter.stop(name))

    count("accueil", lambda: page.goto(f"{welcome}/"))
    count("buts", lambda: page.get_by_role("link", name="Commencer").click())
    for name, value in (
        ("appareil", goal),
        ("lecture", device),
        ("son", "un_peu"),
        ("information", "non"),
        ("essai", "compris"),
        ("essai fait", "soleil"),
    ):
        count(name, page.locator(f"button[value={value}]").click)
    count("question", page.get_by_role("button", name="C’est parti").click)
    for number in range(ANSWERS):
        count_answer(f"réponse {number + 1}")
    count("pause", page.get_by_role("link", name="Faire une pause").click)
    count("résultat", page.get_by_role("button", name="Arrêter là").click)
    count("chemin", page.get_by_role("link", name="Voir mon chemin").click)
    count("étape", page.locator(".stake.here a").first.click)
    return costs


def _answer(page: Page) -> None:
    if page.locator("[data-simulateur]").count():
        page.get_by_role("button", name="Passer à la suite").click()
    else:
        page.locator(".other-answers button").first.click()


def _from_empty_cache(page: Page) -> tuple[int, int]:
    """The same page for the same person, in a browser that has opened nothing before."""
    browser = page.context.browser
    assert browser
    context = browser.new_context(storage_state=page.context.storage_state())
    counter = Counter(context.new_page())
    counter.page.goto(page.url)
    cost = counter.stop("")
    context.close()
    return cost.bytes, cost.requests


def as_text(costs: list[Cost], options: argparse.Namespace) -> str:
    """A table: kB of 1,000 bytes."""
    lines = [
        f"{'page':<14}{'on the way':>22}{'first visit':>24}",
        f"{'':<14}{'kB':>12}{'requests':>10}{'kB':>14}{'requests':>10}",
    ]
    for cost in costs:
        first = f"{cost.first_bytes / 1000:>14.1f}{cost.first_requests:>10}" if cost.first_requests else ""
        lines.append(f"{cost.page:<14}{cost.bytes / 1000:>12.1f}{cost.requests:>10}{first}")
        if options.addresses:
            lines += [f"{size:>9} {address}" for address, size in cost.files.items()]
    return "\n".join(lines)


def uses_as_text(uses: list[FirstUse], options: argparse.Namespace) -> str:
    """A line a simulator: kB and requests on the way, then from an empty cache."""
    shown = {"question": "question", "behind": "behind it", "arriving": "an answer", "practice": "practice"}
    lines = [f"{'first use of':<14}" + "".join(f"{title:>26}" for title in shown.values())]
    for use in uses:
        costs = [getattr(use, name) for name in shown]
        numbers = [(c.bytes / 1000, c.requests, c.first_bytes / 1000, c.first_requests) for c in costs]
        told = ["{:.1f} in {}, {:.1f} in {}".format(*of_page) for of_page in numbers]
        lines.append(f"{use.simulator:<14}" + "".join(f"{text:>26}" for text in told))
        if options.addresses:
            lines += [f"{size:>9} {url}" for cost in costs for url, size in cost.files.items()]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--goal", default="envoyer-un-message")
    parser.add_argument("--device", default="telephone")
    parser.add_argument("--addresses", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
