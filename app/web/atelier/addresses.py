"""The address that tablets must open to join an atelier."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request, url_for

from app.serving.addresses import ONLY_HERE, is_loopback, lan_addresses
from app.store.models import Atelier


def join_url(atelier: Atelier) -> str | None:
    """The address in the QR code; ``None`` where the page is open on the laptop itself and tablets cannot
    reach it: it is on no network, or Jalons listens to it alone."""
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


def answers_only_here() -> bool:
    """Was Jalons started for this computer alone? Behind another server, that one answers the network."""
    is_behind = current_app.extensions["jalons_settings"].proxies > 0
    return bool(current_app.extensions.get(ONLY_HERE)) and not is_behind


def _host_for_tablets() -> str | None:
    """The name that this page was asked by, or the laptop's address on its network where that says only
    « this machine »."""
    parts = urlsplit(f"//{request.host}")
    if not is_loopback(parts.hostname or ""):
        return request.host
    if answers_only_here():
        return None
    addresses = lan_addresses()
    if not addresses:
        return None
    return f"{addresses[0]}:{parts.port}" if parts.port else addresses[0]
