"""Adding the people of a spreadsheet: what is read, what is refused, who is there already."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.services import people_import
from app.services.people_import import ImportFileError
from app.services.people_import_columns import read_people
from app.services.people_import_file import MOST_LINES, read_table
from app.store import queries
from tests.conftest import NOW


def people_in(content: bytes):
    return read_people(read_table(content), NOW.year)


def told(content: bytes) -> str:
    with pytest.raises(ImportFileError) as found:
        people_in(content)
    return str(found.value)


def workbook(rows, title="Feuil1", first_row=1) -> bytes:
    book = Workbook()
    page = book.active
    page.title = title
    for number, row in enumerate(rows, first_row):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


COOP_ROW = ["Bernard", "Josette", 1948, "Poya", "98827", "98827", "0601020304", "j@exemple.fr", "F", "note"]


class TestReading:
    def test_la_coop_s_model_is_read_from_its_fourth_line(self):
        content = workbook([COOP_ROW, ["Dupont", "Éric", None]], title="Bénéficiaires", first_row=4)
        josette, eric = people_in(content).people
        assert (josette.first_name, josette.last_initial) == ("Josette", "B")
        assert (josette.birth_decade, josette.gender, josette.line) == (1940, "feminin", 4)
        assert (eric.first_name, eric.birth_decade, eric.gender) == ("Éric", None, None)

    def test_its_explanations_above_are_no_people(self):
        rows = [["Nom*", "Prénom*", "Année de naissance"], ["obligatoire", "obligatoire", "4 chiffres"], []]
        found = people_in(workbook([*rows, COOP_ROW], title="Bénéficiaires"))
        assert [person.first_name for person in found.people] == ["Josette"]
        assert not found.problems

    @pytest.mark.parametrize("sign", [";", ",", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_csv_is_read_whatever_wrote_it(self, sign, encoding):
        lines = [["PRÉNOM ", "Nom de famille", "Née le", "Sexe"], ["Éloïse", "d'Arc", "12/03/1952", "femme"]]
        text = "\r\n".join(sign.join(line) for line in lines)
        [person] = people_in(text.encode(encoding)).people
        assert (person.first_name, person.last_initial) == ("Éloïse", "D")
        assert (person.birth_decade, person.gender) == (1950, "feminin")

    def test_dates_and_numbers_of_a_spreadsheet_are_years(self):
        rows = [["Prénom", "Année"], ["Ana", date(1961, 5, 4)], ["Bob", 1975.0], ["Cléa", "1988"]]
        assert [person.birth_decade for person in people_in(workbook(rows)).people] == [1960, 1970, 1980]

    def test_a_quoted_cell_holds_separators_and_lines(self):
        [person] = people_in('Prénom;Nom\n"Marie\nAnge; dite Mimi";C\n'.encode()).people
        assert person.first_name == "Marie Ange; dite Mimi"

    def test_each_wrong_cell_is_named_with_what_to_write(self):
        text = "Nom;Prénom;Année;Genre\nB;;1948;F\nC;12;19O2;Z\nD;=1+1;1950;N\nE;Ana;2090;M\n"
        found = people_in(text.encode())
        assert [problem.cell for problem in found.problems] == ["B2", "B3", "C3", "D3", "B4", "C5"]
        assert "Écrivez 4 chiffres" in found.problems[2].message
        assert "formule" in found.problems[4].message
        assert not found.people

    def test_empty_lines_are_passed_over(self):
        assert len(people_in("Prénom;Nom\n;\n\nAna;B\n;;;\n".encode()).people) == 1


class TestRefusing:
    def test_a_table_without_first_names_says_which_words_to_write(self):
        assert "« Prénom »" in told(b"a;b\n1;2\n")

    @pytest.mark.parametrize("content", [b"", b"   \n", b"\x89PNG\r\n\0\0", b"%PDF-1.7\0", b"PK\x03\x04rien"])
    def test_what_is_no_table_gets_a_sentence(self, content):
        assert told(content).endswith((".", "personnes."))

    def test_an_old_or_protected_workbook_says_how_to_save_it(self):
        assert "mot de passe" in told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def test_macros_are_refused(self):
        assert "macros" in told(twisted(add={"xl/vbaProject.bin": b"x"}))

    def test_a_bomb_is_not_opened(self):
        assert "trop gros" in told(twisted(add={"xl/media/zeros.xml": b"0" * 30_000_000}))

    def test_a_package_that_lies_about_its_sizes_is_not_opened(self):
        whole = twisted(add={"xl/zeros.xml": b"0" * 30_000_000})
        # The size that the directory announces for each part, put down to one byte.
        at = whole.rindex(b"PK\x01\x02")
        lying = whole[: at + 24] + struct.pack("<L", 1) + whole[at + 28 :]
        assert told(lying)

    @pytest.mark.parametrize(
        "head",
        [
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_refused(self, head, encoding):
        markup = f'<?xml version="1.0" encoding="{encoding}"?>{head}<a>&b;</a>'.encode(encoding)
        assert told(twisted(replace={"xl/worksheets/sheet1.xml": markup}))

    def test_a_sheet_that_says_it_is_immense_is_read_for_what_it_holds(self):
        content = twisted(
            edit={"xl/worksheets/sheet1.xml": (b'ref="A1:B2"', b'ref="A1:XFD1048576"')},
        )
        assert [person.first_name for person in people_in(content).people] == ["Ana"]

    def test_too_many_lines_are_refused(self):
        lines = "\n".join(["Prénom", *(["Ana"] * (MOST_LINES + 20))])
        assert str(MOST_LINES) in told(lines.encode())

    def test_a_twisted_workbook_is_refused(self):
        assert told(twisted(replace={"xl/workbook.xml": b"<workbook/>"}))


def twisted(*, add=None, replace=None, edit=None) -> bytes:
    """A sound workbook with parts added, replaced or edited."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["Prénom", "Nom"], ["Ana", "B"]]))) as sound,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        assert {*(replace or {}), *(edit or {})} <= set(sound.namelist())
        for name in sound.namelist():
            part = (replace or {}).get(name, sound.read(name))
            old, new = (edit or {}).get(name, (b"", b""))
            assert old in part
            package.writestr(name, part.replace(old, new) if old else part)
        for name, part in (add or {}).items():
            package.writestr(name, part)
    return file.getvalue()


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(content):
    try:
        people_in(content)
    except ImportFileError as error:
        assert str(error)


@settings(max_examples=300)
@given(
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
def test_no_text_makes_it_fail(rows, sign, encoding):
    text = "\n".join([sign.join(["Prénom", "Nom", "Année", "Genre"]), *(sign.join(row) for row in rows)])
    try:
        found = people_in(text.encode(encoding, errors="ignore"))
    except ImportFileError as error:
        assert str(error)
        return
    for person in found.people:
        assert person.first_name.strip()
        assert person.last_initial is None or len(person.last_initial) == 1
        assert person.birth_decade is None or person.birth_decade % 10 == 0


class TestAdding:
    @pytest.fixture
    def add(self, structure, new_id):
        def do(text: str, choices=None, import_id=None):
            found = people_import.dry_run(structure, text.encode(), NOW)
            done = people_import.add_people(
                structure,
                found.candidates,
                choices or {},
                import_id=import_id or new_id(),
                now=NOW,
                rng=random.Random(0),
            )
            return found, done

        return do

    def test_a_dry_run_writes_nothing(self, structure):
        people_import.dry_run(structure, "Prénom\nAna\n".encode(), NOW)
        assert not queries.named_usagers(structure.id)

    def test_people_are_added_with_what_is_kept_and_no_more(self, add, structure):
        _, done = add("Prénom;Nom;Année;Genre;Téléphone\nAna;Bravo;1951;F;0601020304\n")
        assert done == people_import.Added(1, 0)
        [ana] = queries.named_usagers(structure.id)
        assert (ana.first_name, ana.last_initial, ana.birth_decade, ana.gender) == (
            "Ana",
            "B",
            1950,
            "feminin",
        )
        assert ana.card
        assert ana.goal_id is None

    def test_the_same_import_twice_adds_once(self, add, structure, new_id):
        one = new_id()
        add("Prénom\nAna\nBob\n", import_id=one)
        _, again = add("Prénom\nAna\nBob\n", import_id=one)
        assert again == people_import.Added(0, 0)
        _, later = add("Prénom\nAna\nBob\n")
        assert later == people_import.Added(0, 0)
        assert len(queries.named_usagers(structure.id)) == 2

    def test_somebody_there_is_completed_and_never_changed(self, add, structure, make_usager):
        make_usager(structure, "Éloïse", birth_decade=1950)
        found, done = add("Prénom;Nom;Année;Genre\neloise;Bravo;;F\n")
        assert [candidate.is_doubtful for candidate in found.candidates] == [True]
        assert done == people_import.Added(0, 1)
        [eloise] = queries.named_usagers(structure.id)
        assert (eloise.first_name, eloise.birth_decade, eloise.gender) == ("Éloïse", 1950, "feminin")

    def test_another_decade_or_initial_is_another_person(self, add, structure, make_usager):
        make_usager(structure, "Ana", birth_decade=1950)
        found, _ = add("Prénom;Nom;Année\nAna;B;1968\nAna;C;1951\n")
        assert not found.doubtful
        assert len(queries.named_usagers(structure.id)) == 3

    def test_saying_that_it_is_another_person_adds_them(self, add, structure, usager):
        _, done = add("Prénom;Nom\nJosette;B\n", {2: "autre"})
        assert done.added == 1
        assert len(queries.named_usagers(structure.id)) == 2

    def test_a_person_written_twice_is_added_once_with_both_lines(self, add, structure):
        found, done = add("Prénom;Nom;Année;Genre\nAna;B;1951;\nANA;B;;F\n")
        assert found.candidates[1].same_as_line == 2
        assert done.added == 1
        [ana] = queries.named_usagers(structure.id)
        assert (ana.birth_decade, ana.gender) == (1950, "feminin")

    def test_people_of_another_structure_are_nobody_here(self, add, other_structure, make_usager):
        make_usager(other_structure, "Ana")
        found, _ = add("Prénom;Nom\nAna;B\n")
        assert not found.doubtful

    def test_cards_are_left_for_who_comes_next(self, add, structure):
        add("\n".join(["Prénom", *(f"Personne {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(100))]))
        cards = [person.card for person in queries.named_usagers(structure.id) if person.card]
        assert len(set(cards)) == len(cards) == 70
