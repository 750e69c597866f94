"""Signing in and out, and expired or forged forms."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.store.database import db
from app.store.models import SignIn
from tests.conftest import PASSWORD


def test_it_works(client, conseiller):
    response = client.post("/connexion/", data={"email": " SANDY@exemple.fr ", "password": PASSWORD})
    assert response.location == "/conseiller/aujourd-hui"
    assert client.get("/conseiller/").status_code == 200


def test_the_wrong_password_says_what_to_do_and_keeps_the_address(client, conseiller):
    response = client.post("/connexion/", data={"email": conseiller.email, "password": "autre chose"})
    page = BeautifulSoup(response.data, "html5lib")
    assert response.status_code == 422
    assert "Vérifiez les deux" in page.select_one(".problem").get_text()
    assert page.select_one("#email")["value"] == conseiller.email


def test_an_unknown_address_answers_the_same(client, conseiller):
    answers = [
        client.post("/connexion/", data={"email": email, "password": "autre chose"}).get_data(as_text=True)
        for email in (conseiller.email, "personne@exemple.fr")
    ]
    # The token says the second in which the page was made.
    told = [re.sub(r'(name="csrf_token"[^>]* value=")[^"]*', r"\1", answer) for answer in answers]
    assert told != answers
    assert told[0].replace(conseiller.email, "") == told[1].replace("personne@exemple.fr", "")


def guess(client, email, times=9, origin="192.168.1.20"):
    tries = [
        client.post(
            "/connexion/", data={"email": email, "password": f"essai {n}"},
            environ_overrides={"REMOTE_ADDR": origin},
        )
        for n in range(times)
    ]  # fmt: skip
    return tries[-1]


def test_guessing_is_throttled_and_says_what_to_do(client, conseiller):
    response = guess(client, conseiller.email)
    assert response.status_code == 429
    assert "Attendez cinq minutes, ou connectez-vous depuis un autre appareil" in response.get_data(
        as_text=True
    )


def test_guessing_from_elsewhere_locks_nobody_out(client, app, conseiller):
    assert guess(client, conseiller.email).status_code == 429
    response = app.test_client().post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    assert response.location == "/conseiller/aujourd-hui"


def test_signing_in_often_is_not_guessing(client, conseiller):
    for _ in range(25):
        right = client.post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
        assert right.status_code == 302


def test_the_page_asked_for_comes_after_signing_in(client, conseiller):
    address = client.get("/conseiller/?q=jo").location
    response = client.post(address, data={"email": conseiller.email, "password": PASSWORD})
    assert response.location == "/conseiller/?q=jo"


def test_signing_in_never_leads_to_another_site(client, conseiller):
    for elsewhere in ("https://exemple.com/", "//exemple.com/", "/\\exemple.com", "/\r\nX-Autre: 1"):
        response = client.post(
            "/connexion/", query_string={"suite": elsewhere},
            data={"email": conseiller.email, "password": PASSWORD},
        )  # fmt: skip
        assert response.location == "/conseiller/aujourd-hui"


def test_signing_out_ends_it(signed_in):
    signed_in.post("/connexion/fin")
    assert signed_in.get("/conseiller/").location.startswith("/connexion/")


def copied_cookie(app, client):
    """Another browser, with a copy of what this one had."""
    thief = app.test_client()
    thief.set_cookie("jalons", client.get_cookie("jalons").value)
    return thief


def test_a_copied_cookie_is_worth_nothing_once_signed_out(app, signed_in):
    thief = copied_cookie(app, signed_in)
    assert thief.get("/conseiller/").status_code == 200
    signed_in.post("/connexion/fin")
    assert thief.get("/conseiller/").location.startswith("/connexion/")


def test_a_copied_cookie_is_worth_nothing_once_an_usager_has_the_browser(app, signed_in):
    thief = copied_cookie(app, signed_in)
    signed_in.post("/lieu/mediatheque-de-vieux-habitants/but", data={"but": "e-sante"})
    assert thief.get("/conseiller/").location.startswith("/connexion/")


def test_signing_out_leaves_ones_other_devices_signed_in(app, signed_in, conseiller):
    telephone = app.test_client()
    telephone.post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    signed_in.post("/connexion/fin")
    assert telephone.get("/conseiller/").status_code == 200


def test_sign_ins_that_lasted_too_long_are_not_kept(app, signed_in, conseiller):
    began = db.session.scalars(sa.select(SignIn)).one()
    began.began_at -= timedelta(hours=11)
    db.session.commit()
    app.test_client().post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 1


def test_a_cookie_from_before_an_upgrade_asks_to_sign_in(signed_in, conseiller):
    with signed_in.session_transaction() as session:
        session["_user_id"] = f"{conseiller.structure_id}/{conseiller.id}/1"
    assert signed_in.get("/conseiller/").location.startswith("/connexion/")


def test_it_ends_after_some_hours(signed_in):
    with signed_in.session_transaction() as session:
        session["signed_in_at"] -= 11 * 3600
    assert signed_in.get("/conseiller/").location.startswith("/connexion/")


def test_closing_an_account_ends_its_sign_ins(signed_in, conseiller):
    conseiller.session_number += 1
    db.session.commit()
    assert signed_in.get("/conseiller/").location.startswith("/connexion/")


def test_a_form_without_its_token_is_refused_plainly(client, conseiller):
    client.forging = True
    response = client.post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    assert response.status_code == 400
    assert "trop longtemps" in response.get_data(as_text=True)


def test_an_expired_page_leads_an_usager_on_and_loses_nothing(client, structure):
    client.post("/lieu/mediatheque-de-vieux-habitants/but", data={"but": "e-sante"})
    client.forging = True
    response = client.post("/usager/appareil", data={"reponse": "telephone"})
    page = BeautifulSoup(response.data, "html5lib")
    assert response.status_code == 400
    assert page.select_one("a.button")["href"] == "/usager/"
    assert client.get("/usager/").location == "/usager/appareil"


def test_cookies_are_guarded(client, conseiller):
    response = client.post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
