"""Every simulated scene can be done, by mouse, finger and keyboard, and tells what came of each step."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.config import ROOT
from app.content.library import Content
from app.content.models import SimulatedScene
from tests.browser.simulator_driver import Player
from tests.browser.suitability import unsuitable

CONTENT = Content.load(Path(ROOT) / "parcours", Path(ROOT) / "quizzes")
SCENES = sorted(
    (item for item in CONTENT.items.values() if isinstance(item, SimulatedScene)),
    key=lambda scene: (scene.simulator, scene.id),
)
BY_SIMULATOR = {name: list(scenes) for name, scenes in groupby(SCENES, key=lambda scene: scene.simulator)}
MEANS = ("souris", "doigt", "clavier")
SIZES = ((800, 1280), (360, 740))
# Tablets upright and flat, the same at 200 %, a telephone.
ALL_SIZES = (*SIZES, (1280, 800), (400, 640), (640, 400))
FRAME = ".as-usager"
FOCUS = """() => {
  const focused = document.activeElement;
  const style = getComputedStyle(focused);
  const isRinged = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3;
  return focused !== document.body && isRinged ? "" : focused.outerHTML.slice(0, 160);
}"""
NAMELESS = re.compile(
    r"^\s*- (button|textbox|checkbox|switch|radio|slider|link|group|region)( \[|:|$)", re.MULTILINE
)


@pytest.fixture
def conseiller_page(open_desk) -> Page:
    return open_desk(800, 1280)


LARGEST = """document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("letters-largest");
});"""
#: People need seconds to follow a demonstration; a test that looks at what comes of it does not.
HASTE = "const later = window.setTimeout; window.setTimeout = (f, ms) => later(f, Math.min(ms || 0, 150));"


@pytest.fixture
def hasty_page(conseiller_page) -> Page:
    conseiller_page.add_init_script(HASTE)
    return conseiller_page


def show(page: Page, scene: SimulatedScene, means: str = "souris", mode: str = "diagnostic") -> Player:
    page.goto(f"/contenu/scenes/{scene.id}?mode={mode}")
    expect(page.locator(".sim-instruction h2")).to_have_text(scene.scene_steps[0].consigne)
    return Player(page, scene, means)


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_each_scene_can_be_done_as_it_is_shown_and_suits_at_every_size(conseiller_page, axe, simulator):
    page = conseiller_page
    for number, scene in enumerate(BY_SIMULATOR[simulator]):
        means = next(m for m in (MEANS[number % 3], *MEANS) if _allows(scene, m))
        width, height = ALL_SIZES[number % len(ALL_SIZES)]
        page.set_viewport_size({"width": width, "height": height})
        player = show(page, scene, means)
        for step in range(len(scene.steps)):
            assert unsuitable(page, FRAME) == [], (scene.id, step, width)
            if step == number % len(scene.steps):
                axe(page)
            player.play_step(step)
        outcomes = [verdict.outcome for verdict in player.judged()]
        assert outcomes == ["success"] * len(scene.steps), (scene.id, means, outcomes)


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
@pytest.mark.parametrize("means", MEANS)
def test_each_simulator_by_each_means(conseiller_page, simulator, means):
    fitting = [scene for scene in BY_SIMULATOR[simulator] if _allows(scene, means)]
    for scene in fitting[:1]:
        outcomes = [verdict.outcome for verdict in show(conseiller_page, scene, means).play()]
        assert outcomes == ["success"] * len(scene.steps), (scene.id, means, outcomes)


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_what_is_shown_is_help_and_the_scene_goes_on(hasty_page, simulator):
    scene = BY_SIMULATOR[simulator][0]
    player = show(hasty_page, scene)
    player.ask("Montrez-moi")
    expect(hasty_page.locator(".sim-instruction h2")).to_have_text(
        scene.scene_steps[1].consigne, timeout=30_000
    )
    for number in range(1, len(scene.steps)):
        player.play_step(number)
    assert [v.outcome for v in player.judged()] == ["shown", *["success"] * (len(scene.steps) - 1)]


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_a_scene_left_tells_nothing_of_the_steps_not_reached(conseiller_page, simulator):
    scene = BY_SIMULATOR[simulator][0]
    player = show(conseiller_page, scene)
    player.play_step(0)
    expect(conseiller_page.locator(".sim-instruction h2")).to_have_text(scene.scene_steps[1].consigne)
    player.ask("Passer à la suite")
    assert [v.outcome for v in player.judged()] == ["success", *["not_seen"] * (len(scene.steps) - 1)]


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_a_trap_is_told_and_shown(hasty_page, simulator):
    for scene in BY_SIMULATOR[simulator]:
        for number, step in enumerate(scene.scene_steps):
            if step.forbidden and _falls_into_it(hasty_page, scene, number):
                return
    assert not any(step.forbidden for s in BY_SIMULATOR[simulator] for step in s.scene_steps), (
        "no trap in sight"
    )


def _falls_into_it(page: Page, scene: SimulatedScene, number: int) -> bool:
    """Come to the step, touch the first of its traps in sight, and see what is told; false: none in sight."""
    player = show(page, scene)
    for before in range(number):
        player.play_step(before)
    step = scene.scene_steps[number]
    expect(page.locator(".sim-instruction h2")).to_have_text(step.consigne)
    in_sight = [g for g in step.forbidden if page.locator(f'.sim-screen [data-gesture="{g}"]').count()]
    if not in_sight:
        return False
    player.do(in_sight[0])
    expect(page.locator(".sim-notice")).to_contain_text(step.forbidden[in_sight[0]])
    page.locator(".sim-help button[type=submit], .sim-help .button").first.wait_for(timeout=30_000)
    if number + 1 < len(scene.steps):
        expect(page.locator(".sim-instruction h2")).to_have_text(
            scene.scene_steps[number + 1].consigne, timeout=30_000
        )
        player.ask("Passer à la suite")
    assert player.judged()[number].outcome == "failure"
    return True


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_to_say_on_any_screen_of_a_simulator(open_desk, axe, simulator, width, height):
    page = open_desk(width, height)
    scene = BY_SIMULATOR[simulator][0]
    player = show(page, scene)
    for number in range(len(scene.steps)):
        axe(page)
        assert unsuitable(page, FRAME) == []
        assert NAMELESS.findall(page.locator(FRAME).aria_snapshot()) == []
        player.play_step(number)
    axe(page)


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_the_keyboard_alone_always_shows_where_it_is(conseiller_page, simulator):
    page = conseiller_page
    scene = next(scene for scene in BY_SIMULATOR[simulator] if _allows(scene, "clavier"))
    player = show(page, scene, "clavier")
    page.keyboard.press("Tab")
    for step in scene.scene_steps:
        for gesture in step.shown_path:
            player.do(gesture)
            assert page.evaluate(FOCUS) == "", gesture.gesture


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_the_largest_letters_on_a_small_phone_leave_nothing_covered(conseiller_page, axe, simulator):
    page = conseiller_page
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script(LARGEST)
    scene = BY_SIMULATOR[simulator][-1]
    player = show(page, scene, "doigt" if _allows(scene, "doigt") else "souris")
    for number in range(len(scene.steps)):
        axe(page)
        assert unsuitable(page, FRAME) == []
        player.play_step(number)
    assert [verdict.outcome for verdict in player.judged()] == ["success"] * len(scene.steps)


@pytest.mark.parametrize("simulator", BY_SIMULATOR)
def test_practice_shows_everything_and_points_at_the_next_place(hasty_page, simulator):
    scene = BY_SIMULATOR[simulator][0]
    show(hasty_page, scene, mode="indices")
    expect(hasty_page.locator(".pointed").first).to_be_visible()
    hasty_page.goto(f"/contenu/scenes/{scene.id}?mode=montrer")
    expect(hasty_page.get_by_text(scene.ending)).to_have_count(2, timeout=60_000)


LOOK = "(e) => [getComputedStyle(e).backgroundColor, parseFloat(getComputedStyle(e).borderTopWidth)]"


def test_with_the_readers_own_colours_a_switch_shows_whether_it_is_on(conseiller_page):
    page = conseiller_page
    page.emulate_media(forced_colors="active")
    scene = next(scene for scene in BY_SIMULATOR["reglages"] if scene.id == "scene.simulee_lampe_curieuse")
    player = show(page, scene)
    for number in range(2):
        player.play_step(number)
    on, on_edge = page.locator(".switch.on").first.evaluate(LOOK)
    off, off_edge = page.locator(".switch:not(.on)").first.evaluate(LOOK)
    assert on != off
    assert min(on_edge, off_edge) >= 2
    drawn = page.locator(".phone-side .icon").first.evaluate("(e) => getComputedStyle(e).stroke")
    assert drawn != page.evaluate("getComputedStyle(document.body).backgroundColor")


def _allows(scene: SimulatedScene, means: str) -> bool:
    return all(not step.means or means in step.means for step in scene.scene_steps)
