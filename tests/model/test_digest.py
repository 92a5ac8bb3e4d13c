"""What changes the digest of a leaf, and what does not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import loading
from site_builder.model.digest import Digests, digests

COMMUNE = Path(__file__).parents[1] / "communes" / "nho"
LEAF = "1.1.1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(COMMUNE, tmp_path / "xa")


def of(root: Path) -> Digests:
    snapshot, _ = loading.load(root, hash_all=True, environment={})
    return digests(snapshot)


def folder(root: Path) -> Path:
    return next(root.glob(f"evidence/*/*/{LEAF}-*"))


def edit(root: Path, path: str, old: str, new: str) -> None:
    target = root / path
    text = target.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new), "utf-8")


def crlf(root: Path) -> None:
    path = folder(root) / "giai-trinh.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def noise(root: Path) -> None:
    (folder(root) / "Thumbs.db").write_bytes(b"x")


def renamed_parent(root: Path) -> None:
    parent = folder(root).parent
    parent.rename(parent.with_name(parent.name.partition("-")[0] + "-ten-khac"))


def a_word(root: Path) -> None:
    path = folder(root) / "giai-trinh.md"
    path.write_bytes(path.read_bytes() + b"\nmore\n")


def a_byte(root: Path) -> None:
    path = next(folder(root).glob("*.pdf"))
    path.write_bytes(path.read_bytes() + b"\n")


def another_file(root: Path) -> None:
    (folder(root) / "them.pdf").write_bytes(b"x")


def a_renamed_file(root: Path) -> None:
    path = next(folder(root).glob("*.pdf"))
    path.rename(path.with_name("ten-moi.pdf"))


def an_answer(root: Path) -> None:
    target = folder(root) / "bo-sung-1"
    target.mkdir()
    (target / "giai-trinh.md").write_text("---\ntra_loi: x\n---\n")


def deadlines(root: Path) -> None:
    edit(root, "unit.yml", "closes: 2024-12-31", "closes: 2024-12-30")


@pytest.mark.parametrize("change", [crlf, noise, renamed_parent, deadlines])
def test_what_changes_nothing(root: Path, change: Callable[[Path], None]) -> None:
    before = of(root)
    change(root)
    assert of(root) == before


@pytest.mark.parametrize("change", [a_word, a_byte, another_file, a_renamed_file, an_answer])
def test_what_changes_the_leaf_alone(root: Path, change: Callable[[Path], None]) -> None:
    before = of(root)
    change(root)
    after = of(root)
    assert after.whole != before.whole
    assert {id_ for id_ in before.leaves if before.leaves[id_] != after.leaves[id_]} == {LEAF}


@pytest.mark.parametrize("line", ["max_points", "rule_text"])
def test_the_criterion_counts(root: Path, line: str) -> None:
    before = of(root)
    text = (root / "criteria.yml").read_text("utf-8")
    place = text.index(line, text.index(LEAF))
    cut = text.index("\n", place)
    value = text[place:cut].replace("2", "3") if line == "max_points" else f'{line}: "khac"'
    changed = text[:place] + value + text[cut:]
    assert changed != text
    (root / "criteria.yml").write_text(changed, "utf-8")
    after = of(root)
    assert after.leaves[LEAF] != before.leaves[LEAF]


SET = """\
set: {id: s, title: "S", total_points: 1, classes: [{title: "T", from_percent: 80}]}
criteria:
  - id: "1"
    title: "F"
    max_points: 1
    children:
      - {id: "1.1", title: "L", max_points: 1, scored_by: self, rule_text: "R",
         rule: {shape: all_or_nothing}}
"""


def test_it_is_the_same_on_every_machine_and_in_every_version(tmp_path: Path) -> None:
    # A change of this number makes every approval and verdict look out of date.
    (tmp_path / "criteria.yml").write_text(SET)
    leaf = tmp_path / "evidence/1-f/1.1-l"
    leaf.mkdir(parents=True)
    (leaf / "giai-trinh.md").write_text("---\ndat: co\n---\nText\n")
    (leaf / "a.txt").write_text("evidence")
    assert of(tmp_path).whole == (
        "0d88b1c33ae2ed887afef983065be8e031583308fe638ec20f7958c689695ce3"
    )


def test_bytes_that_nobody_read_have_no_digest(root: Path) -> None:
    snapshot, _ = loading.load(root, environment={})
    unread = digests(snapshot)
    assert unread.whole == ""
    assert LEAF not in unread.leaves
