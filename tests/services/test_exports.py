"""What goes out, read back with other code than wrote it and compared with the database."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.engine.evidence import Help
from app.reports.spreadsheets import Sheet, as_csv, as_ods, as_xlsx, harmless
from app.services import ateliers, coop_codes, coop_export, seances
from app.services.periods import Period, PeriodError
from app.services.person_export import person_file
from app.services.person_summary import lines_of
from app.services.seances import NewSeance
from app.store.database import db
from app.store.models import Place, Seance
from tests.conftest import NOW

LIRE, SOURIS = "messagerie.lire", "ordinateur.souris"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "America/Guadeloupe")


@pytest.fixture
def record(conseiller, new_id):
    def do(person, helps, at=NOW, **fields):
        new = NewSeance(new_id(), helps, 45, "tablette", "domicile", at)
        made = seances.record(person, conseiller, new, at + timedelta(hours=1))
        for name, value in fields.items():
            setattr(made, name, value)
        db.session.commit()
        return made

    return do


@pytest.fixture
def activities(structure, conseiller, make_usager, record, new_id):
    """A session with everything, people without a file, an atelier of three, and one outside the period."""
    place = Place(
        structure_id=structure.id, id=new_id(), name="=Bus", address="2 rue du Port", town="Pointe-Noire",
        postcode="97116", insee="97121", created_at=NOW,
    )  # fmt: skip
    db.session.add(place)
    db.session.commit()
    josette = make_usager(structure, birth_decade=1950, gender="feminin", occupation="retraite")
    josette.first_name = "-Josette"  # no form takes such a name; older files may hold one
    db.session.commit()
    record(
        josette, {LIRE: Help.GUIDED, SOURIS: Help.ALONE, "ordinateur.clavier": Help.DONE_FOR},
        place_id=place.id, themes=["sante"], procedure_theme="logement", redirected_to="aide_sociale",
    )  # fmt: skip
    db.session.add(
        Seance(
            structure_id=structure.id, id=new_id(), author_id=conseiller.id, participants=2, drop_in=True,
            device="telephone", minutes=20, themes=["email"], occurred_at=NOW - timedelta(hours=5),
            recorded_at=NOW, anonymous=[{"age": "soixante_dix_plus", "gender": "masculin"}],
        )
    )  # fmt: skip
    together = [make_usager(structure, name) for name in ("Ana", "Bob", "Cléa")]
    atelier = ateliers.open_atelier(
        conseiller, atelier_id=new_id(), module_id=LIRE, device="ordinateur", minutes=90,
        usager_ids=[person.id for person in together], now=NOW - timedelta(days=1), rng=random.Random(0),
    )  # fmt: skip
    atelier.level = "debutant"
    for person in together:
        ateliers.mark(atelier, person.id, Help.ALONE, NOW)
    ateliers.close(atelier, conseiller, NOW)
    record(josette, {LIRE: Help.ALONE}, at=NOW - timedelta(days=60))
    return structure


def sheets(structure) -> Sheet:
    found = coop_export.all_activities(structure.id, MARCH)
    return Sheet("Activités", coop_export.header(), [coop_export.row_of(activity) for activity in found])


def read_workbook(content: bytes):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def read_csv(content: bytes):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(int(value)) if isinstance(value, float) else str(value)


class TestActivities:
    def test_columns_are_la_coop_s_in_order(self):
        assert coop_export.header() == [
            "Date", "Enregistré le", "Dernière modification le", "Type", "Participants", "Bénéficiaire",
            "Canaux d'accompagnement", "Nom du lieu", "Adresse", "Commune", "Code postal", "Code Insee",
            "Durée (min)", "Nom de l'atelier", "Matériel numérique utilisé", "Thématique(s) d'accompagnement",
            "Tags", "Nom de la démarche administrative", "Niveau d'autonomie (ou de l'atelier)",
            "Bénéficiaire réorienté", "Structure de redirection", "Commune du bénéficiaire",
            "Code postal du bénéficiaire", "Code Insee du bénéficiaire", "Genre du bénéficiaire",
            "Tranche d'âge du bénéficiaire", "Statut du bénéficiaire", "Notes supplémentaires", "ID CRA",
        ]  # fmt: skip

    @pytest.mark.parametrize("write", [as_xlsx, as_ods, as_csv])
    def test_each_format_read_back_is_the_database(self, activities, write):
        sheet = sheets(activities)
        rows = read_csv(write(sheet)) if write is as_csv else read_workbook(write([sheet]))
        in_database = db.session.scalars(
            sa.select(Seance)
            .where(Seance.structure_id == activities.id, Seance.occurred_at >= MARCH.start)
            .order_by(Seance.occurred_at.desc())
        ).all()
        wanted = {str(seance.atelier_id or seance.id): [] for seance in in_database}
        for seance in in_database:
            wanted[str(seance.atelier_id or seance.id)].append(seance)
        assert [row["ID CRA"] for row in rows] == list(wanted)
        for row in rows:
            group = wanted[row["ID CRA"]]
            text = {name: as_text(value) for name, value in row.items()}
            local = group[0].occurred_at.astimezone(MARCH.start.tzinfo).strftime("%d/%m/%Y")
            assert text["Date"] == local
            assert text["Type"] == group[0].kind
            assert text["Participants"] == str(sum(seance.participants for seance in group))
            assert text["Canaux d'accompagnement"] == group[0].place
            assert text["Durée (min)"] == str(group[0].minutes)
            assert text["Matériel numérique utilisé"] == group[0].device

    def test_a_session_says_all_that_la_coop_asks(self, activities):
        row = read_csv(as_csv(sheets(activities)))[0]
        assert row["Bénéficiaire"] == "'-Josette B."
        assert row["Nom du lieu"] == "'=Bus"
        assert (row["Code postal"], row["Code Insee"]) == ("97116", "97121")
        assert row["Thématique(s) d'accompagnement"] == "prendre_en_main_du_materiel, email, sante"
        assert row["Nom de la démarche administrative"] == "logement"
        assert row["Niveau d'autonomie (ou de l'atelier)"] == "partiellement_autonome"
        assert (row["Bénéficiaire réorienté"], row["Structure de redirection"]) == ("Oui", "aide_sociale")
        assert row["Genre du bénéficiaire"] == "feminin"
        assert row["Tranche d'âge du bénéficiaire"] == "soixante_dix_plus"
        assert row["Statut du bénéficiaire"] == "retraite"

    def test_an_atelier_is_one_line_without_names(self, activities):
        [row] = [r for r in read_csv(as_csv(sheets(activities))) if r["Type"] == "collectif"]
        assert (row["Participants"], row["Bénéficiaire"]) == ("3", "")
        assert row["Niveau d'autonomie (ou de l'atelier)"] == "debutant"
        assert row["Thématique(s) d'accompagnement"] == "email"
        assert row["Genre du bénéficiaire"] == ""

    def test_people_without_a_file_count(self, activities):
        [row] = [r for r in read_csv(as_csv(sheets(activities))) if r["Bénéficiaire"] == "Anonyme"]
        assert row["Participants"] == "2"
        assert row["Tranche d'âge du bénéficiaire"] == "soixante_dix_plus"

    def test_totals_are_those_of_the_lines(self, activities):
        lines = list(coop_export.all_activities(activities.id, MARCH))
        totals = coop_export.totals(activities.id, MARCH)
        assert totals.activities == len(lines) == 3
        assert totals.participants == sum(line.participants for line in lines) == 6
        assert totals.minutes == sum(line.minutes for line in lines) == 155

    def test_days_are_those_of_the_structure(self, structure, usager, record):
        # Four in the morning of the first of April in UTC is still March in Guadeloupe.
        record(usager, {LIRE: Help.ALONE}, at=MARCH.end - timedelta(minutes=5))
        [line] = coop_export.all_activities(structure.id, MARCH)
        assert line.day == date(2026, 3, 31)

    def test_a_correction_changes_the_level_and_the_date_of_change(
        self, structure, usager, conseiller, record, new_id
    ):
        from app.store import queries

        record(usager, {LIRE: Help.ACCOMPANIED})
        [row] = queries.evidence_of(usager)
        seances.correct(row, conseiller, Help.ALONE, row_id=new_id(), now=NOW + timedelta(days=2))
        [line] = coop_export.all_activities(structure.id, MARCH)
        assert line.level == "autonome"
        assert line.changed == (NOW + timedelta(days=2)).date()

    def test_another_structure_sees_nothing(self, activities, other_structure):
        assert not list(coop_export.all_activities(other_structure.id, MARCH))

    def test_pages_hold_each_activity_once(self, activities):
        pages = [
            coop_export.activities(activities.id, MARCH, limit=1, offset=offset)[0].id for offset in range(3)
        ]
        assert pages == [line.id for line in coop_export.all_activities(activities.id, MARCH)]


@pytest.mark.parametrize(
    ("helps", "level"),
    [
        ([], None),
        ([Help.DONE_FOR], "entierement_accompagne"),
        ([Help.ALONE, Help.TEACHES], "autonome"),
        ([Help.ACCOMPANIED, Help.TEACHES], "entierement_accompagne"),
        ([Help.ACCOMPANIED, Help.GUIDED, Help.ALONE], "partiellement_autonome"),
    ],
)
def test_the_level_of_a_session_is_the_middle_one_of_its_modules(helps, level):
    assert coop_codes.autonomy_level(helps) == level


@pytest.mark.parametrize(
    ("decade", "band"),
    [
        (None, "non_communique"),
        (1950, "soixante_dix_plus"),
        (1960, "soixante_soixante_neuf"),
        (2020, "moins_de_douze"),
    ],
)
def test_a_decade_is_the_age_of_most_of_its_people(decade, band):
    assert coop_codes.age_of_decade(decade, date(2026, 3, 2)) == band


@given(st.text(max_size=30))
def test_no_text_leaves_as_a_formula(text):
    left = str(harmless(text))
    assert not left.lstrip().startswith(("=", "+", "-", "@"))
    assert not left.startswith(("\t", "\r"))


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_odd_letters_do_not_break_a_workbook(write):
    texts = ["a\x00b", "<&>\"'", "é\ud800", "🙂", '=HYPERLINK("x")', "ligne\nlongue"]
    rows = read_workbook(write([Sheet("T", ["Texte"], [[text] for text in texts])]))
    assert rows[1]["Texte"] == "<&>\"'"
    assert rows[3]["Texte"] == "🙂"
    assert rows[4]["Texte"].startswith("'=")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(1990, 1, 1), date(1990, 2, 1)),
        (date(2010, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_period_that_cannot_be_says_why(first, last):
    with pytest.raises(PeriodError):
        Period(first, last, "Europe/Paris")


def test_the_months_of_a_period_are_the_period():
    period = Period(date(2025, 12, 15), date(2026, 3, 2), "Europe/Paris")
    parts = period.months()
    assert [month for month, _, _ in parts] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    assert parts[0][1] == period.start
    assert parts[-1][2] == period.end
    assert all(one[2] == two[1] for one, two in pairwise(parts))


def test_the_summary_for_the_person_says_what_the_cnil_is(usager):
    rights = dict(lines_of(person_file(usager, "Europe/Paris", NOW)))["Vos droits"]
    assert "La CNIL est le service public qui protège vos informations." in rights
