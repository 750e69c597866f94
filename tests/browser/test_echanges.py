"""What comes in and goes out in a real browser: people imported, files taken, the report, the calendar."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.services import statistics_questions
from app.services.modules import ModuleName
from app.services.statistics_questions import (
    DoubtedPrerequisite,
    FlatQuestion,
    Questions,
    UnevenQuestion,
)
from app.web.security import limiter

PAGES = ["activites", "statistiques", "statistiques/rapport", "statistiques/questions", "importer", "agenda"]
YEARS = "?du=2025-01-01&au=2026-12-31"
PEOPLE = (
    "Prénom;Nom;Année de naissance;Genre\n"
    "Josette;Bernard;1948;F\n"
    "Zoé;Abeille;1961;F\n"
    "Zoe;Abeille;1961;F\n"
    ";Sansprénom;1950;M\n"
    "Ulysse;Roy;19O2;M\n"
)


def sign_in(page: Page) -> Page:
    limiter.reset()
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill("maryse@exemple.fr")
    page.get_by_label("Mot de passe").fill("jalons-demo")
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])
def test_nothing_to_say_on_any_page(open_page, axe, width, height):
    page = sign_in(open_page(width, height))
    for path in PAGES:
        page.goto(f"/echanges/{path}{YEARS}")
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


LONG = "Votre petite-fille vous envoie une photo. Enregistrez-la, puis renvoyez-la à votre frère."
FOUND = Questions(
    people=100,
    out_of=500,
    answered=31,
    flat=tuple(
        FlatQuestion("q", step, LONG, 42, found, 0.5, is_flat)
        for step, (found, is_flat) in enumerate([(0.5, True), (0.2, False), (0.9, False)])
    ),
    uneven=(
        UnevenQuestion("q", 0, LONG, "appareil", "sur téléphone", 25, -0.31),
        UnevenQuestion("q", 0, LONG, "voix", "sans la voix", 25, -0.25),
        UnevenQuestion("q", 0, LONG, "âge", "nées dans les années 1930", 25, 0.2),
    ),
    prerequisites=(
        DoubtedPrerequisite(
            ModuleName("a", "Ouvrir sa messagerie et se déconnecter", "mail", True, ""),
            ModuleName("b", "Prendre rendez-vous chez le médecin", "mail", True, ""),
            0.42,
            0.1,
        ),
    ),
)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (360, 740)])
def test_questions_to_review_fit_on_any_screen(open_page, axe, monkeypatch, width, height):
    monkeypatch.setattr(statistics_questions, "questions", lambda structure_id, period: FOUND)
    page = sign_in(open_page(width, height))
    page.goto(f"/echanges/statistiques/questions{YEARS}")
    expect(page.get_by_text("Plus difficile sur téléphone.")).to_be_visible()
    axe(page, usager=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for cell in page.locator("main td").all():
        box = cell.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_people_are_looked_at_merged_and_added_once(open_page, axe, tmp_path: Path, javascript):
    file = tmp_path / "personnes.csv"
    names = PEOPLE if javascript else PEOPLE.replace("Zo", "Chlo")
    file.write_text(names, encoding="cp1252")
    page = sign_in(open_page(360, 740, javascript=javascript))
    page.goto("/echanges/importer")
    page.get_by_label("Le tableau des personnes").set_input_files(file)
    page.get_by_role("button", name="Voir ce qui serait ajouté").click()
    if javascript:
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for cell in ("A5", "C6"):
        expect(page.locator(".cell-problems")).to_contain_text(cell)
    lines = page.locator("fieldset.same")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("Josette")
    lines.nth(1).get_by_text("Oui, comme la ligne 3").click()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".message").first).to_contain_text("1 personne ajoutée")
    page.goto("/echanges/importer")
    page.get_by_label("Le tableau des personnes").set_input_files(file)
    page.get_by_role("button", name="Voir ce qui serait ajouté").click()
    expect(lines).to_have_count(3)
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".message").first).to_contain_text("déjà là")


def test_files_are_taken(open_page):
    page = sign_in(open_page(1280, 800))
    page.goto(f"/echanges/activites{YEARS}")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = list(
        csv.reader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig")), delimiter=";")
    )
    told = re.sub(r"\s", " ", page.locator(".lead").inner_text())
    assert f"{len(rows) - 1} activités" in told
    person = page.locator("table.activities a").first.get_attribute("href")
    page.goto(person.replace("/conseiller/usagers", "/echanges/usagers").rstrip("/"))
    with page.expect_download() as taken:
        page.get_by_role("button", name="Prendre la copie").click()
    assert "resume.pdf" in zipfile.ZipFile(taken.value.path()).namelist()


def test_the_report_prints_on_two_pages_at_most(open_page):
    page = sign_in(open_page(1280, 800))
    page.goto(f"/echanges/statistiques/rapport{YEARS}")
    pdf = page.pdf(prefer_css_page_size=True)
    counts = re.search(rb"/Type /Pages.{0,200}?/Count (\d+)|/Count (\d+).{0,200}?/Type /Pages", pdf, re.S)
    assert int(counts[1] or counts[2]) <= 2


def test_the_calendar_is_opened_and_closed_by_keyboard(open_page):
    page = sign_in(open_page(800, 1280))
    page.goto("/echanges/agenda")
    page.get_by_role("button", name="Ouvrir l’agenda").focus()
    page.keyboard.press("Enter")
    address = page.get_by_label("À copier dans votre agenda").input_value()
    assert page.request.get(address).headers["content-type"].startswith("text/calendar")
    page.get_by_role("button", name="Fermer l’agenda").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message").first).to_contain_text("fermé")
    assert page.request.get(address).status == 404
