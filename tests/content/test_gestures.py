"""What came of each step of a simulated scene, from its trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.models.gestures import judge
from app.content.models.simulated_scene import SimulatedStep


def step(**other: object) -> SimulatedStep:
    said = {"module": "messagerie.lire", "consigne": "Ouvrez.", "montrer": "C'est là.", "but": ["ouvrir:lea"]}
    return SimulatedStep.model_validate({**said, **other})


def gesture(name: str, texte: str | None = None, par: str = "doigt") -> dict[str, object]:
    return {"e": "geste", "g": name, "texte": texte, "par": par}


def outcomes(steps: list[SimulatedStep], trace: object) -> list[str]:
    return [verdict.outcome for verdict in judge(steps, trace)]


def test_what_is_asked_is_a_success_and_what_comes_next_is_of_the_next_step():
    steps = [step(), step(but=["envoyer"])]
    assert outcomes(steps, [gesture("ouvrir:lea"), gesture("envoyer")]) == ["success", "success"]


def test_steps_not_reached_were_not_seen():
    assert outcomes([step(), step(), step()], [gesture("ouvrir:lea")]) == ["success", "not_seen", "not_seen"]


def test_looking_round_is_tolerated_and_trying_everything_is_not():
    few = [gesture("ouvrir:autre")] * 6
    many = [gesture("ouvrir:autre")] * 7
    assert outcomes([step()], [*few, gesture("ouvrir:lea")]) == ["success"]
    assert outcomes([step()], [*many, gesture("ouvrir:lea")]) == ["failure"]


def test_going_back_is_no_detour():
    assert outcomes([step()], [*[gesture("retour")] * 30, gesture("ouvrir:lea")]) == ["success"]


def test_what_comes_of_a_gesture_may_be_waited_for_and_is_no_detour():
    opens = step(but=["arriver:horaires"], chemin=["lien:horaires"], detours=0)
    assert outcomes(
        [opens], [gesture("retour"), gesture("arriver:accueil"), gesture("arriver:horaires")]
    ) == ["success"]
    assert outcomes([opens], [gesture("favori:horaires"), gesture("arriver:horaires")]) == ["failure"]


def test_writing_again_where_the_way_goes_is_no_detour():
    opens = step(
        but=["arriver:mairie"], chemin=[{"ecrire": "adresse", "texte": "saint-clair.exemple.fr"}], detours=0
    )
    slips = [gesture("ecrire:adresse", "saint-calir"), gesture("ecrire:adresse", "saint-clair.exemple.fr")]
    assert outcomes([opens], [*slips, gesture("arriver:mairie")]) == ["success"]


def test_a_trap_ends_the_step_with_its_own_word():
    trapped = step(interdit={"lien:loto": "C'est une arnaque."})
    (verdict, _) = judge([trapped, step()], [gesture("lien:loto")])
    assert (verdict.outcome, verdict.feedback) == ("failure", "C’est une arnaque.")


@pytest.mark.parametrize(("wish", "outcome"), [("montrer", "shown"), ("non_compris", "not_understood")])
def test_a_wish_ends_the_step_and_the_scene_goes_on(wish: str, outcome: str):
    assert outcomes([step(), step()], [{"e": wish}, gesture("ouvrir:lea")]) == [outcome, "success"]


def test_any_of_the_alternatives_will_do():
    either = step(but=[["ouvrir:lea", "ouvrir:notification"]])
    assert outcomes([either], [gesture("ouvrir:notification")]) == ["success"]


def test_all_that_is_asked_must_be_done_in_whatever_order():
    both = step(but=["cocher:a", "cocher:b"])
    assert outcomes([both], [gesture("cocher:b"), gesture("cocher:a")]) == ["success"]
    assert outcomes([both], [gesture("cocher:b"), gesture("cocher:b")]) == ["not_seen"]


def test_what_is_written_is_read_with_tolerance():
    writes = step(but=[{"ecrire": "objet", "texte": "Bonjour Léa"}])
    assert outcomes([writes], [gesture("ecrire:objet", "bonjour lea")]) == ["success"]
    assert outcomes([writes], [gesture("ecrire:objet", "au revoir")]) == ["not_seen"]


def test_where_capitals_and_accents_are_the_point_they_count():
    writes = step(but=[{"ecrire": "note", "texte": "Noël à Évry", "tolerance": "stricte"}])
    assert outcomes([writes], [gesture("ecrire:note", " Noël à  Évry ")]) == ["success"]
    assert outcomes([writes], [gesture("ecrire:note", "noël à Évry")]) == ["not_seen"]
    assert outcomes([writes], [gesture("ecrire:note", "Noel à Évry")]) == ["not_seen"]


def test_the_gesture_made_another_way_tells_nothing_of_the_one_asked():
    mouse = step(but=["double_clic:photo"], exige=["souris"])
    assert outcomes([mouse], [gesture("double_clic:photo", par="clavier")]) == ["not_seen"]
    assert outcomes([mouse], [gesture("double_clic:photo", par="souris")]) == ["success"]


words = st.sampled_from(["geste", "montrer", "e", "g", "ouvrir:lea"])
plain = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | words
wild = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["e", "g", "texte", "par"]), inner)
    ),
    max_leaves=20,
)


@given(wild)
def test_no_trace_whatever_breaks_the_judge(trace: object):
    verdicts = judge([step(), step()], trace)
    assert len(verdicts) == 2
    assert all(v.outcome in {"success", "failure", "shown", "not_understood", "not_seen"} for v in verdicts)
