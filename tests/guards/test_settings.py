"""Every setting is documented, and a reverse proxy is believed only where one is announced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import request

from app import create_app
from app.config import ROOT, Settings
from app.web.access import Access, open_to


def test_every_setting_is_documented():
    text = (ROOT / "docs" / "installer.md").read_text(encoding="utf-8")
    names = {"database_url": "DATABASE_URL", "port": "PORT"}
    silent = [
        name for name in Settings.model_fields if f"`{names.get(name, f'JALONS_{name.upper()}')}`" not in text
    ]
    assert silent == []


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_the_address_that_is_throttled_is_the_persons(
    tmp_path: Path, content_read: Callable[[Path], Path], proxies: int, seen: str
):
    app = create_app(Settings(instance_dir=content_read(tmp_path), proxies=proxies, testing=True))

    @app.get("/adresse-vue")
    @open_to(Access.EVERYONE)
    def address_seen() -> str:
        return request.remote_addr or ""

    response = app.test_client().get("/adresse-vue", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert response.get_data(as_text=True) == seen
