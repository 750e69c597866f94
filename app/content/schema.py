"""A document against its model: the object, or every problem with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from app.content.document import Document, Loc, shown_loc
from app.content.messages import remedy
from app.content.problem import Problem, shown_path

M = TypeVar("M", bound=BaseModel)

RULE = "schema"


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """The object that a document describes, and all that keeps it from being one."""
    file = shown_path(document.path)
    problems = [Problem(file, t.line, t.path, t.message, RULE) for t in document.troubles]
    if not document.readable:
        return None, problems
    try:
        found = model.model_validate(data := document.data)
    except ValidationError as error:
        problems += _problems(document, data, file, model, error)
        return None, problems
    return (None if problems else found), problems


def _problems(
    document: Document, data: Any, file: str, model: type[BaseModel], error: ValidationError
) -> Iterator[Problem]:
    for details in error.errors(include_url=False):
        if _counts_only_the_sound(details):
            continue
        loc = real_loc(data, details["loc"], missing=details["type"] == "missing")
        known = known_keys(model, details["loc"][:-1]) if details["type"] == "extra_forbidden" else ()
        yield Problem(file, document.line_of(loc), shown_loc(loc), remedy(details, known), RULE)


def _counts_only_the_sound(details: Mapping[str, Any]) -> bool:
    """Is this "too short" said of a list that is long enough, but for members told elsewhere?"""
    if details["type"] != "too_short" or not isinstance(details["input"], list):
        return False
    return len(details["input"]) >= int(details["ctx"]["min_length"])


def real_loc(data: Any, loc: Loc, *, missing: bool = False) -> tuple[str | int, ...]:
    """The place without the names that pydantic adds for the members of a union.

    The last part is kept where it is what is ``missing``.
    """
    kept: list[str | int] = []
    for part in loc:
        if _has(data, part):
            data = data[part]
            kept.append(part)
    if missing:
        kept.append(loc[-1])
    return tuple(kept)


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def known_keys(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys that the model allows at this place."""
    candidates: list[type[BaseModel]] = [model]
    for part in loc:
        if not isinstance(part, int):
            candidates = _descend(candidates, part) or candidates
    return tuple(sorted({key for candidate in candidates for key in _keys(candidate)}))


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield info.alias or name


def _descend(models: list[type[BaseModel]], part: str) -> list[type[BaseModel]]:
    """The models under this key; where there are several (a union), the one of this kind."""
    if len(models) > 1:
        chosen = [m for m in models if getattr(m, "kind", None) == part]
        if chosen:
            return chosen
    return [
        found
        for m in models
        for name, info in m.model_fields.items()
        if (info.alias or name) == part
        for found in _models_in(info.annotation)
    ]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
