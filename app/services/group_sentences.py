"""Why groups are what they are, as one plain French sentence each, for whoever leads them."""

from __future__ import annotations

from app.content.typography import NBSP, typographie
from app.engine.group_reasons import GroupReason, SeatReason, SessionReason
from app.engine.groups import LEARNT, NextModule, Seat
from app.services.engines import current_engines
from app.services.modules import module_name
from app.services.sentences import ability
from app.services.whole_numbers import shared_out

LIKELY_LEARNT = 0.25
"""Chance of learning something in a group under which it is no reason to be there."""
NEARLY = 0.9
"""Share of what this group brings from which another one would do nearly as well."""
SOMEBODY = LIKELY_LEARNT / LEARNT
"""People expected to be ready for a module under which it is not for the group: the same chance, for one."""
ABLE = 0.7
"""Share of people who master the module that most are ready for, from which a group has nothing to learn."""


def learns_here(reason: GroupReason) -> bool:
    """Whether somebody of a group is expected to be ready for its first module."""
    return bool(reason.sessions) and reason.sessions[0].ready >= SOMEBODY


def nothing_left(reason: GroupReason) -> bool:
    """Whether a group that learns nothing here can do it all; otherwise too little is known of it."""
    return not reason.sessions or reason.sessions[0].mastered >= ABLE * len(reason.seats)


def group_sentence(reason: GroupReason) -> str:
    """Why these people are together: what they can learn first."""
    several = len(reason.seats) > 1
    who = f"Ces {len(reason.seats)}{NBSP}personnes" if several else "Cette personne"
    if not learns_here(reason) and nothing_left(reason):
        return typographie(f"{who} {'n’ont' if several else 'n’a'} plus rien à apprendre ici.")
    if not learns_here(reason):
        whom, give = ("ces personnes", "leur") if several else ("cette personne", "lui")
        return typographie(f"On connaît encore mal {whom}. Proposez-{give} le diagnostic.")
    modules = dict.fromkeys(session.module for session in reason.sessions if session.ready >= SOMEBODY)
    titles = ", puis ".join(_title(module) for module in list(modules)[:2])
    if several and reason.sessions[0].ready < len(reason.seats) / 2:
        return typographie(f"{who} ont des besoins différents. Le mieux à faire ensemble : {titles}.")
    return typographie(f"{who} {'peuvent apprendre ensemble' if several else 'peut apprendre'} {titles}.")


def session_sentence(reason: SessionReason) -> str:
    """Why a group does a module: how many are ready for it, can do it, or lack something before. The numbers
    are whole, and together the people of the group."""
    counts = (reason.ready, reason.mastered, reason.missing)
    ready, mastered, missing = shared_out(counts, round(sum(counts)))
    return _for_whom(reason.module, ready, mastered, missing)


def next_module_sentence(found: NextModule) -> str:
    """Why a module is proposed to a group now: one by one, its people as ``seat_now_sentence`` tells them."""
    ready = count_ready(found)
    return _for_whom(found.module, ready, len(found.bored), len(found.lost), unsure=len(found.ready) - ready)


def count_ready(found: NextModule) -> int:
    """For how many people it is the right moment."""
    return sum(map(_is_ready, found.ready))


def _is_ready(seat: Seat) -> bool:
    """Whether someone who is neither bored nor lost would learn enough of it for that to be why."""
    return seat.ready - seat.mastered >= SOMEBODY


def _for_whom(module: str, ready: int, mastered: int, missing: int, unsure: int = 0) -> str:
    parts = [
        (ready, "prête", "prêtes"),
        (mastered, "sait déjà le faire", "savent déjà le faire"),
        (missing, "a besoin d'une étape avant", "ont besoin d'une étape avant"),
        (unsure, "à voir d'abord", "à voir d'abord"),
    ]
    told = [_people(count, one, several) for count, one, several in parts if count]
    return typographie(f"{_title(module)} : {', '.join(told) or 'personne'}.")


def _people(count: int, one: str, several: str) -> str:
    return f"{count}{NBSP}personne{'s' if count > 1 else ''} {several if count > 1 else one}"


def seat_sentence(reason: SeatReason, name: str) -> str:
    """Why someone is in a group."""
    modules = current_engines().content.modules
    likely = [module for module, chance in reason.learns if chance >= LIKELY_LEARNT and module in modules]
    if not likely:
        return typographie(f"{name} est ici pour compléter le groupe.")
    learns = ", et à ".join(ability(modules[module]) for module in likely[:2])
    if reason.elsewhere > NEARLY * reason.here:
        return typographie(f"{name} peut apprendre ici à {learns}. Un autre groupe irait presque aussi bien.")
    return typographie(f"{name} peut apprendre ici à {learns}.")


def seat_now_sentence(found: NextModule, seat: Seat, name: str, on_the_way: bool = True) -> str:
    """What a module proposed to a group is to one of its people, and what to give them instead.
    ``on_the_way``: whether a goal of theirs needs it."""
    if seat in found.ready and not _is_ready(seat):
        return typographie(f"On ne sait pas encore où en est {name}. Vérifiez d'abord.")
    if seat in found.ready and not on_the_way:
        return typographie(f"{name} peut l'apprendre. Son but n'en a pas besoin.")
    if seat in found.ready:
        return typographie(f"C'est le bon moment pour {name}.")
    if seat in found.bored:
        told, first = f"{name} sait sans doute déjà le faire.", ""
    else:
        told, first = f"Il manque encore une étape à {name}.", " d'abord"
    return typographie(f"{told} Proposez{first} {_title(seat.instead)}." if seat.instead else told)


def _title(module: str) -> str:
    return f"« {module_name(module).title} »"
