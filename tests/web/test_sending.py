"""What a page that holds several screens sends, and what it receives."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.services import diagnostic_sitting, usagers
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow
from tests.web.test_usager import begin, form_of, page_of, start

ADDRESS = "/usager/envoi/"


@pytest.fixture
def sitting(client, structure):
    """An open diagnostic, with its first question on the screen."""
    begin(client)
    return db.session.scalars(sa.select(DiagnosticSitting)).one()


def queued(sitting, screen, new_id, **changes):
    """An answer of the page's queue: « Je ne sais pas »."""
    return {
        "diagnostic": str(sitting.id),
        "item": screen.item.id,
        "etape": screen.step_number,
        "reponse_id": str(new_id()),
        "age": 0,
        "champs": {"sans": "montre" if screen.item.is_scene else "je_ne_sais_pas"},
        **changes,
    }


def send(client, sitting, *answers, **more):
    body = {"diagnostic": str(sitting.id), "reponses": list(answers), **more}
    response = client.post(ADDRESS, json=body)
    assert response.status_code == 200, response.status
    return response.get_json()


def rows():
    return db.session.scalars(sa.select(EvidenceRow).order_by(EvidenceRow.occurred_at)).all()


def first_steps(sitting):
    """The screens handed out, each at its first step."""
    return [screen for screen in diagnostic_sitting.screens(sitting, now()) if screen.step_number == 0]


def test_an_empty_sending_gives_the_five_screens_to_hold(client, sitting):
    reply = send(client, sitting)
    assert len({screen["item"] for screen in reply["ecrans"]}) == 5
    assert reply["suite"] is None
    assert all("<h1" in screen["html"] for screen in reply["ecrans"])


def test_a_screen_that_the_page_holds_comes_without_its_markup(client, sitting):
    first, second = send(client, sitting)["ecrans"][:2]
    again = send(client, sitting, tient=[f"{first['item']}/{first['etape']}"])["ecrans"]
    assert again[0] == {**first, "html": None}
    assert "<h1" in again[1]["html"]
    assert again[1]["item"] == second["item"]


def test_every_step_of_a_scene_is_held_with_what_to_tell_of_the_one_before(client, sitting):
    steps = [one for one in send(client, sitting)["ecrans"] if one["etape"] > 0]
    assert steps
    for step in steps:
        notices = page_of_fragment(step["html"]).select("[data-when], [data-otherwise]")
        assert len(notices) >= 2
        assert all(notice.get_text(strip=True) for notice in notices)


def page_of_fragment(html):
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "html5lib")


def test_answers_to_all_that_was_handed_out_count_whatever_was_chosen_since(client, sitting, new_id):
    screens = first_steps(sitting)
    assert len(screens) == 5
    for screen in reversed(screens):  # the last one first: others are chosen after each
        send(client, sitting, queued(sitting, screen, new_id))
    assert {row.item_id for row in rows()} == {screen.item.id for screen in screens}


def test_an_answer_sent_twice_counts_once(client, sitting, new_id):
    answer = queued(sitting, first_steps(sitting)[0], new_id)
    for _ in range(3):
        send(client, sitting, answer, answer)
    assert len(rows()) == 1


def test_the_same_question_answered_in_two_tabs_counts_once(client, sitting, new_id):
    screen = first_steps(sitting)[0]
    send(client, sitting, queued(sitting, screen, new_id))
    send(client, sitting, queued(sitting, screen, new_id))
    assert len(rows()) == 1


def test_answers_are_told_when_they_were_given(client, sitting, new_id):
    sitting.started_at = now() - timedelta(hours=2)
    db.session.commit()
    one, two, three = first_steps(sitting)[:3]
    hour, minute = 3_600_000, 60_000
    send(
        client,
        sitting,
        queued(sitting, one, new_id, age=hour),
        queued(sitting, two, new_id, age=minute),
        queued(sitting, three, new_id, age=-hour),
    )
    given = {row.item_id: row for row in rows()}
    ages = [now() - given[screen.item.id].occurred_at for screen in (one, two, three)]
    assert timedelta(hours=1) <= ages[0] < timedelta(hours=1, minutes=1)
    assert timedelta(minutes=1) <= ages[1] < timedelta(minutes=2)
    assert timedelta() <= ages[2] < timedelta(minutes=1)
    assert [row.item_id for row in rows()] == [one.item.id, two.item.id, three.item.id]


def test_an_answer_older_than_the_diagnostic_comes_from_a_wrong_clock(client, sitting, new_id):
    send(client, sitting, queued(sitting, first_steps(sitting)[0], new_id, age=40 * 365 * 86_400_000))
    [row] = rows()
    assert sitting.started_at <= row.occurred_at <= row.recorded_at


def test_a_diagnostic_that_has_ended_keeps_late_answers_and_leads_to_the_result(client, sitting, new_id):
    screen = first_steps(sitting)[2]
    diagnostic_sitting.stop(sitting, now())
    reply = send(client, sitting, queued(sitting, screen, new_id))
    assert reply == {"ecrans": [], "suite": "/usager/resultat", "fini": True}
    assert [row.item_id for row in rows()] == [screen.item.id]
    assert sitting.stop_reason == diagnostic_sitting.STOPPED_BY_USAGER


def test_another_persons_diagnostic_takes_nothing(client, structure, sitting, new_id):
    screen = first_steps(sitting)[0]
    client.post("/usager/terminer")
    start(client)
    client.post("/usager/diagnostic")
    others = db.session.scalars(sa.select(DiagnosticSitting).where(DiagnosticSitting.id != sitting.id)).one()
    reply = send(client, others, queued(sitting, screen, new_id))
    assert reply["ecrans"]
    assert rows() == []


def test_nobody_can_send_anything(client, structure, sitting, new_id):
    screen = first_steps(sitting)[0]
    client.post("/usager/terminer")
    assert send(client, sitting, queued(sitting, screen, new_id)) == {"ecrans": [], "suite": "/"}
    assert rows() == []


def test_answers_of_someone_whose_screens_ended_by_themselves_still_count(client, sitting, new_id):
    screen = first_steps(sitting)[0]
    with client.session_transaction() as session:
        session["usager_since"] -= 5 * 3600
    assert send(client, sitting, queued(sitting, screen, new_id)) == {"ecrans": [], "suite": "/"}
    assert len(rows()) == 1
    assert client.get("/usager/chemin").location == "/"


def test_another_structures_person_is_out_of_reach(client, sitting, other_structure, new_id):
    screen = first_steps(sitting)[0]
    stranger = usagers.start_without_name(other_structure, "envoyer-un-message", now())
    db.session.commit()
    with client.session_transaction() as session:
        session["usager"] = [str(other_structure.id), str(stranger.id)]
    send(client, sitting, queued(sitting, screen, new_id))
    assert rows() == []


@pytest.mark.parametrize(
    "change",
    [
        {"item": "messagerie.lire.inconnu"},
        {"etape": 4},
        {"etape": -1},
        {"etape": "x"},
        {"reponse_id": "abc"},
        {"champs": {"reponse": "inventee"}},
        {"champs": {}},
        {"champs": {"texte": 12}},
        {"age": "hier"},
        {"diagnostic": "abc"},
        {"diagnostic": str(uuid.UUID(int=9))},
    ],
)
def test_what_says_nothing_is_passed_over_and_does_not_hold_up_the_rest(client, sitting, new_id, change):
    first, second = first_steps(sitting)[:2]
    reply = send(client, sitting, queued(sitting, first, new_id, **change), queued(sitting, second, new_id))
    assert [row.item_id for row in rows()] == [second.item.id]
    assert reply["ecrans"][0]["item"] == first.item.id


@pytest.mark.parametrize("body", [None, [], {"diagnostic": "x", "reponses": []}, {"reponses": []}])
def test_a_sending_that_is_none_is_refused(client, sitting, body):
    assert client.post(ADDRESS, json=body).status_code == 400


def test_a_sending_needs_the_pages_token(client, sitting, new_id):
    client.forging = True
    body = {"diagnostic": str(sitting.id), "reponses": [queued(sitting, first_steps(sitting)[0], new_id)]}
    refusal = client.post(ADDRESS, json=body)
    assert (refusal.status_code, refusal.get_json()) == (400, {"ecrans": [], "suite": "/usager/"})
    client.forging = False
    assert rows() == []


def test_answers_are_taken_though_the_goal_has_left_the_content(client, sitting, new_id):
    screen = first_steps(sitting)[0]
    sitting.goal_id = "but-d-avant"
    db.session.commit()
    send(client, sitting, queued(sitting, screen, new_id))
    assert [row.item_id for row in rows()] == [screen.item.id]


def test_what_is_on_the_screen_stays_the_next_question(client, sitting, new_id):
    first, _, third = first_steps(sitting)[:3]
    send(client, sitting, queued(sitting, first, new_id), a_l_ecran=third.item.id)
    assert form_of(page_of(client.get("/usager/question/")))["item"] == third.item.id


def test_an_answer_gone_back_to_replaces_the_first(client, sitting, new_id):
    screen = first_steps(sitting)[0]
    send(client, sitting, queued(sitting, screen, new_id))
    client.post("/usager/question/avant")
    again = queued(sitting, screen, new_id, corrige=True, champs={"sans": "non_compris"})
    for _ in range(2):
        send(client, sitting, again, a_l_ecran=screen.item.id)
    standing = queries.standing(rows())
    assert len(rows()) == 2
    assert [row.outcome for row in standing] == ["non_compris"]
    assert form_of(page_of(client.get("/usager/question/")))["item"] != screen.item.id


class TestSimulatedScenes:
    @pytest.fixture
    def scene(self, app):
        from app.services.engines import current_engines

        return next(item for item in current_engines().content.items.values() if item.is_simulated)

    def test_they_are_for_browsers_that_can_show_them(self, client, structure):
        start(client)
        client.post("/usager/diagnostic", data={"simule": "oui"})
        assert db.session.scalars(sa.select(DiagnosticSitting.simulates)).one()

    def test_without_them_none_is_handed_out(self, client, sitting, scene):
        assert not sitting.simulates
        seen = set()
        for _ in range(15):
            screens = first_steps(sitting)
            seen |= {screen.item.is_simulated for screen in screens}
            if not screens:
                break
            send(client, sitting, queued(sitting, screens[0], uuid.uuid4))
            db.session.refresh(sitting)
        assert seen == {False}

    def test_held_scenes_share_their_drawings(self, client, structure):
        start(client)
        client.post("/usager/diagnostic", data={"simule": "oui"})
        reply = send(client, db.session.scalars(sa.select(DiagnosticSitting)).one())
        pages = [page_of_fragment(screen["html"]) for screen in reply["ecrans"]]
        scenes = [json.loads(tag["data-scene"]) for page in pages for tag in page.select("[data-scene]")]
        assert any(scene["icones"] for scene in scenes)
        for scene in scenes:
            assert all("<" in reply["icones"][name] for name in scene["icones"])
        again = send(
            client,
            db.session.scalars(sa.select(DiagnosticSitting)).one(),
            dessins=list(reply["icones"]),
        )
        assert again["icones"] == {}

    def test_one_sending_is_evidence_on_each_step(self, client, sitting, scene, new_id):
        wishes = [{"e": "montrer", "t": n} for n in range(len(scene.steps))]
        answer = self.sent(sitting, scene, new_id, wishes)
        for _ in range(2):
            send(client, sitting, answer)
        told = sorted(rows(), key=lambda row: row.step)
        assert [row.step for row in told] == list(range(len(scene.steps)))
        assert {row.outcome for row in told} == {"montre"}
        assert [row.module_id for row in told] == list(scene.modules)

    def test_a_scene_left_at_once_was_not_seen(self, client, sitting, scene, new_id):
        send(client, sitting, self.sent(sitting, scene, new_id, []))
        assert {row.outcome for row in rows()} == {"non_vu"}
        assert scene.id not in {screen["item"] for screen in send(client, sitting)["ecrans"]}

    def test_what_was_typed_is_not_kept(self, client, sitting, scene, new_id):
        typed = {"e": "geste", "g": "ecrire:texte", "texte": "mon vrai mot de passe", "t": 1}
        send(client, sitting, self.sent(sitting, scene, new_id, [typed]))
        assert "mot de passe" not in str([row.response for row in rows()])

    @pytest.mark.parametrize("trace", ["", "{", "[[[[", '"x"', "12", '{"e": 1}', "[null, 3]", "[" * 5000])
    def test_a_broken_trace_is_no_error(self, client, sitting, scene, new_id, trace):
        answer = self.sent(sitting, scene, new_id, [])
        send(client, sitting, {**answer, "champs": {"trace": trace}})
        assert {row.outcome for row in rows()} <= {"non_vu"}

    def sent(self, sitting, scene, new_id, trace):
        return {
            "diagnostic": str(sitting.id), "item": scene.id, "etape": 0, "reponse_id": str(new_id()),
            "age": 0, "champs": {"trace": json.dumps(trace)},
        }  # fmt: skip
