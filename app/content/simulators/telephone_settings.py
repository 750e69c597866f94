"""The settings that every telephone has, page by page, with the words that they show."""

from __future__ import annotations

from typing import Any, cast

from app.content.simulators.telephone_parts import Setting, SettingsPage

_Line = dict[str, Any]


def _switch(id: str, name: str, on: bool = False, icon: str | None = None, text: str | None = None) -> _Line:
    value = "oui" if on else "non"
    return {"id": id, "nom": name, "genre": "interrupteur", "valeur": value, "icone": icon, "texte": text}


def _level(id: str, name: str, level: int, icon: str) -> _Line:
    return {"id": id, "nom": name, "genre": "niveau", "valeur": str(level), "icone": icon}


def _choice(id: str, name: str, value: str, choices: dict[str, str], icon: str | None = None) -> _Line:
    listed = [{"id": key, "nom": text} for key, text in choices.items()]
    return {"id": id, "nom": name, "genre": "choix", "valeur": value, "choix": listed, "icone": icon}


def _link(id: str, name: str, icon: str, text: str | None = None) -> _Line:
    return {"id": id, "nom": name, "genre": "page", "icone": icon, "texte": text}


def _text(id: str, name: str, text: str) -> _Line:
    return {"id": id, "nom": name, "genre": "texte", "texte": text}


def _page(id: str, name: str, icon: str, *lines: _Line) -> SettingsPage:
    given = {"id": id, "nom": name, "icone": icon, "lignes": lines}
    return cast(SettingsPage, SettingsPage.model_validate(given))


_HOURS = {"non": "Jamais", "h20": "20 heures", "h21": "21 heures", "h22": "22 heures", "h23": "23 heures"}

#: Pages that the application draws with what it holds besides these lines: wifi, applications, stockage,
#: temps_ecran, mise_a_jour and the pages of each application.
PAGES: tuple[SettingsPage, ...] = (
    _page(
        "reglages", "Réglages", "settings",
        _link("reseau", "Réseaux", "wifi", "Wi-Fi, données, avion"),
        _link("bluetooth", "Bluetooth", "bluetooth", "Objets proches"),
        _link("son", "Son et vibreur", "volume", "Sonnerie, volume"),
        _link("ne_pas_deranger", "Concentration", "moon", "Ne pas déranger"),
        _link("affichage", "Affichage", "sun", "Lumière, lettres, veille"),
        _link("accessibilite", "Accessibilité", "accessible", "Vue, ouïe, gestes"),
        _link("applications", "Applications", "apps", "Liste, autorisations, notifications"),
        _link("confidentialite", "Confidentialité", "shield-lock", "Qui utilise quoi"),
        _link("securite", "Sécurité", "lock", "Code, empreinte"),
        _link("temps_ecran", "Bien-être", "hourglass", "Temps passé, limites"),
        _link("famille", "Famille", "users", "Contrôle parental"),
        _link("batterie", "Batterie", "battery-2"),
        _link("stockage", "Stockage", "database", "Place qui reste"),
        _link("mise_a_jour", "Système", "refresh", "Version du téléphone"),
        _link("langue", "Langue et heure", "language"),
        _link("a_propos", "À propos", "info-circle"),
    ),
    _page(
        "reseau", "Réseaux", "wifi",
        _link("wifi", "Wi-Fi", "wifi"),
        _switch("donnees", "Données mobiles", True, "antenna-bars-5"),
        _switch("avion", "Mode avion", False, "plane"),
        _switch("partage", "Partage de connexion", False, "router"),
    ),
    _page("wifi", "Wi-Fi", "wifi", _switch("wifi", "Wi-Fi", True, "wifi")),
    _page(
        "bluetooth", "Bluetooth", "bluetooth",
        _switch("bluetooth", "Bluetooth", False, "bluetooth"),
        _text("objets", "Objets connus", "Enceinte du salon"),
    ),
    _page(
        "son", "Son et vibreur", "volume",
        _choice("sonnerie", "Mode", "sonne", {"sonne": "Sonnerie", "vibre": "Vibreur",
            "muet": "Silencieux"}, "bell"),
        _level("volume_sonnerie", "Volume de la sonnerie", 3, "bell"),
        _level("volume_medias", "Volume des vidéos", 3, "music"),
        _level("volume_reveil", "Volume du réveil", 4, "alarm"),
        _choice("musique", "Sonnerie choisie", "cloches", {"cloches": "Cloches", "piano": "Piano",
            "oiseaux": "Oiseaux"}),
        _switch("bruit_touches", "Bruit des touches", True),
    ),
    _page(
        "ne_pas_deranger", "Concentration", "moon",
        _switch("ne_pas_deranger", "Ne pas déranger", False, "moon", "Les alertes restent muettes"),
        _choice("ndp_debut", "Chaque soir, dès", "non", _HOURS, "clock"),
        _switch("ndp_favoris", "Laisser passer mes proches", True, "heart"),
    ),
    _page(
        "affichage", "Affichage", "sun",
        _level("lumiere", "Luminosité", 3, "sun"),
        _switch("lumiere_auto", "Lumière automatique", False),
        _choice("lettres", "Taille du texte", "moyen", {"petit": "Petit", "moyen": "Moyen",
            "grand": "Grand", "tres_grand": "Très grand"}, "text-size"),
        _switch("gras", "Texte en gras", False, "bold"),
        _switch("sombre", "Thème sombre", False, "moon"),
        _choice("veille", "Écran éteint après", "s30", {"s30": "30 secondes", "m2": "2 minutes",
            "m5": "5 minutes"}, "clock"),
        _switch("rotation", "Rotation de l'écran", True, "rotate"),
    ),
    _page(
        "accessibilite", "Accessibilité", "accessible",
        _switch("loupe", "Loupe", False, "zoom-in"),
        _switch("lecture", "Lecture à voix haute", False, "volume"),
        _switch("contraste", "Contraste fort", False, "eye"),
        _switch("sous_titres", "Sous-titres", False, "message"),
        _choice("delai", "Délai du toucher long", "court", {"court": "Court", "long": "Long"}, "hand-finger"),
    ),
    _page("applications", "Applications", "apps"),
    _page(
        "confidentialite", "Confidentialité", "shield-lock",
        _link("droit_position", "Position", "map-pin"),
        _link("droit_micro", "Micro", "microphone"),
        _link("droit_camera", "Appareil photo", "camera"),
        _link("droit_contacts", "Contacts", "address-book"),
        _link("droit_photos", "Photos", "photo"),
        _switch("publicite", "Publicités selon mes goûts", True, "ad"),
        _switch("localisation", "Localisation de l'appareil", True, "current-location"),
    ),
    _page("droit_position", "Position", "map-pin"),
    _page("droit_micro", "Micro", "microphone"),
    _page("droit_camera", "Appareil photo", "camera"),
    _page("droit_contacts", "Contacts", "address-book"),
    _page("droit_photos", "Photos", "photo"),
    _page(
        "securite", "Sécurité", "lock",
        _choice("verrou", "Verrouillage", "code", {"aucun": "Aucun", "code": "Code",
            "empreinte": "Empreinte"}, "lock"),
        _switch("retrouver", "Retrouver mon téléphone", True, "radar"),
        _switch("sources", "Applications venues d'ailleurs", False, "alert-triangle"),
        _switch("aide_distance", "Prise en main à distance", False, "screen-share"),
    ),
    _page("temps_ecran", "Bien-être", "hourglass"),
    _page(
        "famille", "Famille", "users",
        _switch("controle", "Contrôle parental", False, "shield-lock"),
        _choice("age", "Âge de l'enfant", "aucun", {"aucun": "À choisir", "ans6": "6 ans", "ans9": "9 ans",
            "ans12": "12 ans", "ans15": "15 ans"}, "user"),
        _choice("duree", "Durée par jour", "aucune", {"aucune": "Sans limite", "m30": "30 minutes",
            "h1": "1 heure", "h2": "2 heures"}, "hourglass"),
        _choice("coucher", "Écran coupé dès", "non", _HOURS, "moon"),
        _switch("achats", "Accord pour les achats", False, "shopping-cart"),
        _switch("sites", "Sites pour enfants seulement", False, "world-check"),
        _switch("repas", "Pause pendant les repas", False, "soup"),
    ),
    _page(
        "batterie", "Batterie", "battery-2",
        _switch("economie", "Économie d'énergie", False, "battery-eco"),
        _switch("pourcent", "Montrer le niveau", True, "battery-3"),
    ),
    _page("stockage", "Stockage", "database"),
    _page("mise_a_jour", "Système", "refresh", _switch("maj_auto", "Installer la nuit, tout seul", False,
        "moon")),
    _page(
        "langue", "Langue et heure", "language",
        _choice("langue", "Langue", "fr", {"fr": "Français", "en": "English", "es": "Español",
            "pt": "Português"}, "language"),
        _switch("heure_auto", "Heure automatique", True, "clock"),
    ),
    _page(
        "a_propos", "À propos", "info-circle",
        _text("modele", "Modèle", "Téléphone d'exercice"),
        _text("numero", "Votre numéro", "06 39 98 12 34"),
    ),
)  # fmt: skip

BY_ID: dict[str, Setting] = {line.id: line for page in PAGES for line in page.settings if line.kind != "page"}
