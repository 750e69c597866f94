"""When the database fails under someone's hands, they get a page of ours and a way on."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from app.services import diagnostic_sitting
from app.store import queries


@pytest.fixture
def database_down(app, monkeypatch):
    """From the moment the returned function is called, whatever asks the database fails."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(*_arguments, **_named):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    def go_down():
        for module, name in ((diagnostic_sitting, "current_screen"), (queries, "structure")):
            monkeypatch.setattr(module, name, fail)

    return go_down


def test_a_conseiller_gets_a_plain_page_too(signed_in, usager, database_down):
    database_down()
    page = signed_in.get(f"/conseiller/usagers/{usager.id}/")
    assert page.status_code == 500
    assert "Jalons a rencontré un problème." in page.text
    assert 'href="/conseiller/"' in page.text


def test_an_usager_gets_a_plain_page(client, structure, database_down):
    client.post(f"/lieu/{structure.slug}/but", data={"but": "envoyer-un-message"})
    for path, value in (("appareil", "ordinateur"), ("lecture", "facile"), ("son", "non")):
        client.post(f"/usager/{path}", data={"reponse": value})
    client.post("/usager/information/")
    client.post("/usager/diagnostic")
    database_down()
    page = client.get("/usager/question/")
    assert page.status_code == 500
    assert "Jalons a rencontré un problème." in page.text
    assert "Ce que vous avez déjà fait est gardé." in page.text
    assert 'href="/usager/"' in page.text


class TestWhatIsNoText:
    """PostgreSQL refuses a NUL in a text, SQLite keeps it: neither meets one."""

    @pytest.mark.parametrize("address", ["/conseiller/?q=%00", "/conseiller/chercher?q=a%00b", "/?x=%00"])
    def test_in_an_address_it_is_refused_in_plain_words(self, signed_in, address):
        assert signed_in.get(address).status_code == 400

    def test_in_a_form_it_is_refused_and_nothing_is_written(self, signed_in, structure):
        sent = signed_in.post("/conseiller/usagers/nouveau", data={"first_name": "Jo\0sette"})
        assert sent.status_code == 400
        assert queries.named_usagers(structure.id) == []
