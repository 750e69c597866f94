"""A file that its model refuses: every error at once, each with its line, its field and what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.content.check import run_check
from app.content.problem import Problem
from tests.content.authoring import Author

MODULE = """\
domaine: messagerie
titre: La messagerie
pictogramme: mail
modules:
  - id: messagerie.lire
    titre: Lire
    objectif: Je sais lire.
    pictogramme: mail
    duree: 20
    appareils: [ordinateur]
    confort_tablette: bon
    difficulte: 0
    crcn: {competence: "2.1", niveau: 1}
    thematique: email
    activite: [Lisez.]
    fiche: [{texte: Lisez., icone: mail}]
    observation: Lit.
"""


def problems(folder: Path, text: str) -> list[Problem]:
    """What the schema says of a domain's file."""
    path = folder / "parcours/modules/messagerie.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (folder / "quizzes").mkdir()
    report = run_check(folder / "parcours", folder / "quizzes")
    return [problem for problem in report.errors if problem.rule == "schema"]


def test_the_file_is_sound(tmp_path: Path) -> None:
    assert problems(tmp_path, MODULE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "remedy"),
    [
        ("observation: Lit.", "observation: Lit.\n    duré: 20", 18, "modules[1].duré", "écrivez « duree »"),
        ("    titre: Lire\n", "", 5, "modules[1].titre", "ajoutez « titre: »"),
        ("duree: 20", "duree: 90", 9, "modules[1].duree", "écrivez au plus 40 (ici 90)"),
        ("duree: 20", "duree: vingt", 9, "modules[1].duree", "écrivez un nombre"),
        ("titre: Lire\n", "titre: 12\n", 6, "modules[1].titre", "mettez 12 entre guillemets"),
        ("titre: Lire\n", "titre:\n", 6, "modules[1].titre", "écrivez un texte ici"),
        ("[ordinateur]", "[ordinateurs]", 10, "modules[1].appareils[1]", "écrivez « ordinateur »"),
        ("[ordinateur]", "ordinateur", 10, "modules[1].appareils", "écrivez une liste"),
        ("bon\n", "bonne\n", 11, "modules[1].confort_tablette", "écrivez « bon »"),
        ("thematique: email", "thematique: mail", 14, "modules[1].thematique", "écrivez « email »"),
        ('"2.1"', '"6.1"', 13, "modules[1].crcn.competence", "CRCN"),
        ("id: messagerie.lire", "id: Messagerie lire", 5, "modules[1].id", "comme messagerie.lire"),
        ("icone: mail}", "icone: Mail}", 16, "modules[1].fiche[1].icone", "comme arrow-back-up"),
        (
            "texte: Lisez.,",
            "texte: Lisez, puis,",
            16,
            "modules[1].fiche[1].puis",
            "mettez-le entre guillemets",
        ),
        ("[Lisez.]", "[]", 15, "modules[1].activite", "remplissez-la"),
        ("    duree: 20\n", "    duree: 20\n    duree: 25\n", 10, "modules[1].duree", "écrit deux fois"),
        ("titre: Lire\n", "titre: Lire : un message\n", 6, "fichier", "guillemets"),
        ("titre: Lire\n", 'titre: "Lire\n', None, "fichier", ""),
        ("    duree: 20", "   duree: 20", 9, "fichier", "retrait"),
    ],
)
def test_what_to_write(tmp_path: Path, old: str, new: str, line: int, field: str, remedy: str) -> None:
    assert old in MODULE
    found = problems(tmp_path, MODULE.replace(old, new, 1))
    assert len(found) == 1, found
    assert found[0].file.endswith("modules/messagerie.yaml")
    assert line is None or found[0].line == line
    assert found[0].path == field
    assert remedy in found[0].message
    assert str(found[0]) == f"{found[0].file}:{found[0].line}: {field}: {found[0].message}"


def test_all_errors_at_once(tmp_path: Path) -> None:
    text = MODULE.replace("duree: 20", "duree: 90").replace("titre: Lire\n", "titr: Lire\n")
    text = text.replace("confort_tablette: bon", "confort_tablette: oui")
    assert {(p.line, p.path) for p in problems(tmp_path, text)} == {
        (5, "modules[1].titre"),
        (6, "modules[1].titr"),
        (9, "modules[1].duree"),
        (11, "modules[1].confort_tablette"),
    }


def test_an_empty_file_and_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "quizzes/messagerie").mkdir(parents=True)
    (tmp_path / "quizzes/messagerie/vide.yaml").touch()
    (tmp_path / "quizzes/messagerie/latin.yaml").write_bytes("module: é".encode("latin-1"))
    found = run_check(tmp_path, tmp_path / "quizzes").errors
    assert [problem.message for problem in found] == [
        "enregistrez ce fichier en UTF-8",
        "ce fichier est vide : écrivez-le ou supprimez-le",
    ]


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "n'existe pas : créez-le" in run_check(tmp_path, tmp_path / "rien").errors[0].message


@pytest.mark.parametrize(
    ("genre", "changes", "field", "remedy"),
    [
        ("choix", {"genre": "choi"}, "", "écrivez « choix »"),
        ("choix", {"consigne": None}, ".consigne", "écrivez un texte ici"),
        ("toucher", {"bonnes": []}, ".bonnes", "remplissez-la"),
        ("saisie", {"tolerance": "larges"}, ".tolerance", "écrivez « large »"),
        ("saisie", {"devine": 0.2}, "", "ajoutez « raison: »"),
        (
            "toucher",
            {"illustration": {"icone": "mail"}},
            ".illustration.alternative",
            "ajoutez « alternative: »",
        ),
    ],
)
def test_a_question(author: Author, genre: str, changes: dict[str, Any], field: str, remedy: str) -> None:
    author.item(genre).update(changes)
    place = author.items().index(author.item(changes.get("genre", genre))) + 1
    found = [p for p in author.check().errors if p.rule == "schema"]
    assert [p.path for p in found] == [f"items[{place}]{field}"]
    assert remedy in found[0].message


@pytest.mark.parametrize(
    ("answers", "remedy"),
    [
        ([("Oui", True), ("Non", True), ("Si", False)], "une seule réponse porte « juste: true » (ici 2)"),
        ([("Oui", True), ("Non", False), ("Non", False)], "deux réponses ont le même texte"),
        ([("Oui", True), ("Non", False)], "il en faut 3 au moins (ici 2)"),
    ],
)
def test_answers(author: Author, answers: list[tuple[str, bool]], remedy: str) -> None:
    author.item("choix")["reponses"] = [
        {"texte": text, "juste": True} if right else {"texte": text, "retour": "Non."}
        for text, right in answers
    ]
    (found,) = (p for p in author.check().errors if p.rule == "schema")
    assert (found.path, found.message) == ("items[1].reponses", remedy)
    assert found.line == author.line("lire.yaml", "reponses:")


def test_a_wrong_answer_teaches(author: Author) -> None:
    del author.item("choix")["reponses"][1]["retour"]
    (found,) = (p for p in author.check().errors if p.rule == "schema")
    assert found.path == "items[1].reponses[2]"
    assert found.message.startswith("ajoutez « retour: »")


@pytest.mark.parametrize(
    ("bloc", "field", "remedy"),
    [
        ({"listes": []}, "", "bloc « listes » inconnu : écrivez « liste »"),
        ({"liste": [{"id": "a", "titr": "Léa"}]}, ".liste[1].titr", "écrivez « titre »"),
        ({"liste": [{"id": "a"}]}, ".liste[1]", "ajoutez « titre: » ou « texte: »"),
        ({"barre": [{"id": "a", "icone": "mail"}]}, ".barre[1]", "ajoutez « nom: »"),
        ({"bulle": {"de": "lui", "texte": "Bonjour"}}, ".bulle.de", "choisissez parmi : autre, moi"),
        ({"clavier": "azert"}, ".clavier", "écrivez « azerty »"),
        ({"fenetre": {"titre": "Oui ?", "blocs": [{"text": "a"}]}}, ".fenetre.blocs[1]", "écrivez « texte »"),
        ({"image": {"icone": "photo"}}, ".image.alternative", "ajoutez « alternative: »"),
    ],
)
def test_a_bloc(author: Author, bloc: dict[str, Any], field: str, remedy: str) -> None:
    author.item("toucher")["ecran"]["blocs"].append(bloc)
    (found,) = (p for p in author.check().errors if p.rule == "schema")
    assert found.path == f"items[2].ecran.blocs[2]{field}"
    assert remedy in found.message


def test_a_scene_shows_each_step(author: Author) -> None:
    del author.scene["etapes"][1]["montrer"]
    (found,) = (p for p in author.check().errors if p.rule == "schema")
    assert (found.path, found.message) == ("etapes[2].montrer", "ajoutez « montrer: »")


def test_a_scene_has_three_steps(author: Author) -> None:
    author.scene["etapes"].pop()
    (found,) = (p for p in author.check().errors if p.rule == "schema")
    assert (found.path, found.message) == ("etapes", "il en faut 3 au moins (ici 2)")
