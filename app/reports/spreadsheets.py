"""Tables as XLSX, ODS and CSV files that no spreadsheet program takes for a programme."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | date | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv; charset=utf-8"

_FORMULA = re.compile(r"^[\s]*[=+\-@]|^[\t\r\n]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """A table with its title, at most 31 letters, and the titles of its columns."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def harmless(value: Cell) -> Cell:
    """A text that a program would run as a formula (= + - @, or a tab first) gets an apostrophe in front;
    letters that no spreadsheet can hold are left out."""
    if not isinstance(value, str):
        return value
    text = _UNWRITABLE.sub("", value)
    return f"'{text}" if _FORMULA.match(text) else text


def as_csv(sheet: Sheet) -> bytes:
    """With semicolons, a byte order mark and days first: how a French spreadsheet program opens it right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(title) for title in sheet.header])
    for row in sheet.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _csv_cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return harmless(value)  # type: ignore[return-value]


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Excel's format; dates are dates, the first line stays in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number, title in enumerate(sheet.header, 1):
            page.column_dimensions[get_column_letter(number)].width = min(max(len(title) + 2, 12), 40)
        line = []
        for title in sheet.header:
            cell = WriteOnlyCell(page, harmless(title))
            cell.font = Font(bold=True)
            line.append(cell)
        page.append(line)
        for row in sheet.rows:
            page.append([_xlsx_cell(page, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xlsx_cell(page: object, value: Cell) -> object:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, date):
        return harmless(value)
    cell = WriteOnlyCell(page, value)
    cell.number_format = "dd/mm/yyyy"
    return cell


def as_ods(sheets: Sequence[Sheet]) -> bytes:
    """OpenDocument, which LibreOffice opens. Written here: the library tried took a second for 250 lines."""
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            # First and not compressed: that is how the format is recognised.
            package.writestr(zipfile.ZipInfo("mimetype"), ODS, zipfile.ZIP_STORED)
            package.writestr("META-INF/manifest.xml", _MANIFEST)
            with package.open("content.xml", "w") as content:
                content.write(_CONTENT_BEGINS.encode())
                for sheet in sheets:
                    content.write(f"<table:table table:name={quoteattr(sheet.title)}>".encode())
                    content.write(_ods_row(sheet.header, "bold").encode())
                    for row in sheet.rows:
                        content.write(_ods_row(row).encode())
                    content.write(b"</table:table>")
                content.write(_CONTENT_ENDS.encode())
        return file.getvalue()


def _ods_row(values: Sequence[Cell], style: str = "") -> str:
    return f"<table:table-row>{''.join(_ods_cell(value, style) for value in values)}</table:table-row>"


def _ods_cell(value: Cell, style: str) -> str:
    styled = f' table:style-name="{style}"' if style else ""
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date"'
            f' office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{_csv_cell(value)}</text:p></table:table-cell>"
        )
    text = escape(str(harmless(value)))
    return f'<table:table-cell{styled} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "style": "style",
        "table": "table",
        "text": "text",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_CONTENT_BEGINS = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
    "<office:automatic-styles>"
    '<number:date-style style:name="french"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="french"/>'
    '<style:style style:name="bold" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_CONTENT_ENDS = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
