"""Reasons of the engine as one plain French sentence each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.content.models import Module
from app.content.typography import typographie
from app.engine.evidence import Evidence, Source
from app.engine.explanation import Explanation
from app.engine.forecast import Forecast
from app.engine.group_reasons import SeatReason, SessionReason
from app.engine.question_reasons import QuestionReason
from app.engine.reasons import Code, Reason
from app.services.engines import current_engines
from app.services.modules import module_name

I_CAN = "Je sais "
LIKELY_LEARNT = 0.25
"""Chance of learning something in a group under which it is no reason to be there."""
NEARLY = 0.9
"""Share of what this group brings from which another one would do nearly as well."""


def ability(module: Module) -> str:
    """What the module teaches, as it follows « savez »: « lire un message »."""
    return module.objective.removeprefix(I_CAN).rstrip(".")


def you_can(module: Module) -> str:
    """« Vous savez lire un message. »"""
    return f"Vous savez {ability(module)}."


def _abilities(module_ids: tuple[str, ...], join: str = " et ") -> str:
    modules = current_engines().content.modules
    names = [ability(modules[id_]) for id_ in module_ids if id_ in modules][:2]
    return join.join(names)


def _titles(module_ids: tuple[str, ...]) -> str:
    modules = current_engines().content.modules
    names = [f"« {modules[id_].title} »" for id_ in module_ids if id_ in modules][:2]
    return " et ".join(names)


def _mastered(reason: Reason) -> str:
    known = _abilities(reason.modules[-1:])
    return f"Vous savez {known}. Ceci vient juste après." if known else "C'est à votre portée."


def _review(reason: Reason) -> str:
    return "Vous saviez le faire. On le revoit avant que cela s'oublie."


def _practise(reason: Reason) -> str:
    times = int(reason.numbers.get("times", 1))
    if times <= 1:
        return "Vous avez commencé. On le refait, avec moins d'aide."
    return f"Vous l'avez travaillé {times} fois. On le refait, avec moins d'aide."


def _needed_for(reason: Reason) -> str:
    then = _abilities(reason.modules[:1])
    return f"Il le faut pour {then}." if then else "Il le faut pour la suite."


_WRITERS: dict[str, Callable[[Reason], str]] = {
    Code.PINNED: lambda _: "Votre conseiller a choisi cette étape.",
    Code.ADDED: lambda _: "Votre conseiller a ajouté cette étape.",
    Code.MOVED: lambda _: "Votre conseiller a choisi cet ordre.",
    Code.SET_ASIDE: lambda _: "Votre conseiller a choisi de la faire plus tard.",
    Code.REVIEW: _review,
    Code.VERIFY: lambda _: "Vous savez peut-être déjà le faire. On vérifie en quelques minutes.",
    Code.PRACTISE: _practise,
    Code.CONSOLIDATE: lambda _: "Encore une fois, pour bien le garder.",
    Code.FIRST_SUCCESS: lambda _: "C'est à votre portée. On commence par là.",
    Code.PREREQUISITES_MASTERED: _mastered,
    Code.PREREQUISITES_BEFORE: lambda r: f"On le fait après {_titles(r.modules[-1:])}.",
    Code.NEEDED_FOR: _needed_for,
    Code.GOAL: lambda _: "C'est votre but.",
    Code.PREREQUISITE_SKIPPED: lambda r: f"Sans {_titles(r.modules[1:])}, ce sera plus difficile.",
    Code.PINNED_NEEDS: lambda r: f"Avant, il faut {_titles(r.modules[1:])}.",
    Code.PREREQUISITE_MISSING: lambda r: f"Avant, il vaut mieux savoir faire {_titles(r.modules[1:])}.",
    Code.UNKNOWN_MODULE: lambda _: "Ce module n'existe plus.",
    Code.LONGER_THAN_SESSION: lambda r: f"Ce module demande {int(r.numbers.get('minutes', 0))} minutes.",
}


def reason_sentence(reason: Reason) -> str:
    """Why a step is there, in one plain sentence; every code of the engine has one."""
    return typographie(_WRITERS[reason.code](reason))


def session_sentence(reason: SessionReason) -> str:
    """Why a group does a module: how many are ready for it, can do it, or lack something before."""
    parts = [
        (reason.ready, "prête", "prêtes"),
        (reason.mastered, "sait déjà le faire", "savent déjà le faire"),
        (reason.missing, "a besoin d'une étape avant", "ont besoin d'une étape avant"),
    ]
    told = [_people(round(count), one, several) for count, one, several in parts if round(count)]
    return typographie(f"{_titles((reason.module,))} : {', '.join(told)}.")


def _people(count: int, one: str, several: str) -> str:
    return f"{count} personne{'s' if count > 1 else ''} {several if count > 1 else one}"


def seat_sentence(reason: SeatReason, name: str) -> str:
    """Why someone is in a group."""
    learns = _abilities(
        tuple(module for module, chance in reason.learns if chance >= LIKELY_LEARNT), " et à "
    )
    if not learns:
        return typographie(f"{name} est ici pour compléter le groupe.")
    if reason.elsewhere > NEARLY * reason.here:
        return typographie(f"{name} peut apprendre ici à {learns}. Un autre groupe irait presque aussi bien.")
    return typographie(f"{name} peut apprendre ici à {learns}.")


NEARLY_NOTHING = 0.03
"""Share of a doubt under which lifting it is no reason to ask."""


def question_sentence(reason: QuestionReason) -> str:
    """Why a screen of a diagnostic was asked."""
    telling = [doubt for doubt in reason.doubts if doubt.share >= NEARLY_NOTHING]
    if reason.opening:
        return typographie("Posée en premier, parmi les plus faciles.")
    if not telling:
        return typographie("Posée faute d'une question plus utile.")
    most = [doubt for doubt in telling if doubt.gain >= telling[0].gain / 2][:2]
    titles = " et ".join(f"« {module_name(doubt.module).title} »" for doubt in most)
    known = "sont acquis" if len(most) > 1 else "est acquis"
    return typographie(f"Posée surtout pour savoir si {titles} {known}.")


LITTLE = 0.02
"""A change of a probability under which it is said to have hardly moved."""


def belief_sentence(told: Explanation) -> str:
    """Why a module is believed mastered or not: what weighs most, the way that it all went."""
    if not (told.own or told.others):
        return typographie("Rien n'est encore noté. C'est le chiffre d'une personne dont on ne sait rien.")
    moved = told.now - told.prior
    parts = _parts(told)
    if abs(moved) < LITTLE:
        largest = max(abs(change) for _, _, change in parts)
        return typographie(
            "Ce qui monte et ce qui baisse se compensent."
            if largest >= LITTLE
            else "Ce que l'on a noté n'a presque pas changé ce chiffre."
        )
    way = 1 if moved > 0 else -1
    thanks, because, _ = max(parts, key=lambda part: way * part[2])
    return typographie(
        f"Ce chiffre monte surtout grâce {thanks}." if way > 0 else f"Ce chiffre baisse surtout {because}."
    )


def _parts(told: Explanation) -> list[tuple[str, str, float]]:
    """What moved a belief, as it follows « grâce » and as a cause, with what it added."""
    found = [("au temps passé depuis", "à cause du temps passé depuis", told.time)]
    for source in Source:
        turns = [turn for turn in told.own if turn.fact.source is source]
        if turns:
            what = _own_facts(source, len(turns))
            found.append((f"à {what}", f"à cause de {what}", sum(turn.change for turn in turns)))
    for module, change in told.by_module.items():
        what = _other_facts(module, [part.fact for part in told.others if part.fact.module == module])
        found.append((f"à {what}", f"à cause de {what}", change))
    return found


def _own_facts(source: Source, count: int) -> str:
    match source:
        case Source.DIAGNOSTIC:
            return "ses réponses sur ce module" if count > 1 else "sa réponse sur ce module"
        case Source.PRACTICE:
            return "ses exercices sur tablette" if count > 1 else "son exercice sur tablette"
        case Source.OBSERVATION:
            return "ce qui a été vu en séance"
        case Source.DECLARATION:
            return "ce que la personne a dit"


def _other_facts(module: str, facts: list[Evidence]) -> str:
    title = f"« {module_name(module).title} »"
    if any(fact.source is not Source.DIAGNOSTIC for fact in facts):
        return f"son travail sur {title}"
    return f"ses réponses sur {title}" if len(facts) > 1 else f"sa réponse sur {title}"


def longest_sentence(modules: Sequence[str]) -> str:
    """What makes the sessions left, the longest module first; empty where nothing is left."""
    titles = [f"« {module_name(module).title} »" for module in modules]
    match titles:
        case []:
            return ""
        case [only]:
            return typographie(f"Il ne reste que {only}.")
        case [first, second]:
            return typographie(f"Il ne reste que {first} et {second}.")
        case [first, second, *_]:
            return typographie(f"{first} et {second} prennent le plus de temps.")


def evidence_on_sessions_sentence(untold: Forecast | None, left: Forecast) -> str:
    """What the facts on a person do to the sessions left; ``untold`` is the forecast without any of them."""
    if untold is None:
        return typographie("Rien n'est encore noté. C'est le nombre d'une personne qui débute.")
    more = left.rounded - untold.rounded
    sessions = f"{abs(more)} séance{'s' if abs(more) > 1 else ''}"
    if more < 0:
        return typographie(f"Ce que l'on a noté enlève {sessions} à ce nombre.")
    if more > 0:
        return typographie(f"Ce que l'on a noté ajoute {sessions} à ce nombre.")
    return typographie("Ce que l'on a noté n'a pas changé ce nombre.")
