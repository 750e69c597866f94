"""From a table to people: which column is which, and what is wrong cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.services.people import plain
from app.services.people_import_file import MOST_LINES, TOO_LONG, ImportFileError, Line, Table
from app.services.usagers import UsagerError, checked_first_name

FIRST_NAME, NAME, YEAR, GENDER = "first_name", "name", "year", "gender"
HEADINGS = {
    FIRST_NAME: {"prenom", "prenoms", "firstname", "prenomusager", "prenombeneficiaire", "prenomdelusager"},
    NAME: {"nom", "nomdefamille", "lastname", "nomusager", "nombeneficiaire", "initiale", "initialedunom"},
    YEAR: {
        "anneedenaissance",
        "annee",
        "naissance",
        "datedenaissance",
        "neele",
        "neen",
        "neeen",
        "birthyear",
    },
    GENDER: {"genre", "sexe", "gender", "civilite"},
}
"""What people write above each column, without accents, spaces or signs."""
COOP_COLUMNS = {NAME: 0, FIRST_NAME: 1, YEAR: 2, GENDER: 8}
COOP_FIRST_LINE = 4
SEARCHED_LINES = 10
OLDEST_YEAR = 1900
GENDERS = {
    **dict.fromkeys(("f", "femme", "feminin", "mme", "madame", "female", "mlle"), "feminin"),
    **dict.fromkeys(("m", "h", "homme", "masculin", "monsieur", "mr", "male"), "masculin"),
    **dict.fromkeys(("n", "nc", "noncommunique", "nonprecise", "autre", "x"), "non_communique"),
}
NO_FIRST_NAME = (
    "Aucune colonne « Prénom » n'a été trouvée. Écrivez « Prénom », « Nom », « Année de naissance » et"
    " « Genre » en haut des colonnes."
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True)
class ReadPerson:
    """Someone of the file: all that Jalons keeps of their line."""

    line: int
    first_name: str
    last_initial: str | None
    birth_decade: int | None
    gender: str | None


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in a cell, such as « B7 », and what to write instead."""

    cell: str
    line: int
    message: str


@dataclass(frozen=True)
class ReadPeople:
    """What a file holds: the people that can be added, and the cells to put right."""

    people: tuple[ReadPerson, ...]
    problems: tuple[CellProblem, ...]


def read_people(table: Table, this_year: int) -> ReadPeople:
    """The people of a table. Raises ``ImportFileError`` where there is no column of first names."""
    columns, first_line = _columns(table)
    people: list[ReadPerson] = []
    problems: list[CellProblem] = []
    for line in table.lines:
        if line.number < first_line or not any(_value(line, n) for n in columns.values()):
            continue
        reading = _Reading(line, columns, this_year)
        person = reading.person()
        problems += reading.problems
        if not reading.problems:
            people.append(person)
    if len(people) > MOST_LINES:
        raise ImportFileError(TOO_LONG)
    return ReadPeople(tuple(people), tuple(problems))


def _columns(table: Table) -> tuple[Mapping[str, int], int]:
    """Where each thing is, and the first line of people."""
    best: dict[str, int] = {}
    heading_line = 0
    for line in table.lines[:SEARCHED_LINES]:
        found: dict[str, int] = {}
        for number, text in enumerate(line.cells):
            for name, headings in HEADINGS.items():
                if _letters(text) in headings:
                    found.setdefault(name, number)
        if FIRST_NAME in found and len(found) > len(best):
            best, heading_line = found, line.number
    if best:
        return best, max(heading_line + 1, COOP_FIRST_LINE if table.is_coop else 0)
    if table.is_coop:
        return COOP_COLUMNS, COOP_FIRST_LINE
    raise ImportFileError(NO_FIRST_NAME)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", plain(text))


def _value(line: Line, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


class _Reading:
    """One line being read; problems add up, so that a line is put right at once."""

    def __init__(self, line: Line, columns: Mapping[str, int], this_year: int) -> None:
        self.line = line
        self.columns = columns
        self.this_year = this_year
        self.problems: list[CellProblem] = []

    def person(self) -> ReadPerson:
        return ReadPerson(
            self.line.number, self._first_name(), self._initial(), self._decade(), self._gender()
        )

    def _text(self, name: str) -> str:
        """The text of a cell; a formula is a problem, and no text."""
        text = _value(self.line, self.columns[name]) if name in self.columns else ""
        if text.startswith("="):
            self._problem(name, "c'est une formule. Écrivez la valeur elle-même.")
            return ""
        return text

    def _problem(self, name: str, message: str) -> None:
        cell = f"{column_letters(self.columns[name])}{self.line.number}"
        self.problems.append(CellProblem(cell, self.line.number, message))

    def _first_name(self) -> str:
        before = len(self.problems)
        text = self._text(FIRST_NAME)
        if len(self.problems) > before:
            return ""
        try:
            return checked_first_name(text)
        except UsagerError as error:
            told = str(error)
            self._problem(FIRST_NAME, told[0].lower() + told[1:])
            return ""

    def _initial(self) -> str | None:
        """The first letter of the name: no more of it is kept."""
        text = self._text(NAME)
        letter = next((letter for letter in text if letter.isalpha()), None)
        if text and letter is None:
            self._problem(NAME, f"« {_short(text)} » n'est pas un nom. Écrivez-le en lettres.")
        # Some letters become two in capitals: ß, for one.
        return letter.upper()[:1] if letter else None

    def _decade(self) -> int | None:
        text = self._text(YEAR)
        if not text:
            return None
        found = _YEAR.search(text)
        year = int(found[1]) if found else 0
        if not OLDEST_YEAR <= year <= self.this_year:
            self._problem(YEAR, f"« {_short(text)} » n'est pas une année. Écrivez 4 chiffres, comme 1952.")
            return None
        return year // 10 * 10

    def _gender(self) -> str | None:
        text = self._text(GENDER)
        if not text:
            return None
        if _letters(text) not in GENDERS:
            self._problem(GENDER, f"« {_short(text)} » n'est pas un genre. Écrivez F, M ou N.")
        return GENDERS.get(_letters(text))


def column_letters(number: int) -> str:
    """« A » for 0, « AA » for 26: as spreadsheet programs name columns."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
