"""The address that tablets must open to join an atelier."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request, url_for

from app.serving.addresses import lan_addresses
from app.store.models import Atelier


def join_url(atelier: Atelier) -> str | None:
    """The address in the QR code; ``None`` where the page is open on the laptop itself and it is on no
    network, as tablets cannot reach it then."""
    host = _host_for_tablets()
    return host and f"{request.scheme}://{host}{url_for('atelier.join_code', code=atelier.code)}"


def welcome_url(slug: str) -> str | None:
    """Where people of a structure begin, as tablets reach it; ``None`` where they cannot."""
    host = _host_for_tablets()
    return host and f"{request.scheme}://{host}{url_for('accueil.welcome', slug=slug)}"


def typed_address() -> str | None:
    """The same place as one types it by hand, without the code."""
    host = _host_for_tablets()
    return host and f"{host}{url_for('atelier.join')}"


def _host_for_tablets() -> str | None:
    """The name that this page was asked by, or the laptop's address on its network where that says only
    « this machine »."""
    parts = urlsplit(f"//{request.host}")
    if not _is_loopback(parts.hostname or ""):
        return request.host
    addresses = lan_addresses()
    if not addresses:
        return None
    return f"{addresses[0]}:{parts.port}" if parts.port else addresses[0]


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
