"""The page of questions to review: each kind says what to do, and an empty page says so."""

from __future__ import annotations

import pytest

from app.services import statistics_questions
from app.services.modules import module_name
from app.services.statistics_questions import (
    DoubtedPrerequisite,
    FlatQuestion,
    Questions,
    UnevenQuestion,
)
from tests.web.conseiller_cast import page_of, text_of

PAGE = "/echanges/statistiques/questions"


@pytest.fixture
def found(monkeypatch):
    """What the service finds."""

    def give(**fields):
        asked = []
        monkeypatch.setattr(
            statistics_questions,
            "questions",
            lambda structure_id, period: (asked.append(structure_id), Questions(**fields))[1],
        )
        return asked

    return give


def flat(successes: float, expected: float, is_flat: bool = False) -> FlatQuestion:
    return FlatQuestion("q", 0, "Touchez le bouton.", 40, successes, expected, is_flat)


class TestQuestionsToReview:
    def test_it_requires_login(self, client, structure):
        assert client.get(PAGE).status_code == 302

    def test_nobody_came(self, signed_in):
        text = text_of(signed_in.get(PAGE))
        assert "Aucun diagnostic pendant cette période. Choisissez une période plus longue." in text
        assert "Questions inégales" not in text

    def test_too_few_answers(self, signed_in, found):
        found(people=7, out_of=7, answered=0)
        text = text_of(signed_in.get(PAGE))
        assert "7 personnes" in text
        assert "Aucune question n’a encore assez de réponses. Il en faut au moins 20" in text

    def test_nothing_to_hold_against_them(self, signed_in, found):
        found(people=40, out_of=40, answered=9)
        page = page_of(signed_in.get(PAGE))
        assert "Rien à signaler" in page.main.text
        assert "Aucune différence sûre." in page.main.text
        assert "Rien ne contredit l’ordre des modules." in page.main.text
        assert not page.select("table")

    @pytest.mark.parametrize(
        ("question", "said", "advice"),
        [
            (flat(0.5, 0.5, True), "Réussie autant par ceux qui ne savent pas.", "la bonne se devine-t-elle"),
            (flat(0.3, 0.6), "Plus difficile que prévu.", "Relisez la consigne"),
            (flat(0.9, 0.6), "Plus facile que prévu.", "Rendez les mauvaises réponses plus tentantes."),
        ],
    )
    def test_a_question_in_disagreement(self, signed_in, found, question, said, advice):
        found(people=40, out_of=40, answered=9, flat=(question,))
        text = text_of(signed_in.get(PAGE))
        for part in ("Touchez le bouton.", said, advice):
            assert part in text

    @pytest.mark.parametrize(
        ("by", "group", "gap", "said", "advice"),
        [
            ("appareil", "sur téléphone", -0.31, "Plus difficile sur téléphone. 25 −3,1", "chaque appareil"),
            ("voix", "sans la voix", -0.25, "Plus difficile sans la voix. 25 −2,5", "lisez-la sans le son"),
            (
                "âge",
                "nées dans les années 1930",
                0.2,
                "Plus facile pour les personnes nées dans les années 1930. 25 +2",
                "une génération connaît moins",
            ),
        ],
    )
    def test_a_question_uneven_for_a_group(self, signed_in, found, by, group, gap, said, advice):
        uneven = UnevenQuestion("q", 0, "Touchez le bouton.", by, group, 25, gap)
        found(people=60, out_of=60, answered=9, uneven=(uneven,))
        text = text_of(signed_in.get(PAGE))
        assert said in text
        assert advice in text

    def test_a_prerequisite_in_doubt(self, signed_in, found):
        arc = DoubtedPrerequisite(module_name("ordinateur.souris"), module_name("messagerie.lire"), 0.42, 0.1)
        found(people=60, out_of=60, answered=9, prerequisites=(arc,))
        text = text_of(signed_in.get(PAGE))
        assert f"{arc.prerequisite.title} {arc.module.title} 4,2 1 " in text
        assert "Sinon, ôtez ce lien." in text

    def test_a_sample_is_said_to_be_one(self, signed_in, found):
        found(people=120, out_of=500, answered=9)
        text = text_of(signed_in.get(PAGE))
        assert "le dernier diagnostic de 120 personnes, les plus récentes sur 500." in text

    def test_it_asks_for_this_structure_alone(self, signed_in, structure, other_structure, found):
        asked = found(people=0, out_of=0, answered=0)
        page_of(signed_in.get(PAGE))
        assert asked == [structure.id]
