"""The graph on what people knew when they came, and what each module became since."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.assessment import assess
from app.engine.autonomy import follow
from app.engine.bank import Item, Step
from app.engine.belief import BeliefModel
from app.engine.diagnostic import answer_likelihoods
from app.engine.evidence import Evidence, Help, Outcome, Source
from app.engine.graph import Module, ModuleGraph
from app.engine.tilting import NEAR_ENOUGH, tilted

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
GRAPH = ModuleGraph(
    [
        Module("souris", "materiel"),
        Module("clavier", "materiel", ("souris",)),
        Module("lire", "mail", ("souris",)),
        Module("repondre", "mail", ("lire", "clavier")),
        Module("joindre", "mail", ("repondre",)),
    ]
)
MODEL = BeliefModel(GRAPH)
PRIOR = MODEL.posterior().as_dict()


def answered(module: str, outcome: Outcome, minutes: float = 0.0, day: float = 0.0) -> Evidence:
    when = START + timedelta(days=day, minutes=minutes)
    return Evidence(f"{module}{when}", module, Source.DIAGNOSTIC, when, outcome, guess=0.1, slip=0.1)


def worked(module: str, *helps: str) -> list[Evidence]:
    """A practice a week from the first week on."""
    return [
        Evidence(
            f"{module}{week}",
            module,
            Source.PRACTICE,
            START + timedelta(weeks=week),
            help=Help(help),
        )
        for week, help in enumerate(helps, start=1)
    ]


facts = st.lists(
    st.builds(
        lambda id, module, source, day, fact: Evidence(
            str(id),
            module,
            source,
            START + timedelta(days=day),
            outcome=fact if isinstance(fact, Outcome) else None,
            help=fact if isinstance(fact, Help) else None,
            guess=0.2,
            slip=0.1,
        ),
        st.integers(0, 10**6),
        st.sampled_from(GRAPH.ids),
        st.sampled_from(list(Source)),
        st.integers(0, 400),
        st.sampled_from([*Help, *Outcome]),
    ),
    max_size=12,
    unique_by=lambda fact: fact.id,
)
END = START + timedelta(days=401)


def test_without_facts_nothing_changes() -> None:
    assert assess(MODEL, [], END).as_dict() == pytest.approx(PRIOR)
    unseen = answered("lire", Outcome.NOT_SEEN)
    assert assess(MODEL, [unseen], END).as_dict() == pytest.approx(PRIOR)


@given(facts, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(evidence: list[Evidence], shuffler: Random) -> None:
    shuffled = [*evidence, *evidence[:2]]
    shuffler.shuffle(shuffled)
    one, other = assess(MODEL, evidence, END), assess(MODEL, shuffled, END)
    assert one.levels == other.levels and one.autonomy == other.autonomy


@given(facts)
def test_it_is_one_distribution_a_module_and_the_autonomy_says_the_same(evidence: list[Evidence]) -> None:
    known = assess(MODEL, evidence, END)
    for module in GRAPH.ids:
        assert sum(known.levels[module]) == pytest.approx(1)
        assert 0 <= known[module] <= 1
        if module in known.autonomy:
            assert known.autonomy[module].mastered == known[module]
    assert set(known.autonomy) == {fact.module for fact in evidence}


@given(facts, st.sampled_from(GRAPH.ids), st.sampled_from([Help.ALONE, Help.TEACHES]))
def test_doing_it_alone_is_never_bad_news(evidence: list[Evidence], module: str, help: Help) -> None:
    more = [*evidence, Evidence("more", module, Source.PRACTICE, END, help=help)]
    before, after = assess(MODEL, evidence, END), assess(MODEL, more, END)
    assert after[module] >= before[module] - 1e-9


@given(st.lists(st.tuples(st.sampled_from(GRAPH.ids), st.sampled_from(list(Outcome))), max_size=8))
def test_one_sitting_is_the_graph_s_posterior_of_its_answers(answers: list[tuple[str, Outcome]]) -> None:
    evidence = [answered(module, outcome, n) for n, (module, outcome) in enumerate(answers)]
    pairs = [
        pair
        for module, outcome in answers
        for pair in answer_likelihoods(Item("i", (Step(module, 0.1, 0.1),)), [outcome])
    ]
    known = assess(MODEL, evidence, START + timedelta(hours=1))
    assert known.as_dict() == pytest.approx(MODEL.posterior(pairs).as_dict(), abs=1e-9)


def test_a_module_alone_in_the_graph_has_the_posterior_of_the_filter() -> None:
    model = BeliefModel(ModuleGraph([Module("seul", "d")]))
    prior = model.posterior()["seul"]
    for evidence in (
        [answered("seul", Outcome.SUCCESS)],
        worked("seul", "accompagne", "guide", "seul"),
        [answered("seul", Outcome.FAILURE), *worked("seul", "guide", "seul", "seul")],
    ):
        levels = follow(evidence, END, reference=prior).levels
        assert assess(model, evidence, END).levels["seul"] == pytest.approx(levels, rel=1e-3)


def test_what_was_learnt_here_does_not_make_what_was_never_met_likelier() -> None:
    failed = [answered("lire", Outcome.FAILURE), answered("lire", Outcome.FAILURE, 1)]
    learnt = worked("lire", "accompagne", "guide", "guide", "seul", "seul", "seul")
    then = START + timedelta(weeks=6)
    before, after = assess(MODEL, failed, then), assess(MODEL, [*failed, *learnt], then)
    assert after["lire"] > 0.8 > 0.2 > before["lire"]
    assert after["repondre"] < PRIOR["repondre"]
    assert after["repondre"] == pytest.approx(before["repondre"], abs=0.05)


def test_what_was_known_on_arrival_tells_of_its_neighbours_both_ways() -> None:
    now = START + timedelta(hours=1)
    able = assess(MODEL, [answered("repondre", Outcome.SUCCESS)], now)
    assert able["lire"] > PRIOR["lire"] and able["joindre"] > PRIOR["joindre"]
    lost = assess(MODEL, [answered("lire", Outcome.FAILURE)], now)
    assert lost["souris"] < PRIOR["souris"] and lost["repondre"] < PRIOR["repondre"]


def test_what_neighbours_told_fades_with_the_years() -> None:
    said = [answered("repondre", Outcome.SUCCESS)]
    values = [assess(MODEL, said, START + timedelta(days=day))["lire"] for day in (1, 100, 1000, 10_000)]
    assert values == sorted(values, reverse=True)
    assert values[-1] >= PRIOR["lire"]


def test_a_module_gone_from_the_graph_is_still_followed() -> None:
    evidence = worked("disparu", "guide", "seul")
    known = assess(MODEL, evidence, END)
    assert "disparu" not in known and known.autonomy["disparu"].times_worked == 2
    assert known.arrival.as_dict() == pytest.approx(PRIOR)


# Evidence for a diagnostic among other facts


@given(facts)
def test_tilting_gives_the_graph_what_is_known_now(evidence: list[Evidence]) -> None:
    known = assess(MODEL, evidence, END)
    pairs = tilted(MODEL, known.as_dict(), known.likelihoods)
    belief = MODEL.posterior(pairs)
    for module in GRAPH.ids:
        assert belief[module] == pytest.approx(known[module], abs=NEAR_ENOUGH + 0.002)


def test_where_nothing_was_learnt_since_the_graph_is_told_what_it_was_told() -> None:
    evidence = [answered("lire", Outcome.FAILURE), answered("souris", Outcome.SUCCESS, 1)]
    known = assess(MODEL, evidence, START + timedelta(hours=1))
    assert tilted(MODEL, known.as_dict(), known.likelihoods) == list(known.likelihoods)


def test_what_was_learnt_here_is_known_to_a_diagnostic_and_its_neighbours_stay_doubtful() -> None:
    evidence = [
        answered("lire", Outcome.FAILURE),
        *worked("lire", "accompagne", "guide", "guide", "seul", "seul", "seul"),
    ]
    known = assess(MODEL, evidence, START + timedelta(weeks=6))
    belief = MODEL.posterior(tilted(MODEL, known.as_dict(), known.likelihoods))
    assert belief["lire"] == pytest.approx(known["lire"], abs=NEAR_ENOUGH)
    assert belief["repondre"] == pytest.approx(known["repondre"], abs=NEAR_ENOUGH)
