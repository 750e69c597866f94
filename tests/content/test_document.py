"""YAML as plain data that remembers its lines, whichever parser read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from app.content import document
from app.content.document import read_document, shown_loc

TEXT = """\
heure: 12:30
jour: 2026-03-02
oui: oui
nombre: -2
virgule: 2.5
texte: "12"
rien:
vrai: true
liste:
  - {a: 1, b: Qui parle}
  - - x
    - y  # accepté : exemple
"""


@pytest.fixture(params=["fast", "slow"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    document._compose.cache_clear()
    if request.param == "slow":
        whichever = document._yaml
        monkeypatch.setattr(document, "_yaml", lambda *, pure: whichever(pure=True))
    file = tmp_path / "a.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_values_stay_as_typed(path: Path) -> None:
    assert read_document(path).data == {
        "heure": "12:30", "jour": "2026-03-02", "oui": "oui", "nombre": -2, "virgule": 2.5, "texte": "12",
        "rien": None, "vrai": True, "liste": [{"a": 1, "b": "Qui parle"}, ["x", "y"]],
    }  # fmt: skip


def test_it_agrees_with_the_usual_loader(path: Path) -> None:
    usual = YAML(typ="safe", pure=True).load(TEXT.replace("2026-03-02", "'2026-03-02'"))
    assert read_document(path).data == usual


def test_lines_and_waivers(path: Path) -> None:
    read = read_document(path)
    assert read.line_of(("liste", 0, "b")) == 10
    assert read.line_of(("liste", 1, 1)) == 12
    assert read.line_of(("liste", 1, "absent", 1)) == 12
    assert read.waiver(12) == "exemple"
    assert read.waiver(11) is None
    assert read.waiver(99) is None


def test_what_only_the_slow_parser_reads_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\nb: {c: Qui parle ?, d: 2}\n", encoding="utf-8")
    read = read_document(file)
    assert read.data == {"a": 1, "b": {"c": "Qui parle ?", "d": 2}}
    assert read.slow_line in (2, None)  # None where the C parser is not installed


def test_places_are_counted_from_one() -> None:
    assert shown_loc(("items", 0, "reponses", 2, "texte")) == "items[1].reponses[3].texte"
    assert shown_loc(()) == "fichier"
