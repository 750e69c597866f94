"""What the help says on each screen of the desk, by endpoint: two or three sentences."""

from __future__ import annotations

HELP: dict[str, tuple[str, ...]] = {
    "conseiller.today": (
        "Ici, les rendez-vous et les ateliers du jour, puis les personnes à regarder de près.",
        "Touchez « Commencer » pour noter la séance d'une personne attendue.",
    ),
    "conseiller.usagers": (
        "Les personnes suivies par la structure. Cherchez un prénom, ou filtrez par but.",
        "En haut, les diagnostics faits sans nom attendent qu'on les rattache.",
    ),
    "conseiller.usager": (
        "Le chemin de la personne : ce qui est acquis, l'étape en cours, la suite.",
        "« Pourquoi ? » montre les réponses sur lesquelles chaque chiffre repose.",
    ),
    "conseiller.modules_of": (
        "Chaque module, ce que l'on en croit, et quand il faudra le revoir.",
        "« Stabilité » : le nombre de jours après lequel 9 personnes sur 10 savent encore faire.",
    ),
    "conseiller.progress_of": (
        "Les courbes montrent l'autonomie après chaque venue. Chaque courbe a son tableau.",
        "Entre deux dates, « non vu » n'est pas « pas encore acquis ».",
    ),
    "conseiller.history_of": (
        "Tout ce qui a été noté, le plus récent en haut. Filtrez par module ou par période.",
        "Une correction garde l'ancienne valeur : rien n'est effacé.",
    ),
    "conseiller.plan": (
        "Le plan est une proposition. Épinglez, passez ou déplacez une étape.",
        "Le nombre de séances avant et après le changement est montré. Tout s'annule.",
    ),
    "conseiller.personal_data": (
        "Ce que Jalons garde sur la personne, et qui a ouvert sa fiche.",
        "Corriger, prendre une copie, effacer : ce sont ses droits. Faites-le avec elle.",
    ),
    "conseiller.notes_of": (
        "Une note aide à apprendre : « préfère la souris à gauche ». Rien de privé.",
        "La personne peut tout lire. Une note effacée l'est pour toujours.",
    ),
    "conseiller.structure_data": (
        "Les fiches sans contact depuis longtemps s'effacent seules, annoncées ici 30 jours avant.",
        "La personne responsable choisit ce délai, et si les notes libres sont permises.",
    ),
    "conseiller.new_seance": (
        "Le plan a déjà rempli les modules. Choisissez l'aide donnée pour chacun.",
        "Ce qui est écrit reste dans ce navigateur tant que la séance n'est pas enregistrée.",
    ),
    "atelier.ateliers": (
        "Ouvrez un atelier : les tablettes le rejoignent avec un code à 4 chiffres.",
        "La grille note l'aide de chacun d'un seul toucher.",
    ),
    "atelier.groups": (
        "Jalons réunit les personnes prêtes à apprendre la même chose. Le groupe porte le nom de ce module.",
        "« Pourquoi ce groupe ? » dit ce que chaque séance apporte, et quoi proposer à chacun.",
    ),
    "contenu.modules": (
        "Ce que Jalons sait enseigner : modules, questions, scènes et fiches d'atelier.",
        "Une scène s'essaie ici, sans rien enregistrer.",
    ),
    "echanges.home": (
        "Exportez les activités pour La Coop, importez des personnes, lisez les bilans.",
        "Dans un bilan, les petits groupes sont masqués : personne ne peut être reconnu.",
    ),
}
