"""Each rule finds what breaks it: where (file, line, field) and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.content.check import CheckReport, run_check
from app.content.problem import Problem, Severity
from app.content.rules import bias, glossary, shaming_words, signs
from app.content.rules.negation import is_negative
from tests.content.authoring import Author, module, screen


def place(problem: Problem) -> tuple[str, int, str]:
    return Path(problem.file).name, problem.line, problem.path


def test_sound_content_has_no_problem(author: Author) -> None:
    report = author.check()
    assert not [*report.errors, *report.warnings]


class TestIds:
    def test_an_id_taken_twice(self, author: Author) -> None:
        author.items()[1]["id"] = author.items()[0]["id"]
        problem = author.only_problem("ids")
        assert place(problem) == (
            "lire.yaml",
            author.line("lire.yaml", "id: messagerie.lire.q0", 2),
            "items[2].id",
        )
        assert "lire.yaml:3) : changez-le" in problem.message

    def test_an_item_begins_with_its_module(self, author: Author) -> None:
        author.items()[0]["id"] = "messagerie.ecrire.q0"
        problem = author.only_problem("ids")
        assert place(problem) == ("lire.yaml", 3, "items[1].id")
        assert problem.message == "écrivez « messagerie.lire.q0 »"

    def test_a_module_begins_with_its_domain(self, author: Author) -> None:
        author.modules.append(module("courrier.trier"))
        problem = next(p for p in author.check().errors if p.rule == "ids")
        assert place(problem)[2] == "modules[3].id"
        assert problem.message == "écrivez « messagerie.trier »"

    def test_a_file_is_named_as_its_module(self, author: Author) -> None:
        author.write()
        (author.quizzes / "messagerie/lire.yaml").rename(author.quizzes / "messagerie/lecture.yaml")
        (problem,) = (p for p in run_check(author.parcours, author.quizzes).errors if p.rule == "ids")
        assert problem.message == "ce fichier doit s'appeler messagerie/lire.yaml"


class TestReferences:
    def test_an_unknown_prerequisite(self, author: Author) -> None:
        author.modules[1]["prerequis"][0]["module"] = "messagerie.lir"
        problem = author.only_problem("references")
        line = author.line("messagerie.yaml", "messagerie.lir", 2)
        assert place(problem) == ("messagerie.yaml", line, "modules[2].prerequis[1].module")
        assert problem.message.endswith("écrivez « messagerie.lire »")

    def test_an_unknown_target(self, author: Author) -> None:
        author.goal["cibles"].append("messagerie.repondr")
        problem = author.only_problem("references")
        assert place(problem) == ("ecrire.yaml", 7, "cibles[2]")
        assert problem.message.endswith("écrivez « messagerie.repondre »")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"bonnes": ["zone_10"]}, "bonnes[1]"), ({"retours": {"zone_10": "Plus haut."}}, "retours.zone_10")],
    )
    def test_a_place_that_the_screen_lacks(self, author: Author, changes: dict[str, Any], field: str) -> None:
        author.item("toucher").update(changes)
        problem = author.only_problem("references")
        assert place(problem) == ("lire.yaml", author.line("lire.yaml", "zone_10"), f"items[2].{field}")
        assert "écrivez « zone_1 »" in problem.message

    def test_a_place_twice(self, author: Author) -> None:
        author.scene["etapes"][1]["ecran"]["blocs"].append({"boutons": [{"id": "zone_2", "nom": "Fermer"}]})
        problem = author.only_problem("references")
        assert place(problem) == ("photo.yaml", author.line("photo.yaml", "ecran:", 2), "etapes[2].ecran")
        assert "« zone_2 » est deux fois" in problem.message

    def test_an_unread_domain_is_told_once(self, author: Author) -> None:
        author.modules[0]["duree"] = 400
        assert [problem.rule for problem in author.check().errors] == ["schema"]


class TestGraph:
    def test_a_cycle(self, author: Author) -> None:
        author.modules[0]["prerequis"] = [{"module": "messagerie.repondre", "pourquoi": "On répond avant."}]
        problem = author.only_problem("graphe")
        assert place(problem) == (
            "messagerie.yaml",
            author.line("messagerie.yaml", "prerequis:"),
            "modules[1].prerequis",
        )
        assert "tournent en rond" in problem.message

    def test_a_cycle_on_one_device_only(self, author: Author) -> None:
        back = {"module": "messagerie.repondre", "pourquoi": "On répond avant.", "appareils": ["tablette"]}
        author.modules[0]["prerequis"] = [back]
        author.modules[1]["prerequis"][0]["appareils"] = ["ordinateur"]
        assert author.check().errors == ()
        author.modules[1]["prerequis"][0]["appareils"] = ["ordinateur", "tablette"]
        assert author.only_problem("graphe")

    def test_a_module_that_no_goal_needs(self, author: Author) -> None:
        author.goal["cibles"] = ["messagerie.lire"]
        problem = author.only_problem("atteignable")
        line = author.line("messagerie.yaml", "id: messagerie.repondre")
        assert place(problem) == ("messagerie.yaml", line, "modules[2].id")
        assert problem.severity is Severity.WARNING
        assert "ajoutez-le aux « cibles: » d'un but" in problem.message


class TestEnough:
    def test_no_question(self, author: Author) -> None:
        author.write()
        del author.quiz["messagerie.lire"]
        (author.quizzes / "messagerie/lire.yaml").unlink()
        problem = author.only_problem("assez_de_questions")
        assert place(problem) == ("messagerie.yaml", 5, "modules[1].id")
        assert problem.message == "aucune question : écrivez-en 6 dans quizzes/messagerie/lire.yaml"

    def test_too_few_on_one_device(self, author: Author) -> None:
        for item in author.items()[:2]:
            item["appareils"] = ["ordinateur", "tablette"]
        problem = author.only_problem("assez_de_questions")
        assert problem.severity is Severity.ERROR
        assert problem.message.startswith("4 questions de 4 genres sur telephone : il en faut 5 de 3")

    def test_five_is_a_warning(self, author: Author) -> None:
        author.items().pop()
        report = author.check()
        assert not report.errors
        assert {problem.rule for problem in report.warnings} == {"assez_de_questions"}
        assert len(report.warnings) == 3  # one a device

    def test_one_difficulty(self, author: Author) -> None:
        for item in author.items():
            item["difficulte"] = "moyen"
        assert "il en faut 2" in author.only_problem("assez_de_questions").message


class TestScenes:
    def test_one_module_is_not_enough(self, author: Author) -> None:
        for step in author.scene["etapes"]:
            step["module"] = "messagerie.lire"
        problem = author.only_problem("scenes")
        assert place(problem) == ("photo.yaml", author.line("photo.yaml", "etapes:"), "etapes")
        assert problem.message == "un seul module : il en faut 2 différents"

    def test_a_module_that_its_device_lacks(self, author: Author) -> None:
        author.modules[1]["appareils"] = ["ordinateur", "tablette"]
        problems = [p for p in author.check().errors if p.rule == "scenes"]
        assert place(problems[0]) == ("photo.yaml", author.line("photo.yaml", "repondre"), "etapes[1].module")
        assert problems[0].message.endswith("ôtez telephone des « appareils: »")

    def test_a_screen_of_another_device(self, author: Author) -> None:
        author.scene["etapes"][0]["ecran"]["appareil"] = "ordinateur"
        problem = author.only_problem("scenes")
        assert place(problem)[1:] == (
            author.line("photo.yaml", "appareil: ordinateur"),
            "etapes[1].ecran.appareil",
        )


class TestZones:
    @pytest.mark.parametrize(("places", "severity"), [(5, Severity.ERROR), (7, Severity.WARNING)])
    def test_few_places(self, author: Author, places: int, severity: Severity) -> None:
        author.item("toucher")["ecran"] = screen(places)
        problem = author.only_problem("endroits")
        assert place(problem) == ("lire.yaml", author.line("lire.yaml", "ecran:"), "items[2].ecran")
        assert problem.message == f"{places} endroits à toucher : mettez des « id: » pour en avoir 8"
        assert problem.severity is severity


class TestDevices:
    def test_a_device_that_the_module_lacks(self, author: Author) -> None:
        author.modules[0]["appareils"] = ["telephone", "tablette"]
        author.items().append(author.items()[0] | {"id": "messagerie.lire.x", "appareils": ["ordinateur"]})
        problem = author.only_problem("appareils")
        assert place(problem)[2] == "items[7].appareils"
        assert problem.message.endswith("telephone, tablette : mettez l'un d'eux")

    def test_a_screen_of_a_device_left_out(self, author: Author) -> None:
        author.item("toucher")["appareils"] = ["ordinateur", "tablette"]
        problem = next(p for p in author.check().warnings if p.rule == "appareils")
        assert place(problem)[2] == "items[2].ecran.appareil"
        assert "ajoutez telephone" in problem.message


class TestWording:
    def test_an_objective_says_i_can(self, author: Author) -> None:
        author.modules[0]["objectif"] = "Lire un message."
        problem = author.only_problem("tournure")
        assert place(problem) == (
            "messagerie.yaml",
            author.line("messagerie.yaml", "objectif"),
            "modules[1].objectif",
        )
        assert problem.message == "commencez par « Je sais »"

    @pytest.mark.parametrize(
        ("objective", "word"),
        [
            ("Je sais lire mes messages.", "mes"),
            ("Je sais m’inscrire à un service.", "m’"),
            ("Je sais choisir ce que je montre.", "je"),
            ("Je sais dire ce que j'ai vu.", "j'"),
        ],
    )
    def test_an_objective_without_mine(self, author: Author, objective: str, word: str) -> None:
        author.modules[0]["objectif"] = objective
        assert f"« {word} »" in author.only_problem("tournure").message.replace("’", word[-1])

    def test_an_objective_of_everyone(self, author: Author) -> None:
        author.modules[0]["objectif"] = "Je sais ouvrir Mon espace santé."
        assert "tournure" not in {problem.rule for problem in author.check().warnings}

    def test_a_service_without_address(self, author: Author) -> None:
        author.modules[0]["services"] = ["impots.gouv.fr", "https://ants.gouv.fr"]
        assert place(author.only_problem("tournure"))[2] == "modules[1].services[2]"

    def test_a_wish_is_said_by_someone(self, author: Author) -> None:
        author.goal["souhait"] = "Écrire un message."
        assert "Je veux" in author.only_problem("tournure").message


class TestSentences:
    @pytest.mark.parametrize(("count", "severity"), [(13, Severity.WARNING), (16, Severity.ERROR)])
    def test_a_long_sentence(self, author: Author, count: int, severity: Severity) -> None:
        author.items()[0]["retour_juste"] = "Oui. " + " ".join(["Mot"] + ["mot"] * (count - 1)) + "."
        problem = author.only_problem("longueur")
        assert place(problem) == ("lire.yaml", author.line("lire.yaml", "Mot mot"), "items[1].retour_juste")
        assert problem.message == f"{count} mots dans une phrase : coupez-la en deux (12 mots au plus)"
        assert problem.severity is severity


class TestSigns:
    @pytest.mark.parametrize(
        ("text", "remedy"),
        [
            ("Lisez ; écrivez.", "« ; » : faites deux phrases"),
            ("Lisez (tout).", "faites une phrase à part"),
            ("Attendez…", "finissez la phrase"),
            ("La moitié, 50 % du prix.", "« % »"),
            ("Il a payé 2 500 euros.", "« 2\u00a0500 »"),
            ("Il a payé 12000 euros.", "« 12000 »"),
            ("ATTENTION à ce message.", "« ATTENTION » : écrivez-le en minuscules"),
            ("Votre tél. sonne.", "écrivez le mot en entier"),
        ],
    )
    def test_a_sign_to_avoid(self, author: Author, text: str, remedy: str) -> None:
        author.items()[0]["retour_juste"] = text.replace("2 500", "2\u00a0500")
        problems = [p for p in author.check().errors if p.rule == "signes"]
        assert place(problems[0]) == (
            "lire.yaml",
            author.line("lire.yaml", "retour_juste"),
            "items[1].retour_juste",
        )
        assert remedy in problems[0].message

    @pytest.mark.parametrize(
        "text",
        [
            "Le 12 mars 2026.",
            "Appelez le 3018.",
            "Envoyez au 33700.",
            "Appelez le 06 12 34 56 78.",
            "La CAF.",
            "Il reste 1 000 euros.",
            "Écrivez Soleil2026.",
            "Un SMS arrive à 14 h 30.",
            "À vous.",
        ],
    )
    def test_what_may_stay(self, text: str) -> None:
        assert not list(signs.found(text))

    def test_what_is_to_be_copied_may_be_told(self, author: Author) -> None:
        author.item("saisie").update(accepte=["97430"], modele="97430", retour_faux="Le code est 97430.")
        assert not author.check().errors


class TestNegation:
    def test_a_negative_consigne(self, author: Author) -> None:
        author.items()[0]["consigne"] = "Vous ne voulez pas lire. Que faites-vous ?"
        problem = author.only_problem("negation")
        assert place(problem) == ("lire.yaml", author.line("lire.yaml", "consigne"), "items[1].consigne")
        assert problem.severity is Severity.WARNING

    def test_a_negative_feedback_is_counted(self, author: Author) -> None:
        author.items()[0]["retour_inconnu"] = "La page n'est pas là."
        report = author.check()
        assert not report.warnings
        assert report.counts["retours avec une négation"] == 1

    def test_what_is_negative(self) -> None:
        assert is_negative("On n’en voit jamais.")
        assert not is_negative("Vous en voulez plus. Naviguez pas à pas.")


class TestWords:
    @pytest.mark.parametrize("word", ["faute", "échec", "raté", "score", "test", "nul"])
    def test_a_word_that_shames(self, author: Author, word: str) -> None:
        author.items()[0]["retour_juste"] = f"C'est un {word}."
        problem = author.only_problem("mots_qui_blessent")
        assert place(problem) == (
            "lire.yaml",
            author.line("lire.yaml", "retour_juste"),
            "items[1].retour_juste",
        )
        assert problem.message.startswith(f"« {word} » : dites")

    def test_a_quoted_word_is_the_screens(self, author: Author) -> None:
        author.items()[0]["retour_juste"] = "L'écran dit « Échec ». Le mail « e-mail » aussi.".replace(
            "mail «", "mot «"
        )
        assert not author.check().errors

    def test_longer_words_are_other_words(self) -> None:
        found = [pattern for pattern, _ in shaming_words._compiled(shaming_words._FORBIDDEN)]
        for text in ("attester une attestation", "le défaut", "la contestation", "une rature", "annulé"):
            assert not any(pattern.search(text) for pattern in found), text


class TestGlossary:
    def test_a_word_of_the_lexicon(self, author: Author) -> None:
        author.items()[0]["retour_juste"] = "Oui. Le mail est ouvert."
        problem = author.only_problem("lexique")
        assert place(problem) == ("lire.yaml", author.line("lire.yaml", "Le mail"), "items[1].retour_juste")
        assert problem.message == "« mail » : écrivez « message »"

    @pytest.mark.parametrize(
        ("text", "write"),
        [
            ("Ouvrez l'appli.", "application"),
            ("Deux applis.", "application"),
            ("Votre boîte mail.", "messagerie », ou « boîte de réception"),
            ("Ses e-mails.", "message"),
            ("Une adresse e-mail.", "adresse mail"),
            ("Le wifi.", "Wi-Fi"),
            ("Sur internet.", "Internet"),
            ("Un smartphone.", "téléphone"),
            ("Le PC.", "ordinateur"),
            ("Prenez RDV.", "rendez-vous"),
            ("Un site web.", "site"),
            ("Tapez le code.", "écrire », ou « toucher"),
            ("Les paramètres.", "réglages"),
            ("Le phishing.", "arnaque"),
        ],
    )
    def test_what_to_write(self, text: str, write: str) -> None:
        assert [term.write for term, _ in glossary.replaced(text)] == [write]

    @pytest.mark.parametrize(
        "text",
        [
            "Votre adresse mail.",
            "Le Wi-Fi et Internet.",
            "L'application.",
            "Un ordinateur portable.",
            "Gmail.",
            "« Paramètres »",
            "Les données mobiles.",
            "Étape par étape.",
            "Le site.",
        ],
    )
    def test_what_may_stay(self, text: str) -> None:
        assert not list(glossary.replaced(text))


class TestReadability:
    def test_a_hard_question(self, author: Author) -> None:
        hard = "Authentification administrative dématérialisée indispensable."
        author.items()[0].update(consigne=hard, retour_juste=hard, retour_inconnu=hard)
        author.items()[0].pop("retour_faux")
        problem = author.only_problem("lisibilite")
        assert place(problem) == ("lire.yaml", 3, "items[1].id")
        assert problem.severity is Severity.ERROR
        assert "des mots plus courts" in problem.message


class TestIcons:
    def folder(self, author: Author, count: int) -> Path:
        folder = author.parcours.parent / "icons"
        folder.mkdir()
        for name in ("mail", *(f"icone-{n}" for n in range(count))):
            (folder / f"{name}.svg").touch()
        return folder

    def test_unknown_among_a_few_is_a_warning(self, author: Author) -> None:
        author.modules[0]["fiche"][0]["icone"] = "mial"
        problem = author.only_problem("icones", icons_dir=self.folder(author, 3))
        line = author.line("messagerie.yaml", "mial")
        assert place(problem) == ("messagerie.yaml", line, "modules[1].fiche[1].icone")
        assert problem.severity is Severity.WARNING
        assert "make vendor" in problem.message

    def test_unknown_among_all_is_an_error(self, author: Author) -> None:
        author.modules[0]["fiche"][0]["icone"] = "mial"
        problem = author.only_problem("icones", icons_dir=self.folder(author, 1000))
        assert problem.severity is Severity.ERROR
        assert problem.message.endswith("écrivez « mail »")


class TestDuplicates:
    def test_the_same_question(self, author: Author) -> None:
        author.items().append(author.items()[0] | {"id": "messagerie.lire.copie"})
        problem = author.only_problem("doublons")
        assert place(problem)[2] == "items[7].id"
        assert problem.message.startswith("la même question que « messagerie.lire.q0 »")

    def test_nearly_the_same(self, author: Author) -> None:
        item = author.items()[0] | {"id": "messagerie.lire.copie"}
        item["consigne"] = item["consigne"].replace("Que faites-vous", "Que feriez-vous")
        author.items().append(item)
        assert author.only_problem("doublons").severity is Severity.WARNING

    def test_twins_for_two_devices_are_none(self, author: Author) -> None:
        twin = author.items()[0] | {"id": "messagerie.lire.jumelle", "appareils": ["ordinateur"]}
        author.items()[0]["appareils"] = ["telephone", "tablette"]
        author.items().append(twin)
        assert not author.check().errors


class TestBias:
    def test_the_law_of_chance(self) -> None:
        assert bias.at_least(0, [0.25] * 4) == 1
        assert bias.at_least(4, [0.5] * 4) == pytest.approx(1 / 16)
        assert bias.at_least(1, [1 / 3, 1 / 4]) == pytest.approx(1 - 2 / 3 * 3 / 4)

    def test_the_longest_is_always_right(self, author: Author) -> None:
        for items in (author.items(), author.items("messagerie.repondre")):
            model = next(item for item in items if item["genre"] == "choix")
            for n in range(12):
                word = chr(97 + n) * 3
                answers = [
                    {"texte": f"Ferme {word}.", "retour": "La page part."},
                    {"texte": f"J'ouvre bien tout {word} {word}.", "juste": True},
                    {"texte": f"Garde {word}", "retour": "Le mot reste."},
                ]
                id_ = f"{model['id'].rpartition('.')[0]}.biais{n}"
                items.append(model | {"id": id_, "consigne": f"Un {word} {id_[-9:]} ?", "reponses": answers})
        problem = next(p for p in author.check().warnings if p.rule == "biais")
        assert "la plus longue réponse réussit" in problem.message
        assert "messagerie.lire (12)" in problem.message


class TestWaivers:
    def rewrite(self, author: Author, old: str, new: str) -> CheckReport:
        author.write()
        path = author.quizzes / "messagerie/lire.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return run_check(author.parcours, author.quizzes)

    def test_a_line_accepted_with_a_reason(self, author: Author) -> None:
        author.items()[0]["retour_juste"] = "Le mail est bleu."
        report = self.rewrite(author, "est bleu.", "est bleu. # accepté : on cite")
        assert not report.errors
        assert [problem.rule for problem in report.accepted] == ["lexique"]

    def test_a_waiver_needs_a_reason(self, author: Author) -> None:
        author.items()[0]["retour_juste"] = "Le mail est bleu."
        assert len(self.rewrite(author, "est bleu.", "est bleu. # accepté :").errors) == 1

    def test_what_would_not_load_is_never_accepted(self, author: Author) -> None:
        report = self.rewrite(author, "- zone_1", "- zone_10 # accepté : bientôt")
        assert [problem.rule for problem in report.errors] == ["references"]
