"""`jalons content graph`."""

from __future__ import annotations

from app.cli import cli
from app.cli_french import run


def test_it_writes_the_graph_of_a_device(tmp_path, capsys):
    file = tmp_path / "graphe.svg"
    assert not run(cli, ["content", "graph", "--appareil", "telephone", "--sortie", str(file)])
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert str(file) in capsys.readouterr().out


def test_it_says_what_a_device_can_be(capsys):
    assert run(cli, ["content", "graph", "--appareil", "minitel"]) == 1
    assert "ordinateur, telephone, tablette" in capsys.readouterr().err


def test_it_says_when_the_folder_is_missing(tmp_path, capsys):
    assert run(cli, ["content", "graph", "--sortie", str(tmp_path / "rien" / "x.svg")]) == 1
    assert "dossier qui existe" in capsys.readouterr().err
