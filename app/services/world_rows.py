"""The CSV files of a world, row by row: each row comes with its place, which an error names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from reprlib import repr as shown


class WorldError(ValueError):
    """A world that cannot be read or written; the message, in French, says where and what to do."""


def read_rows(
    path: Path, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Each row's place, ``file:line``, and its cells in the order of ``needed``, then ``optional``.

    Columns may come in any order, with others between them; a name needed twice is a column written twice.
    An optional column that is not there gives empty cells. Empty rows are passed over. Raises ``WorldError``.
    """
    rows = _rows(path)
    place, header = next(rows, (f"{path}:1", []))
    columns = _columns(place, header, needed, optional)
    least = 1 + max(column for column in columns[: len(needed)] if column is not None)
    for place, cells in rows:
        if len(cells) < least or any(cells[len(header) :]):
            raise WorldError(
                f"{place} : {len(cells)} cellules au lieu de {len(header)}, écrivez une cellule par colonne"
                " (un nombre prend un point : 0.25)"
            )
        yield place, [cells[c] if c is not None and c < len(cells) else "" for c in columns]


def number(place: str, name: str, text: str, least: float, most: float) -> float:
    """A number between two bounds. Raises ``WorldError``."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and least <= value <= most):
        raise WorldError(
            f"{place} : {name} vaut {shown(text)}, écrivez un nombre de {least:g} à {most:g}, comme 0.25"
        )
    return value


def _plain(name: str) -> str:
    """A column's name, on one line and not too long."""
    return shown(name)[1:-1]


def _columns(
    place: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> list[int | None]:
    """Where each wanted column is; None for an optional one that is not there."""
    if not header:
        raise WorldError(f"{place} : le fichier est vide, écrivez d’abord les colonnes {_named(needed)}")
    left: dict[str, list[int]] = {}
    for column, name in enumerate(header):
        left.setdefault(name, []).append(column)
    columns: list[int | None] = []
    for name in needed:
        if not left.get(name):
            raise WorldError(f"{place} : il manque la colonne {_plain(name)}{_other_separator(header)}")
        columns.append(left[name].pop(0))
    columns += [left[name].pop(0) if left.get(name) else None for name in optional]
    twice = next((name for name in [*needed, *optional] if left.get(name)), None)
    if twice is not None:
        raise WorldError(f"{place} : la colonne {_plain(twice)} est écrite deux fois, gardez-en une")
    return columns


def _named(columns: Sequence[str]) -> str:
    return ",".join(map(_plain, columns[:4])) + (",…" if len(columns) > 4 else "")


def _other_separator(header: Sequence[str]) -> str:
    for mark, name in ((";", "points-virgules"), ("\t", "tabulations")):
        if len(header) == 1 and mark in header[0]:
            return f" : séparez les colonnes par des virgules, pas par des {name}"
    return ""


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    while True:
        # A row may go over several lines: its place is where it begins.
        place = f"{path}:{reader.line_num + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise WorldError(f"{place} : cette ligne n’est pas du CSV, vérifiez ses guillemets") from error
        if cells is None:
            return
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield place, cells


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WorldError(f"{path} : {_why_unreadable(error)}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        raise WorldError(
            f"{path}:{line} : ce n’est pas de l’UTF-8, enregistrez le fichier en UTF-8"
        ) from error
    if "\0" in text:
        line = 1 + text.count("\n", 0, text.index("\0"))
        raise WorldError(f"{path}:{line} : un caractère nul, enregistrez le fichier en CSV et en UTF-8")
    return text


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return (
            "ce fichier n’existe pas, il faut un dossier avec modules.csv, items.csv et answers.csv,"
            " et mastery.csv pour jalons evaluate"
        )
    if isinstance(error, IsADirectoryError):
        return "c’est un dossier, mettez un fichier CSV à sa place"
    if isinstance(error, PermissionError):
        return "donnez-vous le droit de lire ce fichier"
    return f"ce fichier ne se lit pas ({error.strerror})"
