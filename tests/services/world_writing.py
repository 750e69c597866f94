"""Small worlds written by hand, as someone else would write them."""

from pathlib import Path

MODULES = "module,domain,prerequisites,difficulty\na,d,,\nb,d,a,0.5\nc,e,,\n"
ITEMS = "item,module,guess,slip,scene\nq1,a,0.1,0.1,\nq2,b,0.2,0.1,\nq3,c,0.2,0.1,\n"
ANSWERS = "usager,q1,q2,q3\nu1,1,0,1\nu2,0,,1\nu3,1,1,0\n"
MASTERY = "usager,a,b,c\nu1,1,0,1\nu2,0,0,1\nu3,1,1,0\n"


def written(folder: Path, **files: str | bytes) -> Path:
    """A world of three modules and three people, but for the files given."""
    usual = {"modules": MODULES, "items": ITEMS, "answers": ANSWERS, "mastery": MASTERY}
    for name, text in (usual | files).items():
        content = text.encode() if isinstance(text, str) else text
        (folder / f"{name}.csv").write_bytes(content)
    return folder
