"""Plays simulated scenes as people do: with a mouse, a finger or a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from app.content.models import SimulatedScene
from app.content.models.gestures import Expected, StepVerdict
from tests.browser.hand_gestures import HAND_GESTURES

FINISHED = """() => {
  window.jalonsTrace = null;
  document.addEventListener("jalons:fini", (event) => { window.jalonsTrace = event.detail.trace; });
}"""
#: How gestures that are more than a click are made: verb -> (page, locator, expected, means) -> None.
SPECIAL: dict[str, Callable[[Page, Locator, Expected, str], None]] = {**HAND_GESTURES}


class Player:
    """Plays a scene on a page that shows it; ``means`` is souris, doigt or clavier."""

    def __init__(self, page: Page, scene: SimulatedScene, means: str = "souris") -> None:
        self.page, self.scene, self.means = page, scene, means
        page.evaluate(FINISHED)

    def do(self, expected: Expected | str) -> None:
        """Make one gesture on the screen as it is now."""
        wanted = Expected(geste=expected) if isinstance(expected, str) else expected
        target = self._place_of(wanted.gesture)
        special = SPECIAL.get(wanted.gesture.partition(":")[0])
        if special:
            special(self.page, target, wanted, self.means)
        elif wanted.texts:
            self._write(target, wanted.texts[0])
        elif self.means == "clavier":
            target.focus()
            self.page.keyboard.press("Enter")
        elif self.means == "doigt":
            target.tap()
        else:
            target.click()

    def _place_of(self, gesture: str) -> Locator:
        verb, _, rest = gesture.partition(":")
        selectors = {
            "deposer": f'[data-drag="{rest.partition("=")[0]}"]',
            "defiler": f'[data-scroll="{rest.partition("=")[0]}"]',
            "glissiere": f'[name="{rest.partition("=")[0]}"]',
            "pointer": f'[data-gestures*=":{rest}"], .sim-screen [data-gesture="ecrire:{rest}"]',
        }
        selector = selectors.get(verb, f'[data-gestures~="{gesture}"]')
        return self.page.locator(f'.sim-screen [data-gesture="{gesture}"], .sim-screen {selector}').first

    def _write(self, target: Locator, text: str) -> None:
        target.fill("")
        target.press_sequentially(text)
        target.evaluate("node => node.dispatchEvent(new Event('change', {bubbles: true}))")

    def play_step(self, number: int) -> None:
        """Do what the step asks for, by the way that "Montrez-moi" would show."""
        for expected in self.scene.scene_steps[number].shown_path:
            self.do(expected)

    def play(self) -> tuple[StepVerdict, ...]:
        """Play the whole scene and let the server's judge see the trace."""
        for number in range(len(self.scene.scene_steps)):
            self.play_step(number)
        return self.judged()

    def ask(self, wish: str) -> None:
        """Touch one of the help buttons."""
        self.page.get_by_role("button", name=wish).click()

    def trace(self) -> Any:
        """The trace of a scene that is over."""
        self.page.wait_for_selector(
            ".sim-help button[type=submit], .simulator:not(:has(.sim-help button))", state="attached"
        )
        return self.page.evaluate("() => window.jalonsTrace")

    def judged(self) -> tuple[StepVerdict, ...]:
        return self.scene.judge(self.trace())
