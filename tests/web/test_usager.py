"""The usager's pages over HTTP, as a browser without JavaScript sees them."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup

from app.store import queries
from app.store.database import db

HOME = "/lieu/mediatheque-de-vieux-habitants/"


def page_of(response):
    assert response.status_code == 200, response.location
    return BeautifulSoup(response.data, "html5lib")


def heading(response):
    return page_of(response).h1.get_text(" ", strip=True)


def start(client, goal="envoyer-un-message", device="ordinateur"):
    client.post(f"{HOME}but", data={"but": goal})
    client.post("/usager/appareil", data={"reponse": device})
    client.post("/usager/lecture", data={"reponse": "un_peu"})
    client.post("/usager/son", data={"reponse": "non"})
    client.post("/usager/information/")


def begin(client, **how):
    start(client, **how)
    client.post("/usager/diagnostic")
    return client.get("/usager/question/")


def form_of(page):
    """The hidden fields of the question's form."""
    return {
        tag["name"]: tag["value"]
        for tag in page.select("form.answer input[type=hidden]")
        if tag["name"] != "csrf_token"
    }


def dont_know(page):
    button = page.select_one('form.answer button[name="sans"]')
    return {**form_of(page), "sans": button["value"]}


def rows():
    return db.session.query(queries.EvidenceRow).all()


def test_the_first_page_leads_to_the_only_structure(client, structure):
    assert client.get("/").location == HOME
    assert heading(client.get(HOME)) == "Bienvenue"


def test_several_structures_are_told_apart(client, structure, other_structure):
    assert "EPN de Poya" in client.get("/").get_data(as_text=True)


def test_without_a_structure_the_laptop_is_asked_to_make_one(client, app):
    assert client.get("/").location == "/premiere-fois/"
    elsewhere = client.get("/", environ_overrides={"REMOTE_ADDR": "192.168.1.20"})
    assert heading(elsewhere) == "Jalons n’est pas encore prêt"


def test_the_whole_way_without_a_name(client, structure):
    page = page_of(begin(client))
    for _ in range(80):
        response = client.post("/usager/question/", data=dont_know(page))
        response = client.get(response.location)
        if response.status_code == 302:
            break
        page = page_of(response)
    assert response.location == "/usager/resultat"
    assert heading(client.get("/usager/resultat")) == "Votre chemin commence ici"
    path = page_of(client.get("/usager/chemin"))
    stakes = path.select(".trail .stake")
    assert "here" in stakes[0]["class"]
    assert all(stake.select_one(".stake-reason").get_text(strip=True) for stake in stakes[:-1])
    # Someone who did nothing alone has a long way to go: it is not all laid out before them.
    folded = path.select("details .stake")
    assert len(stakes) > 12 and len(stakes) - len(folded) <= 7


def test_the_reception_asks_only_what_is_missing(client, structure):
    response = client.post(f"{HOME}but", data={"but": "e-sante"})
    assert client.get(response.location).location == "/usager/appareil"
    client.post("/usager/appareil", data={"reponse": "aucun"})
    assert client.get("/usager/").location == "/usager/lecture"


def test_a_goal_that_cannot_be_reached_on_the_device_chooses_another(client, structure):
    client.post(f"{HOME}but", data={"but": "whatsapp-famille"})
    client.post("/usager/appareil", data={"reponse": "ordinateur"})
    [person] = queries.nameless_usagers(structure.id)
    assert person.device in ("telephone", "tablette")


def test_a_goal_that_is_gone_leads_back_to_the_choice(client, structure):
    response = client.post(f"{HOME}but", data={"but": "apprendre-le-minitel"}, follow_redirects=True)
    assert "Ce choix n’existe plus" in response.get_data(as_text=True)


def test_a_goal_removed_since_is_asked_again_and_nothing_is_lost(client, structure):
    page = page_of(begin(client))
    client.post("/usager/question/", data=dont_know(page))
    [person] = queries.nameless_usagers(structure.id)
    person.goal_id = "apprendre-le-minitel"
    db.session.commit()
    assert client.get("/usager/").location == "/usager/but"
    assert client.get("/usager/chemin").status_code == 200
    assert len(rows()) == 1


def test_an_answer_sent_twice_counts_once(client, structure):
    answer = dont_know(page_of(begin(client)))
    for _ in range(3):
        assert client.post("/usager/question/", data=answer).status_code == 302
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"item": "messagerie.lire.inconnu"},
        {"item": ""},
        {"etape": "7"},
        {"etape": "x"},
        {"sans": "autre"},
        {"reponse_id": str(uuid.UUID(int=5)), "etape": "3"},
    ],
)
def test_an_answer_to_something_else_changes_nothing_and_leads_on(client, structure, change):
    answer = {**dont_know(page_of(begin(client))), **change}
    response = client.post("/usager/question/", data=answer)
    assert response.status_code in (302, 422)
    assert page_of(client.get("/usager/question/")).select_one("form.answer")
    assert rows() == []


def test_an_answer_without_an_id_is_refused_plainly(client, structure):
    answer = {**dont_know(page_of(begin(client))), "reponse_id": "abc"}
    assert client.post("/usager/question/", data=answer).status_code == 400
    assert rows() == []


def test_an_empty_answer_says_what_to_do(client, structure):
    form = form_of(page_of(begin(client)))
    response = client.post("/usager/question/", data=form)
    assert response.status_code == 422
    page = BeautifulSoup(response.data, "html5lib")
    assert page.select_one("[role=alert]").get_text(strip=True)
    assert form_of(page)["item"] == form["item"]


def test_pausing_and_resuming_gives_the_same_question(client, structure):
    before = form_of(page_of(begin(client)))
    assert heading(client.get("/usager/question/pause")) == "C’est la pause"
    assert form_of(page_of(client.get("/usager/question/"))) == before
    assert client.get("/usager/").location == "/usager/question/"


def test_going_back_asks_the_last_question_again(client, structure):
    page = page_of(begin(client))
    first = form_of(page)["item"]
    for _ in range(5):
        client.post("/usager/question/", data=dont_know(page))
        page = page_of(client.get("/usager/question/"))
        if form_of(page)["item"] != first:
            break
    client.post("/usager/question/avant")
    assert form_of(page_of(client.get("/usager/question/")))["item"] == first
    client.post("/usager/question/garder")
    assert form_of(page_of(client.get("/usager/question/")))["item"] != first


def test_stopping_early_shows_the_path(client, structure):
    begin(client)
    assert client.post("/usager/question/arret").location == "/usager/resultat"
    assert page_of(client.get("/usager/chemin")).select(".stake")


def test_finishing_leaves_nothing_and_the_back_button_shows_nothing(client, structure):
    begin(client)
    response = client.post("/usager/terminer")
    assert response.location == HOME
    assert "storage" in response.headers["Clear-Site-Data"]
    for path in ("/usager/question/", "/usager/chemin", "/usager/resultat", "/usager/"):
        assert client.get(path).location == "/"
    assert client.get(HOME).headers["Cache-Control"] == "no-store"


def test_an_usager_cannot_reach_the_conseillers_pages(client, structure, conseiller):
    begin(client)
    assert client.get("/conseiller/").location.startswith("/connexion/")


def test_starting_as_an_usager_signs_the_conseiller_out(signed_in, structure):
    assert signed_in.get("/conseiller/").status_code == 200
    signed_in.post(f"{HOME}but", data={"but": "e-sante"})
    assert signed_in.get("/conseiller/").location.startswith("/connexion/")


def test_an_usagers_screens_end_after_some_hours(client, structure, app):
    begin(client)
    with client.session_transaction() as session:
        session["usager_since"] -= 5 * 3600
    assert client.get("/usager/chemin").location == "/"


def test_someone_erased_since_is_led_back_to_the_start(client, structure):
    begin(client)
    with client.session_transaction() as session:
        session["usager"] = [str(structure.id), str(uuid.UUID(int=9))]
    assert client.get("/usager/chemin").location == "/"


class TestCards:
    def open(self, client, usager, pictures):
        for picture in pictures:
            response = client.post(f"{HOME}carte/{usager.card}", data={"image": picture})
        return response

    def test_it_works(self, client, usager):
        assert usager.card in client.get(f"{HOME}carte").get_data(as_text=True)
        first, second = usager.secret.split(",")
        response = self.open(client, usager, [first])
        assert heading(client.get(response.location)) == "Touchez votre deuxième image"
        assert first not in response.location
        self.open(client, usager, [second])
        assert heading(client.get(client.get("/usager/").location)) == "Êtes-vous Josette B.\u00a0?"
        client.post("/usager/vous")
        assert client.get("/usager/").location == "/usager/appareil"

    def test_the_wrong_pictures_open_nothing(self, client, usager):
        second, first = usager.secret.split(",")
        response = self.open(client, usager, [first, second])
        assert client.get("/usager/").location == "/"
        assert "deux images" in client.get(response.location).get_data(as_text=True)

    def test_guessing_is_throttled(self, client, usager):
        codes = {self.open(client, usager, ["sun", "sun"]).status_code for _ in range(20)}
        assert 429 in codes

    def test_names_are_not_shown(self, client, usager):
        assert "Josette" not in client.get(f"{HOME}carte").get_data(as_text=True)

    def test_another_structures_card_opens_nothing(self, client, usager, other_structure):
        for picture in usager.secret.split(","):
            response = client.post(f"/lieu/epn-de-poya/carte/{usager.card}", data={"image": picture})
        assert client.get("/usager/").location == "/"
        assert response.status_code == 302

    def test_an_unknown_card_is_404(self, client, structure):
        assert client.get(f"{HOME}carte/licorne-rose").status_code == 404


def test_each_question_comes_back_with_its_explanation_and_no_mark(client, structure):
    page = page_of(begin(client))
    consigne = page.h1.get_text(" ", strip=True)
    client.post("/usager/question/", data=dont_know(page))
    client.post("/usager/question/arret")
    told = page_of(client.get("/usager/reponses")).select(".takeaways li")
    assert told[0].select_one(".asked").get_text(" ", strip=True) == consigne
    assert told[0].select_one(".told").get_text(strip=True)


def test_every_step_of_the_path_can_be_opened(client, app, structure):
    from app.services.engines import current_engines

    begin(client)
    for module_id in current_engines().content.modules:
        assert client.get(f"/usager/chemin/{module_id}").status_code == 200
    assert client.get("/usager/chemin/cuisine.tarte").status_code == 404


def test_a_text_made_up_is_not_taken_for_an_answer(client, structure):
    page = page_of(begin(client))
    response = client.post("/usager/question/", data={**form_of(page), "reponse": "x" * 1000, "paire_a": "x"})
    assert response.status_code == 422
    assert not rows()


def test_a_diagnostic_whose_goal_is_gone_asks_for_another_goal(client, structure):
    begin(client)
    for thing in (queries.DiagnosticSitting, queries.Usager):
        db.session.query(thing).update({"goal_id": "parti"})
    db.session.commit()
    response = client.get("/usager/question/", follow_redirects=True)
    assert response.request.path == "/usager/but"
    assert "Ce but n’existe plus." in response.text
    client.post("/usager/but", data={"but": "me-proteger"})
    assert client.get("/usager/question/").status_code == 200


@pytest.mark.parametrize("path", ["appareil", "lecture", "son"])
def test_a_reception_screen_sent_empty_is_asked_again(client, structure, path):
    client.post(f"{HOME}but", data={"but": "envoyer-un-message"})
    response = client.post(f"/usager/{path}", follow_redirects=True)
    assert response.request.path == f"/usager/{path}"
    assert "Touchez une des images." in response.text
