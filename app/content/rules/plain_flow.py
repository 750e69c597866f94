"""Lines that only the slow parser reads: quoting them keeps the start of Jalons fast."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.problem import Problem, Severity, shown_path
from app.content.sources import Sources

RULE = "guillemets"


def check(sources: Sources) -> Iterator[Problem]:
    """The first such line of each file."""
    for document in sources.documents.values():
        if document.slow_line:
            message = "mettez entre guillemets les textes de cette ligne : le fichier se lira plus vite"
            file = shown_path(document.path)
            yield Problem(file, document.slow_line, "fichier", message, RULE, Severity.WARNING)
