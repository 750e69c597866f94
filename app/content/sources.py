"""All content files, read and checked one by one against their models."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from app.content.document import Document, Loc, Place, read_document, shown_loc
from app.content.models import Domain, Goal, Item, Module, Question, Quiz, Scene, SimulatedScene, Workshop
from app.content.problem import Problem, Severity, shown_path
from app.content.schema import validate
from app.content.simulators import scene_model

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """A file and what it describes."""

    document: Document
    model: M

    def problem(
        self, loc: Loc, message: str, rule: str, severity: Severity = Severity.ERROR, line: int | None = None
    ) -> Problem:
        """A problem at this place of the file."""
        line = line or self.document.line_of(loc)
        return Problem(shown_path(self.document.path), line, shown_loc(loc), message, rule, severity)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M]):
    """A piece of a file (a module, an item): its object and where it stands."""

    source: Source[Any]
    loc: Place
    model: M

    def problem(self, loc: Loc, message: str, rule: str, severity: Severity = Severity.ERROR) -> Problem:
        """A problem at this place of the piece."""
        return self.source.problem((*self.loc, *loc), message, rule, severity)


@dataclass(frozen=True, slots=True)
class Sources:
    """Every readable file, by what it holds, and the problems of the others."""

    domains: tuple[Source[Domain], ...]
    goals: tuple[Source[Goal], ...]
    workshops: tuple[Source[Workshop], ...]
    quizzes: tuple[Source[Quiz], ...]
    scenes: tuple[Source[Scene], ...]
    simulations: tuple[Source[SimulatedScene], ...]
    problems: tuple[Problem, ...]
    documents: dict[str, Document]
    version: str

    def modules(self) -> Iterator[Entry[Module]]:
        """Every module, with where it is written."""
        for source in self.domains:
            for n, module in enumerate(source.model.modules):
                yield Entry(source, ("modules", n), module)

    def questions(self) -> Iterator[Entry[Question]]:
        """Every question, with where it is written."""
        for source in self.quizzes:
            for n, item in enumerate(source.model.items):
                yield Entry(source, ("items", n), item)

    def items(self) -> Iterator[Entry[Item]]:
        """Every question and scene, with where it is written."""
        yield from self.questions()  # type: ignore[misc]
        for source in self.all_scenes():
            yield Entry(source, (), source.model)

    def all_scenes(self) -> Iterator[Source[Scene] | Source[SimulatedScene]]:
        """Drawn scenes, then simulated ones."""
        yield from self.scenes
        yield from self.simulations


class _Reader:
    """Reads folders; keeps documents and problems on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.digest = hashlib.sha256()

    def read(
        self,
        root: Path,
        pattern: str,
        model: type[M] | Callable[[Any], type[M]],
        *,
        skip: Collection[str] = (),
    ) -> tuple[Source[M], ...]:
        """The files of a folder that are as the model wants, in the order of their names.

        ``model`` may be what chooses it from the file's data, where files differ.
        """
        found: list[Source[M]] = []
        for path in sorted(root.glob(pattern)):
            if path.parent.name in skip:
                continue
            document = read_document(path)
            self._remember(root, path, document)
            wanted = model if isinstance(model, type) else model(document.data)
            parsed, problems = validate(document, wanted)
            self.problems += problems
            if parsed is not None:
                found.append(Source(document, parsed))
        return tuple(found)

    def _remember(self, root: Path, path: Path, document: Document) -> None:
        self.documents[shown_path(path)] = document
        self.digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\n".encode())
        self.digest.update(document.text.encode())


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes a hundred thousand objects that all stay: looking for garbage doubles its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_sources(parcours_dir: Path, quizzes_dir: Path) -> Sources:
    """Read every file; never raises for what is in them."""
    with _collector_paused():
        return _read(parcours_dir, quizzes_dir)


def _read(parcours_dir: Path, quizzes_dir: Path) -> Sources:
    reader = _Reader()
    for folder in (parcours_dir, quizzes_dir):
        if not folder.is_dir():
            reader.problems.append(
                Problem(shown_path(folder), 1, "dossier", "ce dossier n'existe pas : créez-le", "schema")
            )
    return Sources(
        domains=reader.read(parcours_dir, "modules/*.yaml", Domain),
        goals=reader.read(parcours_dir, "*.yaml", Goal),
        workshops=reader.read(parcours_dir, "ateliers/*.yaml", Workshop),
        quizzes=reader.read(quizzes_dir, "*/*.yaml", Quiz, skip=("scenes", "simulations")),
        scenes=reader.read(quizzes_dir, "scenes/*.yaml", Scene),
        simulations=reader.read(quizzes_dir, "simulations/*.yaml", scene_model),
        problems=tuple(reader.problems),
        documents=reader.documents,
        version=reader.digest.hexdigest()[:12],
    )
