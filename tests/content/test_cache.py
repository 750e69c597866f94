"""The content's cache: never older than the files, never in the way."""

import shutil
from pathlib import Path

import pytest

from app.content import cache
from app.content.library import Content
from app.content.problem import ContentError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folders(tmp_path):
    """The shipped modules without their items, and where their cache goes."""
    shutil.copytree(ROOT / "parcours/modules", tmp_path / "parcours/modules")
    (tmp_path / "quizzes").mkdir()
    return tmp_path / "parcours", tmp_path / "quizzes", tmp_path / "cache"


def kept(folders):
    return list(folders[2].glob("*.pickle"))


def test_what_was_kept_says_what_the_files_say(folders):
    first, again = cache.load(*folders), cache.load(*folders)
    assert len(kept(folders)) == 1
    assert again.version == first.version
    assert again.modules == first.modules and again.modules
    assert again.graph("telephone").ids == first.graph("telephone").ids


def test_it_is_not_read_again_while_nothing_changes(folders, monkeypatch):
    cache.load(*folders)
    monkeypatch.setattr(Content, "load", lambda *_: pytest.fail("the files were read again"))
    assert cache.load(*folders).modules


def test_a_changed_file_is_seen_and_the_old_cache_removed(folders):
    before = cache.load(*folders)
    file = folders[0] / "modules/messagerie.yaml"
    file.write_text(file.read_text() + "\n# a note\n")
    assert cache.load(*folders).version != before.version
    assert len(kept(folders)) == 1


def test_a_damaged_cache_is_read_from_the_files(folders):
    cache.load(*folders)
    kept(folders)[0].write_bytes(b"damaged")
    assert cache.load(*folders).modules


def test_a_cache_that_cannot_be_written_stops_nobody(folders):
    folders[2].write_text("a file where the folder would be")
    assert cache.load(*folders).modules


def test_content_that_cannot_be_used_is_refused_each_time(folders):
    (folders[0] / "broken.yaml").write_text("titre: [\n")
    for _ in range(2):
        with pytest.raises(ContentError):
            cache.load(*folders)
    assert not kept(folders)
