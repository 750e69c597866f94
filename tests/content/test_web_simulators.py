"""What a simulator of sites may hold: pages that are there, blocs that say what they are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.content.simulators.boutique import Shops
from app.content.simulators.navigateur import Browser
from app.content.simulators.portail import Portal
from app.content.simulators.web import Block


def browser(**changes: object) -> Browser:
    page = {"id": "accueil", "nom": "Accueil", "blocs": [{"texte": "Bonjour."}]}
    site = {"nom": "Mairie", "adresse": "www.mairie.exemple.fr", "pages": [page]}
    return Browser.model_validate({"sites": [site], **changes})


def test_a_tab_on_a_page_that_no_site_has_is_told():
    with pytest.raises(ValidationError, match="aucune page ne s'appelle ainsi : horaires"):
        browser(onglets=["horaires"])


def test_what_comes_of_opening_a_page_can_be_waited_for():
    assert {"lien:accueil", "arriver:accueil", "arriver:ferme_accueil"} <= browser().gestures()


@pytest.mark.parametrize(
    "bloc",
    [{}, {"titre": "Bonjour", "lien": "accueil", "texte": "Ici"}, {"lien": "accueil"}, {"image": "Un chat"}],
)
def test_a_bloc_is_one_thing_and_says_what_is_read(bloc: dict[str, str]):
    with pytest.raises(ValidationError):
        Block.model_validate(bloc)


def portal(**changes: object) -> Portal:
    parts = [
        {"id": f"part_{n}", "nom": "Page", "icone": "home", "genre": "page", "blocs": [{"texte": "Bonjour."}]}
        for n in range(3)
    ]
    site = {"nom": "Mairie", "adresse": "www.mairie.exemple.fr"}
    return Portal.model_validate({"site": site, "rubriques": parts, **changes})


def test_an_account_opens_on_a_part_that_it_has():
    assert "rubrique:part_0" in portal(ouvert="part_0").gestures()
    with pytest.raises(ValidationError, match="aucune rubrique ne s'appelle ainsi : autre"):
        portal(ouvert="autre")


def test_signing_in_leads_somewhere():
    with pytest.raises(ValidationError, match="identifiant"):
        portal(connexion={})
    with pytest.raises(ValidationError, match="« poste » n'est pas dans la liste"):
        portal(connexion={"fournisseur": "poste", "fournisseurs": [{"id": "ameli", "nom": "Ameli"}]})


def test_the_open_shop_is_one_of_those():
    article = {"nom": "Thé", "prix": 4, "icone": "cup", "texte": "Bon."}
    shop = {
        "id": "odette",
        "nom": "Odette",
        "adresse": "www.odette.exemple.fr",
        "resultat": "Thés.",
        "articles": [{"id": "vert", **article}, {"id": "noir", **article}],
        "livraisons": [{"id": "poste", "nom": "Poste", "prix": 3, "delai": "demain"}],
        "pages": [{"id": "mentions", "texte": ["Odette, Albi."]}, {"id": "retours", "texte": ["14 jours."]}],
    }
    assert (
        "arriver:commande_odette"
        in Shops.model_validate({"recherche": "thé", "boutiques": [shop]}).gestures()
    )
    with pytest.raises(ValidationError, match="n'est pas l'id d'une boutique"):
        Shops.model_validate({"recherche": "thé", "boutiques": [shop], "ouvert": "autre"})
