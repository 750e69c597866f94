"""What pydantic found, said as what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.content.models.blocks import BLOC_KINDS

Details = Mapping[str, Any]


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word most like this one, as an end of sentence, or the list of them all."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"écrivez « {close[0]} »"
    family = [name for name in known if name.partition(".")[0] == word.partition(".")[0]] or sorted(known)
    return "choisissez parmi : " + ", ".join(family[:12]) + (", …" if len(family) > 12 else "")


def remedy(error: Details, known_keys: Sequence[str]) -> str:
    """What to write instead. ``known_keys`` are those that the place of the error allows."""
    kind: str = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(error, known_keys)
    say = _SAYINGS.get(kind)
    return say(error) if say else str(error["msg"])


def _unknown_key(error: Details, known_keys: Sequence[str]) -> str:
    key = str(error["loc"][-1])
    if error["input"] is None:
        return f"« {key} » : le texte d'avant contient une virgule ; mettez-le entre guillemets"
    return f"clé inconnue « {key} » : {nearest(key, known_keys)}"


def _choices(error: Details) -> str:
    known = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    return f"« {error['input']} » n'existe pas : {nearest(str(error['input']), known)}"


def _tag(error: Details) -> str:
    known = str(error["ctx"]["expected_tags"]).replace("'", "").split(", ")
    return f"genre « {error['ctx']['tag']} » inconnu : {nearest(str(error['ctx']['tag']), known)}"


def _text(error: Details) -> str:
    given = error["input"]
    if given is None:
        return "écrivez un texte ici"
    if isinstance(given, bool | int | float):
        return f"mettez {str(given).lower()} entre guillemets : c'est un texte"
    if isinstance(given, dict):
        return "écrivez un texte ici ; s'il contient « : », mettez-le entre guillemets"
    return "écrivez un seul texte ici"


def _number(error: Details) -> str:
    return f"écrivez un nombre à la place de « {error['input']} »"


def _bounds(error: Details) -> str:
    sides = {"ge": "au moins", "gt": "plus de", "le": "au plus", "lt": "moins de"}
    ctx = error["ctx"]
    limits = " et ".join(f"{word} {ctx[side]:g}" for side, word in sides.items() if side in ctx)
    return f"écrivez {limits} (ici {error['input']})"


def _length(error: Details) -> str:
    ctx = error["ctx"]
    if ctx.get("actual_length") == 0:
        return "cette liste est vide : remplissez-la"
    if "min_length" in ctx:
        return f"il en faut {ctx['min_length']} au moins (ici {ctx['actual_length']})"
    return f"il en faut {ctx['max_length']} au plus (ici {ctx['actual_length']})"


_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "en minuscules sans accent, avec _ entre les mots, comme message_lea",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "en minuscules sans accent, avec - entre les mots, comme arrow-back-up",
    r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$": "en minuscules sans accent, avec un point, comme messagerie.lire",
    r"^[a-z0-9]+([._-][a-z0-9]+)*$": "comme l'id d'un module ou d'un atelier",
    r"^[1-5]\.[1-4]$": 'le numéro d\'une compétence du CRCN, comme "2.1"',
}


def _pattern(error: Details) -> str:
    wanted = _PATTERNS.get(error["ctx"]["pattern"], error["ctx"]["pattern"])
    return f"« {error['input']} » : écrivez-le {wanted}"


def _bloc(error: Details) -> str:
    given = error["input"]
    if not isinstance(given, dict) or not given:
        return "un bloc s'écrit « - texte: … » : choisissez parmi " + ", ".join(BLOC_KINDS)
    key = str(next(iter(given)))
    return f"bloc « {key} » inconnu : {nearest(key, BLOC_KINDS)}"


_SAYINGS: dict[str, Callable[[Details], str]] = {
    "missing": lambda error: f"ajoutez « {error['loc'][-1]}: »",
    "literal_error": _choices,
    "enum": _choices,
    "union_tag_invalid": _tag,
    "union_tag_not_found": lambda error: "ajoutez « genre: » : choix, ordre, associer, toucher ou saisie",
    "string_type": _text,
    "string_too_short": lambda error: "écrivez un texte ici",
    "string_pattern_mismatch": _pattern,
    "int_type": _number,
    "int_parsing": _number,
    "int_from_float": _number,
    "float_type": _number,
    "float_parsing": _number,
    "bool_type": lambda error: "écrivez true ou false",
    "bool_parsing": lambda error: "écrivez true ou false",
    "tuple_type": lambda error: "écrivez une liste : une ligne « - … » par élément, ou [a, b]",
    "list_type": lambda error: "écrivez une liste : une ligne « - … » par élément, ou [a, b]",
    "dict_type": lambda error: "écrivez des lignes « clé: valeur »",
    "model_type": lambda error: "écrivez des lignes « clé: valeur »",
    "model_attributes_type": lambda error: "écrivez des lignes « clé: valeur »",
    "too_short": _length,
    "too_long": _length,
    "greater_than_equal": _bounds,
    "less_than_equal": _bounds,
    "bloc_kind": _bloc,
    "value_error": lambda error: str(error["ctx"]["error"]),
}
