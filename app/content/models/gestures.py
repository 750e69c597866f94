"""What is done in a simulator, and whether it was what the step asked for.

A gesture is a word and what it is done to: ``ouvrir:message_lea``, ``envoyer``, ``ecrire:objet``. A simulator
sends the trace of all gestures of a scene; :func:`judge` follows it step by step, as the page does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

from pydantic import BeforeValidator, Field

from app.content.models.base import Entry, Raw, Text
from app.content.models.spelling import matches

GestureName = Annotated[str, Field(pattern=r"^[a-z_]+(:[a-z0-9_]+(=[a-z0-9_]+)?)?$")]
Means = Literal["doigt", "souris", "clavier"]
#: What comes of a gesture, whatever the way there, like a page that opens: the simulator tells it after.
RESULT = "arriver"
#: Looking round is no detour, nor is what comes of a gesture.
NEUTRAL = frozenset(["retour", "fermer", "accueil", "defiler", "regarder", "pointer", RESULT])
#: What one event of a trace may hold at most; more is a made-up one.
LONGEST_TRACE = 600
LONGEST_TEXT = 200


class Expected(Entry):
    """A gesture that is waited for; with what to write, where it is ``ecrire``."""

    gesture: GestureName = Field(alias="geste")
    texts: tuple[Raw, ...] = Field((), alias="texte")
    tolerance: Literal["stricte", "exacte", "large"] = "large"

    def is_made_by(self, gesture: str, text: object) -> bool:
        """Is this gesture, with this text, the one?"""
        if gesture != self.gesture:
            return False
        given = text if isinstance(text, str) else ""
        return not self.texts or any(matches(given, wanted, self.tolerance) for wanted in self.texts)


def _as_expected(value: Any) -> Any:
    """``ouvrir:lea`` or ``{ecrire: objet, texte: Bonjour}`` as the model wants it."""
    if isinstance(value, str):
        return {"geste": value}
    if isinstance(value, dict) and "ecrire" in value:
        others = {key: part for key, part in value.items() if key != "ecrire"}
        if isinstance(others.get("texte"), str):
            others["texte"] = [others["texte"]]
        return {"geste": f"ecrire:{value['ecrire']}", **others}
    return value


def _as_alternatives(value: Any) -> Any:
    return [_as_expected(part) for part in value] if isinstance(value, list) else [_as_expected(value)]


#: One thing to do; a list in the file means that any of them will do.
Alternatives = Annotated[tuple[Expected, ...], BeforeValidator(_as_alternatives), Field(min_length=1)]
ShownGesture = Annotated[Expected, BeforeValidator(_as_expected)]


class StepGoal(Protocol):
    """What a step of a simulated scene waits for; see ``SimulatedStep``."""

    @property
    def goal(self) -> tuple[Alternatives, ...]: ...
    @property
    def shown_path(self) -> tuple[Expected, ...]: ...
    @property
    def forbidden(self) -> Mapping[str, Text]: ...
    @property
    def detours(self) -> int: ...
    @property
    def means(self) -> tuple[Means, ...]: ...


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """What came of a step: success, failure, shown, not_understood or not_seen."""

    outcome: str
    feedback: str | None = None
    gestures: tuple[str, ...] = ()


NOT_SEEN = StepVerdict("not_seen")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing of a trace: a gesture, or a wish (``montrer``, ``non_compris``)."""

    kind: str
    gesture: str = ""
    text: object = None
    means: str = ""


@dataclass
class _StepProgress:
    """Where one step stands."""

    step: StepGoal
    done: set[int] = field(default_factory=set)
    gestures: list[str] = field(default_factory=list)
    detours: int = 0
    wrong_means: bool = False

    def take(self, event: Event) -> StepVerdict | None:
        """Take an event; what came of the step, once it is over."""
        if event.kind == "montrer":
            return self._over("shown")
        if event.kind == "non_compris":
            return self._over("not_understood")
        self.gestures.append(event.gesture)
        if event.gesture in self.step.forbidden:
            return self._over("failure", self.step.forbidden[event.gesture])
        if self._advances(event):
            return self._reached() if len(self.done) == len(self.step.goal) else None
        self.detours += self._is_detour(event.gesture)
        return None

    def _advances(self, event: Event) -> bool:
        for n, alternatives in enumerate(self.step.goal):
            if n not in self.done and any(e.is_made_by(event.gesture, event.text) for e in alternatives):
                self.done.add(n)
                self.wrong_means |= bool(self.step.means) and event.means not in self.step.means
                return True
        return False

    def _is_detour(self, gesture: str) -> bool:
        # Writing where the way goes is no detour, whatever is written: one mends it by writing again.
        on_the_way = {e.gesture for e in self.step.shown_path}
        return gesture.partition(":")[0] not in NEUTRAL and gesture not in on_the_way

    def _reached(self) -> StepVerdict:
        if self.wrong_means:
            # Done another way than the one that the step is about: it tells nothing of that one.
            return self._over("not_seen")
        return self._over("success" if self.detours <= self.step.detours else "failure")

    def _over(self, outcome: str, feedback: str | None = None) -> StepVerdict:
        return StepVerdict(outcome, feedback, tuple(self.gestures[:50]))


def judge(steps: Sequence[StepGoal], trace: object) -> tuple[StepVerdict, ...]:
    """What came of each step. Never raises: what is no event is passed over, what is missing was not seen."""
    verdicts: list[StepVerdict] = []
    progress: _StepProgress | None = None
    for event in _events(trace):
        if len(verdicts) == len(steps):
            break
        progress = progress or _StepProgress(steps[len(verdicts)])
        verdict = progress.take(event)
        if verdict:
            verdicts.append(verdict)
            progress = None
    return (*verdicts, *[NOT_SEEN] * (len(steps) - len(verdicts)))


def _events(trace: object) -> Iterator[Event]:
    things: Iterable[Any] = trace[:LONGEST_TRACE] if isinstance(trace, list) else ()
    for thing in things:
        if not isinstance(thing, dict):
            continue
        kind, gesture, means = thing.get("e"), thing.get("g"), thing.get("par")
        if kind in ("montrer", "non_compris"):
            yield Event(kind)
        elif kind == "geste" and isinstance(gesture, str) and len(gesture) <= LONGEST_TEXT:
            text = thing.get("texte")
            yield Event(
                "geste",
                gesture,
                text[:LONGEST_TEXT] if isinstance(text, str) else None,
                means if isinstance(means, str) else "",
            )
