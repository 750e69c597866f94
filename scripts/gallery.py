"""Take a picture of every screen and every simulator, and list them in docs/ecrans.md (`make gallery`).

Usager screens and simulators on a tablet and a phone; the desk on a tablet and a laptop.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pictures import ARGUMENTS, CHROMIUM, LAPTOP, PHONE, ROOT, TABLET, served

from app.content.library import Content
from app.content.models import SimulatedScene
from app.services.demo import SIGN_INS

FOLDER = ROOT / "docs" / "ecrans"
PAGE = ROOT / "docs" / "ecrans.md"
QUALITY = 72
PERSON = "Josette B."

DESK = {
    "Aujourd'hui": "/conseiller/aujourd-hui?tous=1",
    "La liste des usagers": "/conseiller/",
    "Un usager : son chemin": "{person}",
    "Un usager : ses modules": "{person}modules",
    "Un usager : ses progrès": "{person}progres",
    "Un usager : son historique": "{person}historique",
    "Un usager : son plan": "{person}plan",
    "Une étape du plan": "{person}plan/messagerie.piece_joindre",
    "Pourquoi ?": "{person}pourquoi/messagerie.lire",
    "Passer le relais": "{person}relais",
    "Ses données": "{person}donnees",
    "Effacer une personne": "{person}effacer",
    "Noter une séance": "{person}seance",
    "Les séances": "/conseiller/seances/",
    "Une personne sans dossier": "/conseiller/seances/sans-nom",
    "Les rendez-vous": "/conseiller/rendez-vous/",
    "Un nouveau rendez-vous": "/conseiller/rendez-vous/nouveau",
    "La grille sur papier": "/conseiller/grille/",
    "Les lieux": "/conseiller/lieux/",
    "Les ateliers": "/atelier/",
    "Former des groupes": "/atelier/groupes",
    "Les bilans": "/echanges/",
    "Les activités": "/echanges/activites",
    "Importer": "/echanges/importer",
    "Les statistiques": "/echanges/statistiques",
    "Le rapport": "/echanges/statistiques/rapport",
    "Les données de la structure": "/conseiller/donnees",
    "Chercher": "/conseiller/chercher?q=message",
    "Aide et raccourcis": "/conseiller/aide",
    "Enregistrer sa voix": "/conseiller/voix/",
    "Le contenu": "/contenu/",
    "Un module": "/contenu/modules/messagerie.repondre",
}


@dataclass(frozen=True)
class Picture:
    """A picture taken: the part of the gallery, what it shows, at which size, its file."""

    part: str
    title: str
    size: str
    file: str


def take(page: Page, part: str, title: str, *, whole: bool = False) -> Picture:
    """A picture of the page, light enough to be kept with the code."""
    page.wait_for_load_state("networkidle")
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    name = re.sub(
        r"[^a-z0-9]+", "-", f"{part}-{title}".lower().translate(str.maketrans("àâéèêëîïôùûç", "aaeeeeiiouuc"))
    )
    file = f"{name.strip('-')}-{width}x{height}.webp"
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    picture.convert("RGB").save(FOLDER / file, quality=QUALITY, method=6)
    return Picture(part, title, f"{width}×{height}", file)


def usager(page: Page) -> Iterator[Picture]:
    """From the welcome to practice, as someone who comes for the first time."""
    part = "La tablette"
    page.goto("/")
    yield take(page, part, "Accueil")
    page.get_by_role("link", name="Commencer").click()
    yield take(page, part, "Choisir un but")
    page.locator("button[value=envoyer-un-message]").click()
    while "/usager/essai" not in page.url:
        yield take(page, part, page.locator("h1").inner_text())
        page.locator("main button.primary, main button.picture-choice").first.click()
        page.wait_for_load_state()
    yield take(page, part, "Un essai")
    page.locator("button[value=soleil]").click()
    page.get_by_role("button", name="C’est parti", exact=True).click()
    page.wait_for_load_state("networkidle")
    yield take(page, part, "Une question")
    for _ in range(3):
        unknown = page.locator("button[value=je_ne_sais_pas]:visible")
        if unknown.count():
            unknown.first.click()
            # The next screen is in the page already: nothing is loaded that one could wait for.
            page.wait_for_timeout(1000)
    for title, address in {
        "Pause": "/usager/question/pause",
        "Résultat": "/usager/resultat",
        "Votre chemin": "/usager/chemin",
        "Une étape": "/usager/chemin/messagerie.repondre",
        "Revoir mes réponses": "/usager/reponses",
        "Confort": "/confort/",
    }.items():
        page.goto(address)
        yield take(page, part, title, whole=title == "Votre chemin")
    page.goto("/usager/entrainement/messagerie.repondre/indices")
    page.locator(".pointed").first.wait_for()
    yield take(page, part, "S'entraîner avec des indices")


def simulators(page: Page, content: Content) -> Iterator[Picture]:
    """Each simulator at the beginning of a scene, and once the first step was shown."""
    sign_in(page)
    scenes = sorted(
        (item for item in content.items.values() if isinstance(item, SimulatedScene)),
        key=lambda scene: (scene.simulator, scene.id),
    )
    for name, of_simulator in groupby(scenes, key=lambda scene: scene.simulator):
        for number, scene in enumerate(list(of_simulator)[:1], start=1):
            page.goto(f"/contenu/scenes/{scene.id}")
            page.locator(".sim-instruction h2").wait_for()
            page.locator(".as-usager").evaluate("node => node.scrollIntoView()")
            yield take(page, "Les simulateurs", f"{name} {number}, au début")
            page.get_by_role("button", name="Montrez-moi").click()
            page.get_by_role("heading", name=scene.scene_steps[1].consigne).wait_for(timeout=60_000)
            page.locator(".as-usager").evaluate("node => node.scrollIntoView()")
            yield take(page, "Les simulateurs", f"{name} {number}, ensuite")


def sign_in(page: Page) -> None:
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill(SIGN_INS[0][1])
    page.get_by_label("Mot de passe").fill(SIGN_INS[0][2])
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()


def desk(page: Page) -> Iterator[Picture]:
    """Every screen of the desk, with someone of the demo."""
    sign_in(page)
    page.goto("/conseiller/")
    person = page.get_by_role("link", name=PERSON).first.get_attribute("href")
    for title, address in DESK.items():
        page.goto(address.format(person=person))
        yield take(page, "Le bureau du conseiller", title)


def listed(pictures: list[Picture]) -> str:
    """The page that shows them all."""
    lines = [
        "# Les écrans",
        "",
        "Chaque écran de Jalons, sur la structure de démonstration. `make gallery` les reprend.",
    ]
    for part, of_part in groupby(sorted(pictures, key=lambda p: p.part), key=lambda p: p.part):
        lines += ["", f"## {part}"]
        titles: dict[str, list[Picture]] = {}
        for picture in of_part:
            titles.setdefault(picture.title, []).append(picture)
        for title, sizes in titles.items():
            lines += ["", f"**{title}**", ""]
            lines += [f"![{title}, {one.size}](ecrans/{one.file})" for one in sizes]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Every picture; those of screens gone since are removed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    pictures: list[Picture] = []
    with served() as (address, content), sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        walks = (
            (usager, (TABLET, PHONE)),
            (lambda page: simulators(page, content), (TABLET, PHONE)),
            (desk, (TABLET, LAPTOP)),
        )
        for walk, sizes in walks:
            for width, height in sizes:
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": width, "height": height},
                    locale="fr-FR",
                    has_touch=True,
                )
                for picture in walk(context.new_page()):
                    print(f"docs/ecrans/{picture.file}")
                    pictures.append(picture)
                context.close()
        browser.close()
    PAGE.write_text(listed(pictures), encoding="utf-8")


if __name__ == "__main__":
    main()
