"""What a telephone holds when a scene says nothing of it: enough to look round and to go astray."""

from __future__ import annotations

from typing import Any, TypeVar

from app.content.models.base import Entry
from app.content.simulators.telephone_parts import (
    App,
    Call,
    Contact,
    Conversation,
    Network,
    Photo,
    Post,
    Request,
    StoreApp,
    Subject,
)

E = TypeVar("E", bound=Entry)


def _all(model: type[E], *given: dict[str, Any]) -> tuple[E, ...]:
    return tuple(model.model_validate(one) for one in given)


CONTACTS = _all(
    Contact,
    {"id": "agnes", "nom": "Agnès Morel", "numero": "06 39 98 10 11"},
    {"id": "bruno", "nom": "Bruno, plombier", "numero": "06 39 98 10 12", "icone": "tool"},
    {
        "id": "cabinet",
        "nom": "Cabinet du docteur Lemaire",
        "numero": "01 99 00 20 20",
        "icone": "stethoscope",
    },
    {"id": "denise", "nom": "Denise, ma voisine", "numero": "06 39 98 10 13"},
    {"id": "farid", "nom": "Farid Benali", "numero": "06 39 98 10 14"},
    {"id": "mairie", "nom": "Mairie", "numero": "01 99 00 31 31", "icone": "building-community"},
    {"id": "pharmacie", "nom": "Pharmacie des Lilas", "numero": "01 99 00 42 42", "icone": "pill"},
    {"id": "sonia", "nom": "Sonia, ma fille", "numero": "06 39 98 10 15", "icone": "heart"},
)
CONVERSATIONS = _all(
    Conversation,
    {"id": "conv_denise", "nom": "Denise, ma voisine", "quand": "hier", "bulles": [
        {"id": "d1", "texte": "Avez-vous vu mon chat ?", "heure": "17 h 02"},
        {"id": "d2", "moi": True, "texte": "Il dort sur mon muret.", "heure": "17 h 20"}]},
    {"id": "conv_pharmacie", "nom": "Pharmacie des Lilas", "icone": "pill", "quand": "lundi", "bulles": [
        {"id": "p1", "texte": "Votre commande est prête.", "heure": "11 h 00"}]},
    {"id": "conv_mairie", "nom": "Mairie", "icone": "building-community", "quand": "lundi", "bulles": [
        {"id": "m1", "texte": "Le marché change de place dimanche.", "heure": "9 h 00"}]},
    {"id": "conv_farid", "nom": "Farid Benali", "quand": "dimanche", "bulles": [
        {"id": "f1", "texte": "Merci pour les tomates !", "heure": "18 h 30"}]},
    {"id": "wa_agnes", "nom": "Agnès Morel", "dans": "whatsapp", "quand": "hier", "bulles": [
        {"id": "wa1", "texte": "On marche mardi ?", "heure": "8 h 15"},
        {"id": "wa2", "moi": True, "texte": "Oui, à 9 heures.", "heure": "8 h 40"}]},
    {"id": "wa_belote", "nom": "Belote du jeudi", "dans": "whatsapp", "icone": "users", "quand": "lundi",
     "membres": ["Agnès Morel", "Farid Benali", "Jeannine", "Vous"], "bulles": [
        {"id": "wb1", "auteur": "Jeannine", "texte": "J'apporte le café.", "heure": "19 h 00"}]},
)  # fmt: skip
PHOTOS = _all(
    Photo,
    {"id": "plage", "nom": "La plage", "icone": "cliche-plage", "date": "12 août"},
    {"id": "gateau", "nom": "Un gâteau", "icone": "cliche-gateau", "date": "3 juillet"},
    {"id": "velo", "nom": "Un vélo", "icone": "cliche-velo", "date": "20 juin"},
    {"id": "rosier", "nom": "Un rosier", "icone": "cliche-rosier", "date": "2 juin"},
    {"id": "bateau", "nom": "Un bateau", "icone": "cliche-bateau", "date": "14 mai"},
)
SUBJECT = Subject.model_validate({"nom": "Une table", "icone": "cliche-table"})
CALLS = _all(
    Call,
    {"id": "appel_denise", "nom": "Denise, ma voisine", "sens": "emis", "quand": "hier"},
    {"id": "appel_pharmacie", "nom": "Pharmacie des Lilas", "sens": "recu", "quand": "lundi"},
    {"id": "appel_agnes", "nom": "Agnès Morel", "sens": "recu", "quand": "dimanche"},
)
APPS = _all(
    App,
    {"id": "telephone", "nom": "Téléphone", "icone": "phone", "autorisations": ["contacts", "micro"],
     "minutes": 12},
    {"id": "messages", "nom": "Messages", "icone": "message", "autorisations": ["contacts"], "minutes": 9},
    {"id": "whatsapp", "nom": "WhatsApp", "icone": "message-circle", "systeme": False, "taille": "180 Mo",
     "autorisations": ["contacts", "micro", "camera", "photos"], "minutes": 21},
    {"id": "camera", "nom": "Appareil photo", "icone": "camera", "autorisations": ["camera", "photos"],
     "minutes": 3},
    {"id": "photos", "nom": "Photos", "icone": "photo", "autorisations": ["photos"], "minutes": 5},
    {"id": "reglages", "nom": "Réglages", "icone": "settings"},
    {"id": "magasin", "nom": "Magasin", "icone": "shopping-bag"},
    {"id": "navigateur", "nom": "Navigateur", "icone": "world", "minutes": 18,
     "lignes": ["Recherche : rien pour le moment.", "Votre page d'accueil est vide."]},
    {"id": "courrier", "nom": "Messagerie", "icone": "mail", "minutes": 6,
     "lignes": ["Boîte de réception : aucun nouveau message."]},
    {"id": "agenda", "nom": "Agenda", "icone": "calendar",
     "lignes": ["Mardi : marche avec Agnès, 9 heures.", "Jeudi : belote, 14 heures."]},
    {"id": "meteo", "nom": "Météo", "icone": "sun", "autorisations": ["position"], "minutes": 2,
     "lignes": ["Aujourd'hui : soleil, 21 degrés.", "Demain : quelques nuages."]},
    {"id": "calculatrice", "nom": "Calculatrice", "icone": "calculator"},
    {"id": "notes", "nom": "Notes", "icone": "notes", "lignes": ["Courses : pain, lait, pommes."]},
    {"id": "horloge", "nom": "Horloge", "icone": "clock", "lignes": ["Réveil : 7 heures, éteint.",
     "Minuteur : 10 minutes."]},
    {"id": "lampe", "nom": "Lampe de poche", "icone": "bulb", "systeme": False, "taille": "8 Mo",
     "lignes": ["La lampe est éteinte."]},
    {"id": "reseau_social", "nom": "La Place", "icone": "users-group", "systeme": False, "taille": "95 Mo",
     "autorisations": ["photos"], "minutes": 35},
    {"id": "perles", "nom": "Perles et fruits", "icone": "cherry", "systeme": False, "taille": "310 Mo",
     "minutes": 95,
     "lignes": ["Niveau 12. Touchez pour jouer.", "Vos vies reviennent dans 20 minutes."]},
    {"id": "radio", "nom": "Ma radio", "icone": "radio", "systeme": False, "taille": "40 Mo", "minutes": 15,
     "lignes": ["À l'écoute : concert du matin."]},
)  # fmt: skip
STORE = _all(
    StoreApp,
    {"id": "recettes", "nom": "Mes recettes", "editeur": "Cuisine et Compagnie", "icone": "chef-hat",
     "note": "4,2",
     "texte": "Des plats simples pour chaque jour.", "mots": ["cuisine", "recette", "plat"]},
    {"id": "oiseaux", "nom": "Chants d'oiseaux", "editeur": "Nature en ville", "icone": "feather",
     "note": "4,6",
     "texte": "Reconnaître les oiseaux du jardin.", "mots": ["oiseau", "nature", "jardin"],
     "demande": ["micro"]},
    {"id": "mots_croises", "nom": "Mots croisés", "editeur": "Jeux du soir", "icone": "pencil", "note": "4,0",
     "texte": "Une grille neuve chaque jour.", "mots": ["jeu", "mots", "grille"]},
    {"id": "marche", "nom": "Mes pas", "editeur": "Marchons", "icone": "walk", "note": "3,9",
     "prix": "3 euros par mois",
     "texte": "Compte vos pas.", "mots": ["marche", "pas", "santé"], "demande": ["position"]},
)  # fmt: skip
NETWORKS = _all(
    Network,
    {"id": "box_maison", "nom": "Box du salon", "mot_de_passe": "lavande-2024", "force": 3},
    {"id": "box_voisin", "nom": "Box de Bruno", "mot_de_passe": "abcd-0000", "force": 2},
    {"id": "imprimante", "nom": "Imprimante 40", "mot_de_passe": "abcd-0001", "force": 1},
)
POSTS = _all(
    Post,
    {
        "id": "post_chorale",
        "auteur": "Chorale du bourg",
        "texte": "Concert samedi à 17 heures.",
        "icone": "music",
    },
    {
        "id": "post_denise",
        "auteur": "Denise, ma voisine",
        "texte": "Mes dahlias sont sortis.",
        "icone": "cliche-rosier",
    },
)
REQUESTS = _all(
    Request,
    {"id": "ami_farid", "nom": "Farid Benali", "texte": "Votre partenaire de belote. 6 amis communs."},
)
