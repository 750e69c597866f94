"""What is printed at start."""

import ipaddress

import pytest
import segno

from app.serving import welcome
from app.serving.addresses import lan_addresses


@pytest.fixture
def one_network(monkeypatch):
    monkeypatch.setattr(welcome, "lan_addresses", lambda: ["192.168.1.20", "10.0.0.5"])


def test_it_prints_both_addresses_and_a_code_for_tablets(one_network, capsys):
    welcome.announce("0.0.0.0", 8123)
    said = capsys.readouterr().out
    assert "http://localhost:8123/" in said
    assert "http://192.168.1.20:8123/" in said and "http://10.0.0.5:8123/" in said
    assert welcome.qr_code("http://192.168.1.20:8123/", coloured=False) in said


def test_the_code_is_that_of_the_address():
    drawn = welcome.qr_code("http://192.168.1.20:8123/", coloured=False).splitlines()
    light = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    rows = [[light[mark][half] for mark in line] for line in drawn for half in (0, 1)]
    wanted = segno.make("http://192.168.1.20:8123/", micro=False).matrix
    middle = [row[2:-2] for row in rows[2 : 2 + len(wanted)]]
    assert middle == [list(row) for row in wanted]


def test_without_a_network_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(welcome, "lan_addresses", list)
    welcome.announce("0.0.0.0", 8000)
    assert "relié à aucun réseau" in capsys.readouterr().out


def test_on_loopback_it_promises_tablets_nothing(one_network, capsys):
    welcome.announce("127.0.0.1", 8000)
    said = capsys.readouterr().out
    assert "192.168.1.20" not in said and "█" not in said


def test_it_prints_the_sign_ins_of_the_demo(one_network, capsys):
    welcome.announce("0.0.0.0", 8000, [("Lou", "lou@exemple.fr", "un-mot-de-passe")])
    assert "lou@exemple.fr  mot de passe : un-mot-de-passe" in capsys.readouterr().out


def test_addresses_found_here_are_reachable_by_others():
    for address in lan_addresses():
        assert not ipaddress.ip_address(address).is_loopback
