"""Kandel–Moles, worked by hand."""

import pytest

from app.content.language.readability import kandel_moles
from app.content.language.words import sentences, without_quotes, words


def test_one_sentence_worked_by_hand() -> None:
    # Léa vous a é-crit. : 4 words, 1 sentence, 2 + 1 + 1 + 2 = 6 syllables
    assert kandel_moles("Léa vous a écrit.") == pytest.approx(207 - 1.015 * 4 - 73.6 * 6 / 4)


def test_two_sentences_worked_by_hand() -> None:
    # Tou-chez le bou-ton. L'é-cran s'é-teint. : 5 words, 2 sentences, 2+1+2 + 2+2 = 9 syllables
    assert kandel_moles("Touchez le bouton. L'écran s'éteint.") == pytest.approx(
        207 - 1.015 * 5 / 2 - 73.6 * 9 / 5
    )


def test_longer_words_are_harder() -> None:
    assert kandel_moles("Authentification indispensable.") < kandel_moles("Mot de passe.") - 60


def test_no_word_is_as_easy_as_can_be() -> None:
    assert kandel_moles("…") == 207


def test_sentences_end_where_a_capital_follows() -> None:
    assert sentences("Oui. « Répondre » écrit à Léa. Voyez www.exemple.fr pour lire.") == [
        "Oui.",
        "« Répondre » écrit à Léa.",
        "Voyez www.exemple.fr pour lire.",
    ]


def test_a_quoted_question_does_not_end_a_sentence() -> None:
    assert len(sentences("Vous lisez « Que faire ? » sur la page.")) == 1


def test_words_stand_between_spaces() -> None:
    assert words("J'ouvre « Wi-Fi » : oui !") == ["J'ouvre", "Wi-Fi", "oui"]


def test_quotes_can_be_left_out() -> None:
    assert without_quotes("Touchez « E-mail » ici") == "Touchez «» ici"
