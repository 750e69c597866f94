"""Create an account from the terminal."""

from __future__ import annotations

import click

from app.cli_french import Refusal
from app.services import accounts
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import Structure


def create(structure_name: str | None, *, name: str | None, email: str | None, role: str) -> str:
    """Create an account and return the sentence that says so. Raises `Refusal`."""
    structure = _chosen(structure_name)
    if structure is None:
        structure_name = structure_name or click.prompt("Nom de la structure")
    name = name or click.prompt("Prénom et nom")
    email = email or click.prompt("Adresse mail")
    password = _asked_password()
    try:
        if structure is None:
            made = accounts.found(
                structure_name=structure_name, email=email, name=name, password=password, now=now()
            )
        else:
            made = accounts.create_account(
                structure, email=email, name=name, password=password, role=role, now=now()
            )
            db.session.commit()
    except accounts.AccountError as error:
        raise Refusal(str(error)) from error
    return f"Compte créé pour {made.name} ({made.email}), {accounts.ROLES[made.role].lower()}."


def _chosen(name: str | None) -> Structure | None:
    """The structure meant; None where there is none yet. Raises `Refusal` where it is not clear which."""
    known = queries.structures()
    if not known:
        return None
    if name is None and len(known) == 1:
        return known[0]
    for structure in known:
        if name is not None and name.casefold() in (structure.name.casefold(), structure.slug):
            return structure
    names = ", ".join(f"« {structure.name} »" for structure in known)
    raise Refusal(f"Dites de quelle structure il s’agit avec --structure, parmi : {names}.")


def _asked_password() -> str:
    first = click.prompt("Mot de passe (rien ne s’affiche)", hide_input=True)
    if first != click.prompt("Le même encore une fois", hide_input=True):
        raise Refusal("Les deux mots de passe ne sont pas les mêmes. Relancez la commande.")
    return str(first)
