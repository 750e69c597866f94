"""``jalons content check``: everything that content must obey, and its figures.

Also ``python -m app.content.check [--json]``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from app.content.counts import Counts, count, count_by_domain
from app.content.problem import Problem, Severity
from app.content.rules import (
    bias,
    cycles,
    devices,
    duplicates,
    enough,
    glossary,
    icons,
    ids,
    negation,
    plain_flow,
    reachable,
    readability,
    references,
    scenes,
    sentence_length,
    shaming_words,
    signs,
    simulations,
    wording,
    workshops,
    zones,
)
from app.content.sources import Sources, read_sources

Rule = Callable[[Sources], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    ids.check, references.check, cycles.check, reachable.check, enough.check, scenes.check, simulations.check,
    zones.check, devices.check, wording.check, sentence_length.check, signs.check, negation.check,
    shaming_words.check, glossary.check, readability.check, duplicates.check, bias.check, plain_flow.check,
    workshops.check,
)  # fmt: skip

#: What can't be accepted with a reason: the content would not load.
NEVER_WAIVED = frozenset(["schema", ids.RULE, references.RULE, cycles.RULE])

ROOT = Path(__file__).parents[2]
ICONS = ROOT / "app" / "web" / "static" / "icons" / "tabler"


@dataclass(frozen=True)
class CheckReport:
    """What is wrong, what was accepted with a reason, and figures."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()
    counts: Counts = field(default_factory=dict)
    domains: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "errors": [problem.as_dict() for problem in self.errors],
            "warnings": [problem.as_dict() for problem in self.warnings],
            "accepted": [problem.as_dict() for problem in self.accepted],
            "counts": self.counts,
            "domains": self.domains,
        }

    def to_json(self) -> str:
        """All of it, for a program."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        lines = [f"{problem.severity.value} {problem}" for problem in (*self.errors, *self.warnings)]
        lines += [f"{name} : {figure}" for name, figure in self.counts.items()]
        for domain, figures in self.domains.items():
            lines.append(f"{domain} : " + ", ".join(f"{number} {what}" for what, number in figures.items()))
        total = (
            f"{len(self.errors)} erreurs, {len(self.warnings)} avertissements, {len(self.accepted)} acceptés"
        )
        return "\n".join([*lines, total])


def run_check(parcours_dir: Path, quizzes_dir: Path, *, icons_dir: Path | None = None) -> CheckReport:
    """Read both folders and apply every rule; never raises for what is in the files."""
    sources = read_sources(Path(parcours_dir), Path(quizzes_dir))
    rules: tuple[Rule, ...] = (*RULES, partial(icons.check, icons_dir=Path(icons_dir or ICONS)))
    found = [*sources.problems, *(problem for rule in rules for problem in rule(sources))]
    accepted = [problem for problem in found if _is_accepted(problem, sources)]
    kept = sorted(set(found) - set(accepted))
    return CheckReport(
        errors=tuple(problem for problem in kept if problem.severity is Severity.ERROR),
        warnings=tuple(problem for problem in kept if problem.severity is Severity.WARNING),
        accepted=tuple(sorted(accepted)),
        counts=count(sources),
        domains=count_by_domain(sources),
    )


def _is_accepted(problem: Problem, sources: Sources) -> bool:
    """Does the line say « # accepté : » and why?"""
    document = sources.documents.get(problem.file)
    return bool(document and problem.rule not in NEVER_WAIVED and document.waiver(problem.line))


def main(arguments: list[str] | None = None) -> int:
    """Print the report; 1 where there is an error."""
    parser = argparse.ArgumentParser(prog="python -m app.content.check", description="Vérifie les contenus.")
    parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON")
    parser.add_argument("--parcours", type=Path, default=ROOT / "parcours")
    parser.add_argument("--quizzes", type=Path, default=ROOT / "quizzes")
    options = parser.parse_args(arguments)
    report = run_check(options.parcours, options.quizzes)
    print(report.to_json() if options.json else report)
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
