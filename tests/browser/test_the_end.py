"""The end of the diagnostic: nobody sees a question that is not asked, network or not."""

from __future__ import annotations

import random

from playwright.sync_api import expect

from app.services.engines import current_engines
from app.web.simulated_scene import simulated_scene
from tests.browser.asked import answer, asked, begin, expect_kept, kept, sitting_of
from tests.browser.speech import FRENCH, give_voices, spoken_by

WATCH = """() => {
  const tell = () => {
    const item = document.querySelector("form.answer input[name=item]");
    const heading = document.querySelector("[data-questions] h1, [data-questions] [role=heading]");
    window.saw(item ? item.value : heading.textContent);
  };
  new MutationObserver(tell).observe(document.querySelector("[data-questions]"), { childList: true });
  tell();
}"""
HEADING = "[data-questions] [role=heading]"


class Asked:
    """A diagnostic in which all is shown; what was on the screen, and what the server told of the end."""

    def __init__(self, page, app, **how):
        self.page, self.app = page, app
        self.saw, self.given, self.replies = [], [], []
        page.on("response", self.heard)
        self.sitting = begin(page, **how)
        page.expose_function("saw", lambda shown: self.saw.append(shown))
        page.evaluate(WATCH)

    def heard(self, response):
        if response.url.endswith("/usager/envoi/"):
            self.replies.append(response)

    def is_last(self):
        """Whether nothing is asked any more once all the rest of what is asked is shown, or passed over."""
        told = self.told_of(*asked(self.page))
        is_passed_over = self.page.locator("[data-simulateur]").count()
        answers = {""} if is_passed_over else {"-" * len(told["bonnes"]), "0"}
        return bool(answers & set(told["signes"]))

    def told_of(self, item, step):
        """What the server said of the end, once it has for this screen."""
        for _ in range(200):
            told = self.replies[-1].json()["fin"] if self.replies else None
            if told and (told["item"], told["etape"]) == (item, step):
                return told
            self.page.wait_for_timeout(100)
        raise AssertionError(f"nothing was told of {item}, {step}")

    def answer_until_the_last(self):
        for _ in range(80):
            sitting_of(self.page)
            if self.is_last():
                return
            self.given += answer(self.page, self.app)
        raise AssertionError("the diagnostic does not end")

    def answer_the_last(self):
        item = asked(self.page)[0]
        while self.page.locator("form.answer").count() and asked(self.page)[0] == item:
            self.given += answer(self.page, self.app)


def test_no_question_is_shown_that_is_not_asked(open_page, served_app):
    page = open_page(800, 1280)
    told = Asked(page, served_app)
    told.answer_until_the_last()
    told.answer_the_last()
    page.wait_for_url("**/usager/resultat")
    assert told.saw[-1] == "C’est fini"
    assert set(told.saw) - {"C’est fini", "Merci, c’est noté"} == {item for item, _ in told.given}
    assert sorted(kept(served_app, told.sitting)) == sorted(told.given)


def test_the_end_without_a_network_is_told_and_the_result_comes_with_it(open_page, served_app, axe):
    page = give_voices(open_page(360, 740), FRENCH)
    told = Asked(page, served_app, sound="oui")
    told.answer_until_the_last()
    page.context.set_offline(True)
    told.answer_the_last()
    expect(page.locator(HEADING)).to_have_text("C’est fini")
    expect(page.get_by_text("Vos réponses sont gardées ici.")).to_be_visible()
    expect(page.get_by_role("button", name="Réponse d’avant")).to_be_hidden()
    expect(page.get_by_role("link", name="Faire une pause")).to_be_hidden()
    spoken = page.evaluate("window.spoken.length")
    assert "C'est fini" in spoken_by(page, spoken)
    axe(page)
    assert told.saw[-1] == "C’est fini"
    assert set(told.saw) - {"C’est fini"} == {item for item, _ in told.given}
    page.context.set_offline(False)
    page.wait_for_url("**/usager/resultat")
    expect_kept(page, served_app, told.sitting, told.given)


def test_who_waits_at_the_end_may_still_leave_and_come_back(open_page, served_app):
    page = open_page(800, 1280)
    told = Asked(page, served_app)
    told.answer_until_the_last()
    page.context.set_offline(True)
    told.answer_the_last()
    page.get_by_role("button", name="Terminer").click()
    page.get_by_role("button", name="Attendre").click()
    expect(page.locator(HEADING)).to_have_text("C’est fini")
    page.context.set_offline(False)
    page.wait_for_url("**/usager/resultat")


def traces_of(scene, chance):
    """What somebody might do in a scene: much of what is waited for, some of the rest, a wish or two."""
    steps = scene.scene_steps
    gestures = [one for step in steps for goal in step.goal for one in goal]
    gestures += [one for step in steps for one in step.shown_path]
    others = ["retour", "toucher:ailleurs", *(gesture for step in steps for gesture in step.forbidden)]
    for _ in range(4):
        trace = []
        for _ in range(chance.randrange(30)):
            if chance.random() < 0.05:
                trace.append({"e": chance.choice(["montrer", "non_compris"])})
                continue
            one = chance.choice(gestures)
            name = one.gesture if chance.random() < 0.8 else chance.choice(others)
            texts = [*one.texts, "autre chose"]
            means = chance.choice(["doigt", "souris", "clavier"])
            trace.append({"e": "geste", "g": name, "par": means, "texte": chance.choice(texts)})
        yield trace


def test_the_page_reads_a_trace_as_the_server_does(open_page, served_app):
    """Else it would tell an end that is none, or show a question too many."""
    signs = {"success": "+", "failure": "-", "shown": "-", "not_understood": ".", "not_seen": "."}
    chance = random.Random(1)
    with served_app.test_request_context():
        scenes = [item for item in current_engines().content.items.values() if item.is_simulated]
        cases = [(scene, trace) for scene in scenes for trace in traces_of(scene, chance)]
        expected = ["".join(signs[v.outcome] for v in scene.judge(trace)) for scene, trace in cases]
        told = [[simulated_scene(scene)["etapes"], trace] for scene, trace in cases]
    page = open_page(800, 1280)
    page.goto("/")
    found = page.evaluate(
        """async (cases) => {
          const { signsOf } = await import("/static/js/simulateurs/avancee.js");
          return cases.map(([steps, trace]) => signsOf(steps, trace));
        }""",
        told,
    )
    assert found == expected
    assert {sign for signs in expected for sign in signs} == {"+", "-", "."}
