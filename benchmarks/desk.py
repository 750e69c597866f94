"""How long a conseiller waits for the day, people's list and pages, and groups, in a large structure.

    python -m benchmarks.desk [--usagers 10000] [--evidence 1000000] [--views 60] [--seed 7]
        [--instance FOLDER] [--json]

The database is made up: goals, devices and modules of the shipped content, a diagnostic and some twenty
sessions a person over two years, all drawn from the seed, and what Today keeps of each person (which
``jalons db rebuild`` would derive in 20 ms each). Nobody's data are in it. With ``--instance`` it is kept
there, and taken as it is the next time. What is timed is a page from its request to its last byte, inside the
process (no socket), SQLite as it is served; ``processor`` is the time of this process alone, which does not
count what else the machine does. The first page, which loads the engine, is left out.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

EMAIL, PASSWORD = "mesure@exemple.fr", "un mot de passe de mesure"
BATCH = 20_000
SESSIONS = 20
STEPS_OF_DIAGNOSTIC = 20
FIRST_NAMES = ("Josette", "Raymond", "Fatoumata", "Élise", "Mohamed", "Thi Lan", "Zoé", "Yvon", "Ana", "Noël")
HELPS = ("fait_pour", "accompagne", "guide", "seul", "transmet")
PAGES_OF_A_PERSON = ("", "modules", "progres", "historique", "plan")
GROUPED = (12, 60, 120)
"""People put into groups at once: an atelier or two, a conseiller's busy week, the most that is taken."""
OUTCOMES = ("reussi", "rate", "je_ne_sais_pas", "montre")


def main() -> None:
    """Make the database where there is none, measure, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(options.instance or folder)
        app = _application(instance)
        with app.app_context():
            made_in = _make_if_empty(options)
        report = measure(app, options)
        report["made_in_seconds"] = made_in
    print(json.dumps(report, indent=2) if options.json else _as_text(report))


def _application(instance: Path) -> Flask:
    from app import create_app
    from app.config import Settings
    from app.store import database

    settings = Settings(instance_dir=instance, database_url=None, argon2_time_cost=1, argon2_memory_kib=64)
    app = create_app(settings)
    database.upgrade(app)
    return app


# --- a large structure, made up ---


def _make_if_empty(options: argparse.Namespace) -> float:
    from app.services.accounts import create_account, create_structure
    from app.store import queries
    from app.store.database import db

    if queries.any_structure():
        return 0.0
    begin = time.perf_counter()
    now = datetime.now(UTC)
    structure = create_structure("Mesure", now=now)
    account = create_account(
        structure, email=EMAIL, name="Mesure", password=PASSWORD, role="conseiller", now=now
    )
    db.session.commit()
    _Town(structure.id, account.id, now, options).make()
    db.session.execute(sa.text("ANALYZE"))
    db.session.commit()
    return round(time.perf_counter() - begin, 1)


class _Town:
    """The rows of everyone, in the order that references want, drawn person by person."""

    def __init__(
        self, structure_id: uuid.UUID, author_id: uuid.UUID, now: datetime, options: argparse.Namespace
    ) -> None:
        from app.services.engines import current_engines

        self.structure_id, self.author_id, self.now = structure_id, author_id, now
        self.usagers = options.usagers
        self.each = options.evidence // options.usagers
        self.rng = random.Random(options.seed)
        content = current_engines().content
        self.goals = [
            (goal.id, device, content.goal_modules(goal.id, device))
            for goal in content.goals.values()
            for device in sorted(goal.devices)
        ]

    def make(self) -> None:
        from app.store.models import DiagnosticSitting, EvidenceRow, Seance, Usager, UsagerSummary

        people = [self._person(n) for n in range(self.usagers)]
        sittings = [self._sitting(person) for person in people]
        seances = [self._seance(person, n) for person in people for n in range(SESSIONS)]
        for table, rows in (
            (Usager, people),
            (DiagnosticSitting, sittings),
            (Seance, seances),
            (EvidenceRow, self._evidence(people, sittings, seances)),
            (UsagerSummary, [self._summary(person, seances, n) for n, person in enumerate(people)]),
        ):
            self._insert(table, rows)

    def _insert(self, table: Any, rows: Iterable[dict[str, Any]]) -> None:
        from app.store.database import db

        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            db.session.execute(sa.insert(table), batch)
            db.session.commit()

    def _id(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _person(self, number: int) -> dict[str, Any]:
        goal_id, device, _ = self.rng.choice(self.goals)
        return {
            "structure_id": self.structure_id, "id": self._id(), "device": device, "goal_id": goal_id,
            "first_name": f"{self.rng.choice(FIRST_NAMES)} {number}",
            "last_initial": self.rng.choice("ABCDEF"),
            "referent_id": self.author_id if number % 3 == 0 else None,
            "created_at": self.now - timedelta(days=self.rng.uniform(30, 730)),
        }  # fmt: skip

    def _sitting(self, person: dict[str, Any]) -> dict[str, Any]:
        return {
            "structure_id": self.structure_id, "id": self._id(), "usager_id": person["id"],
            "goal_id": person["goal_id"], "device": person["device"], "started_at": person["created_at"],
            "ended_at": person["created_at"] + timedelta(minutes=12), "stop_reason": "assez_sur",
        }  # fmt: skip

    def _seance(self, person: dict[str, Any], number: int) -> dict[str, Any]:
        since = (self.now - person["created_at"]) * self.rng.uniform(0.6, 1)
        at = person["created_at"] + since * ((number + 1) / (SESSIONS + 1)) ** 1.3
        return {
            "structure_id": self.structure_id, "id": self._id(), "usager_id": person["id"],
            "author_id": self.author_id, "device": person["device"], "minutes": 60,
            "occurred_at": at, "recorded_at": at,
        }  # fmt: skip

    def _summary(self, person: dict[str, Any], seances: list[dict[str, Any]], n: int) -> dict[str, Any]:
        last = seances[(n + 1) * SESSIONS - 1]["occurred_at"]
        some = self.rng.random
        return {
            "structure_id": self.structure_id, "usager_id": person["id"], "touched": 1, "counted": 1,
            "last_seen_at": last,
            "stuck_module_id": "messagerie.lire" if some() < 0.05 else None, "stuck_help": "guide",
            "review_module_id": "messagerie.lire",
            "review_due_at": self.now + timedelta(days=self.rng.uniform(-60, 120)),
            "reached_goal_id": person["goal_id"] if some() < 0.05 else None,
        }  # fmt: skip

    def _evidence(
        self,
        people: list[dict[str, Any]],
        sittings: list[dict[str, Any]],
        seances: list[dict[str, Any]],
    ) -> Iterator[dict[str, Any]]:
        modules_of = {(goal_id, device): modules for goal_id, device, modules in self.goals}
        for n, (person, sitting) in enumerate(zip(people, sittings, strict=True)):
            modules = modules_of[person["goal_id"], person["device"]]
            own = seances[n * SESSIONS : (n + 1) * SESSIONS]
            for k in range(self.each):
                module = self.rng.choice(modules)
                if k < STEPS_OF_DIAGNOSTIC:
                    yield self._row(person, module, sitting["started_at"], {
                        "source": "diagnostic", "sitting_id": sitting["id"], "help": None, "seance_id": None,
                        "outcome": self.rng.choice(OUTCOMES), "guess": 0.05, "slip": 0.1, "author_id": None,
                        "item_id": f"mesure.{k}",
                    })  # fmt: skip
                else:
                    seance = own[k % SESSIONS]
                    yield self._row(person, module, seance["occurred_at"], {
                        "source": "observation", "sitting_id": None, "seance_id": seance["id"],
                        "help": self.rng.choice(HELPS), "outcome": None, "guess": None, "slip": None,
                        "author_id": self.author_id, "item_id": None,
                    })  # fmt: skip

    def _row(self, person: dict[str, Any], module: str, at: datetime, told: dict[str, Any]) -> dict[str, Any]:
        row_id = self._id()
        return {
            "structure_id": self.structure_id, "id": row_id, "answer_id": row_id, "usager_id": person["id"],
            "module_id": module, "step": 0, "device": person["device"], "content_version": "mesure",
            "occurred_at": at, "recorded_at": at, **told,
        }  # fmt: skip


# --- measuring ---


def measure(app: Flask, options: argparse.Namespace) -> dict[str, Any]:
    """Open each page as often as asked; milliseconds, by name of the page."""
    from app.serving.server import spare_lasting_objects
    from app.store.database import db
    from app.store.models import EvidenceRow, Usager

    with app.app_context():
        ids = list(db.session.scalars(sa.select(Usager.id)))
        rows = db.session.scalar(sa.select(sa.func.count()).select_from(EvidenceRow))
    client = app.test_client()
    _sign_in(client)
    spare_lasting_objects()
    rng = random.Random(options.seed)

    def of_someone(page: str) -> Callable[[], str]:
        return lambda: f"/conseiller/usagers/{rng.choice(ids)}/{page}"

    def groups_of(people: int) -> Callable[[], str]:
        return lambda: (
            "/atelier/groupes?appareil=ordinateur&taille=8"
            + "".join(f"&p={id_}" for id_ in rng.sample(ids, people))
        )

    pages: dict[str, Callable[[], str]] = {
        "aujourd'hui": lambda: "/conseiller/aujourd-hui",
        "liste": lambda: f"/conseiller/?page={rng.randint(1, 200)}",
        "liste, recherche": lambda: f"/conseiller/?q={rng.choice(FIRST_NAMES)} {rng.randint(1, 99)}",
        "liste, pas vus depuis 6 semaines": lambda: "/conseiller/?pas_vu=42&tri=vus_il_y_a_longtemps",
        **{f"personne, {page or 'chemin'}": of_someone(page) for page in PAGES_OF_A_PERSON},
        "groupes, à former": lambda: "/atelier/groupes",
        **{f"groupes, {people} personnes": groups_of(people) for people in GROUPED},
    }
    return {
        "usagers": len(ids),
        "evidence": rows,
        "pages": {name: _timed(client, address, options.views) for name, address in pages.items()},
    }


def _sign_in(client: FlaskClient) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/connexion/", data={"email": EMAIL, "password": PASSWORD})
    if answer.status_code != 302:
        raise SystemExit("La connexion a échoué.")
    client.get("/conseiller/aujourd-hui")


def _timed(client: FlaskClient, address: Callable[[], str], views: int) -> dict[str, float]:
    waited, used = [], []
    for _ in range(views):
        begin, processor = time.perf_counter(), time.process_time()
        answer = client.get(address())
        size = len(answer.get_data())
        waited.append((time.perf_counter() - begin) * 1000)
        used.append((time.process_time() - processor) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code} sur {answer.request.path}")
    cuts = statistics.quantiles(waited, n=100, method="inclusive")
    return {
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "processor_p50_ms": round(statistics.median(used), 1),
        "kb": round(size / 1024),
    }


def _as_text(report: dict[str, Any]) -> str:
    lines = [
        f"{report['usagers']} personnes, {report['evidence']} lignes d'évidence",
        "",
        f"{'page':<36}{'p50 ms':>9}{'p95 ms':>9}{'processeur ms':>15}{'Ko':>6}",
    ]
    for name, row in report["pages"].items():
        lines.append(
            f"{name:<36}{row['p50_ms']:>9}{row['p95_ms']:>9}{row['processor_p50_ms']:>15}{row['kb']:>6}"
        )
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--usagers", type=int, default=10_000)
    parser.add_argument("--evidence", type=int, default=1_000_000, help="rows of evidence in all")
    parser.add_argument("--views", type=int, default=60, help="times that each page is opened")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--instance", help="folder to keep the database in, and to find it again")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
