"""Everything that Jalons keeps on one person: their right of access, as readable JSON."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.services.engines import current_engines
from app.services.learner import Learner, learner
from app.services.modules import module_name
from app.services.usagers import display_name
from app.store import exchange_queries, queries
from app.store.database import db
from app.store.models import Account, FileAccess, Usager

EXPORT = "export"
LEVELS = ("découverte", "accompagné", "guidé", "autonome")

READ_ME = """\
Ce dossier contient tout ce que Jalons garde sur une personne.

resume.pdf      l'essentiel, en mots simples
donnees.json    tout, ligne par ligne

Dans donnees.json :

personne        prénom, initiale, carte, buts, appareils, réglages
diagnostics     chaque diagnostic commencé : quand, sur quel appareil, pour quel but
faits           chaque réponse et chaque observation : le module, ce qui s'est passé, l'aide donnée ;
                « corrige » nomme le fait qu'une ligne remplace
seances         chaque séance et chaque atelier : quand, où, combien de temps, avec qui
ateliers        les ateliers où la personne était attendue, l'aide notée sur la grille
corrections     ce qui a été corrigé dans une séance : avant, après
rendez_vous     les rendez-vous pris, passés ou annulés
chemin_change   ce qu'un conseiller a changé dans le chemin
notes           les notes libres, si la structure les permet
passages        quand le suivi a été confié à quelqu'un d'autre
consultations   qui a ouvert la fiche, et quand
deductions      ce que Jalons en déduit pour chaque module : une probabilité, un niveau d'autonomie

Les heures sont celles du lieu. Les deux images secrètes n'y sont pas : elles servent de mot de passe.
Jalons ne garde ni la voix ni les textes écrits dans les exercices.
"""


@dataclass(frozen=True)
class PersonFile:
    """All the rows on a person, ready to be written."""

    person: Usager
    name: str
    data: Mapping[str, Any]
    learner: Learner


def person_file(person: Usager, zone: str, now: datetime) -> PersonFile:
    """Read everything on a person, with what was recorded before they had a name."""
    write = _Writer(person, zone)
    derived = learner(person, now)
    data = {
        "personne": write.person(),
        "diagnostics": [write.sitting(row) for row in queries.sittings_of(person)],
        "faits": [write.fact(row) for row in queries.evidence_of(person)],
        "seances": [write.seance(row) for row in queries.seances_of(person, cancelled=True)],
        "ateliers": [write.atelier(*pair) for pair in exchange_queries.ateliers_of(person)],
        "corrections": [write.correction(row) for row in exchange_queries.seance_changes_of(person)],
        "rendez_vous": [write.appointment(row) for row in exchange_queries.appointments_of(person)],
        "chemin_change": [write.plan_change(row) for row in exchange_queries.plan_changes_of(person)],
        "notes": [write.note(row) for row in exchange_queries.notes_of(person)],
        "passages": [write.hand_over(row) for row in exchange_queries.hand_overs_of(person)],
        "consultations": [write.access(row) for row in exchange_queries.accesses_to(person)],
        "deductions": _deductions(derived),
    }
    return PersonFile(person, display_name(person), data, derived)


def as_json(file: PersonFile) -> bytes:
    """The data with accents as they are, a line each value."""
    return json.dumps(file.data, ensure_ascii=False, indent=1).encode()


def note_export(person: Usager, account: Account, now: datetime) -> None:
    """Keep who took a copy of a person's file, and when."""
    db.session.add(
        FileAccess(
            structure_id=person.structure_id,
            id=uuid.uuid4(),
            usager_id=person.id,
            account_id=account.id,
            action=EXPORT,
            at=now,
        )
    )
    db.session.commit()


def _deductions(derived: Learner) -> list[dict[str, Any]]:
    """What is believed of the modules that there are facts on, and what the sessions say."""
    content = current_engines().content
    goal = set(content.goal_modules(derived.usager.goal_id or "", derived.usager.device))
    asked = {fact.module for fact in derived.evidence}
    found = []
    for id_ in derived.graph.ids:
        if id_ in asked or id_ in goal:
            state = derived.autonomy.get(id_)
            worked = state is not None and state.times_worked > 0
            found.append(
                {
                    "module": id_,
                    "titre": module_name(id_).title,
                    "probabilite_acquis": round(derived.belief[id_], 3),
                    "autonomie": LEVELS[state.level] if state and worked else None,
                    "fois_travaille": state.times_worked if state else 0,
                }
            )
    return found


class _Writer:
    """Rows in French words, with local times and with names for ids."""

    def __init__(self, person: Usager, zone: str) -> None:
        self.usager = person
        self.zone = ZoneInfo(zone)
        self.accounts = {account.id: account.name for account in queries.accounts(person.structure_id)}
        self.places = exchange_queries.places_by_id(person.structure_id)

    def _time(self, moment: datetime | None) -> str | None:
        return moment.astimezone(self.zone).isoformat(timespec="seconds") if moment else None

    def _who(self, account_id: uuid.UUID | None) -> str | None:
        return self.accounts.get(account_id) if account_id else None

    def _place(self, place_id: uuid.UUID | None) -> str | None:
        place = self.places.get(place_id) if place_id else None
        return place.name if place else None

    def person(self) -> dict[str, Any]:
        usager = self.usager
        return {
            "identifiant": str(usager.id),
            "identifiants_sans_nom": [str(id_) for id_ in queries.identities(usager) if id_ != usager.id],
            "prenom": usager.first_name,
            "initiale": usager.last_initial,
            "dizaine_de_naissance": usager.birth_decade,
            "genre": usager.gender,
            "statut": usager.occupation,
            "carte": usager.card,
            "but": usager.goal_id,
            "autres_buts": list(usager.other_goal_ids or []),
            "appareil": usager.device,
            "appareil_chez_soi": usager.home_device,
            "lecture": usager.reading,
            "son": usager.sound,
            "confort": usager.comfort,
            "ce_qui_aide": list(usager.works_well or []),
            "minutes_par_seance": usager.session_minutes,
            "jours_entre_seances": usager.session_days,
            "suivi_par": self._who(usager.referent_id),
            "information_entendue_le": self._time(usager.notice_heard_at),
            "prevenu_de_l_effacement_le": self._time(usager.purge_warned_at),
            "fiche_ouverte_le": self._time(usager.created_at),
        }

    def sitting(self, row: Any) -> dict[str, Any]:
        return {
            "identifiant": str(row.id),
            "but": row.goal_id,
            "appareil": row.device,
            "commence_le": self._time(row.started_at),
            "termine_le": self._time(row.ended_at),
            "raison_de_la_fin": row.stop_reason,
        }

    def fact(self, row: Any) -> dict[str, Any]:
        return {
            "identifiant": str(row.id),
            "module": row.module_id,
            "titre": module_name(row.module_id).title,
            "source": row.source,
            "resultat": row.outcome,
            "aide": row.help,
            "question": row.item_id,
            "etape": row.step,
            "reponse": row.response,
            "appareil": row.device,
            "diagnostic": str(row.sitting_id) if row.sitting_id else None,
            "seance": str(row.seance_id) if row.seance_id else None,
            "note_par": self._who(row.author_id),
            "corrige": str(row.corrects_id) if row.corrects_id else None,
            "le": self._time(row.occurred_at),
            "enregistre_le": self._time(row.recorded_at),
        }

    def seance(self, row: Any) -> dict[str, Any]:
        return {
            "identifiant": str(row.id),
            "type": row.kind,
            "canal": row.place,
            "lieu": self._place(row.place_id),
            "accueil_libre": row.drop_in,
            "appareil": row.device,
            "minutes": row.minutes,
            "thematiques": list(row.themes or []),
            "demarche": row.procedure_theme,
            "reorientation": row.redirected_to,
            "suite": row.next_step,
            "avec": self._who(row.author_id),
            "le": self._time(row.occurred_at),
            "enregistre_le": self._time(row.recorded_at),
            "modifie_le": self._time(row.changed_at),
            "annulee_le": self._time(row.cancelled_at),
        }

    def atelier(self, taking: Any, atelier: Any) -> dict[str, Any]:
        return {
            "identifiant": str(atelier.id),
            "module": atelier.module_id,
            "ouvert_le": self._time(atelier.opened_at),
            "tablette_prise_le": self._time(taking.joined_at),
            "aide_notee": taking.help,
            "avec": self._who(atelier.author_id),
        }

    def correction(self, row: Any) -> dict[str, Any]:
        return {
            "seance": str(row.seance_id),
            "avant": row.before,
            "apres": row.after,
            "par": self._who(row.author_id),
            "le": self._time(row.made_at),
        }

    def appointment(self, row: Any) -> dict[str, Any]:
        return {
            "identifiant": str(row.id),
            "commence_le": self._time(row.starts_at),
            "minutes": row.minutes,
            "canal": row.place,
            "lieu": self._place(row.place_id),
            "module": row.module_id,
            "en_atelier": row.usager_id is None,
            "avec": self._who(row.author_id),
            "annule_le": self._time(row.cancelled_at),
            "pris_le": self._time(row.created_at),
        }

    def plan_change(self, row: Any) -> dict[str, Any]:
        return {
            "genre": row.kind,
            "module": row.module_id,
            "valeur": row.value,
            "avant": row.before,
            "raison": row.reason,
            "par": self._who(row.author_id),
            "le": self._time(row.made_at),
            "annule_le": self._time(row.undone_at),
        }

    def note(self, row: Any) -> dict[str, Any]:
        return {"texte": row.text, "par": self._who(row.author_id), "le": self._time(row.written_at)}

    def hand_over(self, row: Any) -> dict[str, Any]:
        return {
            "de": self._who(row.from_id),
            "a": self._who(row.to_id) or "toute la structure",
            "resume_transmis": row.told,
            "le": self._time(row.made_at),
            "vu_le": self._time(row.seen_at),
        }

    def access(self, row: Any) -> dict[str, Any]:
        return {"par": self._who(row.account_id), "action": row.action, "le": self._time(row.at)}
