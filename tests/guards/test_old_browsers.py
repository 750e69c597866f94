"""Scripts of usager screens are read by the browsers of 2018 and 2019 that old tablets have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "app" / "web"
SCRIPTS, TEMPLATES = WEB / "static" / "js", WEB / "templates"
LITERALS = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|(?<=[(,=:!&|?\[])\s*/(?:\\.|\[[^\]\n]*\]|[^/\\\n])+/[a-z]*",
    re.DOTALL,
)
TOO_NEW = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "logical assignment": r"(\|\||&&)=",
    "a private member": r"\.#\w",
    "replaceAll": r"\.replaceAll\(",
    ".at()": r"\.at\(",
    "structuredClone": r"structuredClone",
    "randomUUID": r"randomUUID",
    "requestSubmit without asking first": r"(?<!if \(form\.requestSubmit\) \{ )form\.requestSubmit\(",
    "top-level await": r"^(const .* = )?await ",
    "a look-behind": r"\(\?<[=!]",
    "a BigInt": r"\b\d+n\b",
}


CLASS = re.compile(r"^(?:export )?class .*?^}", re.DOTALL | re.MULTILINE)
CLASS_FIELD = re.compile(r"^  (?:static )?#?\w+(?: = .*)?;$", re.MULTILINE)


def too_new_in(code: str) -> dict[str, str]:
    """What old browsers cannot read in a script: its name, and where."""
    code = LITERALS.sub('""', code)
    found = {name: re.search(pattern, code, re.MULTILINE) for name, pattern in TOO_NEW.items()}
    found["a class field"] = next(filter(None, map(CLASS_FIELD.search, CLASS.findall(code))), None)
    return {name: match[0].strip() for name, match in found.items() if match}


def usager_scripts():
    """Those that usager templates name, those that they import, and the simulators."""
    named = {
        name
        for template in TEMPLATES.glob("usager/**/*.html")
        for name in re.findall(r"asset\('js/([\w/]+\.js)'\)", template.read_text(encoding="utf-8"))
    }
    found = {SCRIPTS / name for name in named} | set(SCRIPTS.glob("simulateurs/*.js"))
    waiting = list(found)
    while waiting:
        path = waiting.pop()
        imports = re.findall(r"^import .*?\"(\.[^\"]+)\";$", path.read_text(encoding="utf-8"), re.MULTILINE)
        beside = {(path.parent / name).resolve() for name in imports if "/donnees/" not in name}
        new = beside - found
        found |= new
        waiting += new
    return sorted(found)


@pytest.mark.parametrize("path", usager_scripts(), ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_a_script_has_nothing_that_old_browsers_cannot_read(path):
    assert too_new_in(path.read_text(encoding="utf-8")) == {}


def test_the_scripts_of_the_questions_are_among_them():
    names = {path.name for path in usager_scripts()}
    assert {"question.js", "answer_queue.js", "voice.js", "simulateur.js"} <= names


@pytest.mark.parametrize(
    "code",
    ["const a = b?.c;", "const a = b ?? c;", "class A {\n  name = 1;\n}", "text.replaceAll(a, b);",
     "const a = await b;", "a ||= b;"],
)  # fmt: skip
def test_what_is_too_new_is_found(code):
    assert too_new_in(code)
