"""Syllables against words split by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.language.syllables import count_syllables

_BY_HAND = """
page le ap-pe-ler bien a-vion cli-ent nu-age jou-er ré-el nuit tra-vail con-seil-ler mes-sage mes-sages
or-di-na-teur té-lé-phone ta-blette sou-ris cla-vier é-cran fe-nêtre i-cône bou-ton en-voy-er ré-pondre
a-dresse ar-naque in-ter-net na-vi-ga-teur re-cher-cher lien on-glet té-lé-char-ger for-mu-laire pièce
jointe sup-pri-mer cor-beille pho-to fa-mille fille ville so-leil a-ccueil œil paie-ment re-mer-cie-ment
ou-bli-er fé-vri-er phar-ma-cie vie i-dée vi-dé-o thé-âtre ré-u-nion No-ël ma-ïs cha-os lui suivre
a-ppuie mieux cu-rieux in-té-rieur si-tu-a-tion con-ti-nu-er yeux voyage pay-er pa-ys tran-quille
ju-illet feuille tra-vail-ler mou-illé ques-tion quatre guide langue pi-geon chan-geait é-taient
fi-nissent a-rrivent mo-ment vent sys-tème con-fiance é-tu-diant vé-ri-fier hier ren-dez-vous l'é-cran
au-jour-d'hui Wi-Fi Whats-App mon-sieur ex-pé-rience eu-ros san-té rem-bour-se-ment a-ttes-ta-tion
or-do-nnance mé-de-cin de-mande do-ssier pré-fec-ture mai-rie im-pôts sé-cu-ri-té mot passe ré-glages
lu-mi-no-si-té a-ppli-ca-tion tou-chez gli-ssez deux doigts en-fant é-cole pro-fe-sseur ab-sence notes
de-voirs mi-nutes se-conde août oui jeu-di poil voile ru-elle cru-el brou-ette fau-teuil truite
gé-o-gra-phie presque chaque puis lieu mi-lieu a-ller jan-vier pre-mier der-nière fi-chier pa-pier
cra-yon é-cri-vez vo-yez mo-yen en-nuy-eux ai-guille gre-nouille a-beille a-ccuei-llir re-cueil
co-o-pé-rer zoo cré-er a-gré-able a-é-rer po-ème po-ète boîte fraîche sœur cœur bœuf
"""
SPLIT = _BY_HAND.split()
UNSPLIT = {"voyage": 2, "cra-yon": 2, "vo-yez": 2, "mo-yen": 2, "l'é-cran": 2, "zoo": 1}


def _expected(split: str) -> int:
    return UNSPLIT.get(split, split.count("-") + 1)


def _word(split: str) -> str:
    kept = {"ren-dez-vous": "rendez-vous", "Wi-Fi": "Wi-Fi"}
    return kept.get(split, split.replace("-", ""))


@pytest.mark.parametrize("split", SPLIT)
def test_it_counts_as_a_careful_reader(split: str) -> None:
    assert count_syllables(_word(split)) == _expected(split)


def test_it_spells_acronyms_and_figures() -> None:
    assert count_syllables("SMS") == 3
    assert count_syllables("CAF") == 1
    assert count_syllables("14") == 2


@given(st.text(max_size=20))
def test_a_word_has_a_syllable_at_least(word: str) -> None:
    assert count_syllables(word) >= 1


@given(st.lists(st.sampled_from([_word(s) for s in SPLIT if "'" not in s]), min_size=1, max_size=4))
def test_hyphens_add_up(parts: list[str]) -> None:
    assert count_syllables("-".join(parts)) == sum(map(count_syllables, parts))
