"""What diagnostics hold against the content: questions, groups of people, prerequisites.

The engine judges (see ``engine.flags``). It takes some milliseconds a diagnostic, so the last ones of a
period are read, one a person: every figure is then about as many people as answers.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.engine import flags
from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, answer_likelihoods
from app.engine.evidence import Likelihood, Outcome
from app.engine.flags import GroupFlag, StepAnswer
from app.services.engines import current_engines
from app.services.modules import ModuleName, module_name
from app.services.periods import Period
from app.services.statistics_masking import SMALLEST
from app.store import statistics_queries
from app.store.statistics_queries import Taken

MOST_DIAGNOSTICS = 100
"""Read for the page, the last ones: some 6 ms each, with all that their goals need."""
MOST_SHOWN = 12
"""Lines of each table, the most surprising first."""
ON = {"ordinateur": "sur ordinateur", "telephone": "sur téléphone", "tablette": "sur tablette"}


@dataclass(frozen=True)
class FlatQuestion:
    """A question to look at: how many people answered it, the share of successes found and expected, and
    whether it parts people less than it should or only disagrees with its author."""

    item_id: str
    step: int
    text: str
    answers: int
    successes: float
    expected: float
    is_flat: bool


@dataclass(frozen=True)
class UnevenQuestion:
    """A question harder (negative ``gap``, in share of successes) or easier for a group than for others who
    know as much. ``by`` is what the group differs in: ``appareil``, ``voix`` or ``âge``."""

    item_id: str
    step: int
    text: str
    by: str
    group: str
    people: int
    gap: float


@dataclass(frozen=True)
class DoubtedPrerequisite:
    """``share`` of those who master ``module`` are believed not to master ``prerequisite``; so many are
    ``expected``."""

    prerequisite: ModuleName
    module: ModuleName
    share: float
    expected: float


@dataclass(frozen=True)
class Questions:
    """``people`` were read of ``out_of`` who took a diagnostic; ``answered`` questions had answers enough to
    be judged."""

    people: int
    out_of: int
    answered: int
    flat: tuple[FlatQuestion, ...] = ()
    uneven: tuple[UnevenQuestion, ...] = ()
    prerequisites: tuple[DoubtedPrerequisite, ...] = ()

    @property
    def is_sample(self) -> bool:
        return self.people < self.out_of


@dataclass(frozen=True)
class _SameGraph:
    """People of one goal and device, by their place among all; the engine reasons on what the goal needs."""

    model: BeliefModel
    bank: ItemBank
    answers: Mapping[int, list[Answer]]

    def judged(self, often: set[str]) -> list[StepAnswer]:
        """The answers to these items, as the others of the same people let expect them."""
        places = list(self.answers)
        found = flags.step_answers(self.model, self.bank, list(self.answers.values()), only=often)
        return [replace(answer, person=places[answer.person]) for answer in found]

    def evidence(self) -> list[list[Likelihood]]:
        return [
            [pair for a in answers for pair in answer_likelihoods(self.bank[a.item_id], a.outcomes)]
            for answers in self.answers.values()
        ]


def questions(structure_id: uuid.UUID, period: Period) -> Questions:
    """The questions and prerequisites to look at, of those that enough people of a structure answered."""
    taken, out_of = statistics_queries.last_diagnostics(
        structure_id, period.start, period.end, MOST_DIAGNOSTICS
    )
    by_graph = _by_graph(taken)
    often = _asked_often(by_graph)
    judged = [answer for same in by_graph for answer in same.judged(often)]
    counts = Counter((answer.item_id, answer.step) for answer in judged)
    return Questions(
        people=len(taken),
        out_of=out_of,
        answered=sum(count >= flags.LEAST_ANSWERS for count in counts.values()),
        flat=_flat(judged),
        uneven=_uneven(judged, taken),
        prerequisites=_prerequisites(by_graph),
    )


def _by_graph(taken: Sequence[Taken]) -> list[_SameGraph]:
    engines = current_engines()
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, diagnostic in enumerate(taken):
        goal = diagnostic.goal_id if diagnostic.goal_id in engines.content.goals else ""
        people[goal, diagnostic.device].append(place)
    found = []
    for (goal, device), places in people.items():
        model, bank = engines.model(device), engines.bank(device)
        if goal:
            leading = engines.diagnostic(goal, device)
            model, bank = leading.model, leading.bank
        found.append(_SameGraph(model, bank, {place: _answers(taken[place], bank) for place in places}))
    return found


def _answers(taken: Taken, bank: ItemBank) -> list[Answer]:
    """The screens of one diagnostic that are still asked, with an outcome for each step of each."""
    found = []
    for (item_id, _), steps in groupby(taken.answers, key=lambda given: (given.item_id, given.answer_id)):
        if item_id in bank:
            by_step = {given.step: Outcome(given.outcome) for given in steps}
            number = len(bank[item_id].steps)
            found.append(Answer(item_id, tuple(by_step.get(n, Outcome.NOT_SEEN) for n in range(number))))
    return found


def _asked_often(by_graph: Iterable[_SameGraph]) -> set[str]:
    """The items that enough people were asked to be judged."""
    asked = Counter(a.item_id for same in by_graph for answers in same.answers.values() for a in answers)
    return {item_id for item_id, count in asked.items() if count >= flags.LEAST_ANSWERS}


# --- what is found ---


def _flat(judged: Sequence[StepAnswer]) -> tuple[FlatQuestion, ...]:
    return tuple(
        FlatQuestion(
            item_id=flag.item_id,
            step=flag.step,
            text=_text(flag.item_id, flag.step),
            answers=flag.answers,
            successes=flag.observed,
            expected=flag.expected,
            is_flat=flag.is_flat,
        )
        for flag in flags.item_flags(judged)[:MOST_SHOWN]
    )


def _uneven(judged: Sequence[StepAnswer], taken: Sequence[Taken]) -> tuple[UnevenQuestion, ...]:
    """The groups for which a question is otherwise; of two that are each other's others, the harder one's."""
    known = [
        (by, flag) for by, groups in _groups(taken).items() for flag in flags.group_flags(judged, groups)
    ]
    shown: dict[tuple[str, str, int], tuple[str, GroupFlag]] = {}
    for by, flag in sorted(known, key=lambda one: (one[1].gap > 0, -abs(one[1].surprise))):
        if flag.answers >= SMALLEST:
            shown.setdefault((by, flag.item_id, flag.step), (by, flag))
    return tuple(
        UnevenQuestion(
            item_id=flag.item_id,
            step=flag.step,
            text=_text(flag.item_id, flag.step),
            by=by,
            group=flag.group,
            people=flag.answers,
            gap=flag.gap,
        )
        for by, flag in sorted(shown.values(), key=lambda one: -abs(one[1].surprise))[:MOST_SHOWN]
    )


def _groups(taken: Sequence[Taken]) -> dict[str, dict[int, str]]:
    """By what they differ in: the group of each person, by place, where it is known."""
    return {
        "appareil": {n: ON[each.device] for n, each in enumerate(taken)},
        "voix": {
            n: "avec la voix" if each.sound else "sans la voix"
            for n, each in enumerate(taken)
            if each.sound is not None
        },
        "âge": {
            n: f"nées dans les années {each.birth_decade}"
            for n, each in enumerate(taken)
            if each.birth_decade
        },
    }


def _prerequisites(by_graph: Iterable[_SameGraph]) -> tuple[DoubtedPrerequisite, ...]:
    """Those that at least ``SMALLEST`` people seem to do without."""
    found = flags.arc_flags_over((same.model, same.evidence()) for same in by_graph)
    return tuple(
        DoubtedPrerequisite(
            module_name(flag.prerequisite), module_name(flag.module), flag.share, flag.expected
        )
        for flag in found
        if flag.share * flag.mastered >= SMALLEST
    )[:MOST_SHOWN]


def _text(item_id: str, step: int) -> str:
    item = current_engines().content.items[item_id]
    return item.steps[min(step, len(item.steps) - 1)].consigne
