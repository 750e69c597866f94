"""The database: one SQLAlchemy object, SQLite made safe, migrations by Alembic."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as alembic_upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase

MIGRATIONS = Path(__file__).parent / "migrations"

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()


def connect(app: Flask) -> None:
    """Give the application its database and its migrations."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _make_sqlite_safe)


def _make_sqlite_safe(connection: sqlite3.Connection, _record: Any) -> None:
    cursor = connection.cursor()
    # An answer that was acknowledged must survive a power cut: FULL syncs the log at every commit.
    safe = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
    # What is erased is overwritten, instead of staying readable in the free parts of the file.
    for pragma in (*safe, "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def write_once(*batches: Iterable[Base]) -> bool:
    """Write these in order and commit; false, with nothing written, where the same thing was written just
    before: a button touched twice, a form sent again."""
    try:
        for batch in batches:
            db.session.add_all(batch)
            db.session.flush()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def leave_no_trace() -> None:
    """Have what was erased leave SQLite's log too, where nobody is reading it; call it after a commit."""
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def upgrade(app: Flask) -> None:
    """Bring the database to the newest schema."""
    with app.app_context():
        alembic_upgrade(directory=str(MIGRATIONS))
