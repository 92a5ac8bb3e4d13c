"""Other states out of Git's store: which one is meant, and how it is unpacked."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from site_builder import comparing, loading, past, pipeline
from site_builder.comparing.exporting import ExportRefusedError, exported, is_inside
from site_builder.comparing.references import References
from site_builder.git import Git
from site_builder.model.change import Changes, Since, WhyNot
from site_builder.model.results import Edition
from tests.comparing.repository import COMMUNE, LEAF, Commune
from tests.surroundings import variables


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path / "xa")


def figures(changes: Changes) -> list[tuple[str, str, str]]:
    return [
        (id_, each.before, each.after)
        for id_, leaf in changes.leaves.items()
        for each in leaf.entries
    ]


# --- which state


def test_without_anything_to_compare(commune: Commune) -> None:
    assert commune.changes().why_not is WhyNot.NO_POINT
    assert commune.changes(Edition.ASSESSOR).why_not is WhyNot.NO_SUBMISSION
    assert commune.changes(Edition.PUBLIC).why_not is WhyNot.NOT_ASKED
    shutil.rmtree(commune.root / ".git")
    assert commune.changes().why_not is WhyNot.NO_GIT


def test_a_commit_a_tag_and_what_is_not_committed(commune: Commune) -> None:
    first = commune.git("rev-parse", "HEAD")
    commune.git("tag", "ky-1")
    commune.figure("9", "8")
    for since, kind in (("ky-1", Since.TAG), (first, Since.COMMIT), (first[:9], Since.COMMIT)):
        changes = commune.changes(since=since)
        assert changes.before is not None
        assert (changes.before.kind, changes.before.commit) == (kind, first)
        assert figures(changes) == [(LEAF, "9", "8")]
        assert changes.leaves[LEAF].moved


@pytest.mark.parametrize(
    "name", ["", "no-such-tag", "--output=x", "HEAD:unit.yml", "a\nb", "x" * 999]
)
def test_names_of_nothing(commune: Commune, name: str) -> None:
    assert References(Git(commune.root, {})).named(name) is None


def test_an_unknown_name_is_said(commune: Commune) -> None:
    with pytest.raises(past.UnknownStateError):
        commune.changes(since="no-such-tag")


def test_the_last_submission(commune: Commune) -> None:
    commune.git("tag", "nop/dot-1")
    commune.figure("9", "8")
    commune.commit()
    commune.git("tag", "-m", "Second", "nop/dot-2")
    commune.git("tag", "other")
    assert commune.changes().count == 0
    earlier = commune.changes(Edition.ASSESSOR)
    assert earlier.before is not None
    assert earlier.before.name == "nop/dot-1"
    assert figures(earlier) == [(LEAF, "9", "8")]
    commune.figure("8", "7")
    assert figures(commune.changes()) == [(LEAF, "8", "7")]
    assert commune.changes(Edition.ASSESSOR).why_not is WhyNot.NO_SUBMISSION


def test_the_first_submission_has_nothing_before_it(commune: Commune) -> None:
    commune.git("tag", "nop/dot-1")
    assert commune.changes(Edition.ASSESSOR).why_not is WhyNot.NO_EARLIER
    request = pipeline.Request(root=commune.root, today=date(2024, 1, 1), environment=variables())
    assert past.submission(request, commune.facts()) == "nop/dot-1"
    commune.figure("9", "8")
    assert past.submission(request, commune.facts()) == ""


def test_the_submission_of_another_period_is_not_compared_unasked(commune: Commune) -> None:
    commune.git("tag", "nop/dot-1")
    unit = commune.root / "unit.yml"
    unit.write_text(unit.read_text("utf-8").replace('id: "2024"', 'id: "2025"'), "utf-8")
    assert commune.changes().why_not is WhyNot.NO_POINT
    asked = commune.changes(since="nop/dot-1")
    assert asked.before is not None
    assert not asked.same_period


# --- the approval


def test_the_approval_goes_before_submissions(commune: Commune) -> None:
    commune.approve()
    commune.commit()
    commune.figure("9", "8")
    commune.commit()
    commune.git("tag", "nop/dot-1")
    changes = commune.changes()
    assert changes.before is not None
    assert (changes.before.kind, changes.before.name) == (Since.APPROVAL, "9/QD")
    assert figures(changes) == [(LEAF, "9", "8")]


def test_an_approved_state_is_found_although_its_commit_is_not(commune: Commune) -> None:
    commune.approve(commit="f" * 40)
    commune.commit()
    commune.figure("9", "8")
    assert figures(commune.changes()) == [(LEAF, "9", "8")]


def test_an_approved_state_that_nobody_has_any_more(commune: Commune) -> None:
    commune.approve()
    commune.figure("9", "8")
    shutil.rmtree(commune.root / ".git")
    commune.git("init", "-q", "-b", "main")
    commune.commit()
    changes = commune.changes()
    assert list(changes.leaves) == [LEAF]
    assert not changes.leaves[LEAF].compared


# --- a closed year


def test_a_closed_year(commune: Commune) -> None:
    before = past.state_now(commune.facts())
    target = commune.root / comparing.history_path("2023")
    target.parent.mkdir(parents=True)
    text = comparing.write_year(before, date(2024, 2, 1))
    target.write_text(text.replace('"period": "2024"', '"period": "2023"'), "utf-8")
    for name in (file for leaf in before.leaves.values() for file, _ in leaf.files):
        assert name not in text
    again = comparing.read_year(commune.root, "2023")
    assert again is not None
    assert {id_: leaf.points for id_, leaf in again.leaves.items()} == {
        id_: leaf.points for id_, leaf in before.leaves.items()
    }
    commune.figure("9", "8")
    changes = commune.changes(since="2023")
    assert changes.before is not None
    assert (changes.before.kind, changes.before.on) == (Since.YEAR, date(2024, 2, 1))
    assert list(changes.leaves) == [LEAF]
    assert changes.leaves[LEAF].moved
    assert not changes.same_period


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"version": 2}', "{" * 9, '{"version": 1, "leaves": 3}', "[" * 99999],
)
def test_a_record_that_is_none(commune: Commune, text: str) -> None:
    target = commune.root / comparing.history_path("2023")
    target.parent.mkdir(parents=True)
    target.write_text(text)
    assert comparing.read_year(commune.root, "2023") is None


@pytest.mark.parametrize("name", ["../../unit", "a/b", "", ".x", "-x", "x" * 50])
def test_no_other_file_is_a_record(commune: Commune, name: str) -> None:
    assert comparing.read_year(commune.root, name) is None


# --- unpacking


def test_what_is_unpacked_is_what_was_committed(commune: Commune) -> None:
    commit = commune.git("rev-parse", "HEAD")
    with exported(Git(commune.root, {}), commit) as folder:
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        assert found
        assert all((commune.root / name).read_bytes() == data for name, data in found.items())
        assert not (folder / "mkdocs.yml").exists()
        kept = folder
    assert not kept.exists()


def test_a_folder_inside_a_repository(commune: Commune) -> None:
    inner = commune.root / "units" / "xa"
    for name in ("criteria.yml", "unit.yml", "evidence"):
        source = commune.root / name
        target = inner / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
    commit = commune.commit()
    with exported(Git(inner, {}), commit) as folder:
        assert (folder / "criteria.yml").is_file()
        assert not (folder / "units").exists()


def test_too_much_is_not_unpacked(commune: Commune) -> None:
    commit, git = commune.git("rev-parse", "HEAD"), Git(commune.root, {})
    for limits in ({"most_bytes": 10}, {"most_files": 1}):
        with pytest.raises(ExportRefusedError, match="too_large"), exported(git, commit, **limits):
            pass


@pytest.mark.parametrize("commit", ["f" * 40, "HEAD^{tree}:nothing", "--help"])
def test_what_is_not_there_is_lost(commune: Commune, commit: str) -> None:
    with (
        pytest.raises(ExportRefusedError, match="lost"),
        exported(Git(commune.root, {}), commit),
    ):
        pass


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("evidence/1-a/b.pdf", True),
        ("criteria.yml", True),
        ("records/verdicts/1/a.yml", True),
        ("evidence/1-a/K\u1ebf ho\u1ea1ch.pdf", True),
        ("evidence/../../x", False),
        ("../evidence/x", False),
        ("/evidence/x", False),
        ("evidence//x", False),
        ("evidence/./x", False),
        ("evidence/.git/config", False),
        ("evidence/.GIT/config", False),
        ("evidence/a\\..\\b", False),
        ("evidence/C:x", False),
        ("evidence/a\0b", False),
        ("site_builder/x.py", False),
        ("mkdocs.yml", False),
        ("", False),
    ],
)
def test_which_paths_are_unpacked(path: str, *, inside: bool) -> None:
    assert is_inside(path) is inside


def test_a_tree_that_leads_elsewhere(commune: Commune) -> None:
    blob = commune.git("hash-object", "-w", "--stdin", data=b"evil")
    link = commune.git("hash-object", "-w", "--stdin", data=b"/etc/passwd")

    def tree(*lines: str) -> str:
        return commune.git(
            "mktree", "--missing", data="".join(f"{line}\n" for line in lines).encode()
        )

    above = tree(f"100644 blob {blob}\tevil.txt")
    inner = tree(
        f"040000 tree {above}\t..",
        f"040000 tree {above}\t.git",
        f"120000 blob {link}\tlink.pdf",
        f"160000 commit {'1' * 40}\tmodule",
        f"100755 blob {blob}\tgood.txt",
    )
    commit = commune.git("commit-tree", "-m", "Evil", tree(f"040000 tree {inner}\tevidence"))
    with exported(Git(commune.root, {}), commit) as folder:
        found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        assert found == ["evidence", "evidence/good.txt"]
        assert not (folder.parent / "evil.txt").exists()
    # What is left is no content that one could compare.
    assert commune.changes(since=commit).why_not is WhyNot.UNREADABLE


def test_no_hook_and_no_filter_runs(commune: Commune, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    (commune.root / ".gitattributes").write_text("* filter=evil diff=evil\n")
    commit = commune.commit()
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.pager"):
        commune.git("config", key, f"touch {ran}; cat")
    with exported(Git(commune.root, {}), commit) as folder:
        assert (folder / "criteria.yml").is_file()
    assert not ran.exists()


# --- secrets


def test_names_of_secret_files_are_not_told(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    commune.git("tag", "nop/dot-1")
    (commune.folder / "anh-hop.jpg").unlink()
    told = commune.changes()
    assert [file.name for file in told.leaves[LEAF].files] == ["anh-hop.jpg"]
    snapshot, _ = loading.load(COMMUNE, hash_all=True, environment={})
    secret = frozenset(file.sha256 or "" for file in snapshot.files() if file.name == "anh-hop.jpg")
    monkeypatch.setattr(past, "_secret", lambda _: secret)
    past._KNOWN.clear()  # noqa: SLF001 - states are kept as long as the process
    untold = commune.changes()
    assert [(file.name, file.count) for file in untold.leaves[LEAF].files] == [("", 1)]
    past._KNOWN.clear()  # noqa: SLF001
