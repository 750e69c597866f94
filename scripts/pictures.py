"""Take the pictures of the README from the running product (`make pictures`).

Serves the demo structure in a folder of its own, opens Chromium at the sizes of a tablet, a laptop and a
phone, and writes docs/images/. Needs what the tests need.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402
from app.config import Settings  # noqa: E402
from app.content.library import Content  # noqa: E402
from app.content.models import SimulatedScene  # noqa: E402
from app.services.demo import SIGN_INS, load_demo  # noqa: E402
from app.store import database  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("JALONS_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TABLET, LAPTOP, PHONE = (800, 1280), (1280, 800), (360, 740)
SENT = 1500
"""Milliseconds in which an answer is sent, and the page told that the diagnostic is over."""
NEXT = """() => !location.pathname.includes("/question/")
  || document.querySelector("form.answer input[name=item]")"""
"""Another screen has come, or the end."""
KNOWN = ("mobile", "internet", "messagerie.adresse", "messagerie.connecter")
"""What the person of the pictures can do: the beginnings of module ids."""


@contextmanager
def served() -> Iterator[tuple[str, Content]]:
    """The demo structure, served on this machine only."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance_dir=Path(folder), database_url=f"sqlite:///{folder}/jalons.db"))
        database.upgrade(app)
        with app.app_context():
            load_demo(datetime.now(UTC))
        server = create_server(app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}", app.extensions["jalons_engines"].content
        server.close()
        thread.join(timeout=5)


def take(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")


def play(page: Page, scene: SimulatedScene) -> None:
    """Do the first steps of a simulated scene, as far as the person of the pictures knows and clicks go."""
    for step in scene.scene_steps:
        path = step.shown_path
        places = [page.locator(f'.sim-screen [data-gesture="{one.gesture}"]').first for one in path]
        if not step.module.startswith(KNOWN) or any(one.texts for one in path) or not places[0].count():
            break
        for place in places:
            place.click()
    page.get_by_role("button", name="Continuer").or_(
        page.get_by_role("button", name="Passer à la suite")
    ).first.click()


def answer(page: Page, content: Content) -> None:
    """Answer what is asked, rightly where the person of the pictures knows, and see the next thing come."""
    item = content.items[page.locator("form.answer input[name=item]").input_value()]
    number = int(page.locator("form.answer input[name=etape]").input_value())
    step = item.steps[number]
    if item.is_simulated:
        play(page, item)
    elif step.module.startswith(KNOWN) and step.kind in ("toucher", "choix"):
        value = step.targets[0] if step.kind == "toucher" else step.task.right_answer.key
        page.locator(f'form.answer button[value="{value}"]').click()
    else:
        page.locator(".other-answers button").first.click()
    answered = (
        f"form.answer:has(input[name=item][value='{item.id}']):has(input[name=etape][value='{number}'])"
    )
    page.locator(answered).wait_for(state="detached")
    page.wait_for_timeout(SENT)
    page.wait_for_function(NEXT)
    page.wait_for_load_state("networkidle")


def usager(page: Page, size: str, content: Content) -> None:
    """From the welcome to the path, as someone who knows a little."""
    page.goto("/")
    take(page, f"accueil-{size}")
    page.get_by_role("link", name="Commencer").click()
    page.locator("button[value=envoyer-un-message]").click()
    for choice in ("telephone", "un_peu", "non", "compris", "soleil"):
        page.locator(f"button[value={choice}]").click()
    page.get_by_role("button", name="C’est parti", exact=True).click()
    pictured = False
    while "/question/" in page.url:
        if page.locator(".sim-screen .rows").count() and not pictured:
            take(page, f"diagnostic-{size}")
            pictured = True
        answer(page, content)
    take(page, f"resultat-{size}")
    page.get_by_role("link", name="Voir mon chemin").click()
    take(page, f"chemin-{size}")


def conseiller(page: Page, size: str) -> None:
    """Today, the list, a person's page and a session's form."""
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill(SIGN_INS[0][1])
    page.get_by_label("Mot de passe").fill(SIGN_INS[0][2])
    page.get_by_role("button", name="Se connecter").click()
    take(page, f"aujourdhui-{size}")
    page.goto("/conseiller/")
    take(page, f"usagers-{size}")
    page.get_by_role("link", name="Josette B.").first.click()
    take(page, f"conseiller-{size}")
    page.get_by_role("link", name="Noter une séance").first.click()
    take(page, f"seance-{size}")
    page.get_by_role("link", name="Ateliers").click()
    take(page, f"ateliers-{size}")


def main() -> None:
    """Every picture, at every size."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as (address, content), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def at(size: tuple[int, int], walk: Callable[[Page, str], None], browser: Browser = browser) -> None:
            context = browser.new_context(
                base_url=address, viewport={"width": size[0], "height": size[1]}, locale="fr-FR"
            )
            walk(context.new_page(), f"{size[0]}x{size[1]}")
            context.close()

        for size in (LAPTOP, TABLET, PHONE):
            at(size, conseiller)
        for size in (TABLET, PHONE, LAPTOP):
            at(size, lambda page, named: usager(page, named, content))
        browser.close()


if __name__ == "__main__":
    main()
