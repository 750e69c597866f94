"""Level groups proposed from evidence: everyone once, sizes kept, the same each time, nobody of elsewhere."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

import pytest

from app.engine.evidence import Help
from app.services import erasing, usagers
from app.services.engines import current_engines
from app.services.group_candidates import AT_ONCE, candidates
from app.services.level_groups import GroupsError, propose
from app.store.database import db
from tests.conftest import NOW
from tests.group_cast import CAST, DESK, GESTURES, MESSAGES, answered, people_of
from tests.sessions import come


@pytest.fixture
def people(structure, make_usager):
    return people_of(structure, make_usager)


def proposed(structure, people, **changes):
    asked = {"device": "ordinateur", "largest": 4, "goal": None, "now": NOW}
    ids = {getattr(person, "id", person) for person in people}
    return propose(structure, usager_ids=ids, **{**asked, **changes})


def goal(goal_id):
    return current_engines().content.goals[goal_id]


def names(group):
    return [place.name for place in group.places]


def first_names(people):
    return [person.first_name for person in people]


@pytest.mark.parametrize(("largest", "sizes"), [(2, [1, 2, 2, 2]), (3, [2, 2, 3]), (4, [3, 4]), (12, [7])])
def test_everyone_is_in_one_group_and_none_is_too_large(structure, people, largest, sizes):
    groups = proposed(structure, people.values(), largest=largest).groups
    assert sorted(len(group.places) for group in groups) == sizes
    assert sorted(name for group in groups for name in names(group)) == [
        f"{name} B." for name in sorted(CAST)
    ]


def test_those_who_can_learn_the_same_are_together(structure, people):
    del people["Gaston"]
    groups = proposed(structure, people.values()).groups
    beginners = next(group for group in groups if "Ali B." in names(group))
    assert names(beginners) == ["Ali B.", "Bintou B.", "Chantal B."]
    assert beginners.module.id in GESTURES
    assert beginners.title == beginners.module.title
    assert beginners.title in beginners.why and beginners.ready == 3
    assert all("bon moment" in place.now for place in beginners.places)


def test_the_reasons_agree_with_the_figures(structure, people):
    proposal = proposed(structure, people.values())
    for group in proposal.groups:
        assert group.ready == sum("bon moment" in place.now for place in group.places)
        assert group.on_the_way == len(group.places)
        assert f"{group.ready}\u00a0personne" in group.first
    assert proposal.learnt == sum(group.learnt for group in proposal.groups) > 0


def test_someone_ahead_is_given_something_else(structure, people):
    [group] = proposed(structure, [people["Denise"], people["Ernest"], people["Gaston"]]).groups
    [gaston] = [place for place in group.places if place.name == "Gaston B."]
    assert "sait sans doute déjà" in gaston.now and "Proposez «" in gaston.now


def test_the_same_evidence_gives_the_same_groups_all_day_whatever_the_order(structure, people):
    morning = proposed(structure, people.values(), now=NOW)
    evening = proposed(structure, list(people.values())[::-1], now=NOW + timedelta(hours=6))
    assert morning == evening


def test_new_evidence_changes_the_groups(structure, people, conseiller):
    before = proposed(structure, people.values())
    helps = {module.replace(".", "__"): Help.TEACHES for module in GESTURES}
    come(people["Ali"], conseiller, NOW - timedelta(hours=1), **helps)
    assert proposed(structure, people.values()) != before


def test_another_structures_people_never_come_in(structure, people, other_structure, make_usager):
    stranger = answered(make_usager(other_structure, "Zénobie"), "reussi", GESTURES)
    proposal = proposed(structure, [*people.values(), stranger])
    assert proposal.gone == 1
    assert "Zénobie B." not in [name for group in proposal.groups for name in names(group)]
    there = candidates(structure, chosen={stranger.id})
    assert stranger.id not in {person.id for person in (*there.known, *there.unknown)}


def test_someone_erased_meanwhile_is_left_out(structure, people, conseiller):
    erasing.erase(people["Ali"], conseiller, NOW)
    proposal = proposed(structure, people.values())
    assert proposal.gone == 1
    assert sum(len(group.places) for group in proposal.groups) == 6


def test_of_whom_nothing_is_known_is_apart(structure, people, make_usager):
    newcomer = make_usager(structure, "Yvon")
    proposal = proposed(structure, [people["Ali"], newcomer])
    assert first_names(proposal.unknown) == ["Yvon"]
    assert [names(group) for group in proposal.groups] == [["Ali B."]]
    assert proposed(structure, [newcomer]).groups == ()
    there = candidates(structure)
    assert first_names(there.known) == sorted(CAST)
    assert (first_names(there.unknown), there.unknown_count) == (["Yvon"], 1)


def test_what_was_answered_without_a_name_counts_for_whom_it_was(structure, make_usager):
    nameless = usagers.start_without_name(structure, "envoyer-un-message", NOW)
    answered(answered(nameless, "reussi", DESK), "rate", MESSAGES[:1])
    person = make_usager(structure, "Hélène")
    assert candidates(structure).known == ()
    usagers.attach(nameless, person)
    assert candidates(structure).known == (person,)
    [group] = proposed(structure, [person]).groups
    assert group.module.id == MESSAGES[0]


def test_with_a_goal_its_people_are_listed_and_its_modules_count(structure, people):
    people["Ali"].goal_id, people["Ali"].other_goal_ids = "e-sante", ["faire-son-cv-et-postuler"]
    db.session.commit()
    assert first_names(candidates(structure, "faire-son-cv-et-postuler").known) == ["Ali"]
    assert "Ali" not in first_names(candidates(structure, "envoyer-un-message").known)
    content = current_engines().content
    health = goal("e-sante")
    modules = content.goal_modules(health.id, "ordinateur")
    for group in proposed(structure, people.values(), goal=health).groups:
        assert group.module.id in modules


def test_two_groups_that_learn_the_same_first_are_told_apart(structure, people):
    groups = proposed(structure, [people["Ali"], people["Bintou"], people["Chantal"]], largest=2).groups
    assert groups[0].module == groups[1].module
    assert len({group.title for group in groups}) == 2


def test_who_can_do_it_all_has_nothing_to_learn(structure, make_usager):
    modules = current_engines().content.goal_modules("envoyer-un-message", "ordinateur")
    able = answered(make_usager(structure, "Inès"), "reussi", modules)
    [group] = proposed(structure, [able], goal=goal("envoyer-un-message")).groups
    assert group.module is None and group.ready == 0
    assert "plus rien à apprendre" in group.why


def test_a_group_learns_what_its_own_people_want(structure, people):
    """Two want to write messages and two want something else; all could begin either."""
    pairs = [people[name] for name in ("Denise", "Ernest", "Fanny", "Gaston")]
    for person in pairs[2:]:
        person.goal_id = "me-proteger"
    db.session.commit()
    for group in proposed(structure, pairs, largest=2, own_only=True).groups:
        assert group.on_the_way == 2
    asked = proposed(structure, pairs, own_only=True)
    assert asked.goals == 2
    assert asked.learnt <= proposed(structure, pairs).learnt


def test_who_does_not_need_what_the_group_learns_is_told(structure, people):
    trio = [people[name] for name in ("Denise", "Ernest", "Fanny")]
    content = current_engines().content
    trio[2].goal_id = next(
        id_
        for id_ in content.goals
        if MESSAGES[0] not in content.goal_modules(id_, "ordinateur")
        and content.goal_modules(id_, "ordinateur")
    )
    db.session.commit()
    for own_only, told in ((True, 1), (False, 0)):
        [group] = proposed(structure, trio, own_only=own_only).groups
        assert group.module.id == MESSAGES[0] and group.on_the_way == 2
        assert sum("n’en a pas besoin" in place.now for place in group.places) == told


def test_without_any_goal_every_module_counts(structure, people):
    for person in people.values():
        person.goal_id = None
    db.session.commit()
    assert all(group.module for group in proposed(structure, people.values()).groups)


def test_a_goal_removed_from_the_content_breaks_nothing(structure, people):
    for person in people.values():
        person.goal_id = "allumer-le-minitel"
    db.session.commit()
    assert len(proposed(structure, people.values()).groups) == 2


def test_what_cannot_be_is_said(structure, people, monkeypatch):
    with pytest.raises(GroupsError, match="au moins une personne"):
        proposed(structure, [])
    with pytest.raises(GroupsError, match=f"{AT_ONCE} personnes au plus"):
        proposed(structure, [uuid.uuid4() for _ in range(AT_ONCE + 1)])
    content = current_engines().content
    monkeypatch.setattr(type(content), "goal_modules", lambda *_: ())
    with pytest.raises(GroupsError, match="appareil"):
        proposed(structure, people.values())


def test_sixty_people_are_seated(structure, make_usager):
    rng = random.Random(7)
    many = [
        answered(make_usager(structure, f"P{number}"), "reussi", rng.sample(DESK + MESSAGES, 3))
        for number in range(60)
    ]
    groups = proposed(structure, many, largest=8).groups
    assert sorted(len(group.places) for group in groups) == [7, 7, 7, 7, 8, 8, 8, 8]
    assert len({name for group in groups for name in names(group)}) == 60
