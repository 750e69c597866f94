"""All that can be done with a telephone, as gestures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.content.simulators.telephone_parts import PERMISSIONS

if TYPE_CHECKING:
    from app.content.simulators.telephone import Phone

_ALWAYS = frozenset([
    "allumer", "eteindre_ecran", "deverrouiller", "balayer:verrou=haut", "volet", "balayer:bord=bas",
    "fermer", "retour",
    "accueil", "recentes", "tout_fermer", "annuler", "ecran:1", "ecran:2", "balayer:pages=gauche",
    "balayer:pages=droite",
    "volume:plus", "volume:moins", "ecrire:code", "ecrire:numero", "ecrire:nom_contact",
    "ecrire:numero_contact",
    "ecrire:message", "ecrire:recherche", "ecrire:destinataire", "ecrire:mot_de_passe_wifi", "ecrire:note",
    "ecrire:reglage", "ecrire:legende", "ecrire:publication",
    "onglet:contacts", "onglet:journal", "onglet:clavier", "onglet:favoris",
    "appeler_numero", "raccrocher", "repondre_appel", "refuser_appel", "haut_parleur", "micro_appel",
    "nouveau_contact", "enregistrer_contact", "nouveau_message", "envoyer", "joindre", "joindre_galerie",
    "joindre_photo",
    "joindre_document", "joindre_position", "appui_long:micro", "envoyer_vocal", "annuler_vocal", "menu",
    "declencher", "retourner_camera", "flash", "mode:photo", "mode:video", "mode:portrait", "voir_derniere",
    "corbeille", "demander_vider_corbeille", "vider_corbeille",
    "chercher_magasin", "mes_applications", "maj_tout", "autoriser", "refuser",
    "se_connecter_wifi", "oublier_wifi", "demander_installer_systeme", "installer_systeme",
    "chercher_systeme",
    "amis", "fil", "profil", "publier", "lampe", "chercher",
    "visible:public", "visible:amis", "visible:moi", "valider_code", "annuler_contact", "message_refus",
    "micro",
    "valider_destinataire", "reglages_camera", "zoomer_camera", "retoucher", "publier_maintenant",
    "garder_note",
    "arriver:deverrouille", "arriver:photo_prise", "arriver:portrait_pris", "arriver:vocal_envoye",
    "arriver:transfere_33700", "arriver:photo_prise_1", "arriver:photo_prise_2",
    "arriver:photo_prise_3",
])  # fmt: skip


def gestures_of(phone: Phone) -> frozenset[str]:
    """All that can be done with this telephone."""
    return _ALWAYS | frozenset(
        [
            *_apps(phone),
            *_people(phone),
            *_conversations(phone),
            *_pictures(phone),
            *_settings(phone),
            *_social(phone),
            *_results(phone),
        ]
    )


def _apps(phone: Phone) -> Iterator[str]:
    for id in [*(app.id for app in phone.apps), *(app.id for app in phone.store)]:
        verbs = (
            "app", "reprendre", "fermer_app", "infos_app", "demander_desinstaller", "desinstaller",
            "maj_app", "arreter",
            "fiche_app", "installer", "ouvrir_app", "acheter",
        )  # fmt: skip
        yield from (f"{verb}:{id}" for verb in verbs)
        yield from (
            f"appui_long:app_{id}",
            f"balayer:carte_{id}=haut",
            f"rubrique:droits_{id}",
            f"rubrique:app_{id}",
        )
        yield from (f"{verb}:{id}={right}" for verb in ("donner", "retirer") for right in PERMISSIONS)
        yield from (f"notifications:{id}={value}" for value in ("oui", "non"))
        yield from (f"limite:{id}={minutes}" for minutes in (0, 15, 30, 60))
    for notification in phone.notifications:
        yield from (f"notification:{notification.id}", f"effacer:{notification.id}")


def _people(phone: Phone) -> Iterator[str]:
    for contact in phone.contacts:
        verbs = (
            "contact",
            "appeler",
            "ecrire_a",
            "modifier_contact",
            "demander_bloquer",
            "bloquer",
            "choisir",
        )
        yield from (f"{verb}:{contact.id}" for verb in verbs)
        yield from (
            f"demander_supprimer_contact:{contact.id}",
            f"supprimer_contact:{contact.id}",
            f"favori:{contact.id}",
        )
    for call in phone.calls:
        yield from (f"rappeler:{call.id}", f"infos_appel:{call.id}")
        yield from (f"demander_bloquer:{call.id}", f"bloquer:{call.id}")


def _conversations(phone: Phone) -> Iterator[str]:
    for one in phone.conversations:
        verbs = (
            "conversation", "demander_bloquer", "bloquer", "demander_signaler", "signaler",
            "demander_supprimer_conversation",
            "supprimer_conversation", "sourdine", "membres", "appeler_conversation", "vers", "video",
            "ajouter_contact",
        )  # fmt: skip
        yield from (f"{verb}:{one.id}" for verb in verbs)
        for bubble in one.bubbles:
            verbs = (
                "transferer",
                "copier",
                "effacer_bulle",
                "repondre_bulle",
                "lien",
                "photo_recue",
                "ecouter",
            )
            yield from (f"{verb}:{bubble.id}" for verb in verbs)
            yield from (
                f"appui_long:bulle_{bubble.id}",
                f"options:{bubble.id}",
                f"enregistrer_photo:{bubble.id}",
            )


def _pictures(phone: Phone) -> Iterator[str]:
    new = [f"prise_{n}" for n in range(1, 6)]
    received = [
        f"recue_{bubble.id}" for one in phone.conversations for bubble in one.bubbles if bubble.picture
    ]
    for id in [*(photo.id for photo in (*phone.photos, *phone.bin)), *new, *received]:
        verbs = (
            "photo",
            "demander_supprimer_photo",
            "supprimer_photo",
            "partager",
            "restaurer",
            "agrandir",
            "galerie",
        )
        yield from (f"{verb}:{id}" for verb in verbs)
    yield from (f"partager_dans:{channel}" for channel in ("messages", "whatsapp", "courrier"))


def _settings(phone: Phone) -> Iterator[str]:
    for page in phone.pages:
        yield f"rubrique:{page.id}"
        for line in page.settings:
            yield from line.gestures()
    yield from (f"wifi:{network.id}" for network in phone.networks)


def _social(phone: Phone) -> Iterator[str]:
    for post in phone.posts:
        yield from (f"{verb}:{post.id}" for verb in ("aimer", "commenter", "relayer", "menu_post"))
        yield from (f"{verb}:{post.id}" for verb in ("demander_signaler", "signaler", "masquer"))
    for request in phone.requests:
        yield from (f"{verb}:{request.id}" for verb in ("accepter", "refuser_ami", "voir_profil"))
        yield from (
            f"{verb}:{request.id}"
            for verb in ("demander_bloquer", "bloquer", "demander_signaler", "signaler")
        )


def _results(phone: Phone) -> Iterator[str]:
    """What comes of gestures, whatever the way there."""
    named = {
        "app": phone.apps, "ferme": phone.apps, "a_jour": phone.apps, "appel": phone.contacts,
        "conversation": phone.conversations, "envoye": phone.conversations, "photo": phone.photos,
        "photo_envoyee": phone.photos, "connecte": phone.networks,
    }  # fmt: skip
    for word, things in named.items():
        yield from (f"arriver:{word}_{thing.id}" for thing in things)
    yield from (f"arriver:app_{one.id}" for one in phone.store)
    yield from (f"arriver:photo_recue_{bubble.id}" for one in phone.conversations for bubble in one.bubbles)
    yield from (f"calculer:{key}" for key in (*"0123456789", "plus", "moins", "fois", "egal", "tout"))
