"""Why a group is what it is, in plain sentences: numbers that add up, nobody called by a gender."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.group_reasons import GroupReason, SeatReason, SessionReason
from app.engine.groups import NextModule, Seat
from app.services.group_sentences import (
    count_ready,
    group_sentence,
    next_module_sentence,
    seat_now_sentence,
    seat_sentence,
    session_sentence,
)

LIRE, ECRIRE = "messagerie.lire", "messagerie.ecrire"


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("’", "'")


def title(app, module):
    return app.extensions["jalons_engines"].content.modules[module].title


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((4.1, 0.9, 0.0), "4 personnes prêtes, 1 personne sait déjà le faire."),
        ((1.0, 2.0, 3.0), "1 personne prête, 2 personnes savent déjà le faire, 3 personnes ont besoin"),
        ((0.0, 0.0, 1.0), "1 personne a besoin d'une étape avant."),
    ],
)
def test_a_session_says_for_whom_it_is(app, counts, told):
    sentence = plain(session_sentence(SessionReason(LIRE, *counts)))
    assert plain(title(app, LIRE)) in sentence
    assert told in sentence


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[st.floats(0, 1)] * 3).filter(any), min_size=1, max_size=9))
def test_the_numbers_of_a_session_are_the_people_of_the_group(app, people):
    counts = [sum(share[k] / sum(share) for share in people) for k in range(3)]
    sentence = plain(session_sentence(SessionReason(LIRE, *counts)))
    told = [int(number) for number in re.findall(r"(\d+) personnes?", sentence)]
    assert sum(told) == len(people)
    assert 0 not in told


def test_a_seat_says_what_is_learnt_there(app):
    modules = app.extensions["jalons_engines"].content.modules
    learns = ((LIRE, 0.6), (ECRIRE, 0.4), ("web.lien", 0.1))
    told = seat_sentence(SeatReason("x", learns, 1.1, 0.2), "Josette")
    assert told.startswith("Josette peut apprendre ici à ")
    for module in (LIRE, ECRIRE):
        assert modules[module].objective.removeprefix("Je sais ").rstrip(".") in told
    assert "autre groupe" in seat_sentence(SeatReason("x", learns, 1.1, 1.05), "Josette")
    assert "compléter" in seat_sentence(SeatReason("x", (), 0.0, 0.0), "Josette")


def group(*ready, people=3):
    sessions = [
        SessionReason(module, count, people - count, 0.0)
        for module, count in zip((LIRE, ECRIRE, LIRE), ready, strict=False)
    ]
    return GroupReason(tuple(sessions), tuple(SeatReason(f"p{i}", (), 0.0, 0.0) for i in range(people)))


def test_a_group_says_what_it_can_learn(app):
    lire, ecrire = (f"« {plain(title(app, module))} »" for module in (LIRE, ECRIRE))
    assert plain(group_sentence(group(2.4, 1.9, 0.6))) == (
        f"Ces 3 personnes peuvent apprendre ensemble {lire}, puis {ecrire}."
    )
    assert plain(group_sentence(group(1.4, 0.2))) == (
        f"Ces 3 personnes ont des besoins différents. Le mieux à faire ensemble : {lire}."
    )
    assert plain(group_sentence(group(0.9, people=1))) == f"Cette personne peut apprendre {lire}."
    assert plain(group_sentence(group(0.1))) == "Ces 3 personnes n'ont plus rien à apprendre ici."
    unknown = GroupReason((SessionReason(LIRE, 0.3, 0.3, 0.4),), (SeatReason("p", (), 0.0, 0.0),))
    assert plain(group_sentence(unknown)) == (
        "On connaît encore mal cette personne. Proposez-lui le diagnostic."
    )
    assert plain(group_sentence(group(0.0, people=1))) == "Cette personne n'a plus rien à apprendre ici."


def test_one_person_alone_has_no_needs_that_differ(app):
    alone = GroupReason((SessionReason(LIRE, 0.4, 0.3, 0.3),), (SeatReason("p", (), 0.0, 0.0),))
    assert group_sentence(alone).startswith("Cette personne peut apprendre ")


def test_a_module_for_now_says_for_whom_and_what_to_give_the_others(app):
    ready, bored, lost = (
        Seat("a", 0.1, 0.9),
        Seat("b", 0.9, 1.0, ECRIRE),
        Seat("c", 0.0, 0.1, "ordinateur.souris"),
    )
    found = NextModule(LIRE, 0.8, (ready,), (bored,), (lost,))
    told = plain(next_module_sentence(found))
    assert told.endswith(
        "1 personne prête, 1 personne sait déjà le faire, 1 personne a besoin d'une étape avant."
    )
    assert plain(seat_now_sentence(found, ready, "Ali")) == "C'est le bon moment pour Ali."
    assert plain(seat_now_sentence(found, ready, "Ali", on_the_way=False)) == (
        "Ali peut l'apprendre. Son but n'en a pas besoin."
    )
    assert plain(seat_now_sentence(found, bored, "Ali")) == (
        f"Ali sait sans doute déjà le faire. Proposez « {plain(title(app, ECRIRE))} »."
    )
    souris = plain(title(app, "ordinateur.souris"))
    assert plain(seat_now_sentence(found, lost, "Ali")) == (
        f"Il manque encore une étape à Ali. Proposez d'abord « {souris} »."
    )
    unsure = Seat("d", 0.6, 0.7)
    half_known = NextModule(LIRE, 0.8, (ready, unsure), (), ())
    told = plain(next_module_sentence(half_known))
    assert told.endswith("1 personne prête, 1 personne à voir d'abord.")
    assert count_ready(half_known) == 1
    assert plain(seat_now_sentence(half_known, unsure, "Ali")) == (
        "On ne sait pas encore où en est Ali. Vérifiez d'abord."
    )
    nothing = NextModule(LIRE, 0.8, (), (), (Seat("c", 0.0, 0.1),))
    assert plain(seat_now_sentence(nothing, nothing.lost[0], "Ali")) == "Il manque encore une étape à Ali."
