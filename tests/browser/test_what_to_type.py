"""What is to be typed is not broken at the end of a line, where a beginner would stop reading it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.content.models import SimulatedScene
from app.web.simulated_scene import simulated_scene
from tests.browser.speech import FRENCH, give_voices, spoken_by
from tests.browser.test_simulators import BY_SIMULATOR, LARGEST
from tests.browser.test_training import arrive
from tests.browser.test_voice import WATCH_WORDS

SIZES = ((800, 1280), (1280, 800), (360, 740))
SMALLEST = (320, 640)
TYPING = {
    name: typing
    for name, scenes in BY_SIMULATOR.items()
    if (typing := [scene for scene in scenes if any(step.typed for step in scene.scene_steps)])
}
# Gives what is on more than one line while a line could hold it, and what is wider than the screen.
BROKEN = """
  const firstLetter = (box, at) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let done = 0; walker.nextNode(); done += walker.currentNode.length) {
      if (at < done + walker.currentNode.length) return [walker.currentNode, at - done];
    }
  };
  const place = (box, start, end) => {
    const range = document.createRange();
    range.setStart(...firstLetter(box, start));
    const [last, offset] = firstLetter(box, end - 1);
    range.setEnd(last, offset + 1);
    return range.getClientRects();
  };
  const widthOf = (around, text) => {
    const ruler = document.createElement("span");
    ruler.style.cssText = "position: absolute; white-space: nowrap";
    ruler.textContent = text;
    around.append(ruler);
    const { width } = ruler.getBoundingClientRect();
    ruler.remove();
    return width;
  };
  const broken = (box, typed) => {
    const text = box.textContent;
    const found = [];
    typed.forEach((one) => {
      const start = text.indexOf(one);
      if (start < 0) return;
      const rects = [...place(box, start, start + one.length)].filter((rect) => rect.width > 0);
      const lines = new Set(rects.map((rect) => Math.round(rect.top)));
      const around = text.slice(text.lastIndexOf(" ", start) + 1).split(" ", one.split(" ").length).join(" ");
      const fits = widthOf(firstLetter(box, start)[0].parentElement, around) <= box.clientWidth;
      if (lines.size > 1 && fits) found.push(`${one} on ${lines.size} lines`);
      const screen = document.documentElement.clientWidth;
      if (rects.some((rect) => rect.right > screen)) found.push(`${one} too wide`);
    });
    return found;
  };
"""
# The element takes what it shows from its attribute: each step in turn is made the first of a scene.
BROKEN_IN_SCENES = (
    "(scenes) => {"
    + BROKEN
    + """
  const found = [];
  scenes.forEach(({ id, scene, typed }) => scene.etapes.forEach((_, n) => {
    const old = document.querySelector(".simulator");
    const fresh = old.cloneNode(false);
    fresh.setAttribute("data-scene", JSON.stringify({ ...scene, etapes: scene.etapes.slice(n) }));
    old.replaceWith(fresh);
    const boxes = [...fresh.querySelectorAll(".sim-instruction .consigne, .sim-instruction .situation")];
    boxes.forEach((box) => broken(box, typed).forEach((told) => found.push(`${id} ${n}: ${told}`)));
  }));
  return found;
}"""
)
BROKEN_IN_QUESTIONS = (
    "(typed) => {"
    + BROKEN
    + 'return [...document.querySelectorAll(".as-usager .consigne, .as-usager .model")]'
    + ".flatMap((box) => broken(box, typed)); }"
)


def written(scene: SimulatedScene) -> list[str]:
    """What it asks to type, to the letter of its instructions."""
    texts = [scene.situation, *(step.consigne for step in scene.scene_steps)]
    typed = {text for step in scene.scene_steps for text in step.typed}
    return [one for one in sorted(typed) if any(one in text for text in texts)]


def prepared(served_app, scenes: list[SimulatedScene]) -> list[dict[str, object]]:
    with served_app.test_request_context():
        return [
            {"id": scene.id, "scene": simulated_scene(scene), "typed": typed}
            for scene in scenes
            if (typed := written(scene))
        ]


def open_scene(page: Page, scene: SimulatedScene) -> None:
    page.goto(f"/contenu/scenes/{scene.id}")
    expect(page.locator(".sim-instruction h2")).to_have_text(scene.scene_steps[0].consigne)


@pytest.mark.parametrize("simulator", TYPING)
def test_what_a_scene_asks_to_type_is_on_one_line(open_desk, served_app, simulator):
    page = open_desk(*SIZES[0])
    open_scene(page, TYPING[simulator][0])
    scenes = prepared(served_app, TYPING[simulator])
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(BROKEN_IN_SCENES, scenes) == [], width


@pytest.mark.parametrize("simulator", TYPING)
def test_the_largest_letters_break_it_rather_than_leave_the_screen(open_desk, served_app, simulator):
    page = open_desk(*SMALLEST)
    page.add_init_script(LARGEST)
    open_scene(page, TYPING[simulator][0])
    assert page.evaluate(BROKEN_IN_SCENES, prepared(served_app, TYPING[simulator])) == []


@pytest.mark.parametrize(("width", "height"), [(800, 1280), (360, 740), SMALLEST])
@pytest.mark.parametrize("module", ["securite.mot_de_passe", "messagerie.ecrire", "internet.navigateur"])
def test_nor_is_what_a_question_asks_to_type(open_desk, served_app, module, width, height):
    page = open_desk(width, height)
    page.goto(f"/contenu/modules/{module}")
    content = served_app.extensions["jalons_engines"].content
    typed = [text for item in content.items_of(module) for step in item.steps for text in step.task.typed]
    assert typed
    assert page.evaluate(BROKEN_IN_QUESTIONS, typed) == []


def test_it_is_read_aloud_and_to_who_does_not_see_it_as_before(open_page):
    page = open_page(800, 1280)
    arrive(page)
    give_voices(page, FRENCH, word_time=30)
    page.goto("/usager/entrainement/messagerie.connecter/seul?scene=scene.simulee_premiere_connexion")
    told = "Votre adresse est camille.martin@exemple.fr. Écrivez-la."
    instruction = page.get_by_role("heading", name=told, exact=True)
    expect(instruction).to_have_text(told)
    before = instruction.inner_html()
    # The page reads itself on arrival: that comes first, and only the words of the instruction are watched.
    page.wait_for_function("window.spoken.length > 0")
    expect(page.locator("html.is-reading")).to_have_count(0)
    instruction.evaluate(WATCH_WORDS.replace("() =>", "(heading) =>").replace("document.body", "heading"))
    said = len(page.evaluate("window.spoken"))
    page.get_by_role("button", name=f"Écouter : {told}").click()
    assert spoken_by(page, said + 2)[said:] == [
        "Votre adresse est camille.martin@exemple.fr.",
        "Écrivez-la.",
    ]
    expect(page.locator("html.is-reading")).to_have_count(0)
    assert " ".join(dict.fromkeys(page.evaluate("window.lit"))) == told
    assert instruction.inner_html() == before
