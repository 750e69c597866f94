"""What is to be typed, found in the text that asks for it, so that screens keep it on one line.

A password broken at its hyphen is read up to the hyphen by those who read with difficulty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAKS = " \n"
"""Where a line may end anyway; a no-break space is no such place."""


def unbroken_runs(text: str, typed: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of each run of ``text`` in which something to type is written, in order.

    Spaces and the shape of apostrophes are those of the text. A run goes from one space to another: the marks
    and signs that touch what is typed stay with it, and no word is in two runs.
    """
    wanted = sorted({one for one in typed if one.strip()}, key=len, reverse=True)
    if not wanted:
        return []
    any_of_them = "|".join(_as_written(one) for one in wanted)
    run = rf"(?<![^{_BREAKS}])[^{_BREAKS}]*?(?<!\w)(?:{any_of_them})(?!\w)[^{_BREAKS}]*"
    return [found.span() for found in re.finditer(run, text)]


def _as_written(typed: str) -> str:
    letters = [re.escape(letter) for letter in "".join(typed.replace("’", "'").split())]
    return r"\s*".join("['’]" if letter == "'" else letter for letter in letters)
