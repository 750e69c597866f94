"""Every sentence that can be heard on an usager's screen, in groups: what is made into sound, or recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from app.content.library import Content
from app.content.models import Module
from app.content.sources import Entry
from app.content.spoken import sentence_key, sentences
from app.content.texts import Role, item_texts
from app.engine.reasons import Code, Reason
from app.services.cards import COLOURS, PICTURES, SECRET_NAMES, Card
from app.services.engines import current_engines
from app.services.sentences import reason_sentence, you_can
from app.services.trail import KIND_WORDS
from app.web import written_sentences

SCREENS = "ecrans"
CARDS = "cartes"
GOALS = "buts"
_NAMING_A_MODULE = (Code.NEEDED_FOR, Code.PREREQUISITES_MASTERED, Code.PREREQUISITES_BEFORE)
_NUMBERS = range(2, 10)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that go together: those of a module, of all screens. Each sentence is in one group only."""

    id: str
    title: str
    domain: str
    sentences: tuple[Sentence, ...]


class Collision(Exception):
    """Two sentences have the same key: one would be heard for the other."""


def heard_sentences() -> tuple[Group, ...]:
    """All of them, of the running application; collected once. Raises ``Collision``."""
    extensions = current_app.extensions
    if "jalons_heard" not in extensions:
        extensions["jalons_heard"] = _grouped(current_engines().content)
    groups: tuple[Group, ...] = extensions["jalons_heard"]
    return groups


def by_key() -> dict[str, str]:
    """Every sentence by its key."""
    return {sentence.key: sentence.text for group in heard_sentences() for sentence in group.sentences}


def _grouped(content: Content) -> tuple[Group, ...]:
    known: dict[str, str] = {}
    written = [
        *written_sentences.in_templates(),
        *written_sentences.in_python(),
        *written_sentences.in_scripts(),
    ]
    general = [
        (SCREENS, "Écrans", [*written, *_short()]),
        (CARDS, "Cartes et images", _cards()),
        (GOALS, "Buts", (goal.wish for goal in content.goals.values())),
    ]
    groups = [Group(id_, title, "Partout", _new(texts, known)) for id_, title, texts in general]
    texts = _texts_by_module(content)
    for domain in content.domains:
        for module in domain.modules:
            groups.append(Group(module.id, module.title, domain.title, _new(texts[module.id], known)))
    return tuple(group for group in groups if group.sentences)


def _new(texts: Iterable[str], known: dict[str, str]) -> tuple[Sentence, ...]:
    """The sentences of these texts that no group has yet."""
    found = []
    for text in texts:
        for sentence in sentences(text):
            key = sentence_key(sentence)
            if key not in known:
                known[key] = sentence
                found.append(Sentence(key, sentence))
            elif known[key] != sentence:
                raise Collision(f"{known[key]!r} et {sentence!r}")
    return tuple(found)


def _short() -> Iterator[str]:
    for word in KIND_WORDS.values():
        yield f"Vous êtes ici. {word} :"
    for number in _NUMBERS:
        yield reason_sentence(Reason(Code.PRACTISE, (), {"times": number}))
        yield f"{number} réponses ne sont pas encore envoyées"
    for number in range(6):
        yield f"La dernière fois, c'était {number} sans aide. Aujourd'hui, c'est {number}."


def _cards() -> Iterator[str]:
    for colour in COLOURS:
        for picture in PICTURES:
            yield Card(picture, colour).name
    yield from SECRET_NAMES.values()


def _texts_by_module(content: Content) -> dict[str, list[str]]:
    texts = {module.id: list(_of_module(module)) for module in content.modules.values()}
    for item in content.items.values():
        entry: Entry[Any] = Entry(None, (), item)  # type: ignore[arg-type]
        texts[item.modules[0]] += [
            text.text for text in item_texts(entry) if text.role is not Role.ALTERNATIVE
        ]
        texts[item.modules[0]] += [
            model for step in item.steps if (model := getattr(step.task, "model", None))
        ]
    return texts


def _of_module(module: Module) -> Iterator[str]:
    yield module.title
    yield module.objective
    yield you_can(module)
    for line in module.sheet:
        yield line.text
    yield from module.activity
    for code in _NAMING_A_MODULE:
        yield reason_sentence(Reason(code, (module.id,), {}))
