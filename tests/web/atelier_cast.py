"""An atelier and the ways into it, for the tests of its pages."""

from __future__ import annotations

import random
import uuid

from bs4 import BeautifulSoup

from app.services import ateliers
from tests.conftest import NOW

MODULE = "messagerie.lire"


def opened(account, people, module=MODULE, number=1):
    """An open atelier with these people."""
    return ateliers.open_atelier(
        account,
        atelier_id=uuid.UUID(int=number),
        module_id=module,
        device="ordinateur",
        minutes=90,
        usager_ids={person.id for person in people},
        now=NOW,
        rng=random.Random(number),
    )


def page_of(response, status=200):
    """The page as a tree; a redirection says where it goes."""
    assert response.status_code == status, response.location
    return BeautifulSoup(response.data, "html5lib")


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())
