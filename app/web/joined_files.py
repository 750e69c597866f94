"""A script or a style sheet with all that it imports, in one file: each request costs a tablet time.

The sources stay small ES modules and style sheets that browsers could take as they are. A module goes into
a function of its own, so that names never meet, and is run the first time that another asks for it, as
browsers do. What scripts share for the life of a page stays ``APART``: two copies of it would not be the
same. Other modules that two scripts import are in both.

Sources keep to ``import "…"``, ``import {…} from "…"``, ``import * as … from "…"`` and ``export`` before a
function, a class or a const, each at the beginning of a line; anything else raises ``CannotJoin``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from rcssmin import cssmin
from rjsmin import jsmin

APART = re.compile(r"js/simulateurs/(simulateur|donnees/\w+)\.js")
"""The frame of all simulators, and what each one knows before a scene says anything, which is not a file."""

IMPORT = re.compile(r'import (?:(?:\{(?P<names>[^}]*)\}|\* as (?P<all>\w+)) from )?"(?P<path>\.[^"]+)";')
EXPORT = re.compile(r"export (?P<kind>(?:async )?function|class|const) (?P<name>\w+)")
STATEMENT = re.compile(r"^(?:import\b(?!\()|export\b).*$", re.MULTILINE)
NESTED_TEMPLATE = re.compile(r"""\$\{[^}]*`""")
"""A template in a template: ``jsmin`` takes its end for that of the first, and drops spaces that are text."""
RELATIVE_LOADING = re.compile(r"""import\(\s*["'`]\.""")
STYLE_IMPORT = re.compile(r'^@import "(?P<path>[^"]+)";$', re.MULTILINE)
RELATIVE_URL = re.compile(r"""url\(["']?(?!data:)[^)]+\)""")


class CannotJoin(ValueError):
    """A source says something that joining does not know; the message tells what, and where."""


def joined(folder: Path, path: str, given: Mapping[str, str] | None = None) -> str:
    """The script or style sheet ``path`` of ``folder`` with what it imports, without comments and layout.

    ``given``: modules that are not files, by their paths; each is an object written in JavaScript.
    """
    if path.endswith(".css"):
        return cssmin(_joined_style(folder, path, dirname(path)))
    return jsmin(_Script(folder, path, given or {}).text())


def _beside(path: str, name: str) -> str:
    return normpath(join(dirname(path), name))


def _joined_style(folder: Path, path: str, home: str) -> str:
    text = (folder / path).read_text(encoding="utf-8")
    if dirname(path) != home and RELATIVE_URL.search(text):
        raise CannotJoin(f"{path}: url() would be looked for beside the sheet that imports it")
    return STYLE_IMPORT.sub(lambda one: _joined_style(folder, _beside(path, one["path"]), home), text)


@dataclass
class _Script:
    """A script being put together, from the module ``entry``."""

    folder: Path
    entry: str
    given: Mapping[str, str]
    imports: list[str] = field(default_factory=list)
    modules: dict[str, str] = field(default_factory=dict)
    """What became of each, by its path; empty while those that it imports are read."""
    functions: dict[str, set[str]] = field(default_factory=dict)
    """The functions that each exports."""
    numbers: dict[str, int] = field(default_factory=dict)
    """What modules are called in the script."""

    def text(self) -> str:
        """What a browser runs: the modules one after the other; the entry is run, and runs those it needs."""
        exported = self._read(self.entry)
        run = f"{self._variable(self.entry)}();"
        return "\n".join(
            [
                *self.imports,
                f"let {', '.join(self._exports(path) for path in self.modules)};",
                *self.modules.values(),
                f"export const {{{', '.join(exported)}}} = {run}" if exported else run,
            ]
        )

    def _read(self, path: str) -> list[str]:
        """Make a function of a module and of those that it imports; return the names that it exports."""
        source = (self.folder / path).read_text(encoding="utf-8")
        if dirname(path) != dirname(self.entry) and RELATIVE_LOADING.search(source):
            raise CannotJoin(f"{path}: import() would be looked for beside {self.entry}")
        nested = NESTED_TEMPLATE.search(source)
        if nested:
            line = source[: nested.start()].count("\n") + 1
            raise CannotJoin(f"{path}:{line}: a template in a template would lose spaces; write it without")
        exported = [found for line in STATEMENT.finditer(source) if (found := EXPORT.match(line[0]))]
        names = [one["name"] for one in exported]
        functions = {one["name"] for one in exported if "function" in one["kind"]}
        self.modules[path], self.functions[path] = "", functions
        body = STATEMENT.sub(lambda line: self._statement(path, line[0]), source)
        self.modules[path] = "\n".join(
            [
                f"function {self._variable(path)}() {{",
                f"if ({self._exports(path)}) return {self._exports(path)};",
                f"{self._exports(path)} = {{{', '.join(name for name in names if name in functions)}}};",
                body,
                *(f"{self._exports(path)}.{name} = {name};" for name in names if name not in functions),
                f"return {self._exports(path)};",
                "}",
            ]
        )
        return names

    def _statement(self, path: str, line: str) -> str:
        exported = EXPORT.match(line)
        if exported:
            return line.removeprefix("export ")
        imported = IMPORT.fullmatch(line)
        if not imported:
            raise CannotJoin(f"{path}: {line}")
        return self._imported(path, _beside(path, imported["path"]), imported)

    def _imported(self, importer: str, path: str, statement: re.Match[str]) -> str:
        names = statement["names"]
        if path in self.given or APART.fullmatch(path):
            source = self._from_outside(path)
        else:
            self._check_turn(importer, path, names)
            source = f"{self._variable(path)}()"
        if names is not None:
            return f"const {{{re.sub(r' as ', ': ', names)}}} = {source};"
        return f"const {statement['all']} = {source};" if statement["all"] else f"{source};"

    def _from_outside(self, path: str) -> str:
        """The name of a module that is given, or that stays apart and is imported once by the script."""
        variable = self._variable(path)
        line = f'import * as {variable} from "./{relpath(path, dirname(self.entry))}";'
        if path in self.given:
            line = f"const {variable} = {self.given[path]};"
        if line not in self.imports:
            self.imports.append(line)
        return variable

    def _check_turn(self, importer: str, path: str, names: str | None) -> None:
        """In a circle of imports, only functions are there before the module that has them was run."""
        if path not in self.modules:
            self._read(path)
        elif not self.modules[path]:
            wanted = {name.split(" as ")[0].strip() for name in (names or "").split(",") if name.strip()}
            late = wanted - self.functions[path]
            if late:
                needed = ", ".join(sorted(late))
                raise CannotJoin(f"{importer}: {path} imports it in turn, before its {needed} is there")

    def _variable(self, path: str) -> str:
        """The function that runs a module, or a module that stays apart."""
        return f"${self.numbers.setdefault(path, len(self.numbers))}"

    def _exports(self, path: str) -> str:
        """The variable with what a module exports, once it was run."""
        return f"{self._variable(path)}$"
