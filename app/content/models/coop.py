"""Codes of La Coop de la médiation numérique that content names."""

from __future__ import annotations

from enum import StrEnum


class WorkshopLevel(StrEnum):
    """La Coop's levels of a workshop."""

    BEGINNER = "debutant"
    INTERMEDIATE = "intermediaire"
    ADVANCED = "avance"


class Theme(StrEnum):
    """La Coop's themes of accompaniment."""

    DIAGNOSTIC = "diagnostic_numerique"
    DEVICES = "prendre_en_main_du_materiel"
    MAINTENANCE = "maintenance_de_materiel"
    FILES = "gere_ses_contenus_numeriques"
    BROWSING = "navigation_sur_internet"
    MAIL = "email"
    OFFICE = "bureautique"
    SOCIAL_NETWORKS = "reseaux_sociaux"
    HEALTH = "sante"
    BANK_AND_SHOPPING = "banque_et_achats_en_ligne"
    BUSINESS = "entrepreneuriat"
    JOBS = "insertion_professionnelle"
    SECURITY = "securite_numerique"
    PARENTS = "parentalite"
    SCHOOL = "scolarite_et_numerique"
    CREATION = "creer_avec_le_numerique"
    CULTURE = "culture_numerique"
    AI = "intelligence_artificielle"
    PUBLIC_SERVICES = "aide_aux_demarches_administratives"
