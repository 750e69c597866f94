"""Items as the pages see them: steps, places, chances, verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.content.models import Choice, Device, Ecran, Item, Match, Order, Quiz, Scene, Touch, Typing
from app.content.models.keyboard import keyboard_rows
from app.content.models.spelling import matches
from tests.content.authoring import Author, question, screen


def parse(genre: str, **changes: Any) -> Any:
    item = question("messagerie.lire", 0, genre, **changes)
    return Quiz.model_validate({"module": "messagerie.lire", "items": [item]}).items[0]


def ecran(*blocs: dict[str, Any], **changes: Any) -> Ecran:
    return Ecran.model_validate({"appareil": "ordinateur", "titre": "Page", "blocs": list(blocs)} | changes)


def ids(drawn: Ecran) -> list[str]:
    return [zone.id for zone in drawn.zones()]


class TestChances:
    @pytest.mark.parametrize(
        ("genre", "guess", "slip"),
        [
            ("choix", 0.7 / 3, 0.08), ("toucher", 1 / 8, 0.1), ("ordre", 0.15, 0.12),
            ("associer", 0.2, 0.12), ("saisie", 0.02, 0.15),
        ],
    )  # fmt: skip
    def test_of_each_genre(self, genre: str, guess: float, slip: float) -> None:
        (step,) = parse(genre).steps
        assert (step.guess, step.slip) == (pytest.approx(guess), slip)

    def test_four_are_harder_than_three(self) -> None:
        cards = [{"texte": f"Geste {n}."} for n in range(4)]
        assert parse("ordre", etapes=cards).guess == 0.08
        pairs = [{"gauche": {"texte": f"G {n}"}, "droite": f"D {n}"} for n in range(4)]
        assert parse("associer", paires=pairs).guess == 0.1

    def test_of_many_places(self) -> None:
        assert parse("toucher", ecran=screen(100)).guess == 0.03
        assert parse("toucher", bonnes=["zone_1", "zone_2"]).guess == pytest.approx(2 / 8)

    def test_of_the_author(self) -> None:
        item = parse("choix", devine=0.4, etourderie=0.2, raison="Deux réponses se ressemblent.")
        assert (item.guess, item.slip) == (0.4, 0.2)

    @given(st.integers(1, 60), st.data())
    def test_always_make_a_bank(self, places: int, data: st.DataObject) -> None:
        right = data.draw(st.integers(1, places))
        item = parse("toucher", ecran=screen(places), bonnes=[f"zone_{n}" for n in range(1, right + 1)])
        assert item.guess >= 0.03 and item.guess + item.slip < 1


class TestVerdicts:
    def test_a_choice(self) -> None:
        item: Choice = parse("choix")
        right, wrong, _ = item.answers
        assert item.judge(right.key).right
        assert item.judge(wrong.key).feedback == "La page part."
        assert not item.judge(None).right

    def test_an_order(self) -> None:
        item: Order = parse("ordre")
        keys = [card.key for card in item.cards]
        assert item.judge(keys).right
        assert item.judge(keys[::-1]).feedback == item.feedback_wrong
        assert not item.judge(3).right

    def test_pairs(self) -> None:
        item: Match = parse("associer")
        links = {pair.left_key: pair.right_key for pair in item.pairs}
        assert item.judge(links).right
        assert not item.judge({}).right
        assert not item.judge("rien").right

    def test_a_touch(self) -> None:
        item: Touch = parse("toucher", retours={"zone_2": "C'est la ligne de Paul."})
        assert item.judge("zone_1").right
        assert item.judge("zone_2").feedback == "C’est la ligne de Paul."
        assert item.judge("zone_3").feedback == item.feedback_wrong
        assert not item.judge([]).right

    def test_a_text(self) -> None:
        item: Typing = parse("saisie", accepte=["Léa Martin"], tolerance="large")
        assert item.judge(" lea martim").right
        assert not item.judge(None).right


class TestSpelling:
    @pytest.mark.parametrize("typed", ["lea@exemple.fr", " Lea@Exemple.FR ", "lea @exemple.fr"])
    def test_exact_ignores_spaces_and_capitals(self, typed: str) -> None:
        assert matches(typed, "lea@exemple.fr", "exacte")

    @pytest.mark.parametrize("typed", ["lea@exempl.fr", "léa@exemple.fr", ""])
    def test_exact_is_exact(self, typed: str) -> None:
        assert not matches(typed, "lea@exemple.fr", "exacte")

    @pytest.mark.parametrize("typed", ["Medecin", "médcin", "médeccin", "médicin", "mdéecin"])
    def test_large_forgives_accents_and_a_slip(self, typed: str) -> None:
        assert matches(typed, "médecin", "large")

    @pytest.mark.parametrize(("typed", "wanted"), [("mdcin", "médecin"), ("out", "oui"), ("", "oui")])
    def test_large_forgives_no_more(self, typed: str, wanted: str) -> None:
        assert not matches(typed, wanted, "large")

    @pytest.mark.parametrize("tolerance", ["stricte", "exacte", "large"])
    def test_the_full_stop_of_the_sentence_does_not_count(self, tolerance: str) -> None:
        assert matches("Jardin-12. ", "Jardin-12", tolerance)
        assert not matches("Jardin-12..", "Jardin-12", "exacte")
        assert matches("Je viens.", "Je viens.", tolerance)
        assert not matches("Je viens", "Je viens.", "stricte")

    @given(st.text(min_size=1, max_size=12))
    def test_what_is_asked_is_right(self, text: str) -> None:
        assert matches(text, text, "exacte") and matches(text, text, "large")


class TestZones:
    def test_a_browser(self) -> None:
        drawn = ecran({"texte": "Bonjour"}, adresse="www.exemple.fr", onglets=["Météo", "Recettes"])
        assert ids(drawn) == ["onglet_1", "onglet_2", "onglet_nouveau", "precedent", "actualiser", "adresse"]

    @pytest.mark.parametrize("name", ["azerty", "chiffres", "ordinateur"])
    def test_a_keyboard(self, name: Any) -> None:
        drawn = ecran({"clavier": name})
        assert ids(drawn) == [key.id for row in keyboard_rows(name) for key in row]
        assert {"touche_0", "touche_9", "touche_entree", "touche_effacer"} <= set(ids(drawn))
        assert len(set(ids(drawn))) == len(ids(drawn))

    def test_a_letter_keyboard_has_what_an_address_needs(self) -> None:
        wanted = {"touche_a", "touche_z", "touche_arobase", "touche_point", "touche_tiret", "touche_espace"}
        assert wanted | {"touche_majuscule"} <= set(ids(ecran({"clavier": "azerty"})))

    def test_drawn_things(self) -> None:
        assert ids(ecran({"souris": True})) == ["bouton_gauche", "molette", "bouton_droit"]
        case = ids(ecran({"appareil_dessine": "telephone"}))
        assert sorted(case) == ["bouton_marche", "ecran", "prise", "volume_moins", "volume_plus"]

    def test_every_bloc_gives_its_places(self) -> None:
        drawn = ecran(
            {"barre": [{"id": "a", "icone": "x", "nom": "A"}, {"texte": "sans"}]},
            {"grille": [{"id": "b", "icone": "x", "nom": "B"}]},
            {"bulle": {"id": "c", "de": "moi", "texte": "C"}},
            {"champ": {"id": "d", "nom": "D"}},
            {"case": {"id": "e", "nom": "E"}},
            {"boutons": [{"id": "f", "nom": "F"}]},
            {"lien": {"id": "g", "texte": "G"}},
            {"image": {"id": "h", "icone": "x", "alternative": "H"}},
            {"alerte": {"id": "i", "texte": "I", "fermer": "j"}},
            {"fenetre": {"titre": "T", "blocs": [{"boutons": [{"id": "k", "nom": "K"}]}]}},
            {"bureau": {"icones": [{"id": "l", "icone": "x", "nom": "L"}], "taches": []}},
            {"titre": "T"},
        )
        assert "".join(ids(drawn)) == "abcdefghijkl"
        assert all(zone.name for zone in drawn.zones())

    def test_a_line_is_heard_whole(self) -> None:
        row = {"id": "a", "titre": "Wi-Fi", "texte": "Maison.", "interrupteur": False}
        (zone,) = ecran({"liste": [row]}).zones()
        assert zone.name == "Wi-Fi, Maison, désactivé"

    def test_a_place_by_its_id(self) -> None:
        drawn = ecran({"boutons": [{"id": "oui", "nom": "Oui"}]})
        assert drawn.zone("oui") and drawn.zone("non") is None


class TestSteps:
    def test_a_question_is_a_scene_of_one_step(self) -> None:
        item: Item = parse("toucher")
        (step,) = item.steps
        assert (step.module, step.kind, step.targets) == ("messagerie.lire", "toucher", ("zone_1",))
        assert step.screen and step.show == item.feedback_unknown
        assert not item.is_scene

    def test_a_scene(self, author: Author) -> None:
        typed = {
            "module": "messagerie.lire",
            "consigne": "Écrivez oui.",
            "accepte": ["oui"],
            "montrer": "Écrivez oui.",
        }
        author.scene["etapes"].append(typed)
        scene = Scene.model_validate(author.scene)
        assert [step.kind for step in scene.steps] == ["toucher", "toucher", "toucher", "saisie"]
        assert scene.is_scene and scene.devices == (Device.PHONE,)
        assert scene.steps[3].judge("OUI").right
        assert scene.steps[0].screen and scene.steps[3].screen is None

    def test_nothing_can_be_changed(self) -> None:
        with pytest.raises(ValidationError):
            parse("choix").consigne = "Autre"
