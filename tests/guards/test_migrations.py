"""The migrations give exactly the tables of the models."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.store.database import db


def test_the_newest_migration_matches_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_sqlite_is_set_to_survive_a_power_cut(app):
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_every_table_of_a_structure_has_the_structure_first_in_its_key(app):
    for table in db.metadata.tables.values():
        if table.name != "structure":
            assert table.primary_key.columns[0].name == "structure_id", table.name
