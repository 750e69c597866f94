"""Installing: once, again after a change, after a cut, and without what it needs."""


def test_it_installs_once_and_again_only_when_something_changed(project):
    first = project.install()
    assert first.returncode == 0, first.stderr
    assert "première fois" in first.stdout
    assert project.version_of("brick") == "1.0"
    assert project.install().stdout == ""

    project.lock(brick="2.0")
    assert project.install().returncode == 0
    assert project.version_of("brick") == "2.0"

    elsewhere = project.folder.with_name("elsewhere")
    project.folder.rename(elsewhere)
    project.folder = elsewhere
    assert project.install().returncode == 0
    assert str(elsewhere) in (elsewhere / ".venv/bin/pip").read_text()
    assert project.install().stdout == ""

    project.lock(brick="2.1")
    project.wheel("brick", "2.1", text="another file under the same name")
    refused = project.install()
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "n’est pas celle attendue" in refused.stderr


def test_without_network_it_says_so_and_is_picked_up_later(project):
    # Port 9 answers nobody.
    nobody = {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    done = project.install(**nobody)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "accès à Internet" in done.stderr

    half = project.folder / ".venv/half-copied"
    half.touch()
    assert project.install().returncode == 0
    assert not half.exists(), "what an installation cut short left must not be trusted"
    assert project.version_of("brick") == "1.0"
