"""The names of the codes that content carries."""

from __future__ import annotations

from app.content.models.coop import Theme, WorkshopLevel

CRCN_WORDS = {
    "1.1": "Mener une recherche et une veille d’information",
    "1.2": "Gérer des données",
    "1.3": "Traiter des données",
    "2.1": "Interagir",
    "2.2": "Partager et publier",
    "2.3": "Collaborer",
    "2.4": "S’insérer dans le monde numérique",
    "3.1": "Développer des documents textuels",
    "3.2": "Développer des documents multimédia",
    "3.3": "Adapter les documents à leur finalité",
    "3.4": "Programmer",
    "4.1": "Sécuriser l’environnement numérique",
    "4.2": "Protéger les données personnelles et la vie privée",
    "4.3": "Protéger la santé, le bien-être et l’environnement",
    "5.1": "Résoudre des problèmes techniques",
    "5.2": "Évoluer dans un environnement numérique",
}
THEME_WORDS = {
    Theme.DIAGNOSTIC: "Diagnostic numérique",
    Theme.DEVICES: "Prendre en main du matériel",
    Theme.MAINTENANCE: "Maintenance de matériel",
    Theme.FILES: "Gérer ses contenus numériques",
    Theme.BROWSING: "Navigation sur Internet",
    Theme.MAIL: "E-mail",
    Theme.OFFICE: "Bureautique",
    Theme.SOCIAL_NETWORKS: "Réseaux sociaux",
    Theme.HEALTH: "Santé",
    Theme.BANK_AND_SHOPPING: "Banque et achats en ligne",
    Theme.BUSINESS: "Entrepreneuriat",
    Theme.JOBS: "Insertion professionnelle",
    Theme.SECURITY: "Sécurité numérique",
    Theme.PARENTS: "Parentalité",
    Theme.SCHOOL: "Scolarité et numérique",
    Theme.CREATION: "Créer avec le numérique",
    Theme.CULTURE: "Culture numérique",
    Theme.AI: "Intelligence artificielle",
    Theme.PUBLIC_SERVICES: "Aide aux démarches administratives",
}
LEVEL_WORDS = {
    WorkshopLevel.BEGINNER: "débutant",
    WorkshopLevel.INTERMEDIATE: "intermédiaire",
    WorkshopLevel.ADVANCED: "avancé",
}
GENRE_WORDS = {
    "choix": "choisir une réponse",
    "ordre": "remettre dans l’ordre",
    "associer": "associer",
    "toucher": "toucher un écran dessiné",
    "saisie": "écrire",
}
HELP_WORDS = (
    ("done_for", "Fait pour la personne"),
    ("accompanied", "Accompagné"),
    ("guided", "Guidé"),
    ("alone", "Seul"),
    ("teaches", "Transmet"),
)
