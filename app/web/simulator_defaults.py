"""What a simulator knows before a scene says anything, as a module that browsers keep.

A telephone draws some hundred icons and holds thirty usual settings; said again by each scene, they would be
most of what a tablet waits for.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from typing import Any

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response

from app.content.models.simulated_scene import Start
from app.content.simulators import SCENES
from app.web.access import Access, open_to
from app.web.joined_files import joined
from app.web.static_files import FOLDER, PREFIX, file, kept
from app.web.templating import drawing

FRAME_ICONS = ("eye", "help-circle", "player-skip-forward", "check", "bulb", "arrow-right", "hand-finger")

FRAME = "simulateur"
IN_TWO_PARTS = {"telephone"}
"""Those that are too much for one page: short pages before the first question bring a part each."""
SCRIPTS = "js/simulateurs"

blueprint = Blueprint("simulator_defaults", __name__, url_prefix=PREFIX)


@blueprint.get(f"/<asked>/{SCRIPTS}/<script>.js")
@open_to(Access.EVERYONE)
def simulator(asked: str, script: str) -> Response:
    """A simulator with what it knows; another script of the folder as any file."""
    name = f"{SCRIPTS}/{script}.js"
    if not _is_known(script) or script in IN_TWO_PARTS or current_app.debug:
        return file(asked, name)
    given = {f"{SCRIPTS}/donnees/{script}.js": f"{{known: {_known_as_text(script)}}}"}
    return kept(joined(FOLDER, name, given).encode(), "text/javascript", asked)


@blueprint.get(f"/<asked>/{SCRIPTS}/donnees/<script>.js")
@open_to(Access.EVERYONE)
def module(asked: str, script: str) -> Response:
    """``known``, which the module ``script`` gives to the frame of simulators."""
    if not _is_known(script):
        abort(404)
    return kept(f"export const known={_known_as_text(script)};".encode(), "text/javascript", asked)


def _is_known(script: str) -> bool:
    return script == FRAME or script in _starts()


def _known_as_text(script: str) -> str:
    what = {"icones": _drawings(FRAME_ICONS)} if script == FRAME else known(_starts()[script])
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))


@cache
def known(start: type[Start]) -> dict[str, dict[str, Any]]:
    """``icones``, by their names: what the simulator's own buttons show besides. ``depart``: what the
    application holds where the scene does not say otherwise."""
    return {
        "icones": _drawings(set(start.icons) - set(FRAME_ICONS)),
        "depart": start.model_construct().model_dump(by_alias=True, mode="json"),
    }


def _drawings(names: Collection[str]) -> dict[str, str]:
    return {name: drawing(name) for name in sorted(names)}


@cache
def _starts() -> dict[str, type[Start]]:
    """What each module of ``static/js/simulateurs`` draws."""
    starts = (scene.model_fields["start"].annotation for scene in SCENES.values())
    return {start.script: start for start in starts if start}
