"""Two questions that say nearly the same measure nearly the same.

A question drawn once for the telephone and once for the computer is no duplicate: nobody meets both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from app.content.models import DEVICES, Question
from app.content.problem import Problem, Severity
from app.content.sources import Entry, Sources
from app.content.texts import Role, item_texts

RULE = "doublons"
SHINGLE = 3
ALIKE = 0.7
SAME = 0.95


def check(sources: Sources) -> Iterator[Problem]:
    """Pairs of questions whose consignes and answers share most of their runs of three words."""
    entries = list(sources.questions())
    shingles = [_shingles(entry) for entry in entries]
    modules = {entry.model.id: frozenset(entry.model.devices) for entry in sources.modules()}
    devices = [frozenset(e.model.devices) & modules.get(e.model.module, frozenset(DEVICES)) for e in entries]
    for i, j in sorted(_neighbours(shingles)):
        if devices[i].isdisjoint(devices[j]):
            continue
        likeness = len(shingles[i] & shingles[j]) / len(shingles[i] | shingles[j])
        if likeness >= ALIKE:
            yield _problem(entries[i], entries[j], likeness)


def _shingles(entry: Entry[Question]) -> frozenset[tuple[str, ...]]:
    asked = [t.text for t in item_texts(entry) if t.role in (Role.INSTRUCTION, Role.ANSWER)]
    screen = getattr(entry.model, "screen", None)
    asked += [zone.name for zone in screen.zones() if not zone.id.startswith("touche_")] if screen else []
    found = re.findall(r"\w+", " ".join(asked).lower())
    return frozenset(zip(*(found[n:] for n in range(SHINGLE)), strict=False))


def _neighbours(shingles: list[frozenset[tuple[str, ...]]]) -> set[tuple[int, int]]:
    """Pairs that share one rare run at least: all pairs that could be alike, without comparing all."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, found in enumerate(shingles):
        for shingle in found:
            holders[shingle].append(n)
    rare = (numbers for numbers in holders.values() if len(numbers) <= 20)
    return {pair for numbers in rare for pair in combinations(numbers, 2)}


def _problem(first: Entry[Question], second: Entry[Question], likeness: float) -> Problem:
    there = first.problem(("id",), "", RULE)
    same = likeness >= SAME
    message = (
        f"{'la même question' if same else 'presque la même question'} que « {first.model.id} » "
        f"({there.file}:{there.line}) : changez la situation"
    )
    return second.problem(("id",), message, RULE, Severity.ERROR if same else Severity.WARNING)
