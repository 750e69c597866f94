"""Makes double clicks, long presses, drags, swipes, pinches and scrolling, by mouse, finger and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page

from app.content.models.gestures import Expected

Point = tuple[float, float]
HELD = 700
#: A tap that comes too soon after a swipe is taken by the browser for the stop of its movement.
AFTER_SWIPE = 500
ARROWS = {"gauche": "ArrowLeft", "droite": "ArrowRight", "haut": "ArrowUp", "bas": "ArrowDown"}
WAYS = {"gauche": (-1, 0), "droite": (1, 0), "haut": (0, -1), "bas": (0, 1)}


def centre(target: Locator) -> Point:
    """The middle of what is on the screen, scrolled into sight."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box, "not on the screen"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


class Fingers:
    """Fingers on the screen, as the browser's own touch events."""

    def __init__(self, page: Page) -> None:
        self.session: Any = page.context.new_cdp_session(page)

    def put(self, kind: str, *points: Point) -> None:
        """``touchStart``, ``touchMove`` or ``touchEnd``, with where the fingers are."""
        fingers = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


@contextmanager
def fingers_of(page: Page) -> Iterator[Fingers]:
    fingers = Fingers(page)
    yield fingers
    fingers.session.detach()


def between(start: Point, end: Point, steps: int = 8) -> list[Point]:
    """The points of a straight way."""
    return [
        (start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps)
        for n in range(1, steps + 1)
    ]


def stroke(page: Page, start: Point, end: Point, means: str) -> None:
    """Press, move and let go."""
    if means == "doigt":
        with fingers_of(page) as fingers:
            fingers.put("touchStart", start)
            for point in between(start, end):
                fingers.put("touchMove", point)
            fingers.put("touchEnd")
        page.wait_for_timeout(AFTER_SWIPE)
        return
    page.mouse.move(*start)
    page.mouse.down()
    for point in between(start, end):
        page.mouse.move(*point)
    page.mouse.up()


def press_key(target: Locator, key: str) -> None:
    target.focus()
    target.press(key)


def tap(page: Page, target: Locator, _wanted: Expected, means: str) -> None:
    if means == "clavier":
        target.focus()
        if target.evaluate("node => !node.matches('input, textarea')"):
            target.press("Enter")
    elif means == "doigt":
        target.tap()
    else:
        target.click()


def double_tap(page: Page, target: Locator, _wanted: Expected, means: str) -> None:
    if means == "clavier":
        press_key(target, "Enter")
        return
    x, y = centre(target)
    for _ in range(2):
        page.touchscreen.tap(x, y) if means == "doigt" else page.mouse.click(x, y)


def long_press(page: Page, target: Locator, _wanted: Expected, means: str) -> None:
    if means == "clavier":
        press_key(target, "Shift+F10")
        return
    point = centre(target)
    if means == "doigt":
        with fingers_of(page) as fingers:
            fingers.put("touchStart", point)
            page.wait_for_timeout(HELD)
            fingers.put("touchEnd")
        return
    page.mouse.move(*point)
    page.mouse.down()
    page.wait_for_timeout(HELD)
    page.mouse.up()


def right_click(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    if means == "souris":
        target.click(button="right")
    else:
        long_press(page, target, wanted, means)


def drag(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    name = wanted.gesture.partition("=")[2]
    place = page.locator(f'.sim-screen [data-place="{name}"]').first
    if means == "clavier":
        press_key(target, " ")
        for _ in range(30):
            page.keyboard.press("ArrowRight")
            if place.evaluate("node => node === document.activeElement"):
                break
        page.keyboard.press("Enter")
        return
    place.scroll_into_view_if_needed()
    stroke(page, centre(target), centre(place), means)


def swipe(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    way = wanted.gesture.partition("=")[2]
    if means == "clavier":
        press_key(target, ARROWS[way])
        return
    x, y = centre(target)
    across, down = WAYS[way]
    box = target.bounding_box()
    assert box, "not on the screen"
    # It begins on what is swiped, however thin that is, and may end beside it.
    back = min(50, box["width"] / 2 - 4 if across else box["height"] / 2 - 4)
    start = (x - across * back, y - down * back)
    stroke(page, start, (start[0] + across * 100, start[1] + down * 100), means)


def zoom(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    larger = wanted.gesture.endswith("=plus")
    if means == "clavier":
        press_key(target, "+" if larger else "-")
        return
    x, y = centre(target)
    if means == "souris":
        page.mouse.move(x, y)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -120 if larger else 120)
        page.keyboard.up("Control")
        page.wait_for_timeout(300)
        return
    gaps = range(40, 120, 10) if larger else range(110, 30, -10)
    with fingers_of(page) as fingers:
        for n, gap in enumerate(gaps):
            fingers.put("touchMove" if n else "touchStart", (x - gap / 2, y), (x + gap / 2, y))
        fingers.put("touchEnd")


def scroll(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    down = wanted.gesture.endswith("=fin")
    x, y = centre(target)
    for _ in range(12):
        if means == "clavier":
            press_key(target, "End" if down else "Home")
        elif means == "souris":
            page.mouse.move(x, y)
            page.mouse.wheel(0, 400 if down else -400)
        else:
            stroke(page, (x, y + (60 if down else -60)), (x, y - (60 if down else -60)), means)
        page.wait_for_timeout(150)
        if target.evaluate(AT_END if down else "node => node.scrollTop === 0"):
            return


def slide(page: Page, target: Locator, wanted: Expected, means: str) -> None:
    """Put a slider where it is wanted, from 0 to 100."""
    value = int(wanted.gesture.partition("=")[2])
    if means == "clavier":
        target.focus()
        steps = (value - int(target.input_value())) // 25
        for _ in range(abs(steps)):
            page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
        return
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    x, y = box["x"] + 10 + (box["width"] - 20) * value / 100, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y) if means == "doigt" else page.mouse.click(x, y)


def choose(page: Page, _target: Locator, wanted: Expected, means: str) -> None:
    """Choose all the text of a paragraph."""
    name = wanted.gesture.partition(":")[2]
    block = page.locator(f'.sim-screen [data-gesture="ecrire:{name}"]')
    if means == "doigt":
        block.tap()
        page.locator(f'.sim-screen button[data-gesture="{wanted.gesture}"]').tap()
    elif means == "clavier":
        block.focus()
        page.keyboard.press("Control+a")
    else:
        block.scroll_into_view_if_needed()
        box = block.bounding_box()
        assert box
        page.mouse.move(box["x"] + 6, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 6, steps=6)
        page.mouse.up()
    page.wait_for_selector(f'.sim-screen [data-gesture="ecrire:{name}"].chosen')


AT_END = "node => !node.isConnected || node.scrollTop + node.clientHeight >= node.scrollHeight - 12"

HAND_GESTURES: dict[str, Callable[[Page, Locator, Expected, str], None]] = {
    "pointer": tap,
    "double": double_tap,
    "appui_long": long_press,
    "clic_droit": right_click,
    "deposer": drag,
    "balayer": swipe,
    "zoomer": zoom,
    "defiler": scroll,
    "glissiere": slide,
    "selectionner": choose,
}
