"""La Coop's codes as people read them, and how what Jalons keeps becomes one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.engine.evidence import Help

NOT_SAID = "non_communique"

KINDS = {"individuel": "Individuel", "collectif": "Collectif"}
CHANNELS = {
    "lieu_activite": "Lieu d'activité",
    "domicile": "À domicile",
    "a_distance": "À distance",
    "autre": "Autre lieu",
}
DEVICES = {
    "ordinateur": "Ordinateur",
    "telephone": "Téléphone",
    "tablette": "Tablette",
    "autre": "Autre",
    "aucun": "Aucun matériel",
}
ATELIER_LEVELS = {"debutant": "Débutant", "intermediaire": "Intermédiaire", "avance": "Avancé"}
AUTONOMY = {
    "entierement_accompagne": "Avec guidage",
    "partiellement_autonome": "Autonome avec guidage en cas de besoin",
    "autonome": "Autonome",
}
GENDERS = {"feminin": "Féminin", "masculin": "Masculin", NOT_SAID: "Non communiqué"}
AGES = {
    "moins_de_douze": "Moins de 12 ans",
    "douze_dix_huit": "12 à 17 ans",
    "dix_huit_vingt_quatre": "18 à 24 ans",
    "vingt_cinq_trente_neuf": "25 à 39 ans",
    "quarante_cinquante_neuf": "40 à 59 ans",
    "soixante_soixante_neuf": "60 à 69 ans",
    "soixante_dix_plus": "70 ans et plus",
    NOT_SAID: "Non communiqué",
}
_AGE_ENDS = (12, 18, 25, 40, 60, 70)
OCCUPATIONS = {
    "scolarise": "Scolarisé",
    "sans_emploi": "Sans emploi",
    "en_emploi": "En emploi",
    "retraite": "Retraité",
    NOT_SAID: "Non communiqué",
}
THEMES = {
    "diagnostic_numerique": "Diagnostic numérique",
    "prendre_en_main_du_materiel": "Prendre en main du matériel",
    "maintenance_de_materiel": "Maintenance de matériel",
    "gere_ses_contenus_numeriques": "Gérer ses contenus numériques",
    "navigation_sur_internet": "Navigation sur Internet",
    "email": "Messagerie",
    "bureautique": "Bureautique",
    "reseaux_sociaux": "Réseaux sociaux",
    "sante": "Santé",
    "banque_et_achats_en_ligne": "Banque et achats en ligne",
    "entrepreneuriat": "Entrepreneuriat",
    "insertion_professionnelle": "Insertion professionnelle",
    "securite_numerique": "Sécurité numérique",
    "parentalite": "Parentalité",
    "scolarite_et_numerique": "Scolarité et numérique",
    "creer_avec_le_numerique": "Créer avec le numérique",
    "culture_numerique": "Culture numérique",
    "intelligence_artificielle": "Intelligence artificielle",
    "aide_aux_demarches_administratives": "Aide aux démarches administratives",
}
PROCEDURES = {
    "papiers_elections_citoyennete": "Papiers, élections, citoyenneté",
    "famille_scolarite": "Famille, scolarité",
    "social_sante": "Social, santé",
    "travail_formation": "Travail, formation",
    "logement": "Logement",
    "transports_mobilite": "Transports, mobilité",
    "argent_impots": "Argent, impôts",
    "justice": "Justice",
    "etrangers_europe": "Étrangers, Europe",
    "loisirs_sports_culture": "Loisirs, sports, culture",
    "associations": "Associations",
}
REDIRECTIONS = {
    "administration": "Administration",
    "mediation_numerique": "Médiation numérique",
    "operateur_ou_organisme_en_charge": "Opérateur ou organisme en charge",
    "aide_sociale": "Aide sociale",
    "insertion_professionnelle": "Insertion professionnelle",
    "aide_aux_demarches_administratives": "Aide aux démarches administratives",
    "autre": "Autre",
}

_RANKS = {Help.DONE_FOR: 0, Help.ACCOMPANIED: 0, Help.GUIDED: 1, Help.ALONE: 2, Help.TEACHES: 2}


def autonomy_level(helps: Sequence[Help]) -> str | None:
    """The one value that La Coop asks for a session, from the help given for each of its modules.

    Done for them or accompanied is « entierement_accompagne », guided « partiellement_autonome », alone or
    showing others « autonome »; the session has the middle one of its modules, the lower of two middle ones.
    Nothing where no module was worked on.
    """
    ranks = sorted(_RANKS[help] for help in helps)
    return list(AUTONOMY)[ranks[(len(ranks) - 1) // 2]] if ranks else None


def age_band(age: int) -> str:
    """The band of an age in years."""
    return list(AGES)[sum(age >= end for end in _AGE_ENDS)]


def age_of_decade(decade: int | None, day: date) -> str:
    """The band of most people born in a decade (1950: from 1950 to 1959), on a day; the older of two equal
    ones. Jalons keeps no date of birth, so at the edge of a band it may be the neighbouring one."""
    if decade is None:
        return NOT_SAID
    bands = [age_band(max(day.year - year, 0)) for year in range(decade, decade + 10) if year <= day.year]
    return max(bands, key=bands.count) if bands else NOT_SAID


def procedure_or_redirection(code: str | None, known: dict[str, str]) -> str:
    """A code of a closed list as people read it; nothing where there is none."""
    return known.get(code, code) if code else ""
