"""Over every route: who may enter is declared, and enforced."""

from __future__ import annotations

import uuid

import pytest

from app.web.access import Access, declared_access

SIGNED_IN = (Access.CONSEILLER, Access.PROFESSIONAL, Access.RESPONSABLE)
KNOWN_ARGUMENTS = {
    "slug": "mediatheque-de-vieux-habitants",
    "card": "key-bleu",
    "code": "1234",
    "filename": "css/jalons.css",
}


def routes(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address_of(app, rule):
    arguments = {
        name: KNOWN_ARGUMENTS.get(name)
        or (str(uuid.UUID(int=7)) if "uuid" in type(converter).__name__.lower() else "messagerie.lire")
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        from flask import url_for

        return url_for(rule.endpoint, **arguments)


def test_every_route_declares_who_may_enter(app):
    silent = [rule.endpoint for rule in routes(app) if declared_access(app, rule.endpoint) is None]
    assert silent == []


def test_conseillers_pages_ask_a_stranger_to_sign_in(client, app, structure):
    guarded = [r for r in routes(app) if declared_access(app, r.endpoint) in SIGNED_IN]
    assert guarded
    for rule in guarded:
        for method in rule.methods & {"GET", "POST"}:
            response = client.open(address_of(app, rule), method=method)
            assert response.status_code == 302, rule
            assert response.location.startswith("/connexion/"), rule


def test_usagers_pages_send_a_stranger_home(client, app, structure):
    guarded = [r for r in routes(app) if declared_access(app, r.endpoint) == Access.USAGER]
    assert guarded
    for rule in guarded:
        for method in rule.methods & {"GET", "POST"}:
            response = client.open(address_of(app, rule), method=method)
            assert (response.status_code, response.location) == (302, "/"), rule


def test_an_usager_in_a_browser_reaches_no_conseillers_page(client, app, structure):
    client.post("/lieu/mediatheque-de-vieux-habitants/but", data={"but": "e-sante"})
    for rule in routes(app):
        if declared_access(app, rule.endpoint) in SIGNED_IN:
            for method in rule.methods & {"GET", "POST"}:
                assert client.open(address_of(app, rule), method=method).status_code == 302, rule


def test_the_first_use_page_is_for_the_laptop_and_for_once(client, app):
    elsewhere = {"REMOTE_ADDR": "192.168.1.20"}
    assert client.get("/premiere-fois/").status_code == 200
    assert client.get("/premiere-fois/", environ_overrides=elsewhere).status_code == 404
    # What a proxy on the laptop passes on, or a page elsewhere whose name leads to the laptop.
    assert client.get("/premiere-fois/", headers={"Host": "jalons.exemple.fr"}).status_code == 404
    assert client.get("/premiere-fois/", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    form = {
        "structure_name": "EPN de Vieux-Habitants", "timezone": "America/Guadeloupe", "name": "Sandy",
        "email": "sandy@exemple.fr", "password": "un mot de passe long", "again": "un mot de passe long",
    }  # fmt: skip
    assert client.post("/premiere-fois/", data=form, environ_overrides=elsewhere).status_code == 404
    assert client.post("/premiere-fois/", data=form).location == "/conseiller/"
    assert client.get("/premiere-fois/").status_code == 404


@pytest.mark.parametrize("path", ["/nulle-part", "/lieu/inconnu/", "/usager/chemin/x/y"])
def test_an_unknown_page_says_so_plainly(client, structure, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.get_data(as_text=True)


def test_every_page_carries_the_protections(client, structure):
    response = client.get("/lieu/mediatheque-de-vieux-habitants/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
