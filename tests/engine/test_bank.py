"""Items and what a bank refuses."""

import pytest

from app.engine.bank import BankError, Item, ItemBank, Step

SINGLE = Item("q", (Step("a", 0.2, 0.1),))
SCENE = Item("s", (Step("a", 0.05, 0.1), Step("b", 0.05, 0.1)))


def test_a_scene_has_several_steps() -> None:
    assert SCENE.is_scene
    assert not SINGLE.is_scene
    assert SCENE.modules == ("a", "b")


def test_items_are_found_by_id() -> None:
    bank = ItemBank([SINGLE, SCENE])
    assert bank["s"] is SCENE
    assert "q" in bank
    assert "gone" not in bank


def test_restricting_keeps_items_wholly_on_the_modules() -> None:
    assert [item.id for item in ItemBank([SINGLE, SCENE]).restricted_to(["a"]).items] == ["q"]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([SINGLE, SINGLE], "given twice"),
        ([Item("vide", ())], "vide has no step"),
        ([Item("q", (Step("a", 0.6, 0.5),))], "guess and slip"),
        ([Item("q", (Step("a", -0.1, 0.5),))], "guess and slip"),
    ],
)
def test_it_rejects_bad_input(items: list[Item], message: str) -> None:
    with pytest.raises(BankError, match=message):
        ItemBank(items)
