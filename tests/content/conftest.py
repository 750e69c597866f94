"""An author at work in a folder of their own."""

from pathlib import Path

import pytest

from tests.content.authoring import Author


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)
