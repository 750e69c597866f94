"""A gesture counts when it is that one: slow hands are at home, and its neighbour does not pass for it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand_gestures import centre, fingers_of, stroke
from tests.browser.simulator_driver import Player
from tests.browser.test_simulators import CONTENT, show

PHOTOS = CONTENT.items["scene.simulee_gestes_photos"]
PLAN = CONTENT.items["scene.simulee_gestes_plan"]
NOTE = CONTENT.items["scene.simulee_note_telephone"]
ACCOUNT = CONTENT.items["scene.simulee_premier_compte"]
HELD = {"â": ("a", "a_circonflexe"), "à": ("a", "a_grave"), "ê": ("e", "e_circonflexe")}


# The pause between two clicks is that of the test, however slow the machine is.
CLOCK_SET = """(moment) => {
  window.clockBegan ??= Date.now();
  Date.now = () => window.clockBegan + moment;
}"""


@pytest.fixture
def page(open_desk) -> Page:
    return open_desk(800, 1280)


def consigne(page: Page, scene, number: int) -> None:
    expect(page.locator(".sim-instruction h2")).to_have_text(scene.scene_steps[number].consigne)


def left(page: Page, player: Player):
    """Leave the scene: what came of each step, and the trace."""
    player.ask("Passer à la suite")
    trace = player.trace()
    return [verdict.outcome for verdict in player.scene.judge(trace)], trace


def names(trace) -> list[str]:
    return [event["g"] for event in trace if event["e"] == "geste"]


@pytest.mark.parametrize(
    ("pause", "gestures"), [(700, ["pointer:fleurs", "double:fleurs"]), (1100, ["pointer:fleurs"] * 2)]
)
def test_slow_double_clicks_count_and_two_clicks_are_two_clicks(page, pause, gestures):
    player = show(page, PHOTOS)
    for moment in (0, pause):
        page.evaluate(CLOCK_SET, moment)
        page.locator('[data-drag="fleurs"]').click()
    consigne(page, PHOTOS, 1 if "double:fleurs" in gestures else 0)
    outcomes, trace = left(page, player)
    assert names(trace) == gestures
    assert outcomes[0] == ("success" if "double:fleurs" in gestures else "not_seen")


def test_each_gesture_tells_how_it_was_made(page):
    player = show(page, PHOTOS)
    player.play_step(0)
    consigne(page, PHOTOS, 1)
    _, trace = left(page, player)
    double = next(event for event in trace if event["g"] == "double:fleurs")
    assert double["par"] == double["mesures"]["pointeur"] == "souris"
    assert 0 <= double["mesures"]["ms"] <= 900 and double["mesures"]["px"] <= 48


def test_the_mouse_is_told_from_the_keyboard_where_it_is_the_point(page):
    player = show(page, PHOTOS, "clavier")
    for number in range(3):
        consigne(page, PHOTOS, number)
        player.play_step(number)
    consigne(page, PHOTOS, 3)
    outcomes, _ = left(page, player)
    assert outcomes == ["not_seen", "success", "not_seen", "not_seen"]


def test_letting_go_beside_the_folder_still_means_it_and_far_away_means_nothing(page):
    player = show(page, PHOTOS)
    player.play_step(0)
    player.play_step(1)
    consigne(page, PHOTOS, 2)
    start, folder = centre(page.locator('[data-drag="poissons"]')), page.locator('[data-place="marche"]')
    box = folder.bounding_box()
    stroke(page, start, (start[0], start[1] + 400), "souris")
    consigne(page, PHOTOS, 2)
    stroke(page, start, (box["x"] + box["width"] / 2, box["y"] - 15), "souris")
    consigne(page, PHOTOS, 3)
    assert left(page, player)[0][2] == "success"


def test_a_tap_is_no_long_press_and_a_small_move_is_no_pinch(page):
    player = show(page, PLAN, "doigt")
    player.play_step(0)
    consigne(page, PLAN, 1)
    x, y = centre(page.locator('[data-gestures~="zoomer:plan=plus"]'))
    with fingers_of(page) as fingers:
        fingers.put("touchStart", (x - 40, y), (x + 40, y))
        fingers.put("touchMove", (x - 43, y), (x + 43, y))
        fingers.put("touchEnd")
    consigne(page, PLAN, 1)
    player.play_step(1)
    player.play_step(2)
    consigne(page, PLAN, 3)
    page.locator('[data-gestures~="appui_long:coupe"]').tap()
    expect(page.locator(".app-title")).to_have_text("La coupe")
    consigne(page, PLAN, 3)
    page.get_by_role("button", name="Retour").tap()
    player.play_step(3)
    consigne(page, PLAN, 4)
    assert left(page, player)[0] == ["success"] * 4 + ["not_seen"]


def test_accents_wait_under_a_key_that_is_held_and_keys_are_not_told(page):
    player = show(page, NOTE, "doigt")
    player.play_step(0)
    consigne(page, NOTE, 1)
    page.get_by_role("button", name="Retour").tap()
    page.locator('[data-gestures~="pointer:menu"]').tap()
    page.locator('[data-gestures~="pointer:touche_majuscule"]').tap()
    for letter in "pâtes à la forêt":
        key, accented = HELD.get(letter, (letter, None))
        if accented:
            player.do(f"appui_long:touche_{key}")
        name = accented or {" ": "espace"}.get(key, key)
        page.locator(f'[data-gestures~="pointer:touche_{name}"]').first.tap()
    consigne(page, NOTE, 2)
    outcomes, trace = left(page, player)
    assert outcomes[:2] == ["success", "success"]
    assert not [name for name in names(trace) if name.startswith("pointer:touche")]


def test_a_password_made_up_stays_in_the_page(page):
    player = show(page, ACCOUNT)
    player.play_step(0)
    consigne(page, ACCOUNT, 1)
    outcomes, trace = left(page, player)
    assert outcomes[0] == "success"
    assert "ateaux" not in json.dumps(trace)


@pytest.mark.parametrize(
    ("password", "worth"),
    [
        ("Odile1951", "faible"),
        ("azerty123456", "faible"),
        ("Mangue88", "moyen"),
        ("Trois chats dorment 9", "solide"),
    ],
)
def test_what_a_password_is_worth(page, password, worth):
    show(page, ACCOUNT)
    page.get_by_label("Nouveau mot de passe").fill(password)
    page.get_by_label("Le même, une seconde fois").fill(password)
    expect(page.get_by_role("button", name="Valider")).to_have_attribute("data-gesture", f"valider:{worth}")
