"""Why a step is in a plan, as data: a closed list of codes, and the plain sentence that each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """Every reason and warning that the planner gives."""

    PINNED = "epingle"
    ADDED = "ajoute"
    MOVED = "deplace"
    SET_ASIDE = "mis_de_cote"
    REVIEW = "a_revoir"
    VERIFY = "a_verifier"
    PRACTISE = "a_pratiquer"
    CONSOLIDATE = "a_consolider"
    PREREQUISITES_MASTERED = "prerequis_acquis"
    PREREQUISITES_BEFORE = "prerequis_avant"
    NEEDED_FOR = "prerequis_de"
    GOAL = "but"

    PREREQUISITE_SKIPPED = "prerequis_passe"
    PINNED_NEEDS = "epingle_apres_prerequis"
    PREREQUISITE_MISSING = "prerequis_manquant"
    UNKNOWN_MODULE = "module_inconnu"
    LONGER_THAN_SESSION = "plus_long_que_la_seance"


SENTENCES: Mapping[Code, str] = MappingProxyType(
    {
        Code.PINNED: "Votre conseiller a choisi cette étape.",
        Code.ADDED: "Votre conseiller a ajouté cette étape.",
        Code.MOVED: "Votre conseiller a choisi cet ordre.",
        Code.SET_ASIDE: "Votre conseiller a choisi de faire cette étape plus tard.",
        Code.REVIEW: "Vous saviez le faire. On le revoit avant de l'oublier.",
        Code.VERIFY: "Vous savez peut-être déjà le faire. On vérifie en {minutes} minutes.",
        Code.PRACTISE: "Vous avez déjà commencé. On le refait ensemble.",
        Code.CONSOLIDATE: "Encore une fois, pour que cela tienne.",
        Code.PREREQUISITES_MASTERED: "Vous savez faire : {modules}. La suite est à votre portée.",
        Code.PREREQUISITES_BEFORE: "Cela vient après : {modules}.",
        Code.NEEDED_FOR: "Il le faut pour : {modules}.",
        Code.GOAL: "C'est votre but.",
        Code.PREREQUISITE_SKIPPED: "Sans {modules[1]}, ce sera plus difficile.",
        Code.PINNED_NEEDS: "Avant, il faut : {modules}.",
        Code.PREREQUISITE_MISSING: "Avant, il vaut mieux savoir : {modules}.",
        Code.UNKNOWN_MODULE: "Ce module n'existe plus.",
        Code.LONGER_THAN_SESSION: "Ce module demande {minutes} minutes, plus que la séance.",
    }
)
"""What each code says, in the usager's words; the web layer writes the final sentence.

``modules`` of a reason, by code (empty for the others), and its ``numbers``:

- ``epingle``, ``ajoute``, ``deplace``, ``mis_de_cote``, ``but``: none.
- ``a_revoir``: ``retrievability`` (P(still there)); ``days`` of stability.
- ``a_verifier``: ``probability`` (P(mastered)); ``minutes``.
- ``a_pratiquer``: ``times`` it was worked on; ``level`` (0 découverte … 3 autonome).
- ``a_consolider``: ``times`` that it will have been worked on, this one included.
- ``prerequis_acquis``: the mastered prerequisites. ``prerequis_avant``: those that come earlier in the plan.
- ``prerequis_de``: what it opens, then the target it serves (once where they are the same).
- warnings: ``prerequis_passe`` the module, then the skipped prerequisite; ``epingle_apres_prerequis`` the
  pinned module, then what must come before; ``prerequis_manquant`` the added module, then what it needs
  that is neither mastered nor planned; ``module_inconnu`` the id; ``plus_long_que_la_seance`` the
  module, with ``minutes``.
"""


@dataclass(frozen=True)
class Reason:
    """A code of ``Code``, the modules that it names and its figures, as ``SENTENCES`` documents them."""

    code: str
    modules: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
