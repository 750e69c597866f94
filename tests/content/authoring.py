"""Content as an author writes it, made small and sound, so that a test breaks one thing only."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.content.check import CheckReport, run_check
from app.content.problem import Problem


def module(id_: str, *prerequisites: str, **changes: Any) -> dict[str, Any]:
    """A module that no rule complains of."""
    return {
        "id": id_,
        "titre": "Lire un message",
        "objectif": "Je sais lire un message.",
        "pictogramme": "mail",
        "prerequis": [{"module": p, "pourquoi": "On apprend cela avant."} for p in prerequisites],
        "duree": 20,
        "appareils": ["ordinateur", "telephone", "tablette"],
        "confort_tablette": "bon",
        "difficulte": 0.0,
        "crcn": {"competence": "2.1", "niveau": 1},
        "thematique": "email",
        "activite": ["Ouvrez le message de Léa."],
        "fiche": [{"texte": "Ouvrez le message.", "icone": "mail"}],
        "services": [],
        "observation": "Lit un message.",
    } | changes


def screen(places: int = 8, **changes: Any) -> dict[str, Any]:
    """A drawn screen with places ``zone_1``, ``zone_2``…"""
    rows = [{"id": f"zone_{n}", "titre": f"Ligne {n}"} for n in range(1, places + 1)]
    return {"appareil": "telephone", "titre": "Messages", "blocs": [{"liste": rows}]} | changes


FEEDBACK = {
    "retour_juste": "Oui. Le message est ouvert.",
    "retour_faux": "Touchez la ligne de Léa.",
    "retour_inconnu": "Touchez la ligne de Léa.",
}


def question(module_id: str, n: int, genre: str, **changes: Any) -> dict[str, Any]:
    """A question that no rule complains of; ``n`` makes its texts its own."""
    common = {
        "id": f"{module_id}.q{n}",
        "genre": genre,
        "difficulte": "facile" if n % 2 else "moyen",
        "consigne": f"{_WORDS[n]} vous écrit le matin. Que faites-vous ce {_WORDS[n]} ?",
        **FEEDBACK,
    }
    return common | _of_genre(genre, n) | changes


_WORDS = ["lundi", "mardi", "jeudi", "samedi", "juin", "mai", "mars", "avril", "Rose", "Paul", "Marc", "Anne"]


def _of_genre(genre: str, n: int) -> dict[str, Any]:
    word = _WORDS[n]
    if genre == "choix":
        return {
            "reponses": [
                {"texte": f"J'ouvre {word} ici.", "juste": True},
                {"texte": f"Je ferme {word} vite.", "retour": "La page part."},
                {"texte": f"Je garde {word} bien.", "retour": "Le mot reste."},
            ]
        }
    if genre == "ordre":
        return {"etapes": [{"texte": f"{verb} {word}."} for verb in ("J'ouvre", "Je lis", "Je ferme")]}
    if genre == "associer":
        pairs = [("Croix", "Fermer"), ("Loupe", "Chercher"), ("Flèche", "Partir")]
        return {"paires": [{"gauche": {"texte": f"{a} {word}"}, "droite": f"{b} {word}"} for a, b in pairs]}
    if genre == "toucher":
        rows = [{"id": f"zone_{k}", "titre": f"{word} {k}"} for k in range(1, 9)]
        return {"ecran": screen(blocs=[{"liste": rows}]), "bonnes": ["zone_1"]}
    return {"accepte": [word], "modele": word, "tolerance": "exacte"}


GENRES = ("choix", "toucher", "ordre", "associer", "saisie", "choix")


class Author:
    """Two folders with sound content; a test changes a thing and checks."""

    def __init__(self, folder: Path) -> None:
        self.parcours = folder / "parcours"
        self.quizzes = folder / "quizzes"
        ids = ("messagerie.lire", "messagerie.repondre")
        self.domain: dict[str, Any] = {
            "domaine": "messagerie",
            "titre": "La messagerie",
            "pictogramme": "mail",
            "modules": [module(ids[0]), module(ids[1], ids[0], titre="Répondre")],
        }
        self.goal: dict[str, Any] = {
            "id": "ecrire",
            "titre": "Écrire",
            "souhait": "Je veux écrire à ma famille.",
            "pictogramme": "mail",
            "cibles": [ids[1]],
        }
        self.quiz = {
            id_: {"module": id_, "items": [question(id_, n, g) for n, g in enumerate(GENRES, first)]}
            for id_, first in zip(ids, (0, 6), strict=True)
        }
        self.scene: dict[str, Any] = {
            "id": "scene.photo",
            "titre": "Répondre à Léa",
            "situation": "Léa vous écrit.",
            "appareils": ["telephone"],
            "etapes": [
                {
                    "module": ids[n % 2],
                    "consigne": f"Ouvrez la ligne {n}.",
                    "ecran": screen(),
                    "bonnes": [f"zone_{n}"],
                    "montrer": "La ligne est ici.",
                }
                for n in (1, 2, 3)
            ],
            "fin": "Votre message est parti.",
        }

    @property
    def modules(self) -> list[dict[str, Any]]:
        return self.domain["modules"]

    def items(self, module_id: str = "messagerie.lire") -> list[dict[str, Any]]:
        return self.quiz[module_id]["items"]

    def item(self, genre: str) -> dict[str, Any]:
        """The first question of this genre on reading."""
        return next(item for item in self.items() if item["genre"] == genre)

    def write(self) -> None:
        """Put everything in files, as an author would."""
        dump(self.parcours / "modules/messagerie.yaml", self.domain)
        dump(self.parcours / "ecrire.yaml", self.goal)
        for id_, quiz in self.quiz.items():
            dump(self.quizzes / f"messagerie/{id_.partition('.')[2]}.yaml", quiz)
        dump(self.quizzes / "scenes/photo.yaml", self.scene)

    def check(self, **options: Any) -> CheckReport:
        self.write()
        return run_check(self.parcours, self.quizzes, **options)

    def only_problem(self, rule: str, **options: Any) -> Problem:
        """The one problem that this rule finds; no other rule may find an error."""
        report = self.check(**options)
        problems = [*report.errors, *report.warnings]
        found = [problem for problem in problems if problem.rule == rule]
        assert len(found) == 1, "\n".join(map(str, problems))
        others = [problem for problem in report.errors if problem.rule != rule]
        assert not others, "\n".join(map(str, others))
        return found[0]

    def line(self, file: str, text: str, nth: int = 1) -> int:
        """The line of the file where this text stands for the nth time."""
        path = next(p for p in (*self.parcours.rglob(file), *self.quizzes.rglob(file)))
        lines = path.read_text(encoding="utf-8").splitlines()
        return [n for n, line in enumerate(lines, 1) if text in line][nth - 1]


def dump(path: Path, data: Any) -> None:
    """Write data as YAML, without the anchors that shared objects would make."""
    path.parent.mkdir(parents=True, exist_ok=True)
    yaml = YAML()
    yaml.width = 1000
    yaml.allow_unicode = True
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(deepcopy(data), file)
