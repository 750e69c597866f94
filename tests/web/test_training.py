"""Practice from the path: shown, with hints, alone; what came of it is evidence with its help."""

from __future__ import annotations

import json
import uuid

import pytest

from app.engine.evidence import Help, Outcome, Source
from app.services import training
from app.services.engines import current_engines
from app.services.training import Mode
from app.store import queries
from app.store.database import db
from tests.web.test_usager import page_of, start

MODULE = "messagerie.repondre"
ADDRESS = f"/usager/entrainement/{MODULE}"


@pytest.fixture
def person(client, structure):
    start(client, device="ordinateur")
    [found] = queries.nameless_usagers(structure.id)
    return found


def simulated():
    return next(item for item in training.scenes(MODULE, "ordinateur") if item.is_simulated)


def drawn():
    return training.scenes(MODULE, "ordinateur", simulated=False)[0]


def trace_of(scene, steps):
    """The trace of someone who does the first steps as they are shown, then leaves."""
    done = [expected for step in scene.scene_steps[:steps] for expected in step.shown_path]
    return json.dumps(
        [{"e": "geste", "g": one.gesture, "texte": one.texts[0] if one.texts else None} for one in done]
    )


def send(client, mode, scene, answer_id=None, **fields):
    data = {"item": scene.id, "reponse_id": str(answer_id or uuid.uuid4()), **fields}
    return client.post(f"{ADDRESS}/{mode}", data=data)


def practised():
    rows = db.session.query(queries.EvidenceRow).filter_by(source=Source.PRACTICE)
    return sorted(rows, key=lambda row: (row.recorded_at, row.step))


def test_the_step_of_the_path_opens_its_practice(client, person):
    page = page_of(client.get(f"/usager/chemin/{MODULE}"))
    modes = [link["href"] for link in page.select(".train a")]
    assert modes == [f"{ADDRESS}/{mode}" for mode in Mode]
    assert page.select_one(".suggested")["href"].endswith("montrer")


def test_what_is_shown_is_no_evidence(client, person):
    scene = simulated()
    response = send(client, "montrer", scene, trace="[]")
    assert "Maintenant, c’est à vous." in page_of(client.get(response.location)).get_text()
    assert practised() == []


def test_with_hints_each_step_done_was_guided(client, person):
    scene = simulated()
    response = send(client, "indices", scene, trace=trace_of(scene, 2))
    rows = practised()
    assert [(row.module_id, row.help, row.outcome) for row in rows] == [
        (step.module, Help.GUIDED, None) for step in scene.steps[:2]
    ]
    assert page_of(client.get(response.location)).get_text().count("Fait avec un indice.") == 2


def test_alone_each_step_done_was_done_alone(client, person):
    scene = simulated()
    send(client, "seul", scene, trace=trace_of(scene, 2))
    assert [(row.help, row.outcome) for row in practised()] == [(Help.ALONE, Outcome.SUCCESS)] * 2


def test_alone_what_had_to_be_shown_counts_as_help(client, person):
    scene = simulated()
    send(client, "seul", scene, trace=json.dumps([{"e": "montrer"}]))
    [row] = practised()
    assert (row.help, row.outcome) == (Help.GUIDED, Outcome.SHOWN)


def test_sent_twice_it_counts_once(client, person):
    scene, answer_id = simulated(), uuid.uuid4()
    for _ in range(2):
        send(client, "seul", scene, answer_id, trace=trace_of(scene, 1))
    assert len(practised()) == 1


def test_practice_follows_its_course(client, person):
    scene = simulated()
    assert training.next_mode(person, MODULE) is Mode.SHOWN
    send(client, "indices", scene, trace=trace_of(scene, 4))
    assert training.next_mode(person, MODULE) is Mode.ALONE
    send(client, "seul", scene, trace=json.dumps([{"e": "montrer"}, {"e": "montrer"}]))
    assert training.next_mode(person, MODULE) is Mode.HINTS


def test_progress_on_the_same_scene_is_told(client, person):
    scene = simulated()
    send(client, "seul", scene, trace=trace_of(scene, 1))
    response = send(client, "seul", scene, trace=trace_of(scene, 3))
    assert "Aujourd’hui, c’est 3." in page_of(client.get(response.location)).get_text(" ", strip=True)


def test_each_time_brings_the_scene_least_often_done(client, person):
    device = person.device
    every = training.scenes(MODULE, device, simulated=False)
    assert len(every) > 1
    first = training.scene_for(person, MODULE, simulated=False)
    send(client, "seul", first, etape="0", sans="montre")
    assert training.scene_for(person, MODULE, simulated=False) != first


def test_a_drawn_scene_is_practised_step_by_step_without_a_script(client, person):
    scene, answer_id = drawn(), uuid.uuid4()
    page = page_of(client.get(f"{ADDRESS}/indices?scene={scene.id}"))
    for number, step in enumerate(scene.steps):
        assert page.h2.get_text(strip=True) == step.consigne
        if step.targets:
            assert page.select_one(".pointed")["value"] in step.targets
        field = {"reponse": step.targets[0]} if step.targets else {"texte": step.task.accepted[0]}
        response = send(client, "indices", scene, answer_id, etape=str(number), **field)
        if number + 1 < len(scene.steps):
            page = page_of(response)
    assert [row.help for row in practised()] == [Help.GUIDED] * len(scene.steps)
    assert "fait" in response.location


def test_a_drawn_scene_can_be_looked_at(client, person):
    scene = drawn()
    page = page_of(client.get(f"{ADDRESS}/montrer?scene={scene.id}"))
    assert len(page.select(".shown-steps li")) == len(scene.steps)


@pytest.mark.parametrize("trace", ["", "{", "[[[[", "null", '{"e": 1}', "[" * 5000])
def test_a_trace_that_is_none_leaves_nothing_and_breaks_nothing(client, person, trace):
    response = send(client, "seul", simulated(), trace=trace)
    assert response.status_code == 302
    assert practised() == []
    assert client.get(response.location, follow_redirects=True).status_code == 200


def test_bad_addresses(client, person):
    assert client.get("/usager/entrainement/rien.du_tout/seul").status_code == 404
    assert client.get(f"{ADDRESS}/autrement").status_code == 404
    assert send(client, "seul", simulated(), "pas-un-id", trace="[]").status_code == 400
    assert send(client, "seul", drawn(), etape="99", sans="montre").status_code == 400
    gone = client.post(f"{ADDRESS}/seul", data={"item": "scene.partie", "reponse_id": str(uuid.uuid4())})
    assert gone.location == f"/usager/chemin/{MODULE}"


def test_somebody_elses_practice_is_not_shown(client, person, structure):
    scene, answer_id = simulated(), uuid.uuid4()
    send(client, "seul", scene, answer_id, trace=trace_of(scene, 1))
    client.post("/usager/terminer")
    start(client)
    assert client.get(f"{ADDRESS}/fait/{answer_id}").location == f"/usager/chemin/{MODULE}"


#: Its notifications are a phone's: on a computer the conseiller shows it.
WITHOUT_A_SCENE = [("bienetre.temps_ecran", "ordinateur")]


def test_every_module_can_be_practised_on_each_of_its_devices(app):
    content = current_engines().content
    missing = [
        (module.id, device)
        for module in content.modules.values()
        for device in module.devices
        if not training.scenes(module.id, device)
    ]
    assert missing == WITHOUT_A_SCENE
