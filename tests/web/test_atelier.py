"""Leading an atelier over HTTP, as a browser without JavaScript does it."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from sqlalchemy import event

from app.serving.addresses import ONLY_HERE
from app.store import queries
from app.store.database import db
from app.store.models import EvidenceRow
from app.web.atelier import addresses
from tests.web.atelier_cast import MODULE, opened, page_of, text_of


@pytest.fixture
def people(structure, make_usager):
    return [make_usager(structure, name) for name in ("Ginette", "Josette", "Kévin")]


@pytest.fixture
def atelier(conseiller, people):
    return opened(conseiller, people)


@pytest.fixture
def address(atelier):
    return f"/atelier/{atelier.id}"


def form_data(page, **changes):
    """What the page for opening an atelier sends, with changes."""
    fields = {"atelier_id": page.select_one("#atelier_id")["value"], "device": "ordinateur", "minutes": "90"}
    return {**fields, **changes}


def mark(client, address, person, help, **how):
    return client.post(f"{address}/grille", data={"personne": person.id, "aide": help}, **how)


# --- the list and opening ---


def test_without_ateliers_the_list_says_what_they_are(signed_in):
    assert "rejoint avec un code" in text_of(signed_in.get("/atelier/"))


def test_the_list_shows_the_code_of_open_ones(signed_in, atelier):
    page = page_of(signed_in.get("/atelier/"))
    assert atelier.code in page.select_one(".atelier-line.open").get_text()
    assert "3 personnes" in page.select_one(".atelier-line").get_text().replace("\u00a0", " ")


def test_the_list_asks_as_much_of_the_database_with_many(signed_in, conseiller, people):
    def queries_made():
        statements = []
        event.listen(db.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        signed_in.get("/atelier/")
        return len(statements)

    for number in range(1, 4):
        opened(conseiller, people, number=number)
    few = queries_made()
    for number in range(4, 40):
        opened(conseiller, people, number=number)
    assert queries_made() == few


def test_opening_one(signed_in, structure, people):
    page = page_of(signed_in.get("/atelier/nouveau"))
    assert page.select_one(f'option[value="{MODULE}"]')
    data = form_data(page, module=MODULE, people=[str(people[0].id), str(people[2].id)])
    where = {signed_in.post("/atelier/nouveau", data=data).location for _ in range(2)}
    [made] = queries.ateliers(structure.id)
    assert where == {f"/atelier/{made.id}"}
    names = [
        tag.get_text(strip=True) for tag in page_of(signed_in.get(where.pop())).select(".grid-name strong")
    ]
    assert names == ["Ginette B.", "Kévin B."]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"module": "minitel.allumer"},
        {"module": MODULE, "device": "minitel"},
        {"module": MODULE, "minutes": "beaucoup"},
        {"module": "ordinateur.souris", "device": "telephone"},
    ],
)
def test_a_half_filled_form_keeps_what_was_chosen_and_says_what_to_do(signed_in, structure, people, changes):
    data = form_data(page_of(signed_in.get("/atelier/nouveau")), people=[str(people[1].id)])
    page = page_of(signed_in.post("/atelier/nouveau", data={**data, **changes}), 422)
    problems = [tag.get_text() for tag in page.select(".field .problem")]
    assert problems and all(text.startswith(("Choisissez", "Ce module", "«")) for text in problems)
    ticked = page.select("input[type=checkbox][checked]")
    assert [box["value"] for box in ticked] == [str(people[1].id)]
    assert queries.ateliers(structure.id) == []


def test_made_up_people_are_left_out(signed_in, structure, other_structure, make_usager):
    stranger = make_usager(other_structure, "Wilson")
    data = form_data(page_of(signed_in.get("/atelier/nouveau")), module=MODULE)
    signed_in.post("/atelier/nouveau", data={**data, "people": [str(stranger.id), "abc"]})
    [made] = queries.ateliers(structure.id)
    assert queries.participants(made) == []


# --- the page, its code and its grid ---


def test_the_page_shows_code_and_grid(signed_in, atelier, address):
    page = page_of(signed_in.get(address))
    assert atelier.code in page.select_one(".big-code").get_text()
    assert len(page.select(".grid-row")) == 3
    assert len(page.select(".cell")) == 15


def test_a_tap_is_kept_and_a_second_one_takes_it_back(signed_in, address, people):
    assert mark(signed_in, address, people[0], "guide").location.startswith(address)
    pressed = page_of(signed_in.get(address)).select('.cell[aria-pressed="true"]')
    assert [cell.get_text(strip=True) for cell in pressed] == ["Guidé"]
    assert pressed[0]["value"] == ""
    mark(signed_in, address, people[0], pressed[0]["value"])
    assert not page_of(signed_in.get(address)).select('.cell[aria-pressed="true"]')


def test_a_tap_from_javascript_answers_with_the_same_partial(signed_in, address, people):
    response = mark(signed_in, address, people[0], "seul", headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200
    looked = signed_in.get(f"{address}/grille")
    assert response.headers["ETag"] == looked.headers["ETag"]
    assert looked.get_data(as_text=True).lstrip().startswith('<div class="grid"')


def test_looking_again_costs_nothing_until_something_changes(signed_in, address, people):
    seen = signed_in.get(f"{address}/grille").headers["ETag"]
    again = signed_in.get(f"{address}/grille", headers={"If-None-Match": seen})
    assert (again.status_code, again.data) == (304, b"")
    mark(signed_in, address, people[0], "seul")
    changed = signed_in.get(f"{address}/grille", headers={"If-None-Match": seen})
    assert changed.status_code == 200
    version = page_of(signed_in.get(address)).select_one("[data-version]")["data-version"]
    assert changed.headers["ETag"] == f'"{version}"'


@pytest.mark.parametrize(
    "data", [{}, {"personne": "abc", "aide": "seul"}, {"personne": str(uuid.UUID(int=9)), "aide": "seul"}]
)
def test_a_tap_that_means_nothing_changes_nothing(signed_in, address, data):
    assert signed_in.post(f"{address}/grille", data=data).status_code == 302
    assert not page_of(signed_in.get(address)).select('.cell[aria-pressed="true"]')


def test_someone_who_comes_late_is_added(signed_in, address, structure, make_usager):
    late = make_usager(structure, "Yvon")
    signed_in.post(f"{address}/personnes", data={"personne": str(late.id)})
    page = page_of(signed_in.get(address))
    assert len(page.select(".grid-row")) == 4
    assert page.select_one("#add-person") is None
    response = signed_in.post(f"{address}/personnes", data={}, follow_redirects=True)
    assert "Choisissez une personne" in text_of(response)


@pytest.mark.parametrize(
    ("host", "lan", "shown"),
    [
        ("jalons.exemple.fr", ["192.0.2.7"], "jalons.exemple.fr"),
        ("localhost:8000", ["192.0.2.7", "192.0.2.8"], "192.0.2.7:8000"),
        ("127.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("[::1]:8123", ["192.0.2.7"], "192.0.2.7:8123"),
    ],
)
def test_tablets_are_given_an_address_that_they_can_reach(app, atelier, monkeypatch, host, lan, shown):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: lan)
    with app.test_request_context(base_url=f"http://{host}/"):
        assert addresses.join_url(atelier) == f"http://{shown}/atelier/rejoindre/{atelier.code}"
        assert addresses.typed_address() == f"{shown}/atelier/rejoindre"


def test_a_laptop_on_no_network_says_so(signed_in, address, monkeypatch):
    monkeypatch.setattr(addresses, "lan_addresses", list)
    page = page_of(signed_in.get(address))
    assert page.select_one("img.qr") is None
    assert "aucun réseau" in page.get_text()
    assert signed_in.get(f"{address}/qr.svg").status_code == 404


@pytest.fixture
def only_here(app):
    """A server that listens to this computer alone."""
    app.extensions[ONLY_HERE] = True
    yield
    del app.extensions[ONLY_HERE]


def test_started_for_this_computer_alone_it_promises_tablets_nothing(
    signed_in, address, only_here, monkeypatch
):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: ["192.0.2.7"])
    page = page_of(signed_in.get(address))
    assert page.select_one("img.qr") is None
    assert "192.0.2.7" not in page.get_text()
    assert "relancez-le avec «\u00a0make run\u00a0»." in page.get_text()
    assert signed_in.get(f"{address}/qr.svg").status_code == 404


def test_behind_another_server_tablets_come_through_it(app, atelier, only_here, monkeypatch):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: ["192.0.2.7"])
    with app.test_request_context(base_url="http://jalons.exemple.fr/"):
        assert addresses.typed_address() == "jalons.exemple.fr/atelier/rejoindre"
    behind = app.extensions["jalons_settings"].model_copy(update={"proxies": 1})
    monkeypatch.setitem(app.extensions, "jalons_settings", behind)
    with app.test_request_context(base_url="http://localhost/"):
        assert addresses.typed_address() == "192.0.2.7/atelier/rejoindre"


def test_the_qr_code_is_a_picture_of_its_own(signed_in, address, monkeypatch):
    monkeypatch.setattr(addresses, "lan_addresses", lambda: ["192.0.2.7"])
    source = page_of(signed_in.get(address)).select_one("img.qr")["src"]
    response = signed_in.get(source)
    assert response.mimetype == "image/svg+xml"
    assert b"<svg" in response.data and b"style=" not in response.data


# --- closing ---


def test_closing_says_first_what_will_be_kept(signed_in, address, people):
    mark(signed_in, address, people[0], "guide")
    page = page_of(signed_in.get(f"{address}/fin"))
    assert "1 observation" in page.get_text().replace("\u00a0", " ")
    assert "2 personnes absentes" in " ".join(page.get_text().replace("\u00a0", " ").split())


def test_closing_shows_what_moved_and_only_once(signed_in, address, people):
    mark(signed_in, address, people[0], "transmet")
    for _ in range(2):
        assert signed_in.post(f"{address}/fin").location == address
    page = page_of(signed_in.get(address))
    assert [tag.get_text(strip=True) for tag in page.select(".moves th[scope=row]")] == ["Ginette B."]
    assert "Transmet" in page.select_one(".moves").get_text()
    assert db.session.query(EvidenceRow).count() == 1
    assert signed_in.get(f"{address}/fin").location == address


def test_a_tap_after_the_end_says_so(signed_in, address, people):
    signed_in.post(f"{address}/fin")
    mark(signed_in, address, people[0], "seul")
    assert "déjà écrites" in text_of(signed_in.get(address))
    looked = signed_in.get(f"{address}/grille").get_data(as_text=True)
    assert "data-closed" in looked and "<button" not in looked


def test_a_module_removed_from_the_content_since_breaks_nothing(signed_in, atelier, address, people):
    atelier.module_id = "minitel.allumer_le_poste"
    db.session.commit()
    assert "Allumer le poste" in text_of(signed_in.get("/atelier/"))
    mark(signed_in, address, people[0], "seul")
    assert signed_in.get(address).status_code == 200
    signed_in.post(f"{address}/fin")
    assert "Allumer le poste" in text_of(signed_in.get(address))


# --- who may ---

PATHS = ["", "/qr.svg", "/grille", "/fin"]
POSTS = ["/grille", "/fin", "/personnes"]


@pytest.mark.parametrize("path", ["/atelier/", "/atelier/nouveau", *PATHS])
def test_it_requires_login(client, atelier, path):
    path = path if path.startswith("/atelier") else f"/atelier/{atelier.id}{path}"
    assert urlsplit(client.get(path).location).path == "/connexion/"


@pytest.mark.parametrize("path", PATHS)
def test_it_hides_other_structures(signed_in, other_structure, make_account, path):
    theirs = opened(make_account(other_structure, "autre@exemple.fr"), [])
    assert signed_in.get(f"/atelier/{theirs.id}{path}").status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_it_changes_nothing_of_other_structures(signed_in, other_structure, make_account, make_usager, path):
    person = make_usager(other_structure, "Wilson")
    theirs = opened(make_account(other_structure, "autre@exemple.fr"), [person])
    data = {"personne": str(person.id), "aide": "seul"}
    assert signed_in.post(f"/atelier/{theirs.id}{path}", data=data).status_code == 404
    db.session.refresh(theirs)
    assert theirs.closed_at is None
    assert queries.participant(theirs, person.id).help is None
