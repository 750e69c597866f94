"""A workshop sheet: what its model refuses, what its rules find, and what is said instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.content.check import CheckReport
from app.content.library import Content
from app.content.models import Device, Workshop
from app.content.models.workshop import Internet
from app.content.problem import Problem, Severity
from app.content.rules import workshops
from app.engine.evidence import Help
from tests.content.authoring import Author, dump

STAGES = {"Accueil": 10, "Essai": 25, "Pause": 10, "Suite": 30, "Fin": 15}


def sheet(id_: str = "premier-message", **changes: Any) -> dict[str, Any]:
    """A sheet that nothing complains of."""
    return {
        "id": id_,
        "titre": "Répondre à un message",
        "modules": ["messagerie.repondre"],
        "niveau": "debutant",
        "duree": 90,
        "groupe": "5 à 8 personnes",
        "appareils": ["ordinateur", "tablette"],
        "internet": "facultatif",
        "sans_internet": ["Jouez la scène sur des feuilles."],
        "pour_qui": ["Celles et ceux qui lisent leurs messages."],
        "avant": ["Ouvrir sa messagerie."],
        "materiel": ["Une enveloppe chacun."],
        "salle": ["Une table en U."],
        "preparer": ["Imprimez les enveloppes."],
        "deroule": [
            {
                "minutes": minutes,
                "titre": title,
                "faire": [f"Menez : {title}."],
                "dire": ["Prenez votre temps."],
            }
            for title, minutes in STAGES.items()
        ],
        "exercices": [{"titre": "Léa", "consignes": ["Répondez à Léa."], "donnees": ["lea@exemple.fr"]}],
        "difficultes": [{"situation": f"Cas {n}.", "que_faire": "Reprenez."} for n in range(4)],
        "acquis": {help_.value: "Regarde." for help_ in Help},
        "en_avance": ["Répondez à deux personnes."],
        "sans_lire": ["Suivez les dessins."],
        "a_emporter": [f"{verb} le message." for verb in ("Ouvrez", "Lisez", "Gardez", "Fermez")],
        "suite": ["messagerie.lire"],
    } | changes


@pytest.fixture
def check(author: Author) -> Any:
    """Checks sheets among sound content."""

    def check(*sheets: dict[str, Any]) -> CheckReport:
        for data in sheets:
            dump(author.parcours / f"ateliers/{data['id']}.yaml", data)
        return author.check()

    return check


def only(report: CheckReport) -> Problem:
    (problem,) = [*report.errors, *report.warnings]
    return problem


class TestModel:
    def test_a_sound_sheet(self, check: Any) -> None:
        report = check(sheet())
        assert not [*report.errors, *report.warnings]
        assert report.counts["ateliers"] == 1

    def test_what_pages_read(self, author: Author, check: Any) -> None:
        check(sheet())
        workshop = Content.load(author.parcours, author.quizzes).workshops["premier-message"]
        assert (workshop.minutes, workshop.internet) == (90, Internet.OPTIONAL)
        assert workshop.devices == (Device.COMPUTER, Device.TABLET)
        assert workshop.stages[0].actions == ("Menez\u00a0: Accueil.",)
        assert workshop.signs.alone == "Regarde."

    def test_signs_follow_the_help_scale(self) -> None:
        fields = Workshop.model_fields["signs"].annotation.model_fields  # type: ignore[union-attr]
        assert [field.alias for field in fields.values()] == [help_.value for help_ in Help]

    @pytest.mark.parametrize(
        ("duration", "advice"),
        [
            (100, "en dit 100 : ajoutez 10 minutes au déroulé, ou écrivez « duree: 90 »"),
            (75, "en dit 75 : ôtez 15 minutes au déroulé, ou écrivez « duree: 90 »"),
        ],
    )  # fmt: skip
    def test_stages_fill_the_time(self, check: Any, duration: int, advice: str) -> None:
        problem = only(check(sheet(duree=duration)))
        assert (problem.path, problem.rule) == ("deroule", "schema")
        assert problem.message.endswith(advice)

    def test_a_sum_that_no_workshop_lasts_is_not_advised(self, check: Any) -> None:
        stages = sheet()["deroule"][:4]
        stages[3]["minutes"] = 5
        assert only(check(sheet(deroule=stages))).message.endswith("ajoutez 40 minutes au déroulé")

    @pytest.mark.parametrize("duration", [45, 150])
    def test_an_hour_to_two(self, check: Any, duration: int) -> None:
        problem = next(p for p in check(sheet(duree=duration)).errors if p.path == "duree")
        assert f"(ici {duration})" in problem.message

    @pytest.mark.parametrize(
        ("changes", "path", "message"),
        [
            ({"niveau": "facile"}, "niveau", "« facile » n'existe pas : choisissez parmi : avance, debutant"),
            ({"internet": "oui"}, "internet", "« oui » n'existe pas"),
            ({"sans_internet": []}, "sans_internet", "dites quoi faire quand la connexion manque"),
            ({"difficultes": []}, "difficultes", "cette liste est vide"),
            ({"a_emporter": ["Ouvrez."]}, "a_emporter", "il en faut 4 au moins (ici 1)"),
            ({"suite": ["Lire ses messages"]}, "suite[1]", "comme l'id d'un module ou d'un atelier"),
            ({"public": ["tous"]}, "public", "clé inconnue « public »"),
        ],
    )
    def test_what_is_refused(self, check: Any, changes: dict[str, Any], path: str, message: str) -> None:
        problem = only(check(sheet(**changes)))
        assert (problem.path, problem.rule) == (path, "schema")
        assert message in problem.message

    def test_without_internet_may_be_left_out_where_it_is_useless(self, check: Any) -> None:
        data = sheet(internet="inutile")
        del data["sans_internet"]
        assert not check(data).errors


class TestWords:
    """What is said and handed out obeys the rules of usager texts; what is for the conseiller does not."""

    @pytest.mark.parametrize(
        ("said", "rule"),
        [
            ("Vous ouvrez le mail de Léa.", "lexique"),
            ("Le résultat ; il est là.", "signes"),
            ("Vous avez fait une faute.", "mots_qui_blessent"),
            ("Je vous lis une très longue phrase que chacun ici ce soir doit suivre en entier.", "longueur"),
            ("Ne touchez pas la croix.", workshops.RULE),
        ],
    )  # fmt: skip
    def test_what_is_said(self, check: Any, said: str, rule: str) -> None:
        data = sheet()
        data["deroule"][1]["dire"] = [said]
        problem = only(check(data))
        assert (problem.rule, problem.path) == (rule, "deroule[2].dire[1]")

    def test_the_handout(self, check: Any) -> None:
        data = sheet()
        data["a_emporter"][2] = "Ouvrez l'appli."
        assert only(check(data)).path == "a_emporter[3]"

    def test_what_the_conseiller_reads_is_free(self, check: Any) -> None:
        assert not check(sheet(salle=["Un PC (16 Go) pour 2 ; pas d'écran tactile, etc."])).errors

    def test_hard_words(self, check: Any) -> None:
        hard = "Authentification administrative dématérialisée indispensable."
        report = check(sheet(a_emporter=[hard.replace("Auth", f"{n} auth") for n in range(8)]))
        problem = next(p for p in report.errors if p.rule == workshops.RULE)
        assert problem.path == "deroule" and "lisibilité" in problem.message


class TestLinks:
    def test_the_file_has_its_name(self, author: Author, check: Any) -> None:
        dump(author.parcours / "ateliers/autre-nom.yaml", sheet())
        assert only(check()).message == "écrivez « autre-nom », comme le fichier"

    def test_an_unknown_follow_up(self, check: Any) -> None:
        problem = only(check(sheet(suite=["messagerie.lir"])))
        assert problem.path == "suite[1]"
        assert problem.message.endswith("écrivez « messagerie.lire »")

    def test_another_sheet_may_follow(self, check: Any) -> None:
        assert not check(sheet(suite=["second-message"]), sheet("second-message")).errors

    def test_what_it_teaches_does_not_follow(self, check: Any) -> None:
        assert "ce qui vient après" in only(check(sheet(suite=["messagerie.repondre"]))).message

    def test_a_device_that_its_module_lacks(self, author: Author, check: Any) -> None:
        author.modules[1]["appareils"] = ["ordinateur"]
        report = check(sheet())
        problem = next(p for p in report.errors if p.rule == workshops.RULE)
        assert problem.message == "« messagerie.repondre » s'apprend sur ordinateur : ôtez tablette"


class TestData:
    @pytest.mark.parametrize(
        "text", ["lea@orange.fr", "www.mairie-tampon.fr", "06 12 34 56 78", "lea@exemple.fr.net"]
    )
    def test_somebody_may_have_it(self, check: Any, text: str) -> None:
        problem = only(check(sheet(materiel=[f"Une carte : {text}"])))
        assert problem.path == "materiel[1]"
        assert "est peut-être à quelqu'un" in problem.message

    @pytest.mark.parametrize(
        "text",
        [
            "lea@exemple.fr",
            "www.mairie.exemple.fr",
            "06 39 98 12 34",
            "02.61.91.00.11",
            "0 00 00 00 000 000 00",
        ],
    )
    def test_made_up(self, check: Any, text: str) -> None:
        assert not check(sheet(materiel=[f"Une carte : {text}"])).errors


class TestTwins:
    def test_the_same_told_twice(self, check: Any) -> None:
        report = check(sheet(), sheet("second-message"))
        problem = only(report)
        assert problem.severity is Severity.WARNING
        assert Path(problem.file).name == "second-message.yaml"
        assert problem.message.startswith("100% du texte est aussi dans « premier-message »")
