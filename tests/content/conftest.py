"""An author at work in a folder of their own."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.content.authoring import Author

# A loaded machine is no reason to fail.
settings.register_profile("content", deadline=None)
settings.load_profile("content")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)
