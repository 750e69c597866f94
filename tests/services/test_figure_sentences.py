"""Why a figure is what it is, in plain sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.engine.autonomy import Autonomy, Level
from app.engine.evidence import Evidence, Outcome, Source
from app.engine.explanation import Explanation, Told, Turn
from app.engine.forecast import Forecast
from app.engine.question_reasons import Doubt, QuestionReason
from app.services.figure_sentences import (
    belief_sentence,
    evidence_on_sessions_sentence,
    kind_sentence,
    longest_sentence,
    question_sentence,
)

LIRE, ECRIRE, SOURIS = "messagerie.lire", "messagerie.ecrire", "ordinateur.souris"
WHEN = datetime(2026, 3, 3, tzinfo=UTC)


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("’", "'")


@pytest.fixture
def title(app):
    return lambda module: f"« {plain(app.extensions['jalons_engines'].content.modules[module].title)} »"


def fact(module, source=Source.DIAGNOSTIC):
    return Evidence(f"{module}{source}", module, source, WHEN, Outcome.SUCCESS)


def belief(own=(), others=(), time=0.0):
    """Own facts as (source, change), others as (module, source, change), from 40 %."""
    turns, p = [], 0.4 + sum(change for *_, change in others)
    for source, change in own:
        turns.append(Turn(fact(LIRE, source), p, p + change))
        p += change
    told = tuple(Told(fact(module, source), change) for module, source, change in others)
    from_others = 0.4 + sum(part.change for part in told)
    return plain(
        belief_sentence(Explanation(LIRE, 0.4, told, from_others, tuple(turns), time, 0.0, p + time))
    )


ASKED, SEEN = Source.DIAGNOSTIC, Source.OBSERVATION


class TestBelief:
    @pytest.mark.parametrize(
        ("own", "told"),
        [
            ([(ASKED, 0.3)], "monte surtout grâce à sa réponse sur ce module."),
            ([(ASKED, 0.2), (ASKED, 0.1)], "monte surtout grâce à ses réponses sur ce module."),
            ([(ASKED, -0.2)], "baisse surtout à cause de sa réponse sur ce module."),
            ([(ASKED, -0.1), (SEEN, 0.3)], "monte surtout grâce à ce qui a été vu en séance."),
            ([(Source.PRACTICE, 0.3)], "monte surtout grâce à son exercice sur tablette."),
            ([(Source.DECLARATION, -0.3)], "baisse surtout à cause de ce que la personne a dit."),
        ],
    )
    def test_its_own_answers(self, app, own, told):
        assert belief(own) == f"Ce chiffre {told}"

    def test_other_modules(self, title):
        lire = [(SOURIS, ASKED, 0.2), (ECRIRE, ASKED, 0.1), (ECRIRE, ASKED, 0.15)]
        assert belief(others=lire) == f"Ce chiffre monte surtout grâce à ses réponses sur {title(ECRIRE)}."
        one = [(SOURIS, ASKED, -0.2)]
        assert belief(others=one) == f"Ce chiffre baisse surtout à cause de sa réponse sur {title(SOURIS)}."
        worked = [(SOURIS, SEEN, 0.2)]
        assert (
            belief(others=worked) == f"Ce chiffre monte surtout grâce à ce qui a été vu sur {title(SOURIS)}."
        )

    def test_time(self, app):
        assert belief([(SEEN, 0.1)], time=-0.3) == "Ce chiffre baisse surtout à cause du temps passé depuis."
        assert belief([(SEEN, 0.01)], time=0.1) == "Ce chiffre monte surtout grâce au temps passé depuis."

    def test_nothing_noted_nothing_changed_and_both_ways(self, app):
        assert belief().startswith("Rien n'est encore noté.")
        assert belief([(ASKED, 0.0)]) == "Ce que l'on a noté n'a presque pas changé ce chiffre."
        assert (
            belief([(ASKED, 0.3), (ASKED, 0.1)], time=-0.4) == "Ce qui monte et ce qui baisse se compensent."
        )


class TestQuestion:
    def reason(self, *doubts, opening=False):
        told = tuple(Doubt(module, 0.5, gain, share) for module, gain, share in doubts)
        return plain(question_sentence(QuestionReason(told, 0.1, 0.5, opening)))

    def test_what_it_was_for(self, title):
        assert self.reason((LIRE, 0.3, 0.4), (ECRIRE, 0.1, 0.1)) == (
            f"Posée surtout pour savoir si {title(LIRE)} est acquis."
        )
        assert self.reason((LIRE, 0.3, 0.4), (ECRIRE, 0.2, 0.3), (SOURIS, 0.2, 0.3)) == (
            f"Posée surtout pour savoir si {title(LIRE)} et {title(ECRIRE)} sont acquis."
        )

    def test_the_first_and_the_useless(self, app):
        assert self.reason((LIRE, 0.3, 0.4), opening=True) == "Posée en premier, parmi les plus faciles."
        assert self.reason((LIRE, 0.001, 0.01)) == "Posée faute d'une question plus utile."
        assert self.reason() == "Posée faute d'une question plus utile."


class TestSessions:
    def test_what_is_longest(self, title):
        lire, ecrire = title(LIRE), title(ECRIRE)
        assert longest_sentence([]) == ""
        assert plain(longest_sentence([LIRE])) == f"Il ne reste que {lire}."
        assert plain(longest_sentence([LIRE, ECRIRE])) == f"Il ne reste que {lire} et {ecrire}."
        assert (
            plain(longest_sentence([LIRE, ECRIRE, SOURIS]))
            == f"{lire} et {ecrire} prennent le plus de temps."
        )

    @pytest.mark.parametrize(
        ("untold", "told"),
        [
            (9.2, "Ce que l'on a noté enlève 4 séances à ce nombre."),
            (6.0, "Ce que l'on a noté enlève 1 séance à ce nombre."),
            (3.0, "Ce que l'on a noté ajoute 2 séances à ce nombre."),
            (4.9, "Ce que l'on a noté n'a pas changé ce nombre."),
        ],
    )
    def test_what_the_facts_changed(self, untold, told):
        found = evidence_on_sessions_sentence(Forecast(untold, 1, 9, 60), Forecast(5.1, 1, 9, 60))
        assert plain(found) == told

    def test_nobody_known(self):
        assert evidence_on_sessions_sentence(None, Forecast(5.1, 1, 9, 60)).startswith("Rien")


def autonomy(times=0, retrievability=0.0):
    return Autonomy((0.2, 0.3, 0.3, 0.2), Level.GUIDE, 20.0, retrievability, None, WHEN, times)


@pytest.mark.parametrize(
    ("kind", "probability", "known", "told"),
    [
        ("decouvrir", 0.12, None, "À 12 %, il n'est sans doute pas acquis. On l'enseigne."),
        ("decouvrir", 0.9, None, ""),
        ("pratiquer", 0.2, autonomy(1), "Il a été travaillé une fois, et n'est pas encore acquis."),
        ("pratiquer", 0.2, autonomy(3), "Il a été travaillé 3 fois, et n'est pas encore acquis."),
        ("pratiquer", 0.9, autonomy(3), ""),
        ("verifier", 0.53, None, "À 53 %, on hésite. Une vérification évite peut-être une leçon."),
        ("verifier", 0.53, autonomy(2), "À 53 %, on hésite. Une vérification évite peut-être de le refaire."),
        ("verifier", 0.85, None, "À 85 %, il est sans doute acquis. On s'en assure."),
        ("reviser", 0.7, autonomy(4, 0.78), "Faute de pratique, le souvenir en est à 78 %."),
        ("reviser", 0.95, autonomy(4, 0.97), ""),
        ("reviser", 0.95, None, ""),
    ],
)
def test_why_a_step_teaches_practises_checks_or_reviews(kind, probability, known, told):
    found = plain(kind_sentence(kind, probability, known))
    assert found.startswith(told) and bool(found) == bool(told)
