"""The fixed cast of the tests: an application with the shipped content, a structure, its people."""

from __future__ import annotations

import os
import random
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from app import create_app
from app.config import Settings
from app.services import accounts, usagers
from app.store import database
from app.store.database import db
from app.store.models import Account, Structure, Usager
from tests.checked_client import CheckedClient

settings.register_profile("no time limit: machines differ", deadline=None)
settings.load_profile("no time limit: machines differ")

NOW = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
PASSWORD = "un mot de passe long"


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all the tests of a process; ``app`` gives it empty to each test."""
    instance: Path = tmp_path_factory.mktemp("instance")
    app = create_app(
        Settings(
            instance_dir=instance,
            database_url=os.environ.get("JALONS_TEST_DATABASE_URL", f"sqlite:///{instance / 'test.db'}"),
            argon2_time_cost=1,
            argon2_memory_kib=64,
            testing=True,
        )
    )
    app.test_client_class = CheckedClient
    database.upgrade(app)
    return app


@pytest.fixture(scope="session")
def content_read(whole_app: Flask) -> Callable[[Path], Path]:
    """Gives an instance folder what is kept of the content: its application need not read every file."""

    def give(instance: Path) -> Path:
        return Path(shutil.copytree(Path(whole_app.instance_path) / "cache", instance / "cache")).parent

    return give


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    from app.web.security import limiter

    with whole_app.app_context():
        limiter.reset()
        yield whole_app
        db.session.rollback()
        with db.engine.begin() as connection:
            if db.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(db.metadata.sorted_tables):
                connection.execute(table.delete())
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has used."""
    return app.test_client()


@pytest.fixture
def structure(app: Flask) -> Structure:
    made = accounts.create_structure("Médiathèque de Vieux-Habitants", now=NOW, timezone="America/Guadeloupe")
    db.session.commit()
    return made


@pytest.fixture
def other_structure(app: Flask) -> Structure:
    made = accounts.create_structure("EPN de Poya", now=NOW, timezone="Pacific/Noumea")
    db.session.commit()
    return made


@pytest.fixture
def make_account(app: Flask) -> Callable[..., Account]:
    def make(structure: Structure, email: str = "sandy@exemple.fr", role: str = "conseiller") -> Account:
        account = accounts.create_account(
            structure, email=email, name="Sandy", password=PASSWORD, role=role, now=NOW
        )
        db.session.commit()
        return account

    return make


@pytest.fixture
def conseiller(structure: Structure, make_account: Callable[..., Account]) -> Account:
    return make_account(structure)


@pytest.fixture
def signed_in(client: FlaskClient, conseiller: Account) -> FlaskClient:
    """A browser in which the conseiller has signed in."""
    response = client.post("/connexion/", data={"email": conseiller.email, "password": PASSWORD})
    assert response.status_code == 302
    return client


@pytest.fixture
def make_usager(app: Flask) -> Callable[..., Usager]:
    def make(structure: Structure, first_name: str = "Josette", **fields: object) -> Usager:
        usager = usagers.register(
            structure,
            first_name=first_name,
            last_initial="B",
            goal_id="envoyer-un-message",
            device="ordinateur",
            now=NOW,
            rng=random.Random(first_name),
        )
        for name, value in fields.items():
            setattr(usager, name, value)
        db.session.commit()
        return usager

    return make


@pytest.fixture
def usager(structure: Structure, make_usager: Callable[..., Usager]) -> Usager:
    return make_usager(structure)


@pytest.fixture
def new_id() -> Callable[[], uuid.UUID]:
    """Ids as a browser would make them, the same at each run."""
    rng = random.Random(0)
    return lambda: uuid.UUID(int=rng.getrandbits(128), version=4)
