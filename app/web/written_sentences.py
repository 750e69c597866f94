"""Sentences written in the pages themselves, in templates, Python and JavaScript, that an usager can hear.

They are read from the source, so that a page that gains a sentence gains its sound too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).resolve().parent
PYTHON = (
    *("web/usager/*.py", "web/accueil/*.py", "web/atelier/joining.py", "web/errors.py"),
    *("services/reception.py", "services/sentences.py", "services/trail.py", "services/comfort.py"),
)
"""The modules whose sentences are shown to usagers."""
SCRIPTS = ("order.js", "question.js", "simulateurs/simulateur.js")
"""The scripts that write sentences on usagers' screens."""

_HEARD = re.compile(r"<(\w+)\b[^>]*\sdata-say\b[^>]*>(.*?)</\1>", re.DOTALL)
_CODE = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_LISTED = re.compile(r"\{% (?:for|set) .*?%\}", re.DOTALL)
_LITERAL = re.compile(r'"([^"]+)"')


def in_templates() -> Iterator[str]:
    """What templates mark ``data-say`` and write out; what they only pass on comes from elsewhere."""
    for file in sorted((WEB / "templates").rglob("*.html")):
        source = file.read_text(encoding="utf-8")
        heard = list(_HEARD.finditer(source))
        for element in heard:
            yield from _alternatives(element[2])
        if heard:
            for listed in _LISTED.findall(source):
                yield from (text for text in _LITERAL.findall(listed) if _is_french(text))


def _alternatives(inside: str) -> Iterator[str]:
    """The texts that an element can show: one for each branch, none that is only a part."""
    written, whole = "", True
    for part in _CODE.split(inside):
        if part.startswith("{%"):
            if whole and written.strip():
                yield written
            written, whole = "", True
        elif part.startswith("{{"):
            whole = False
            if not written.strip():
                yield from (text for text in _LITERAL.findall(part) if _is_french(text))
        elif not part.startswith("{#"):
            written += re.sub(r"<[^>]*>", "", part)
    if whole and written.strip():
        yield written


def in_python() -> Iterator[str]:
    """French texts of the modules that speak to usagers."""
    for pattern in PYTHON:
        for file in sorted(WEB.parent.glob(pattern)):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            aside = _not_shown(tree)
            for node in ast.walk(tree):
                is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
                if is_text and id(node) not in aside and _is_french(node.value):
                    yield node.value


def _not_shown(tree: ast.AST) -> set[int]:
    """Texts of the code that nobody reads on a screen: docstrings, keys, names, and parts of longer texts."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            aside.add(id(node.value))
        elif isinstance(node, ast.Subscript):
            aside.add(id(node.slice))
        elif isinstance(node, ast.JoinedStr):
            aside.update(id(part) for part in node.values)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "TypeVar":
            aside.update(id(argument) for argument in node.args)
    return aside


def in_scripts() -> Iterator[str]:
    """French texts of the scripts that write on usagers' screens."""
    for name in SCRIPTS:
        code = (WEB / "static" / "js" / name).read_text(encoding="utf-8")
        yield from (text for text in _LITERAL.findall(code) if _is_french(text))


def _is_french(text: str) -> bool:
    """Looks like words for a reader: a capital, then letters in small, and no code in it."""
    return bool(re.match(r"[A-ZÀ-Ý][^_{}<>/=@]*[a-zà-ÿ]", text)) and not re.search(r"[_{}<>/=@]", text)
