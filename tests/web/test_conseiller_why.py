"""Modules, why, progress and history over HTTP: every figure leads to the answers it rests on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.engine import belief
from app.engine.evidence import Help, Outcome, Source
from app.engine.levels import Parameters
from app.engine.practice import times_left
from app.services import comparison, progress, seances
from app.services.clock import now
from app.services.comparison import State
from app.services.engines import Engines
from app.services.learner import learner
from app.services.seances import NewSeance
from app.services.whole_numbers import whole_percent
from app.services.why import why
from app.store import queries
from app.store.database import db
from app.store.models import EvidenceRow
from tests.web.conseiller_cast import answer_all, counted_queries, page_of, text_of

LIRE, CLAVIER = "messagerie.lire", "ordinateur.clavier"
MANY = (CLAVIER, "ordinateur.souris", "ordinateur.fenetres", "bureautique.fichiers", "internet.recherche")


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/"


@pytest.fixture
def work(usager, conseiller, new_id):
    def make(days_ago, module=LIRE, help=Help.ALONE):
        when = now() - timedelta(days=days_ago)
        new = NewSeance(new_id(), {module: help}, 60, "ordinateur", "lieu_activite", when)
        return seances.record(usager, conseiller, new, when)

    return make


def train(usager, new_id, days_ago, outcome=Outcome.SUCCESS):
    """An exercise on the tablet, between sessions."""
    when = now() - timedelta(days=days_ago)
    row_id = new_id()
    db.session.add(
        EvidenceRow(
            structure_id=usager.structure_id, id=row_id, answer_id=row_id, usager_id=usager.id,
            module_id=LIRE, source=Source.PRACTICE, outcome=outcome, help=Help.ALONE, step=0,
            content_version="0", occurred_at=when, recorded_at=when,
        )
    )  # fmt: skip
    db.session.commit()


def effects(page, section):
    """The points of a table, as whole numbers."""
    cells = page.select(f'section[aria-labelledby={section}] td[data-label="Effet"] .figures')
    return [int(re.sub(r"[^0-9−]", "", cell.get_text()).replace("−", "-")) for cell in cells]


class TestWhy:
    def test_the_answers_lead_from_nothing_known_to_the_figure(self, usager, work):
        answer_all(usager, now() - timedelta(days=9), most=6)
        work(8), work(5, "messagerie.repondre", Help.TEACHES), work(1)
        told = why(learner(usager, now()), LIRE)
        unknown, from_others, known = (
            whole_percent(p)
            for p in (told.explanation.prior, told.explanation.from_others, told.explanation.now)
        )
        assert unknown + sum(other.points for other in told.neighbours) + told.other_points == from_others
        own = sum(weight.points for weight in told.own)
        assert from_others + own + told.time_points + told.rest_points == known
        assert told.own[-1].points > 0
        answered = {row.module_id for row in queries.evidence_of(usager)}
        assert told.neighbours
        assert {other.module.id for other in told.neighbours} <= answered - {LIRE}

    def test_what_is_shown_adds_up(self, signed_in, at, usager, work):
        answer_all(usager, now() - timedelta(days=90), most=8)
        work(60, help=Help.GUIDED), work(50), work(40, "messagerie.repondre")
        page = page_of(signed_in.get(f"{at}pourquoi/{LIRE}"))
        unknown, from_others, known = (
            int(figure.get_text().partition("\u00a0")[0]) for figure in page.select(".belief-steps .figures")
        )
        assert unknown + sum(effects(page, "others-title")) == from_others
        assert from_others + sum(effects(page, "own-title")) == known

    def test_without_any_answer_it_is_what_is_known_of_nobody(self, signed_in, at, usager):
        told = why(learner(usager, now()), LIRE)
        assert told.explanation.prior == told.explanation.from_others == pytest.approx(told.explanation.now)
        assert (told.own, told.neighbours, told.other_points, told.time_points) == ((), (), 0, 0)
        text = self.text(signed_in, at).replace("’", "'")
        assert "encore noté. C'est le chiffre d'une personne" in text
        assert "Aucune pour l'instant." in text

    def test_it_says_how_many_more_times_and_when_to_look_again(self, signed_in, at, work):
        work(9, help=Help.ACCOMPANIED)
        assert re.search(
            r"Pour le faire seul, il faut encore le travailler [2-9] fois environ", self.text(signed_in, at)
        )
        for days in (7, 5, 3, 1):
            work(days)
        text = self.text(signed_in, at)
        assert "il faut encore" not in text
        assert re.search(r"À revoir dans \d+ (jours|semaines|mois)\.", text)

    @pytest.mark.parametrize(("later", "sign"), [(Help.TEACHES, -1), (Help.ACCOMPANIED, 1)])
    def test_the_times_left_are_at_the_person_s_own_pace(self, usager, work, later, sign):
        work(3, help=Help.ACCOMPANIED)
        for module in MANY:
            for days in (60, 50, 40):
                work(days, module, Help.ACCOMPANIED if days == 60 else later)
        person = learner(usager, now())
        levels, stability = person.belief.levels[LIRE], person.autonomy[LIRE].stability
        others = times_left(levels, Parameters(), stability=stability, gap_days=person.gap_days)
        assert sign * (why(person, LIRE).times_left - others) > 0

    def test_it_says_that_a_graph_is_too_wide(self, signed_in, at, usager, work, app, monkeypatch):
        work(3, "messagerie.repondre")
        assert "Réponse approchée" not in self.text(signed_in, at)
        monkeypatch.setattr(belief, "LARGEST", 0)
        monkeypatch.setattr(belief, "PARTICLES", 200)
        monkeypatch.setitem(
            app.extensions, "jalons_engines", Engines(app.extensions["jalons_engines"].content)
        )
        assert "Réponse approchée" in self.text(signed_in, at)
        assert "Réponse approchée" in text_of(signed_in.get(at + "modules"))

    def text(self, client, at):
        return text_of(client.get(f"{at}pourquoi/{LIRE}"))

    def test_each_answer_leads_to_where_it_was_given(self, signed_in, at, usager, work):
        answer_all(usager, now() - timedelta(days=9), most=8)
        seance = work(2)
        for row in queries.evidence_of(usager):
            page = page_of(signed_in.get(f"{at}pourquoi/{row.module_id}"))
            links = {link["href"] for link in page.select("section[aria-labelledby=own-title] a")}
            if row.seance_id:
                assert any(str(seance.id) in href for href in links)
            else:
                [href] = [href for href in links if f"reponse-{row.answer_id}-{row.step}" in href]
                questions = page_of(signed_in.get(href.partition("#")[0]))
                assert questions.find(id=href.partition("#")[2])

    def test_what_was_corrected_no_longer_counts(self, signed_in, at, usager, conseiller, work, new_id):
        work(2, help=Help.TEACHES)
        [row] = queries.evidence_of(usager)
        seances.correct(row, conseiller, Help.DONE_FOR, row_id=new_id(), now=now())
        text = text_of(signed_in.get(f"{at}pourquoi/{LIRE}"))
        assert "Fait pour" in text and "Transmet" not in text

    def test_a_question_not_understood_is_kept_and_does_not_count(self, signed_in, at, usager, new_id):
        train(usager, new_id, 1, Outcome.NOT_UNDERSTOOD)
        row = queries.evidence_of(usager)[0]
        row.help = None
        db.session.commit()
        assert "ne compte pas" in text_of(signed_in.get(f"{at}pourquoi/{LIRE}"))

    def test_it_says_why_the_step_is_of_its_kind(self, signed_in, at, usager):
        answer_all(usager, now() - timedelta(days=1), most=6)
        person = learner(usager, now())
        for step in person.plan.trail:
            text = text_of(signed_in.get(f"{at}pourquoi/{step.module}"))
            figure = f"À {whole_percent(person.belief[step.module])} %, "
            assert figure in text, (step, text)

    def test_it_says_who_chose_the_step(self, signed_in, at):
        signed_in.post(f"{at}plan/{LIRE}", data={"choix": "epingler/demande"})
        text = text_of(signed_in.get(f"{at}pourquoi/{LIRE}"))
        assert "Votre conseiller a choisi cette étape." in text
        assert "épinglé" in text and "Sandy" in text

    def test_every_step_and_every_module_leads_there(self, signed_in, at, work):
        work(1)
        for page in ("", "modules"):
            links = page_of(signed_in.get(at + page)).select('a[href*="/pourquoi/"]')
            assert links
            for href in {link["href"] for link in links}:
                assert signed_in.get(href).status_code == 200


class TestModules:
    def test_each_has_belief_autonomy_stability_and_review(self, signed_in, at, work):
        for days in (30, 20, 10, 3):
            work(days)
        page = page_of(signed_in.get(at + "modules"))
        [row] = [row for row in page.select("tbody tr") if "Lire ses messages" in row.th.get_text()]
        belief, autonomy, last, holds, review, _ = [
            cell.get_text(" ", strip=True).replace("\u00a0", " ") for cell in row.select("td")
        ]
        assert "%" in belief
        assert autonomy.startswith("Autonome") and autonomy.endswith("sur 3")
        assert last == "il y a 3 jours, 4 fois"
        assert "jour" in holds or "mois" in holds
        assert review.startswith("dans ")

    def test_a_domain_shows_all_its_modules(self, signed_in, at):
        rows = page_of(signed_in.get(f"{at}modules?domaine=sante")).select("tbody tr")
        assert len(rows) > 5
        everything = page_of(signed_in.get(f"{at}modules?tous=1")).select("tbody tr")
        assert len(everything) > 40

    def test_a_domain_that_does_not_exist_breaks_nothing(self, signed_in, at):
        assert signed_in.get(f"{at}modules?domaine=cuisine").status_code == 200


class TestComparison:
    def test_what_nobody_looked_at_is_not_what_is_not_acquired(self, usager, work):
        answer_all(usager, now() - timedelta(days=60), most=6)
        for days in (50, 40, 30, 20, 10, 2):
            work(days)
        person = learner(usager, now())
        told = comparison.compare(person, now() - timedelta(days=55), now())
        looked_at = {fact.module for fact in person.evidence}
        for id_, state in told.after.states.items():
            assert (state is State.NOT_SEEN) == (id_ not in looked_at)
        assert told.before.states[LIRE] in (State.NOT_ACQUIRED, State.NOT_SEEN)
        assert told.after.states[LIRE] is State.ACQUIRED
        assert LIRE in {change.module.id for change in told.changes}
        assert sum(told.before.counts.values()) == sum(told.after.counts.values()) == told.modules

    def test_a_question_not_understood_is_not_having_looked(self, usager, new_id):
        train(usager, new_id, 1, Outcome.NOT_UNDERSTOOD)
        queries.evidence_of(usager)[0].help = None
        db.session.commit()
        told = comparison.compare(learner(usager, now()), now() - timedelta(days=9), now())
        assert told.after.states[LIRE] is State.NOT_SEEN

    @pytest.mark.parametrize("days", [2, 0, -3])
    def test_the_two_days_may_come_in_any_order(self, signed_in, at, work, days):
        work(30), work(2)
        first, last = (f"{(now() - timedelta(days=ago)).date()}" for ago in (20, days))
        one = text_of(signed_in.get(f"{at}progres?du={first}&au={last}"))
        other = text_of(signed_in.get(f"{at}progres?du={last}&au={first}"))
        assert one == other
        assert ("Cette date est à venir" in one) == (days < 0)

    @pytest.mark.parametrize("query", ["du=hier", "au=2026-13-45", "au=9999-12-31", "du=0001-01-01"])
    def test_days_that_make_no_sense_get_a_sentence(self, signed_in, at, work, query):
        work(2)
        page = page_of(signed_in.get(f"{at}progres?{query}"))
        assert page.select_one("[role=alert]")

    def test_before_the_first_fact_everything_is_to_be_seen(self, signed_in, at, work):
        work(2)
        text = text_of(signed_in.get(f"{at}progres?du={(now() - timedelta(days=90)).date()}"))
        assert "Non passé → " in text


class TestVisitsGettingRarer:
    def test_it_says_how_often_at_first_and_lately(self, signed_in, at, work):
        for days in (120, 113, 106, 90, 60, 20):
            work(days)
        assert "Au début, une visite tous les 7 jours. Ces derniers temps, tous les 40 jours." in text_of(
            signed_in.get(at + "progres")
        )

    def test_intervals_are_days_between_visits(self, usager, work):
        for days in (30, 20, 5):
            work(days)
        gaps = progress.intervals(progress.visits(usager))
        assert [round(gap.days) for gap in gaps] == [10, 15]


def test_a_curve_of_many_visits_keeps_the_first_and_the_last(usager, work):
    for days in range(1, 61):
        work(days)
    came = progress.visits(usager)
    points = progress.autonomy_curve(learner(usager, now()))
    assert len(points) == progress.MOST_POINTS < len(came)
    assert (points[0].at, points[-1].at) == (came[0].at, came[-1].at)
    assert [point.at for point in points] == sorted({point.at for point in points})


class TestHistory:
    @pytest.fixture
    def life(self, signed_in, at, usager, work, new_id):
        answer_all(usager, now() - timedelta(days=90), most=4)
        work(60), work(30, CLAVIER, Help.GUIDED)
        train(usager, new_id, 10)
        signed_in.post(f"{at}plan/{LIRE}", data={"choix": "epingler/demande"})

    def kinds(self, client, at, query=""):
        items = page_of(client.get(f"{at}historique{query}")).select(".history > li")
        return [item["class"][0].removeprefix("history-") for item in items]

    def test_everything_is_there_newest_first(self, signed_in, at, life):
        assert self.kinds(signed_in, at) == ["plan", "entrainement", "seance", "seance", "diagnostic"]

    @pytest.mark.parametrize("kind", ["plan", "entrainement", "diagnostic"])
    def test_by_kind(self, signed_in, at, life, kind):
        assert self.kinds(signed_in, at, f"?genre={kind}") == [kind]

    def test_by_module_and_by_domain(self, signed_in, at, life):
        assert self.kinds(signed_in, at, f"?sujet={CLAVIER}").count("seance") == 1
        text = text_of(signed_in.get(f"{at}historique?sujet=messagerie&genre=seance"))
        assert "Seul" in text and "Guidé" not in text

    def test_by_author(self, signed_in, at, life, conseiller):
        assert self.kinds(signed_in, at, f"?auteur={conseiller.id}") == ["plan", "seance", "seance"]

    def test_by_period(self, signed_in, at, life):
        since, until = ((now() - timedelta(days=days)).date() for days in (70, 20))
        assert self.kinds(signed_in, at, f"?du={since}&au={until}") == ["seance", "seance"]

    def test_nothing_found_says_what_to_do(self, signed_in, at, life):
        text = text_of(signed_in.get(f"{at}historique?sujet=securite&genre=plan"))
        assert "Élargissez la période" in text

    @pytest.mark.parametrize("query", ["?auteur=abc&genre=x&du=hier&page=-3", "?sujet=x&page=9999999"])
    def test_filters_that_make_no_sense_break_nothing(self, signed_in, at, life, query):
        assert signed_in.get(f"{at}historique{query}").status_code == 200

    def test_pages_keep_the_filter_and_lose_nothing(self, signed_in, at, usager, work):
        for days in range(1, 48):
            work(days)
        seen = 0
        where = f"{at}historique?genre=seance"
        for _ in range(3):
            page = page_of(signed_in.get(where))
            seen += len(page.select(".history > li"))
            older = [link for link in page.select(".pager a") if "Plus ancien" in link.get_text()]
            where = older[0]["href"] if older else ""
        assert seen == 47
        assert where == ""


@pytest.mark.parametrize("page", ["", "modules", "progres", "historique", "plan", f"pourquoi/{LIRE}"])
def test_as_many_queries_with_much_history(signed_in, at, usager, work, page):
    def cost():
        db.session.expire_all()
        with counted_queries() as seen:
            assert signed_in.get(at + page).status_code == 200
        return len(seen)

    work(1)
    cost()  # the first opening of an hour is noted in the log
    few = cost()
    for days in range(2, 30):
        work(days, CLAVIER, Help.GUIDED)
    assert cost() == few < 20
