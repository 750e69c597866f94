"""The shops: results, articles, basket with what is ticked in advance, delivery, payment, and who sells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.rubriques import PAYMENT
from app.content.simulators.web import LEAVING, BankCard, BankRequest, Option, WebStart

#: The pages at the foot of every shop.
FOOT = ("mentions", "conditions", "retours", "avis", "contact")


class Article(Entry):
    """Something to buy; the price is in whole euros."""

    id: ZoneId
    name: Text = Field(alias="nom")
    price: int = Field(alias="prix", ge=1, le=900)
    before: int | None = Field(None, alias="avant")
    icon: IconName = Field(alias="icone")
    text: Text = Field(alias="texte")
    sizes: tuple[Option, ...] = Field((), alias="tailles")


class Extra(Entry):
    """Something that comes with the basket: insurance, a subscription; often ticked in advance."""

    id: ZoneId
    name: Text = Field(alias="nom")
    price: int = Field(alias="prix", ge=0, le=200)
    ticked: bool = Field(False, alias="cochee")


class Delivery(Entry):
    """A way to have it."""

    id: ZoneId
    name: Text = Field(alias="nom")
    price: int = Field(alias="prix", ge=0, le=60)
    when: Text = Field(alias="delai")


class FootPage(Entry):
    """What one reads at the foot of the shop: who sells, on what terms, what others say."""

    id: Literal["mentions", "conditions", "retours", "avis", "contact"]
    text: tuple[Text, ...] = Field(alias="texte", min_length=1)


class Shop(Entry):
    """A shop, sound or not; ``faux`` has its payment page ask for the card's secret code."""

    id: ZoneId
    name: Text = Field(alias="nom")
    address: Raw = Field(alias="adresse")
    icon: IconName = Field("building-store", alias="icone")
    secure: bool = Field(True, alias="securise")
    fake: bool = Field(False, alias="faux")
    ad: bool = Field(False, alias="annonce")
    hurry: Text | None = Field(None, alias="presse")
    result: Text = Field(alias="resultat")
    articles: tuple[Article, ...] = Field(min_length=2)
    extras: tuple[Extra, ...] = ()
    deliveries: tuple[Delivery, ...] = Field(alias="livraisons", min_length=1)
    foot: tuple[FootPage, ...] = Field(alias="pages", min_length=2)
    bank: BankRequest | None = Field(None, alias="banque")
    number: Raw = Field("C-20418", alias="numero")
    basket: dict[ZoneId, int] = Field({}, alias="panier")


class Shops(WebStart):
    """The results of a search among shops; ``ouvert`` says which shop is open already."""

    icons: ClassVar[tuple[str, ...]] = (
        *WebStart.icons, "shopping-cart", "building-store", "search", "plus", "minus", "trash",
        "truck-delivery",
        "credit-card", "transfer", "gift-card", "building-bank", "receipt", "ad", "clock", "arrow-right",
        "tag",
        "shopping-bag",
    )  # fmt: skip

    script: ClassVar[str] = "boutique"

    search: Text = Field(alias="recherche")
    shops: tuple[Shop, ...] = Field(alias="boutiques", min_length=1)
    card: BankCard | None = Field(None, alias="carte")
    opened: ZoneId | None = Field(None, alias="ouvert")

    @model_validator(mode="after")
    def _opened_is_there(self) -> Shops:
        if self.opened and self.opened not in {shop.id for shop in self.shops}:
            raise ValueError(f"« ouvert: {self.opened} » n'est pas l'id d'une boutique")
        return self

    def gestures(self) -> frozenset[str]:
        found = {
            "retour", "fermer", "actualiser", "regarder:site", "panier", "commander",
            "boutique_accueil",
            "resultats", "arriver:resultats", "arriver:panier", "arriver:livraison", "arriver:commande",
            "arriver:vide",
            "continuer", "telecharger:recu", "ouvrir:recu", "arriver:telecharge_recu", *PAYMENT, *LEAVING,
        }  # fmt: skip
        for shop in self.shops:
            found |= set(_of_shop(shop))
        return frozenset(found)


def _of_shop(shop: Shop) -> Iterator[str]:
    yield from (f"boutique:{shop.id}", f"arriver:{shop.id}", f"arriver:commande_{shop.id}")
    for article in shop.articles:
        yield from (f"article:{article.id}", f"arriver:article_{article.id}", f"panier_ajouter:{article.id}")
        yield from (f"{verb}:{article.id}" for verb in ("plus", "moins", "oter"))
        yield from (f"arriver:ajoute_{article.id}", f"arriver:ote_{article.id}", f"arriver:un_{article.id}")
        yield from (f"choisir:taille_{article.id}={size.id}" for size in article.sizes)
    for extra in shop.extras:
        yield from (f"cocher:{extra.id}", f"arriver:sans_{extra.id}", f"arriver:avec_{extra.id}")
    for delivery in shop.deliveries:
        yield from (f"livraison:{delivery.id}", f"arriver:livraison_{delivery.id}")
    for page in shop.foot:
        yield from (f"page:{page.id}", f"arriver:{page.id}", f"arriver:{page.id}_{shop.id}")


class ShopScene(SimulatedScene):
    """A scene in shops."""

    simulator: Literal["boutique"] = Field(alias="simulateur")
    start: Shops = Field(alias="depart")
