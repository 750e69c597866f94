"""How Alembic reaches the application's database (through Flask-Migrate)."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from app.store.types import UtcDateTime

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our own column types as what the database has: migrations outlive the application's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    with migrate.db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # SQLite changes a column by making the table anew, which a reference to it would forbid.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=render_item,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration left references to nothing: {broken[:5]}")
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
