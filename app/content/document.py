"""A YAML file as plain data that remembers the line of everything.

Only composing is ruamel's: in C where ``ruamel.yaml.clib`` is installed, some eight times faster, then in
Python for what the C parser refuses, since it knows only YAML 1.1. Building the data here keeps the nodes,
hence the lines, refuses a key given twice, and leaves dates and hours as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

Loc = Sequence[str | int]
Place = tuple[str | int, ...]

_WAIVER = re.compile(r"#\s*accepté\s*:\s*(\S.*)")

_FLOW = (
    "un texte de cette ligne contient une virgule, un crochet ou une accolade : mettez-le entre guillemets"
)
_HINTS = (
    ("mapping values", "ce texte contient « : » ; mettez-le entre guillemets"),
    ("cannot start any token", "ce texte commence par un signe réservé ; mettez-le entre guillemets"),
    ("',' or '}'", _FLOW),
    ("',' or ']'", _FLOW),
    ("block end", "le retrait de cette ligne ne suit pas celui des lignes voisines"),
    ("block collection", "le retrait de cette ligne ne suit pas celui des lignes voisines"),
    ("block mapping", "le retrait de cette ligne ne suit pas celui des lignes voisines"),
    ("quoted scalar", "un guillemet reste ouvert : fermez-le"),
    ("could not find expected ':'", "il manque « : » après ce mot"),
    ("tab", "une tabulation : mettez des espaces"),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that can't even be read: its line and what to do."""

    line: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file read. Its node tree, ten times its text in memory, is made again when a line is asked for."""

    path: Path
    text: str = ""
    troubles: tuple[Trouble, ...] = ()
    readable: bool = False
    slow_line: int | None = None

    @property
    def data(self) -> Any:
        """The file as dictionaries, lists and values; nothing where it is not YAML."""
        root, _ = _compose(self.text) if self.readable else (None, None)
        return _build(root, [], ()) if root else None

    def line_of(self, loc: Loc) -> int:
        """The line of what is at this place; parts of the place that the file lacks are passed over."""
        node, _ = _compose(self.text) if self.readable else (None, None)
        line = 1
        for part in loc:
            found = _child(node, part)
            if found:
                node, line = found
        return line

    def waiver(self, line: int) -> str | None:
        """The reason given on this line for accepting what a rule refuses."""
        lines = self.text.splitlines()
        found = _WAIVER.search(lines[line - 1]) if 0 < line <= len(lines) else None
        return found[1] if found else None


def read_document(path: Path) -> Document:
    """Read a file; what is wrong with it goes to ``troubles``."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return Document(path, troubles=(Trouble(1, "fichier", "enregistrez ce fichier en UTF-8"),))
    try:
        root, slow_line = _compose(text)
    except YAMLError as error:
        return Document(path, text, (_syntax(error),))
    if root is None:
        empty = Trouble(1, "fichier", "ce fichier est vide : écrivez-le ou supprimez-le")
        return Document(path, text, (empty,))
    troubles: list[Trouble] = []
    _build(root, troubles, ())
    return Document(path, text, tuple(troubles), True, slow_line)


class _Resolver(VersionedResolver):
    """Only tells plain scalars from quoted ones, ten times faster than the one that guesses their types."""

    plain = Tag(suffix="plain")

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> Tag:
        if kind is ScalarNode:
            return self.plain if implicit[0] else self.DEFAULT_SCALAR_TAG
        return self.DEFAULT_SEQUENCE_TAG if kind is SequenceNode else self.DEFAULT_MAPPING_TAG


def _yaml(*, pure: bool) -> YAML:
    yaml = YAML(typ="safe", pure=pure)
    yaml.Resolver = _Resolver
    return yaml


@lru_cache(maxsize=4)  # rules go file by file
def _compose(text: str) -> tuple[Node | None, int | None]:
    """The node tree, and the line that the C parser stumbled on, if any."""
    try:
        return _yaml(pure=False).compose(text), None  # in Python where the C parser is missing
    except MarkedYAMLError as error:
        mark = error.problem_mark
        return _yaml(pure=True).compose(text), mark.line + 1 if mark else None


def _syntax(error: YAMLError) -> Trouble:
    if not isinstance(error, MarkedYAMLError):
        return Trouble(1, "fichier", f"ce fichier n'est pas du YAML : {error}")
    mark = error.problem_mark or error.context_mark
    said = f"{error.problem or ''} {error.context or ''}"
    hint = next((hint for words, hint in _HINTS if words in said), f"ce n'est pas du YAML ({said.strip()})")
    return Trouble(mark.line + 1 if mark else 1, "fichier", hint)


def _child(node: Node | None, part: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == part:
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return value, value.start_mark.line + 1
    return None


def _build(node: Node, troubles: list[Trouble], where: Place) -> Any:
    if isinstance(node, MappingNode):
        return _build_mapping(node, troubles, where)
    if isinstance(node, SequenceNode):
        return [_build(value, troubles, (*where, n)) for n, value in enumerate(node.value)]
    return _scalar(node) if isinstance(node, ScalarNode) else None


def _build_mapping(node: MappingNode, troubles: list[Trouble], where: Place) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in data:
            line = key_node.start_mark.line + 1
            troubles.append(
                Trouble(line, shown_loc((*where, key)), f"« {key} » est écrit deux fois : gardez-en un")
            )
        data[key] = _build(value_node, troubles, (*where, key))
    return data


_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")


def _scalar(node: ScalarNode) -> Any:
    text = str(node.value)
    if node.ctag is not _Resolver.plain:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def shown_loc(loc: Loc) -> str:
    """A place in a file as a person reads it: ``items[3].consigne``, counted from 1."""
    text = ""
    for part in loc:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "fichier"
