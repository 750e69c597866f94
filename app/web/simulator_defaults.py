"""What a simulator knows before a scene says anything, as a module that browsers keep.

A telephone draws some hundred icons and holds thirty usual settings; said again by each scene, they would be most
of what a tablet waits for.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from app.content.models.simulated_scene import Start
from app.content.simulators import SCENES
from app.web.access import Access, open_to
from app.web.static_files import PREFIX, kept
from app.web.templating import drawing

FRAME_ICONS = ("eye", "help-circle", "player-skip-forward", "check", "bulb", "arrow-right", "hand-finger")

blueprint = Blueprint("simulator_defaults", __name__, url_prefix=PREFIX)


@blueprint.get("/<asked>/js/simulateurs/donnees/<script>.js")
@open_to(Access.EVERYONE)
def module(asked: str, script: str) -> Response:
    """``known``, which the module ``script`` gives to the frame of simulators."""
    if script not in _starts():
        abort(404)
    text = json.dumps(known(_starts()[script]), ensure_ascii=False, separators=(",", ":"))
    return kept(f"export const known={text};".encode(), "text/javascript", asked)


@cache
def known(start: type[Start]) -> dict[str, dict[str, Any]]:
    """``icones``, by their names: those of the frame and of the simulator's own buttons. ``depart``: what the
    application holds where the scene does not say otherwise."""
    return {
        "icones": {name: drawing(name) for name in sorted({*FRAME_ICONS, *start.icons})},
        "depart": start.model_construct().model_dump(by_alias=True, mode="json"),
    }


@cache
def _starts() -> dict[str, type[Start]]:
    """What each module of ``static/js/simulateurs`` draws."""
    starts = (scene.model_fields["start"].annotation for scene in SCENES.values())
    return {start.script: start for start in starts if start}
