"""Why figures are what they are, as one plain French sentence each: beliefs, questions, steps, sessions."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.typography import NBSP, typographie
from app.engine.autonomy import Autonomy
from app.engine.evidence import Evidence, Source
from app.engine.explanation import Explanation
from app.engine.forecast import Forecast
from app.engine.needs import PlanSettings, StepKind
from app.engine.question_reasons import QuestionReason
from app.services.modules import module_name
from app.services.whole_numbers import whole_percent

NEARLY_NOTHING = 0.03
"""Share of a doubt under which lifting it is no reason to ask."""
LITTLE = 0.02
"""A change of a probability under which it is said to have hardly moved."""


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
        return f"ce qui a été vu sur {title}"
    return f"ses réponses sur {title}" if len(facts) > 1 else f"sa réponse sur {title}"


def kind_sentence(kind: str, probability: float, known: Autonomy | None) -> str:
    """Why a step teaches, practises, checks or reviews, by what is believed of its module; empty where only a
    wish of the conseiller says why."""
    lines = PlanSettings()
    percent = f"{whole_percent(probability)}{NBSP}%"
    worked = known.times_worked if known else 0
    told = ""
    match kind:
        case StepKind.DISCOVER if probability < lines.acquired:
            told = f"À {percent}, il n'est sans doute pas acquis. On l'enseigne."
        case StepKind.PRACTISE if worked and probability < lines.acquired:
            times = "une fois" if worked == 1 else f"{worked} fois"
            told = f"Il a été travaillé {times}, et n'est pas encore acquis. On le pratique."
        case StepKind.VERIFY if probability >= lines.acquired:
            told = f"À {percent}, il est sans doute acquis. On s'en assure."
        case StepKind.VERIFY:
            spared = "de le refaire" if worked else "une leçon"
            told = f"À {percent}, on hésite. Une vérification évite peut-être {spared}."
        case StepKind.REVIEW if known and 0 < known.retrievability <= lines.retention:
            still = f"{whole_percent(known.retrievability)}{NBSP}%"
            told = f"Faute de pratique, le souvenir en est à {still}. On le revoit à temps."
    return typographie(told)


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
