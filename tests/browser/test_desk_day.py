"""A conseiller's day in a real browser: few taps, a network that goes, a phone, a keyboard, paper."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.services import appointments
from app.services.appointments import Planning
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import Account, Place, Seance, Usager

TODAY = "/conseiller/aujourd-hui"
SIZES = [(1280, 800), (800, 1280), (360, 740)]
PHONE = (360, 740)


@pytest.fixture
def person(served_app):
    """The id of somebody of the demo, by first name."""

    def find(first_name: str) -> uuid.UUID:
        with served_app.app_context():
            return db.session.query(Usager.id).where(Usager.first_name == first_name).scalar()

    return find


@pytest.fixture
def sessions(served_app):
    """The sessions of a person, or of people without a file."""

    def of(usager_id: uuid.UUID | None) -> list[tuple[int, str, int]]:
        with served_app.app_context():
            rows = db.session.query(Seance).where(Seance.usager_id == usager_id).order_by(Seance.recorded_at)
            return [(row.minutes, row.device, row.participants) for row in rows]

    return of


@pytest.fixture
def planned_today(served_app, person):
    """An appointment of Maryse's in the hour that is, with somebody."""

    def plan(first_name: str) -> uuid.UUID:
        with served_app.app_context():
            usager = db.session.get(Usager, (_structure_id(), person(first_name)))
            leader = db.session.query(Account).where(Account.email == "maryse@exemple.fr").one()
            planning = Planning(now() - timedelta(seconds=1), 60, leader.id, "lieu_activite", None)
            return appointments.plan_with(usager, uuid.uuid4(), planning, now()).id

    return plan


def _structure_id() -> uuid.UUID:
    return queries.structures()[0].id


class Taps:
    """Counts what is tapped."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, target) -> None:
        target.click()
        self.count += 1


def help_of(page: Page, line: int, word: str):
    return page.locator("fieldset.help-line").nth(line).get_by_text(word, exact=True)


def save(page: Page):
    return page.locator("button:has([data-send])")


# --- taps ---


@pytest.mark.parametrize(("width", "height"), [(1280, 800), PHONE])
def test_a_planned_session_on_two_modules_takes_at_most_ten_taps(
    open_desk, planned_today, person, sessions, width, height
):
    name = "Ginette" if width > 400 else "Raymond"
    planned_today(name)
    page = open_desk(width, height)
    page.goto(TODAY)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name=re.compile(f"Noter la séance avec {name}")))
    taps.on(help_of(page, 0, "Seul"))
    taps.on(help_of(page, 1, "Guidé"))
    taps.on(page.locator(".chips").get_by_text("45\u00a0min", exact=True))
    taps.on(page.locator(".chips").get_by_text("Tablette", exact=True))
    taps.on(page.get_by_text("Prendre rendez-vous", exact=True))
    taps.on(save(page))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    taps.on(page.locator(".next-meeting form button").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Rendez-vous avec {name}")
    assert taps.count <= 10
    assert sessions(person(name))[-1] == (45, "tablette", 1)


def test_somebody_who_drops_in_takes_six_taps_from_today(open_desk, person, sessions):
    page = open_desk(*PHONE)
    page.goto(TODAY)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Noter une séance"))
    taps.on(page.get_by_role("link", name="Kévin M."))
    taps.on(help_of(page, 0, "Accompagné"))
    taps.on(help_of(page, 1, "Seul"))
    taps.on(save(page))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    assert taps.count <= 6


def test_somebody_without_a_file_takes_at_most_six_taps(open_desk, sessions):
    before = len(sessions(None))
    page = open_desk(*PHONE)
    page.goto(TODAY)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Personne sans dossier"))
    taps.on(page.locator(".chips").get_by_text("Aide aux démarches administratives", exact=True))
    taps.on(page.locator(".chips").get_by_text("30\u00a0min", exact=True))
    taps.on(page.locator(".chips").get_by_text("Téléphone", exact=True))
    taps.on(save(page))
    expect(page.get_by_text("C’est compté.")).to_be_visible()
    assert taps.count <= 6
    assert sessions(None)[before:] == [(30, "telephone", 1)]


# --- kept until saved ---


def test_without_network_nothing_is_lost_and_trying_again_saves_once(open_desk, person, sessions):
    usager_id = person("Solange")
    before = len(sessions(usager_id))
    page = open_desk(*PHONE)
    page.goto(f"/conseiller/usagers/{usager_id}/seance")
    help_of(page, 0, "Seul").click()
    page.context.set_offline(True)
    save(page).click()
    expect(page.get_by_text("Ce n’est pas encore enregistré.")).to_be_visible()
    expect(save(page)).to_have_text("Réessayer")
    save(page).click()
    expect(save(page)).to_be_enabled()
    assert len(sessions(usager_id)) == before
    page.context.set_offline(False)
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    assert len(sessions(usager_id)) == before + 1
    page.goto(TODAY)
    expect(page.locator("[data-drafts]")).to_be_hidden()


def test_a_reply_that_gets_lost_does_not_make_two_sessions(open_desk, person, sessions):
    usager_id = person("Thi Lan")
    before = len(sessions(usager_id))
    page = open_desk(1280, 800)
    address = f"/conseiller/usagers/{usager_id}/seance"
    page.goto(address)
    help_of(page, 0, "Guidé").click()

    def swallow(route):
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")

    page.route("**" + address, swallow, times=1)
    save(page).click()
    expect(page.get_by_text("Ce n’est pas encore enregistré.")).to_be_visible()
    assert len(sessions(usager_id)) == before + 1
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    assert len(sessions(usager_id)) == before + 1


def test_a_page_closed_by_mistake_is_offered_back(open_desk, person):
    usager_id = person("Wilson")
    page = open_desk(800, 1280)
    address = f"/conseiller/usagers/{usager_id}/seance"
    page.goto(address)
    help_of(page, 1, "Seul").click()
    page.locator(".chips").get_by_text("90\u00a0min", exact=True).click()
    other = page.locator("#other_module option").last.get_attribute("value")
    page.select_option("#other_module", other)
    page.get_by_role("button", name="Ajouter").click()
    added = page.locator(f"input[name='aide-{other}'][value=guide]")
    added.locator("..").click()
    page.goto(TODAY)
    page.get_by_role("link", name=re.compile("Reprendre la saisie")).click()
    expect(page).to_have_url(re.compile(address))
    expect(page.locator("fieldset.help-line").nth(1).locator("input[value=seul]")).not_to_be_checked()
    page.get_by_role("button", name="Reprendre").click()
    expect(page.locator("fieldset.help-line").nth(1).locator("input[value=seul]")).to_be_checked()
    expect(page.locator("input[name=minutes][value='90']")).to_be_checked()
    expect(page.locator(f"input[name='aide-{other}'][value=guide]")).to_be_checked()
    page.get_by_role("button", name="Effacer").first.wait_for(state="hidden")
    page.goto(TODAY)
    expect(page.locator("[data-drafts]")).to_be_visible()


def test_at_sign_out_nothing_stays_in_the_browser(open_page, person):
    page = open_page(1280, 800)
    page.goto("/connexion/")
    page.get_by_label("Adresse mail").fill("nadege@exemple.fr")
    page.get_by_label("Mot de passe").fill("jalons-demo")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    page.goto(f"/conseiller/usagers/{person('Wilson')}/seance")
    help_of(page, 0, "Seul").click()
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.locator(".bar-menu summary").click()
    page.get_by_role("button", name="Déconnexion").click()
    expect(page.locator("body.conseiller")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_is_missing_is_said_and_what_was_chosen_stays(browser, address, conseiller_state, person):
    context = browser.new_context(base_url=address, storage_state=conseiller_state, locale="fr-FR")
    page = context.new_page()
    page.goto(f"/conseiller/usagers/{person('Denise')}/seance")
    page.locator(".chips").get_by_text("Téléphone", exact=True).click()
    save(page).click()
    expect(page.get_by_role("alert").first).to_contain_text("Choisissez l’aide donnée")
    expect(page.locator("input[name=device][value=telephone]")).to_be_checked()
    page.locator("label.check").click()
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    context.close()


def test_without_javascript_it_is_an_ordinary_form(open_desk, person, sessions):
    usager_id = person("Yvon")
    before = len(sessions(usager_id))
    page = open_desk(800, 1280, javascript=False)
    page.goto(f"/conseiller/usagers/{usager_id}/seance")
    page.select_option("#other_module", "securite.mot_de_passe")
    page.get_by_role("button", name="Ajouter").click()
    page.locator("input[name='aide-securite.mot_de_passe'][value=seul]").check()
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui a changé")
    assert len(sessions(usager_id)) == before + 1


# --- planning, correcting, paper ---


def test_an_appointment_is_made_moved_and_cancelled_in_few_taps(open_desk):
    page = open_desk(*PHONE)
    page.goto(TODAY)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Rendez-vous", exact=True).first)
    taps.on(page.get_by_role("link", name="Aurore S."))
    taps.on(page.get_by_role("button", name="Prévoir"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Rendez-vous avec Aurore S.")
    assert taps.count <= 3
    page.get_by_role("link", name="Déplacer").click()
    page.get_by_label("Heure").fill("15:30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("à 15\u00a0h\u00a030")
    page.get_by_role("button", name="Annuler ce rendez-vous").click()
    expect(page.get_by_text("C’est annulé.", exact=True)).to_be_visible()


def test_a_session_is_put_right_and_the_old_value_stays(open_desk, person):
    page = open_desk(1280, 800)
    page.goto(f"/conseiller/usagers/{person('Marie-Ange')}/seance")
    help_of(page, 0, "Seul").click()
    save(page).click()
    page.get_by_role("link", name="Corriger la séance").click()
    help_of(page, 0, "Guidé").click()
    save(page).click()
    corrections = page.locator(".corrections")
    expect(corrections.locator("del")).to_have_text("Seul")
    expect(corrections.locator("strong")).to_have_text("Guidé")
    page.get_by_role("link", name="Corriger la séance").click()
    page.get_by_role("link", name="Annuler cette séance").click()
    page.get_by_role("button", name="Annuler la séance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Séance annulée")
    page.get_by_role("link", name="Noter une autre séance").click()
    expect(save(page)).to_be_visible()


def test_a_sheet_is_noted_from_the_keyboard(open_desk, person, sessions):
    people = [person("Lucien"), person("Josette")]
    before = [len(sessions(id_)) for id_ in people]
    page = open_desk(1280, 800)
    asked = "&".join(
        [*(f"usager={id_}" for id_ in people), "module=messagerie.lire", "module=messagerie.ecrire"]
    )
    page.goto(f"/conseiller/grille/saisie?{asked}")
    for key in ("4", "3", "0", "5", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 séances sont notées.")).to_be_visible()
    assert [len(sessions(id_)) for id_ in people] == [n + 1 for n in before]


def test_the_sheet_prints_on_one_page_of_a4_without_the_screens_buttons(open_desk, person):
    page = open_desk(1280, 800)
    page.goto(f"/conseiller/grille/feuille?usager={person('Josette')}&quoi=etapes")
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    expect(page.locator("header.bar")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", io.BytesIO(pdf).getvalue())) == 1


# --- every screen, at every size ---


def screens(person_id: uuid.UUID, place_id: uuid.UUID, appointment_id: uuid.UUID, seance_id: uuid.UUID):
    return [
        TODAY, f"{TODAY}?tous=1", f"{TODAY}/pas_vu?tous=1",
        "/conseiller/rendez-vous/", "/conseiller/rendez-vous/nouveau",
        f"/conseiller/rendez-vous/nouveau?usager={person_id}", "/conseiller/rendez-vous/atelier",
        f"/conseiller/rendez-vous/{appointment_id}", f"/conseiller/rendez-vous/{appointment_id}/deplacer",
        "/conseiller/seances/", "/conseiller/seances/avec-qui", "/conseiller/seances/sans-nom",
        f"/conseiller/usagers/{person_id}/seance", f"/conseiller/seances/{seance_id}",
        f"/conseiller/seances/{seance_id}/corriger", f"/conseiller/seances/{seance_id}/annuler",
        "/conseiller/lieux/", f"/conseiller/lieux/{place_id}", "/conseiller/grille/",
        f"/conseiller/grille/feuille?usager={person_id}&quoi=etapes",
        f"/conseiller/grille/saisie?usager={person_id}&quoi=etapes",
        "/atelier/groupes", f"/atelier/groupes?p={person_id}&appareil=ordinateur&taille=8",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_desk, axe, served_app, person, planned_today, width, height
):
    appointment_id = planned_today("Mohamed")
    with served_app.app_context():
        place_id = db.session.query(Place.id).first()[0]
        seance_id = db.session.query(Seance.id).where(Seance.usager_id.is_(None)).first()[0]
    page = open_desk(width, height)
    for address in screens(person("Mohamed"), place_id, appointment_id, seance_id):
        assert page.goto(address).status == 200, address
        axe(page, usager=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(TODAY)
    page.locator(".bar-menu summary").click()
    axe(page, usager=False)
