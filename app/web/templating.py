"""What templates can call: icons, pictures of the trail, dates in the structure's zone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Flask, url_for
from jinja2.ext import Extension
from markupsafe import Markup, escape

from app.content.typography import NBSP, typographie
from app.content.unbroken import unbroken_runs
from app.reports.letters import leaves_a_line
from app.services.sentences import you_can
from app.web.static_files import version

ICONS = Path(__file__).parent / "static" / "icons" / "tabler"
PHOTOS = ICONS.parent / "cliches"
SITE_ICON = ICONS.parent / "jalons.svg"
PLACEHOLDER = '<circle cx="12" cy="12" r="4"/>'
"""For an icon that content names and `make vendor` has not brought in: the page still opens."""
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def equip(app: Flask) -> None:
    """Give templates their functions and filters."""
    app.jinja_env.globals.update(
        icon=icon,
        drawing=shapes,
        asset=asset,
        site_icon=site_icon,
        you_can=you_can,
        leaves_a_line=leaves_a_line,
    )
    app.jinja_env.filters.update(
        day=day, day_and_hour=day_and_hour, typographie=typographie, point_at=point_at, unbroken=unbroken
    )
    app.jinja_env.add_extension(FrenchTypography)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["json.dumps_kwargs"] = {"separators": (",", ":")}


class FrenchTypography(Extension):
    """Templates are typed with plain spaces and apostrophes; their texts come out with the right ones."""

    CODE_OR_TAG = re.compile(r"(\{[{%#].*?[}%#]\}|<[^>]*>)", re.DOTALL)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with its texts set in French; code and tags are left alone."""
        parts = self.CODE_OR_TAG.split(source)
        # Odd places are what the pattern caught.
        return "".join(part if n % 2 else typographie(part) for n, part in enumerate(parts))


@cache
def drawing(name: str) -> str:
    """The shapes of a Tabler icon, or of a picture that stands for a photo, without the frame around them."""
    path = (PHOTOS if name.startswith("cliche-") else ICONS) / f"{name}.svg"
    if not path.is_file():
        return PLACEHOLDER
    svg = path.read_text(encoding="utf-8")
    return svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]


def shapes(name: str) -> Markup:
    """The shapes of an icon, to put inside a drawing."""
    return Markup(drawing(name))


def icon(name: str, label: str | None = None, css: str = "") -> Markup:
    """A Tabler icon drawn in the page. With a label it is a picture; without, decoration."""
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="icon {css}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" focusable="false" {role}>{drawing}</svg>'
    ).format(css=escape(css), role=role, drawing=Markup(drawing(name)))


def point_at(drawn: Markup, zones: Collection[str]) -> Markup:
    """The drawn screen with these of its places ringed."""

    def ringed(button: re.Match[str]) -> str:
        return f'class="zone pointed {button[0][12:]}' if button[1] in zones else button[0]

    return Markup(re.sub(r'class="zone [^"]*" type="submit" name="reponse" value="([^"]*)"', ringed, drawn))


def unbroken(text: str, typed: Iterable[str]) -> Markup:
    """The text, what is to be typed kept on one line wherever it is in it."""
    parts, done = [], 0
    for start, end in unbroken_runs(text, typed):
        run = Markup('<span class="unbroken">{}</span>').format(text[start:end])
        parts += [escape(text[done:start]), run]
        done = end
    return Markup("").join([*parts, escape(text[done:])])


def asset(path: str) -> str:
    """The address of a static file, which browsers keep until it changes."""
    return url_for("files.file", asked=version(), filename=path)


@cache
def site_icon() -> Markup:
    """The picture of the browser's tab as an address that holds it: it costs no request."""
    svg = SITE_ICON.read_text(encoding="utf-8").strip().replace('"', "'")
    return Markup("data:image/svg+xml," + quote(svg, safe=" '=:.()-"))


def day(moment: datetime, zone: str = "Europe/Paris", *, with_year: bool = False) -> str:
    """« mardi 3 mars » in the structure's zone."""
    local = moment.astimezone(ZoneInfo(zone))
    number = "1er" if local.day == 1 else str(local.day)
    text = f"{DAYS[local.weekday()]} {number} {MONTHS[local.month - 1]}"
    return f"{text} {local.year}" if with_year else text


def day_and_hour(moment: datetime, zone: str = "Europe/Paris") -> str:
    """« mardi 3 mars à 14 h 05 » in the structure's zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day(moment, zone)} à {local.hour}{NBSP}h{NBSP}{local.minute:02d}"
