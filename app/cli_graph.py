"""Drawing the module graph for the `jalons` command."""

from __future__ import annotations

from pathlib import Path

from app.cli_french import Refusal
from app.config import Settings
from app.content.library import Content
from app.content.models import DEVICES
from app.content.problem import ContentError
from app.reports.module_graph import draw


def drawn(settings: Settings, device: str) -> str:
    """The graph of those who learn on a device, as SVG."""
    if device not in DEVICES:
        raise Refusal(f"Un appareil est {', '.join(DEVICES)} : « {device} » n’en est pas un.")
    try:
        content = Content.load(settings.parcours_dir, settings.quizzes_dir)
    except ContentError as error:
        raise Refusal(f"{error}\nLe graphe se dessine quand « jalons content check » passe.") from error
    return draw(content.graph(device).digraph, content.domains).svg


def write(svg: str, file: Path) -> None:
    """Put the drawing in a file; its folder must be there."""
    try:
        file.write_text(svg + "\n", encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{file} ne peut pas être écrit. Choisissez un dossier qui existe.") from error
