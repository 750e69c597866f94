"""Settings, read from the environment (prefix ``JALONS_``) and from nothing else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where Jalons keeps its data, what it listens on, how long someone stays signed in."""

    model_config = SettingsConfigDict(env_prefix="JALONS_", populate_by_name=True)

    instance_dir: Path = ROOT / "instance"
    parcours_dir: Path = ROOT / "parcours"
    quizzes_dir: Path = ROOT / "quizzes"
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "JALONS_DATABASE_URL")
    )
    port: int = Field(default=8000, validation_alias=AliasChoices("PORT", "JALONS_PORT"))
    https: bool = False
    """True behind a reverse proxy that speaks https: cookies are then sent over https only."""
    proxies: int = 0
    """How many reverse proxies stand in front: that many ``X-Forwarded-*`` values are believed, no more."""
    conseiller_hours: int = 10
    """Hours after which a conseiller signs in again."""
    usager_hours: int = 4
    """Hours after which an usager's screens are forgotten by the browser."""
    usager_idle_minutes: int = 20
    """Minutes without a request after which a tablet no longer opens on the person who had it."""
    rate_limit_storage: str = "memory://"
    """Where sign-in attempts are counted; a shared store (redis://…) where there are several processes."""
    argon2_time_cost: int = 3
    argon2_memory_kib: int = 65536
    testing: bool = False

    @property
    def database_uri(self) -> str:
        """The SQLAlchemy address: ``DATABASE_URL``, or a SQLite file in the instance folder."""
        if self.database_url:
            return self.database_url.replace("postgres://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.instance_dir / 'jalons.db'}"

    def secret_key(self) -> str:
        """The key that signs cookies, made at first start, readable by its owner alone."""
        path = self.instance_dir / "secret_key"
        self.instance_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
