"""What is kept on a person, said to that person in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.content.typography import typographie
from app.services.engines import current_engines
from app.services.person_export import PersonFile
from app.services.progress import ACQUIRED


def lines_of(file: PersonFile) -> Sequence[tuple[str, Sequence[str]]]:
    """The summary in plain words: titles, and what stands under each."""
    return [(typographie(title), [typographie(line) for line in lines]) for title, lines in _parts(file)]


def _parts(file: PersonFile) -> Sequence[tuple[str, Sequence[str]]]:
    person, data = file.data["personne"], file.data
    goal = current_engines().content.find_goal(file.person.goal_id or "")
    return [
        ("Qui vous êtes pour nous", _identity(file, person)),
        ("Ce que vous voulez apprendre", [goal.title] if goal else ["Pas encore de but."]),
        ("Ce que vous savez faire", _known(data["deductions"])),
        ("Vos séances", [_seance_line(each) for each in reversed(data["seances"])] or ["Aucune séance."]),
        (
            "Vos rendez-vous",
            [
                _day_of(each["commence_le"]) + (" (annulé)" if each["annule_le"] else "")
                for each in data["rendez_vous"]
            ]
            or ["Aucun rendez-vous."],
        ),
        (
            "Qui a ouvert votre fiche",
            [
                f"{_day_of(each['le'])} : {each['par'] or 'sans nom'}"
                for each in reversed(data["consultations"])
            ]
            or ["Personne n'est noté."],
        ),
        (
            "Vos droits",
            [
                "Vous pouvez demander de corriger ou d'effacer ces informations.",
                "Demandez à votre conseiller. Vous pouvez aussi écrire à la CNIL : www.cnil.fr.",
                "La CNIL est le service public qui protège vos informations.",
            ],
        ),
    ]


def _identity(file: PersonFile, person: Mapping[str, Any]) -> list[str]:
    lines = [f"Vous êtes « {file.name} »."]
    if person["dizaine_de_naissance"]:
        lines.append(f"Vous êtes de la dizaine {person['dizaine_de_naissance']}.")
    lines.append(f"Votre fiche est ouverte depuis le {_day_of(person['fiche_ouverte_le'])}.")
    answers = sum(1 for fact in file.data["faits"] if fact["source"] == "diagnostic")
    lines.append(f"Nous gardons {answers} réponses à des questions, et {len(file.data['seances'])} séances.")
    return lines


def _known(deductions: Sequence[Mapping[str, Any]]) -> list[str]:
    known = [each["titre"] for each in deductions if each["probabilite_acquis"] >= ACQUIRED]
    return known or ["Nous ne le savons pas encore."]


def _seance_line(seance: Mapping[str, Any]) -> str:
    kind = "atelier" if seance["type"] == "collectif" else "séance"
    with_whom = f", avec {seance['avec']}" if seance["avec"] else ""
    return f"{_day_of(seance['le'])} : {kind} de {seance['minutes']} minutes{with_whom}"


def _day_of(moment: str) -> str:
    """« 03/03/2026 »."""
    year, month, day = moment[:10].split("-")
    return f"{day}/{month}/{year}"
