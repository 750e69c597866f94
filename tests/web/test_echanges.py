"""What comes in and goes out, through the browser's requests."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from app.engine.evidence import Help
from app.services import calendar_feed, seances, usagers
from app.services.clock import now
from app.services.seances import NewSeance
from app.store import exchange_queries, queries
from app.store.database import db
from app.store.models import Appointment, HandOver, PlanChange, UsagerNote
from tests.conftest import PASSWORD
from tests.web.conseiller_cast import answer_all, form_of, page_of, text_of

LIRE = "messagerie.lire"
PAGES = ["activites", "statistiques", "statistiques/rapport", "statistiques/questions", "importer", "agenda"]
FILES = [
    "activites.xlsx", "activites.ods", "activites.csv", "statistiques.xlsx", "statistiques.csv",
    "statistiques/rapport.pdf", "statistiques/mois.svg", "statistiques/themes.svg", "statistiques/ages.svg",
    "statistiques/progres.svg?avant=3-2-1&apres=5-1-0",
]  # fmt: skip


@pytest.fixture
def volunteer(client, structure, make_account):
    account = make_account(structure, "nadege@exemple.fr", role="benevole")
    client.post("/connexion/", data={"email": account.email, "password": PASSWORD})
    return client


@pytest.fixture
def six(structure, make_usager, conseiller, new_id):
    """Six people who came twice."""
    people = [make_usager(structure, name) for name in ("Ana", "Bob", "Cléa", "Dan", "Ève", "Flo")]
    for person in people:
        for days, help in ((9, Help.ACCOMPANIED), (2, Help.ALONE)):
            at = now() - timedelta(days=days)
            seances.record(
                person, conseiller, NewSeance(new_id(), {LIRE: help}, 60, "tablette", "domicile", at), at
            )
    return people


class TestPages:
    @pytest.mark.parametrize("path", PAGES)
    def test_each_page_opens_with_nothing_and_with_people(self, signed_in, path, request):
        assert signed_in.get(f"/echanges/{path}").status_code == 200
        request.getfixturevalue("six")
        assert signed_in.get(f"/echanges/{path}").status_code == 200

    @pytest.mark.parametrize("file", FILES)
    def test_each_file_is_given(self, signed_in, six, file):
        response = signed_in.get(f"/echanges/{file}")
        assert response.status_code == 200
        assert len(response.data) > 100

    @pytest.mark.parametrize(
        "asked",
        [
            "du=2026-03-31&au=2026-03-01",
            "du=hier&au=demain",
            "du=0001-01-01&au=9999-12-31",
            "du=2026-01-01",
            "du=&au=x",
        ],
    )
    def test_a_period_that_cannot_be_says_so_and_shows_the_usual_one(self, signed_in, six, asked):
        for page in ("activites", "statistiques"):
            page_found = page_of(signed_in.get(f"/echanges/{page}?{asked}"))
            assert page_found.select_one(".message.problem")
        assert signed_in.get(f"/echanges/activites.csv?{asked}").status_code == 404

    @pytest.mark.parametrize(
        "path",
        ["activites.exe", "statistiques.ods", "statistiques/rien.svg",
         "statistiques/progres.svg?avant=1-2&apres=a-b-c", "agenda/trop-court.ics", f"agenda/{'a' * 43}.ics"],
    )  # fmt: skip
    def test_what_does_not_exist_is_404(self, signed_in, path):
        assert signed_in.get(f"/echanges/{path}").status_code == 404

    def test_a_volunteer_has_the_calendar_and_nothing_with_names(self, volunteer, usager):
        assert volunteer.get("/echanges/").location.endswith("/echanges/agenda")
        assert volunteer.get("/echanges/agenda").status_code == 200
        for path in ("activites", "activites.csv", "importer", "statistiques", f"usagers/{usager.id}"):
            assert volunteer.get(f"/echanges/{path}").status_code == 404
        assert volunteer.post(f"/echanges/usagers/{usager.id}").status_code == 404


class TestActivities:
    def test_the_file_is_what_the_screen_shows(self, signed_in, six):
        page = page_of(signed_in.get("/echanges/activites"))
        file = signed_in.get("/echanges/activites.csv").data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(file, newline=""), delimiter=";"))
        lines = page.select("table.activities tbody tr")
        assert len(lines) == len(rows) == 12
        for line, row in zip(lines, rows, strict=True):
            codes = [tag["value"] for tag in line.select("data")]
            assert codes == [
                row["Type"], row["Canaux d'accompagnement"], row["Durée (min)"],
                row["Matériel numérique utilisé"], *row["Thématique(s) d'accompagnement"].split(", "),
                row["Niveau d'autonomie (ou de l'atelier)"],
            ]  # fmt: skip
            assert line.select_one("time").get_text() == row["Date"]
            assert row["Bénéficiaire"] in line.get_text()
        assert "12 activités , 12 participations, 12 h" in text_of(signed_in.get("/echanges/activites"))

    def test_workbooks_say_what_their_codes_mean(self, signed_in, six):
        for extension in ("xlsx", "ods"):
            content = signed_in.get(f"/echanges/activites.{extension}").data
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            assert book.sheet_names == ["Activités", "Codes"]
            assert ["Type", "individuel", "Individuel"] in book.get_sheet_by_index(1).to_python()

    def test_another_structure_is_not_in_it(
        self, signed_in, other_structure, make_usager, make_account, new_id
    ):
        stranger = make_account(other_structure, "autre@exemple.fr")
        person = make_usager(other_structure, "Hnassé")
        at = now()
        seances.record(
            person, stranger, NewSeance(new_id(), {LIRE: Help.ALONE}, 60, "tablette", "domicile", at), at
        )
        assert "Hnassé" not in signed_in.get("/echanges/activites").get_data(as_text=True)
        assert "Hnassé" not in signed_in.get("/echanges/activites.csv").get_data(as_text=True)


def send(client, text: str | bytes, name="personnes.csv"):
    content = text.encode() if isinstance(text, str) else text
    return client.post("/echanges/importer", data={"fichier": (io.BytesIO(content), name)})


class TestImport:
    def test_nothing_is_added_before_somebody_has_looked(self, signed_in, structure):
        text = text_of(send(signed_in, "Prénom;Nom\nAna;B\n"))
        assert "1 à ajouter" in text
        assert not queries.named_usagers(structure.id)

    def test_looking_then_adding(self, signed_in, structure, usager):
        page = page_of(send(signed_in, "Prénom;Nom;Année\nJosette;B;1948\nAna;C;1951\n;D;1950\n"))
        assert "A4" in page.get_text()
        data = form_of(page)
        added = signed_in.post("/echanges/importer/ajouter", data=data, follow_redirects=True)
        assert "1 personne ajoutée et 1 fiche complétée" in text_of(added)
        again = signed_in.post("/echanges/importer/ajouter", data=data, follow_redirects=True)
        assert "déjà là" in text_of(again)
        people = {person.first_name: person.birth_decade for person in queries.named_usagers(structure.id)}
        assert people == {"Josette": 1940, "Ana": 1950}

    def test_saying_another_person(self, signed_in, structure, usager):
        page = page_of(send(signed_in, "Prénom;Nom\nJosette;B\n"))
        signed_in.post("/echanges/importer/ajouter", data={**form_of(page), "ligne-2": "autre"})
        assert len(queries.named_usagers(structure.id)) == 2

    @pytest.mark.parametrize(
        "choice", ["", "n'importe quoi", "00000000-0000-0000-0000-000000000007", "ligne-99"]
    )
    def test_a_choice_that_does_not_exist_adds_nobody_twice(self, signed_in, structure, usager, choice):
        page = page_of(send(signed_in, "Prénom;Nom\nJosette;B\n"))
        signed_in.post("/echanges/importer/ajouter", data={**form_of(page), "ligne-2": choice})
        assert len(queries.named_usagers(structure.id)) == 1

    @pytest.mark.parametrize("content", [b"", b"\0\0", b"PK\x03\x04", b"a;b\n1;2", b"\xd0\xcf\x11\xe0"])
    def test_a_file_that_cannot_be_read_gets_a_sentence(self, signed_in, content):
        assert page_of(send(signed_in, content, "x.xlsx"), 422).select_one(".message.problem")

    def test_no_file_at_all_gets_a_sentence(self, signed_in):
        for data in ({}, {"fichier": "texte"}):
            assert "Choisissez d'abord" in text_of(
                signed_in.post("/echanges/importer", data=data), 422
            ).replace("’", "'")

    def test_a_page_that_was_changed_is_refused(self, signed_in, structure):
        data = form_of(page_of(send(signed_in, "Prénom\nAna\n")))
        for lines in ("", "x", data["lignes"][0][:-3] + "abc"):
            response = signed_in.post("/echanges/importer/ajouter", data={**data, "lignes": lines})
            assert "trop ancienne" in text_of(response, 422)
        assert not queries.named_usagers(structure.id)

    def test_a_page_of_another_structure_adds_nobody_here(
        self, signed_in, app, structure, other_structure, make_account
    ):
        account = make_account(other_structure, "autre@exemple.fr")
        other = app.test_client()
        other.post("/connexion/", data={"email": account.email, "password": PASSWORD})
        data = form_of(page_of(send(other, "Prénom\nAna\n")))
        assert signed_in.post("/echanges/importer/ajouter", data=data).status_code == 422
        assert not queries.named_usagers(structure.id)

    def test_two_thousand_people_pass(self, signed_in, structure):
        lines = "\n".join(["Prénom;Année", *(f"Personne {n:04},;19{n % 100:02}" for n in range(1990))])
        lines = lines.replace(",", "")
        page = page_of(send(signed_in, re.sub(r"Personne (\d)(\d)(\d)(\d)", _name, lines)))
        response = signed_in.post("/echanges/importer/ajouter", data=form_of(page))
        assert response.status_code == 302
        assert len(queries.named_usagers(structure.id)) == 1990


def _name(found: re.Match[str]) -> str:
    return "Ana " + "".join("abcdefghij"[int(digit)] for digit in found.groups())


class TestCalendar:
    def test_opening_renewing_and_closing(self, signed_in, conseiller, client, app):
        signed_in.post("/echanges/agenda", data={"action": "ouvrir", "noms": "non"})
        address = page_of(signed_in.get("/echanges/agenda")).select_one("#adresse")["value"]
        path = address.partition("localhost")[2]
        phone = app.test_client()
        response = phone.get(path)
        assert response.mimetype == "text/calendar"
        assert Calendar.from_ical(response.data)["version"] == "2.0"
        signed_in.post("/echanges/agenda", data={"action": "ouvrir", "noms": "oui"})
        assert phone.get(path).status_code == 404
        signed_in.post("/echanges/agenda", data={"action": "fermer"})
        db.session.expire_all()
        assert conseiller.calendar_token is None

    def test_the_address_signs_nobody_in(self, conseiller, app):
        calendar_feed.open_feed(conseiller, names=True)
        phone = app.test_client()
        phone.get(f"/echanges/agenda/{conseiller.calendar_token}.ics")
        assert phone.get("/conseiller/").status_code == 302


class TestPersonCopy:
    @pytest.fixture
    def followed(self, structure, conseiller, usager, new_id):
        """Somebody with something in every table."""
        at = now() - timedelta(days=3)
        nameless = usagers.start_without_name(structure, "e-sante", at)
        answer_all(nameless, at, most=3)
        usagers.attach(nameless, usager)
        made = seances.record(
            usager, conseiller, NewSeance(new_id(), {LIRE: Help.GUIDED}, 60, "tablette", "domicile", at), at
        )
        rows = [row for row in queries.evidence_of(usager) if row.seance_id == made.id]
        seances.correct(rows[0], conseiller, Help.ALONE, row_id=new_id(), now=now())
        own = {"structure_id": structure.id, "usager_id": usager.id}
        db.session.add_all(
            [
                Appointment(**own, author_id=conseiller.id, starts_at=at, minutes=30, created_at=at),
                PlanChange(**own, author_id=conseiller.id, kind="epingler", module_id=LIRE, made_at=at),
                UsagerNote(**own, author_id=conseiller.id, text="Vient avec sa fille.", written_at=at),
                HandOver(**own, from_id=conseiller.id, told={"but": "lire"}, made_at=at),
            ]
        )
        db.session.commit()
        return usager

    def test_the_copy_is_everything_in_the_database(self, signed_in, followed, conseiller):
        response = signed_in.post(f"/echanges/usagers/{followed.id}")
        package = zipfile.ZipFile(io.BytesIO(response.data))
        assert sorted(package.namelist()) == ["donnees.json", "lisez-moi.txt", "resume.pdf"]
        data = json.loads(package.read("donnees.json"))
        rows = queries.evidence_of(followed)
        assert [fact["identifiant"] for fact in data["faits"]] == [str(row.id) for row in rows]
        assert [fact["resultat"] for fact in data["faits"]] == [row.outcome for row in rows]
        assert [fact["aide"] for fact in data["faits"]] == [row.help for row in rows]
        assert [fact["corrige"] for fact in data["faits"]] == [
            str(row.corrects_id) if row.corrects_id else None for row in rows
        ]
        for key, found in {
            "diagnostics": queries.sittings_of(followed),
            "seances": queries.seances_of(followed),
            "rendez_vous": exchange_queries.appointments_of(followed),
            "chemin_change": exchange_queries.plan_changes_of(followed),
            "notes": exchange_queries.notes_of(followed),
            "passages": exchange_queries.hand_overs_of(followed),
        }.items():
            assert len(data[key]) == len(found) >= 1, key
        assert data["notes"][0]["texte"] == "Vient avec sa fille."
        assert data["personne"]["prenom"] == "Josette"
        assert followed.secret not in package.read("donnees.json").decode()
        keys = {
            line.split()[0]
            for line in package.read("lisez-moi.txt").decode().splitlines()
            if line[:1].isalpha()
        }
        assert set(data) <= keys

    def test_taking_it_is_noted_and_the_copy_says_so(self, signed_in, followed, conseiller):
        assert signed_in.get(f"/echanges/usagers/{followed.id}").status_code == 200
        assert not [a for a in exchange_queries.accesses_to(followed) if a.action == "export"]
        response = signed_in.post(f"/echanges/usagers/{followed.id}")
        [access] = [a for a in exchange_queries.accesses_to(followed) if a.action == "export"]
        assert access.account_id == conseiller.id
        data = json.loads(zipfile.ZipFile(io.BytesIO(response.data)).read("donnees.json"))
        assert data["consultations"][-1]["action"] == "export"

    def test_somebody_of_another_structure_is_404(self, signed_in, other_structure, make_usager):
        stranger = make_usager(other_structure, "Hnassé")
        assert signed_in.post(f"/echanges/usagers/{stranger.id}").status_code == 404


class TestStatistics:
    def test_the_files_are_what_the_screen_shows(self, signed_in, six):
        page = page_of(signed_in.get("/echanges/statistiques"))
        shown = {}
        for table in page.select("main table"):
            title = re.split(r"[.]", table.caption.get_text())[0].replace("’", "'")
            columns = [tag.get_text().replace("’", "'") for tag in table.select("thead th")][1:]
            for row in table.select("tbody tr"):
                label = row.th.get_text().replace("’", "'")
                for column, cell in zip(columns, row.select("td"), strict=True):
                    shown[title, label, column] = cell.get_text()
        csv_rows = list(
            csv.reader(
                io.StringIO(signed_in.get("/echanges/statistiques.csv").data.decode("utf-8-sig")),
                delimiter=";",
            )
        )
        book = CalamineWorkbook.from_filelike(io.BytesIO(signed_in.get("/echanges/statistiques.xlsx").data))
        for rows in (csv_rows, book.get_sheet_by_index(0).to_python()):
            found = {tuple(row[:3]): row[3] for row in rows[1:]}
            for (title, label, column), value in shown.items():
                if title not in ("Modules au début et à la fin",):
                    in_file = found[title, label, column]
                    in_file = str(int(in_file)) if isinstance(in_file, float) else in_file
                    assert in_file == value, (title, label, column)
            assert str(found["Totaux", "Personnes venues", "Valeur"]) in ("6", "6.0")

    def test_no_name_is_on_any_of_them(self, signed_in, six):
        for path in ("statistiques", "statistiques/rapport", "statistiques.csv", "statistiques/questions"):
            text = signed_in.get(f"/echanges/{path}").get_data(as_text=True)
            assert not [person.first_name for person in six if f"{person.first_name} B" in text]

    def test_the_report_has_two_pages_at_most(self, signed_in, six):
        pdf = signed_in.get("/echanges/statistiques/rapport.pdf").data
        assert int(re.search(rb"/Count (\d+)", pdf)[1]) <= 2
