"""What commits did to each leaf."""

from pathlib import Path

import pytest

from site_builder import loading
from site_builder.loading.leaf_history import MOST
from site_builder.model.evidence import LeafEvent
from tests.checks import trees
from tests.loading.test_git_history import OTHER, Repository

LEAF, HOME = "1.1.2", "evidence/1-chi-dao/1.1-ke-hoach/1.1.2-hoan-thanh"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    trees.write(tmp_path, trees.lay_over(trees.base("minimal"), {}, {}))
    made = Repository(tmp_path)
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "First")
    return made


def events(repository: Repository, leaf: str = LEAF) -> tuple[LeafEvent, ...]:
    snapshot, _ = loading.load(repository.folder, environment={})
    return snapshot.events.get(leaf, ())


def commit(repository: Repository, **options: str) -> None:
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Next", **options)


def test_the_first_commit_brings_everything(repository: Repository) -> None:
    (event,) = events(repository)
    assert (event.explained, event.added) == (True, ("bao-cao.pdf",))
    assert event.change.author == "A"


def test_what_was_done_newest_first(repository: Repository) -> None:
    home = repository.folder / HOME
    (home / "giai-trinh.md").write_text("x")
    commit(repository, name="B")
    (home / "bao-cao.pdf").write_bytes(b"other")
    (home / "anh").mkdir()
    (home / "anh/1.jpg").write_bytes(b"jpg")
    (home / "Thumbs.db").write_bytes(b"noise")
    commit(repository, email=OTHER)
    repository.git("mv", f"{HOME}/anh/1.jpg", f"{HOME}/anh-hop.jpg")
    repository.git("rm", "-q", f"{HOME}/bao-cao.pdf")
    commit(repository)
    found = [
        (event.explained, event.added, event.replaced, event.renamed, event.removed)
        for event in events(repository)
    ]
    assert found[:3] == [
        (False, (), (), ("anh-hop.jpg",), 1),
        (False, ("anh-hop.jpg",), ("bao-cao.pdf",), (), 0),
        (True, (), (), (), 0),
    ]
    assert len(found) == 4


def test_a_renamed_folder_is_nothing_that_was_done(repository: Repository) -> None:
    repository.git("mv", HOME, f"{HOME}-nhiem-vu")
    commit(repository)
    assert len(events(repository)) == 1


def test_a_file_that_moves_goes_here_and_comes_there(repository: Repository) -> None:
    other = "evidence/1-chi-dao/1.2-tuyen-truyen"
    repository.git("mv", f"{HOME}/bao-cao.pdf", f"{other}/bao-cao-khac.pdf")
    commit(repository)
    assert events(repository)[0].removed == 1
    assert events(repository, "1.2")[0].renamed == ("bao-cao-khac.pdf",)


def test_only_so_many(repository: Repository) -> None:
    for number in range(MOST + 3):
        (repository.folder / HOME / "giai-trinh.md").write_text(str(number))
        commit(repository, name=str(number))
    found = events(repository)
    assert len(found) == MOST
    assert found[0].change.author == str(MOST + 2)


def test_a_check_asks_for_none(repository: Repository) -> None:
    snapshot, _ = loading.load(repository.folder, authors=False, environment={})
    assert snapshot.events == {}
