"""A spreadsheet that somebody sends: its lines as text, or one sentence that says what to do.

What comes from elsewhere is not trusted: sizes are checked before anything is opened, nothing is run, no
other file is read, and all that is not text in cells is left out.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from app.services.people import plain

MOST_LINES = 2000
MOST_COLUMNS = 40
LONGEST_CELL = 200
MOST_PARTS = 300
MOST_BYTES_OPENED = 20_000_000
"""Of a workbook once uncompressed; two thousand people take half of one million."""
COOP_SHEET = "beneficiaires"
DELIMITERS = (";", ",", "\t", "|")

NOT_A_TABLE = "Ce fichier n'est pas un tableau. Enregistrez-le en XLSX ou en CSV, puis redonnez-le."
TOO_LONG = f"Ce tableau a plus de {MOST_LINES} lignes. Coupez-le en plusieurs fichiers."
TOO_HEAVY = "Ce fichier est trop gros une fois ouvert. Gardez seulement la feuille des personnes."
HAS_MACROS = "Ce fichier contient des macros. Enregistrez-le en XLSX simple, puis redonnez-le."
OLD_FORMAT = (
    "Ce fichier a un mot de passe, ou un format ancien. Enregistrez-le en XLSX, sans mot de passe,"
    " puis redonnez-le."
)
IS_EMPTY = "Ce fichier est vide. Choisissez celui où sont les personnes."


class ImportFileError(ValueError):
    """The file cannot be read; the message says what to do, in French."""


@dataclass(frozen=True)
class Line:
    """A line of the table: its number as a spreadsheet program shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The lines that hold something; ``is_coop`` where the sheet is the one of La Coop's model."""

    lines: tuple[Line, ...]
    is_coop: bool = False


def read_table(content: bytes) -> Table:
    """The table in a file, recognised by what it holds and not by its name. Raises ``ImportFileError``."""
    if not content.strip():
        raise ImportFileError(IS_EMPTY)
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportFileError(OLD_FORMAT)
    return Table(_lines(_csv_rows(_text(content))))


def _lines(rows: Iterable[Iterable[object]]) -> tuple[Line, ...]:
    """The lines that are not empty. Raises ``ImportFileError`` where there are too many."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = tuple(_cell(value) for value in islice(row, MOST_COLUMNS))
        if any(cells):
            found.append(Line(number, cells))
        if len(found) > MOST_LINES + 10:  # titles are not people
            raise ImportFileError(TOO_LONG)
    return tuple(found)


def _cell(value: object) -> str:
    """What a cell shows, on one line."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = "".join(letter if letter.isprintable() else " " for letter in str(value)[: 2 * LONGEST_CELL])
    return " ".join(text.split())[:LONGEST_CELL]


# --- CSV ---


def _text(content: bytes) -> str:
    """The letters of the file: UTF-16 where it says so, else UTF-8, else what Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise ImportFileError(NOT_A_TABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv_rows(text: str) -> Iterator[list[str]]:
    try:
        yield from islice(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 10**6)
    except csv.Error as error:
        raise ImportFileError(NOT_A_TABLE) from error


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into the most columns, the same number on most of them."""
    first = [line for line in text.splitlines()[:20] if line.strip()]

    def regular(sign: str) -> int:
        counts = [line.count(sign) for line in first]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    return max(DELIMITERS, key=regular)


# --- XLSX ---


def _workbook(content: bytes) -> Table:
    _check_package(content)
    try:
        return _read_workbook(content)
    except ImportFileError:
        raise
    except Exception as error:  # the library raises anything on a workbook that somebody has twisted
        raise ImportFileError(NOT_A_TABLE) from error


def _check_package(content: bytes) -> None:
    """Refuse, before it is opened, what is not a plain workbook of a reasonable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_OPENED:
                raise ImportFileError(TOO_HEAVY)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ImportFileError(HAS_MACROS)
            if "[Content_Types].xml" not in names:
                raise ImportFileError(NOT_A_TABLE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_markup(package.read(part))
    except ImportFileError:
        raise
    except Exception as error:  # a package that is cut, encrypted, or lies about its sizes
        raise ImportFileError(NOT_A_TABLE) from error


def _check_markup(markup: bytes) -> None:
    """No workbook declares a document type: whoever does wants to reach other files, or to swell."""
    if b"\0" in markup or b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise ImportFileError(NOT_A_TABLE)


def _read_workbook(content: bytes) -> Table:
    from openpyxl import load_workbook

    # Formulas stay as they were typed: their last result may be anything, and they are told to the person.
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        pages = book.worksheets
        if not pages:
            raise ImportFileError(IS_EMPTY)
        coop = next((page for page in pages if plain(page.title) == COOP_SHEET), None)
        rows = (coop or pages[0]).iter_rows(
            min_row=1, max_row=MOST_LINES * 5, max_col=MOST_COLUMNS, values_only=True
        )
        return Table(_lines(rows), is_coop=coop is not None)
    finally:
        book.close()
