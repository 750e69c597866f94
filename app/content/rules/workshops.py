"""Workshop sheets: sound links, made-up data, words that are easy to hear, and no sheet twice.

What is said and handed out also obeys the rules of usager texts (length, signs, lexicon…): see ``texts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from app.content.document import Place
from app.content.messages import nearest
from app.content.models import Workshop
from app.content.problem import Problem, Severity
from app.content.rules.negation import is_negative
from app.content.rules.readability import FLOOR, WANTED, score_of
from app.content.sources import Entry, Source, Sources
from app.content.texts import Role, workshop_texts

RULE = "ateliers"
SHINGLE = 5
ALIKE = 0.10

_ADDRESS = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+|(?:www\.|https?://)[\w.-]*\w")
_MADE_UP = re.compile(r"(?:^|[@./])exemple\.(?:fr|com|org)$")
_PHONE = re.compile(r"(?<!\d)(?<!\d[ \u00a0])0[1-9](?:[ \u00a0.]?\d\d){4}(?!\d)")
#: The numbers that the Arcep keeps for fiction.
_FICTION = re.compile(r"0(?:19900|26191|35301|46571|53649|63998)\d{4}")


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of workshop sheets."""
    for source in sources.workshops:
        yield from _links(source, sources)
        yield from _devices(source, sources)
        yield from _data(source)
        yield from _words(source)
    yield from _twins(sources)


def _links(source: Source[Workshop], sources: Sources) -> Iterator[Problem]:
    workshop = source.model
    if source.document.path.stem != workshop.id:
        yield source.problem(("id",), f"écrivez « {source.document.path.stem} », comme le fichier", RULE)
    known = {entry.model.id for entry in sources.modules()}
    known |= {d.path.stem for d in sources.documents.values() if d.path.parent.name == "ateliers"}
    for n, name in enumerate(workshop.next):
        if name not in known:
            message = f"ni module ni atelier ne s'appelle « {name} » : {nearest(name, sorted(known))}"
            yield source.problem(("suite", n), message, RULE)
        elif name == workshop.id or name in workshop.modules:
            yield source.problem(("suite", n), "c'est cet atelier même : dites ce qui vient après", RULE)


def _devices(source: Source[Workshop], sources: Sources) -> Iterator[Problem]:
    modules = [entry.model for entry in sources.modules() if entry.model.id in source.model.modules]
    for device in source.model.devices:
        for module in modules:
            if not module.on(device):
                wanted = ", ".join(module.devices)
                message = f"« {module.id} » s'apprend sur {wanted} : ôtez {device}"
                yield source.problem(("appareils",), message, RULE)


def _data(source: Source[Workshop]) -> Iterator[Problem]:
    """Addresses end in exemple.fr; telephone numbers are those kept for fiction."""
    for loc, text in _strings(source.document.data):
        for address in _ADDRESS.findall(text):
            if not _MADE_UP.search(address):
                message = f"« {address} » est peut-être à quelqu'un : écrivez une adresse en exemple.fr"
                yield source.problem(loc, message, RULE)
        for number in _PHONE.findall(text):
            if not _FICTION.fullmatch(re.sub(r"\D", "", number)):
                message = f"« {number} » est peut-être à quelqu'un : écrivez un numéro en 06 39 98"
                yield source.problem(loc, message, RULE)


def _words(source: Source[Workshop]) -> Iterator[Problem]:
    texts = list(workshop_texts(Entry(source, (), source.model)))
    for text in texts:
        if text.role is not Role.TITLE and is_negative(text.text):
            message = "une négation : dites ce qu'il faut faire, ou ce qui se passe"
            yield source.problem(text.loc, message, RULE, Severity.WARNING)
    score = score_of([text for text in texts if text.role is not Role.TITLE])
    if score < WANTED:
        said = f"lisibilité {score:.0f} de ce qui est dit et emporté (au moins {WANTED:.0f})"
        message = f"{said} : des mots plus courts, des phrases coupées"
        severity = Severity.ERROR if score < FLOOR else Severity.WARNING
        yield source.problem(("deroule",), message, RULE, severity)


def _twins(sources: Sources) -> Iterator[Problem]:
    """Sheets that share more than a tenth of their runs of five words."""
    shingles = {source.model.id: _shingles(source) for source in sources.workshops}
    for first, second in combinations(sources.workshops, 2):
        mine, yours = shingles[first.model.id], shingles[second.model.id]
        likeness = len(mine & yours) / max(1, min(len(mine), len(yours)))
        if likeness >= ALIKE:
            message = f"{likeness:.0%} du texte est aussi dans « {first.model.id} » : racontez-le autrement"
            yield second.problem(("id",), message, RULE, Severity.WARNING)


def _shingles(source: Source[Workshop]) -> frozenset[tuple[str, ...]]:
    texts = [re.findall(r"\w+", text.lower()) for _, text in _strings(source.document.data)]
    return frozenset(run for words in texts for run in _runs(words))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(SHINGLE)), strict=False)


def _strings(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Each text of the file, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*place, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _strings(value, (*place, n))
    elif isinstance(data, str):
        yield place, data
