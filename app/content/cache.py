"""The content as it was last read, kept beside the database: starting does not read every file again.

Reading and checking the files takes a second and some forty megabytes that Python never gives back; the
cache takes a tenth of that. It is never older than the files: its name is the digest of every content file
and of the code that reads them, so that a change of either is always seen.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.content.library import Content

logger = logging.getLogger(__name__)

CODE = Path(__file__).resolve().parent


def load(parcours_dir: Path, quizzes_dir: Path, folder: Path) -> Content:
    """The content of both folders, kept in `folder`. Raises ``ContentError`` as `Content.load` does."""
    kept = folder / f"contenu-{_digest(parcours_dir, quizzes_dir)}.pickle"
    content = _read(kept)
    if content is None:
        content = Content.load(parcours_dir, quizzes_dir)
        _write(kept, content)
    return content


def _digest(*folders: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name, file in _files(*folders):
        data = file.read_bytes()
        digest.update(f"{name}\n{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


def _files(*folders: Path) -> Iterator[tuple[str, Path]]:
    for folder, pattern in (*((folder, "*.yaml") for folder in folders), (CODE, "*.py")):
        for file in sorted(folder.rglob(pattern)):
            yield f"{folder.name}/{file.relative_to(folder).as_posix()}", file


def _read(kept: Path) -> Content | None:
    try:
        content = pickle.loads(kept.read_bytes())
    except FileNotFoundError:
        return None
    except Exception:  # whatever a damaged file makes pickle raise: the sources are there
        logger.warning("The content's cache cannot be read: the files are read again.", exc_info=True)
        return None
    return content if isinstance(content, Content) else None


def _write(kept: Path, content: Content) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL))
        Path(file.name).replace(kept)  # at once: another process may be reading
        for other in kept.parent.glob("contenu-*.pickle"):
            if other != kept:
                other.unlink(missing_ok=True)
    except OSError:
        logger.warning("The content's cache cannot be written.", exc_info=True)
