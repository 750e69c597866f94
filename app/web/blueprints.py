"""The parts of the site."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach every blueprint."""
    from app.web import simulator_defaults, static_files
    from app.web.accueil import views as accueil
    from app.web.atelier import views as atelier
    from app.web.connexion import views as connexion
    from app.web.conseiller import recordings
    from app.web.conseiller import views as conseiller
    from app.web.contenu import views as contenu
    from app.web.echanges import views as echanges
    from app.web.structure import views as structure
    from app.web.usager import comfort, notice, questions, sending, training, voice
    from app.web.usager import views as usager

    for part in (
        static_files,
        simulator_defaults,
        accueil,
        connexion,
        usager,
        notice,
        questions,
        sending,
        training,
        comfort,
        voice,
        conseiller,
        recordings,
        atelier,
        contenu,
        echanges,
        structure,
    ):
        app.register_blueprint(part.blueprint)
