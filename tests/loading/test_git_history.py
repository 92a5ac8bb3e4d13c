import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from site_builder.git import HARDENED
from site_builder.loading import git_history
from site_builder.loading.git_history import History, read_history, revision_of
from site_builder.model.evidence import Revision
from site_builder.model.unit import Office, Period, Role, Unit
from tests.loading.reading import codes

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no Git here")

OFFICER, OTHER = "van-phong@xa.example", "van-hoa@xa.example"
PLAN = "evidence/1-a/K\u1ebf ho\u1ea1ch.pdf"


class Repository:
    """A repository made commit by commit, one minute apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.minutes = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, email: str = OFFICER, name: str = "A") -> str:
        self.minutes += 1
        at = f"{1_700_000_000 + 60 * self.minutes} +0700"
        environment = {
            **os.environ,
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_COMMITTER_NAME": "C",
            "GIT_COMMITTER_EMAIL": "c@xa.example",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", "-c", "core.precomposeunicode=false", *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            capture_output=True,
        )
        return done.stdout.decode().strip()

    def write(self, path: str, text: str = "x") -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def commit(self, *paths: str, email: str = OFFICER, name: str = "A") -> str:
        """Write the paths, each time with other bytes, and commit everything."""
        for path in paths:
            self.write(path, f"{path} {self.minutes}")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "m", email=email, name=name)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def history(root: Path, environment: Mapping[str, str] | None = None) -> History:
    return read_history(root, environment or {})


def brought(found: History, path: str = PLAN) -> tuple[str | None, str | None]:
    """First and last commit of a path."""
    first, last = found.first.get(path), found.last.get(path)
    return (first.id if first else None, last.id if last else None)


def unit() -> Unit:
    def office(key: str, email: str) -> Office:
        return Office(key=key, title=key, role=Role.CONTRIBUTOR, emails=(email,))

    day = date(2025, 1, 1)
    return Unit(
        name="x",
        period=Period(id="1", year=1, covers_from=day, covers_to=day, opens=day, closes=day),
        offices={"van-phong": office("van-phong", OFFICER), "van-hoa": office("van-hoa", OTHER)},
    )


def test_outside_git(tmp_path: Path) -> None:
    found = history(tmp_path)
    assert found == History()
    assert revision_of(found, unit(), ()) == Revision()


def test_first_and_last(repository: Repository) -> None:
    one = repository.commit(PLAN, "criteria.yml")
    two = repository.commit(PLAN, email=OTHER)
    repository.commit("README.md")
    found = history(repository.folder)
    assert brought(found) == (one, two)
    assert brought(found, "criteria.yml") == (one, one)
    assert "README.md" not in found.last
    assert not found.dirty
    assert not found.shallow
    assert found.findings == ()


def test_offices_and_times(repository: Repository) -> None:
    repository.commit(PLAN, email=OFFICER.upper(), name="\u00d4ng A")
    repository.commit(PLAN, email="who@knows.example", name="Nobody")
    head = repository.commit("unit.yml", email=OTHER)
    revision = revision_of(history(repository.folder), unit(), [PLAN])
    assert revision.first is not None
    assert revision.last is not None
    first, last = revision.first[PLAN], revision.last[PLAN]
    assert (first.office, first.author) == ("van-phong", "\u00d4ng A")
    assert (last.office, last.author) == (None, "Nobody")
    assert first.at == datetime(2023, 11, 14, 22, 16, 20, tzinfo=UTC)
    assert (revision.commit, revision.inside_git, revision.dirty) == (head, True, False)
    assert revision.at == revision.last["unit.yml"].at
    assert revision_of(history(repository.folder), None, ()).last[PLAN].office is None  # type: ignore[index]


def test_a_name_decomposed_in_git_is_composed_here(repository: Repository) -> None:
    decomposed = "evidence/a\u0302.pdf"
    one = repository.commit(decomposed)
    assert brought(history(repository.folder), "evidence/\u00e2.pdf") == (one, one)


def test_moves_are_followed(repository: Repository) -> None:
    one = repository.commit("evidence/old/a b.pdf")
    (repository.folder / "evidence/1-a").mkdir()
    repository.git("mv", "evidence/old/a b.pdf", "evidence/1-a/b.pdf")
    two = repository.commit()
    repository.git("mv", "evidence/1-a/b.pdf", PLAN)
    three = repository.commit(email=OTHER)
    found = history(repository.folder)
    assert brought(found) == (one, three)
    assert two not in {commit.id for commit in found.last.values()}


def test_a_new_file_under_an_old_name(repository: Repository) -> None:
    one = repository.commit("evidence/a.pdf")
    repository.git("mv", "evidence/a.pdf", "evidence/b.pdf")
    two = repository.commit()
    three = repository.commit("evidence/a.pdf")
    found = history(repository.folder)
    assert brought(found, "evidence/a.pdf") == (three, three)
    assert brought(found, "evidence/b.pdf") == (one, two)


def test_taken_away_and_brought_again(repository: Repository) -> None:
    repository.commit(PLAN)
    repository.git("rm", "-q", PLAN)
    repository.commit()
    three = repository.commit(PLAN)
    assert brought(history(repository.folder)) == (three, three)


def test_merges(repository: Repository) -> None:
    repository.commit("evidence/a.pdf")
    repository.git("checkout", "-q", "-b", "side")
    side = repository.commit(PLAN, email=OTHER)
    repository.git("checkout", "-q", "main")
    repository.commit("evidence/a.pdf")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "side")
    merge = repository.commit("evidence/evil.pdf")
    found = history(repository.folder)
    assert brought(found) == (side, side)
    assert brought(found, "evidence/evil.pdf") == (merge, merge)
    assert found.head is not None
    assert found.head.id == merge


def test_a_conflict_mended_in_the_merge(repository: Repository) -> None:
    one = repository.commit(PLAN)
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(PLAN, email=OTHER)
    repository.git("checkout", "-q", "main")
    repository.commit(PLAN)
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    merge = repository.commit(PLAN)
    assert brought(history(repository.folder)) == (one, merge)


def test_a_folder_inside_a_repository(repository: Repository) -> None:
    prefix = "x\u00e3/M\u1eabu 1"
    one = repository.commit(f"{prefix}/{PLAN}", f"{prefix}/criteria.yml", "criteria.yml")
    repository.commit("evidence/other.pdf")
    found = history(repository.folder / prefix)
    assert brought(found) == (one, one)
    assert set(found.last) == {PLAN, "criteria.yml"}
    assert found.tracked == {PLAN, "criteria.yml"}
    assert not found.dirty
    repository.write("evidence/loose.pdf")
    assert not history(repository.folder / prefix).dirty
    repository.write(f"{prefix}/evidence/loose.pdf")
    assert history(repository.folder / prefix).dirty


def test_a_file_moved_into_the_folder(repository: Repository) -> None:
    repository.commit("inbox/a.pdf", "unit/criteria.yml")
    (repository.folder / "unit/evidence").mkdir()
    repository.git("mv", "inbox/a.pdf", "unit/evidence/a.pdf")
    two = repository.commit(email=OTHER)
    assert brought(history(repository.folder / "unit"), "evidence/a.pdf") == (two, two)


def test_shallow_to_the_last_commit(repository: Repository, tmp_path: Path) -> None:
    repository.commit(PLAN, "evidence/a.pdf")
    two = repository.commit("evidence/a.pdf")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.folder.as_uri(), str(clone))
    found = history(clone)
    assert found.shallow
    assert (found.last, found.first) == ({}, {})
    assert found.head is not None
    assert found.head.id == two
    revision = revision_of(found, None, [PLAN])
    assert (revision.shallow, revision.dirty, revision.commit) == (True, False, two)


def test_shallow_knows_what_came_after_the_cut(repository: Repository, tmp_path: Path) -> None:
    repository.commit(PLAN)
    repository.commit("evidence/a.pdf")
    three = repository.commit("evidence/a.pdf", "evidence/new.pdf")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "2", repository.folder.as_uri(), str(clone))
    found = history(clone)
    assert brought(found) == (None, None)
    assert brought(found, "evidence/a.pdf") == (None, three)
    assert brought(found, "evidence/new.pdf") == (three, three)


def test_before_the_first_commit(repository: Repository) -> None:
    repository.write(PLAN)
    assert history(repository.folder) == History()
    repository.git("add", "-A")
    found = history(repository.folder)
    assert (found.inside, found.dirty, found.head) == (True, True, None)
    revision = revision_of(found, None, [PLAN])
    assert (revision.commit, revision.at, revision.dirty) == ("", None, True)


@pytest.mark.parametrize("change", ["edit", "new", "gone", "staged"])
def test_dirty(repository: Repository, change: str) -> None:
    repository.commit(PLAN, "README.md")
    if change == "edit":
        repository.write(PLAN, "other words")
    elif change == "new":
        repository.write("evidence/b.pdf")
    elif change == "gone":
        (repository.folder / PLAN).unlink()
    else:
        repository.write("unit.yml")
        repository.git("add", "unit.yml")
    assert history(repository.folder).dirty


def test_other_files_do_not_make_it_dirty(repository: Repository) -> None:
    repository.commit(PLAN, "README.md")
    repository.write("README.md", "other words")
    repository.write("build/x")
    assert not history(repository.folder).dirty


def test_a_file_that_git_ignores_makes_a_draft(repository: Repository) -> None:
    repository.write(".gitignore", "*.tmp.pdf\n")
    repository.commit(PLAN)
    repository.write("evidence/x.tmp.pdf")
    found = history(repository.folder)
    assert not found.dirty
    assert not revision_of(found, None, [PLAN]).dirty
    assert revision_of(found, None, [PLAN, "evidence/x.tmp.pdf"]).dirty


def test_an_ignored_folder_is_outside_git(repository: Repository) -> None:
    repository.write(".gitignore", "build/\n")
    repository.commit("criteria.yml")
    repository.write(f"build/{PLAN}")
    assert history(repository.folder / "build") == History()


def test_a_repository_that_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("nonsense")
    found = history(tmp_path)
    assert codes(found.findings) == ["SYS009"]
    assert not found.inside


def test_no_git_on_this_machine(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError

    repository.commit(PLAN)
    monkeypatch.setattr(subprocess, "run", absent)
    (found,) = history(repository.folder).findings
    assert (found.check.code, found.params["variant"]) == ("SYS009", "absent")


def test_git_that_never_ends(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 1)

    repository.commit(PLAN)
    monkeypatch.setattr(subprocess, "run", endless)
    assert codes(history(repository.folder).findings) == ["SYS009"]


def test_nothing_of_the_repository_is_run(repository: Repository, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {trace}\n")
    program.chmod(0o755)
    one = repository.commit(PLAN)
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "diff.external",
        "diff.pdf.textconv",
        "diff.pdf.command",
        "gpg.program",
    ):
        repository.git("config", setting, str(program))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "diff.relative", "true")
    repository.git("config", "color.ui", "always")
    repository.git("config", "log.showRoot", "false")
    hooks = repository.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(program, hooks / hook)
    repository.write(".gitattributes", "*.pdf diff=pdf\n")
    found = history(repository.folder)
    assert brought(found) == (one, one)
    assert not trace.exists()


@pytest.mark.parametrize("name", ["x", "x=y", "lfs"])
@pytest.mark.parametrize("setting", ["clean", "process"])
def test_filters_of_the_repository_are_not_run(
    repository: Repository, tmp_path: Path, name: str, setting: str
) -> None:
    program, trace = spy(tmp_path)
    repository.write(".gitattributes", f"*.pdf filter={name}\n")
    one = repository.commit(PLAN)
    (repository.folder / "included").write_text(f'[filter "{name}"]\n{setting} = {program}\n')
    repository.git("config", "includeIf.gitdir:/.path", str(repository.folder / "included"))
    touched(repository, PLAN)
    found = history(repository.folder)
    assert brought(found) == (one, one)
    assert not found.dirty
    assert not trace.exists()


@pytest.mark.parametrize("where", ["machine", "repository"])
def test_filters_of_the_machine_are_run(
    repository: Repository, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, trace = spy(tmp_path, "git-lfs")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    repository.write(".gitattributes", "*.pdf filter=lfs\n")
    repository.commit(PLAN)
    settings = tmp_path / "settings"
    if where == "repository":
        # What "git lfs install --local" writes, as runners do.
        settings = repository.folder / ".git/config"
    with settings.open("a") as file:
        file.write('[filter "lfs"]\nclean = git-lfs clean -- %f\n')
    touched(repository, PLAN)
    environment = {"GIT_CONFIG_GLOBAL": str(tmp_path / "settings")}
    assert not history(repository.folder, environment).dirty
    assert trace.read_text()
    trace.unlink()
    repository.git("config", "lfs.extension.x.clean", str(program))
    assert not history(repository.folder, environment).dirty
    assert not trace.exists()


def test_variables_of_the_caller_stay(repository: Repository, tmp_path: Path) -> None:
    program, trace = spy(tmp_path)
    repository.write(".gitattributes", "*.pdf filter=x\n")
    repository.commit(PLAN)
    repository.git("config", "filter.x.clean", str(program))
    touched(repository, PLAN)
    environment = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    assert not history(repository.folder, environment).dirty
    assert not trace.exists()


def test_nothing_is_fetched(repository: Repository, tmp_path: Path) -> None:
    program, trace = spy(tmp_path)
    repository.commit(PLAN)
    repository.commit("evidence/a.pdf")
    for key, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{program} %S",
        "protocol.ext.allow": "always",
    }.items():
        repository.git("config", key, value)
    tree = repository.git("rev-parse", "HEAD^^{tree}")
    (repository.folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert codes(history(repository.folder).findings) == ["SYS009"]
    assert not trace.exists()
    # Versions that do not know GIT_NO_LAZY_FETCH look at the protocols alone.
    assert HARDENED["GIT_ALLOW_PROTOCOL"] == "none"


def test_a_bare_repository_among_the_files_is_none(repository: Repository, tmp_path: Path) -> None:
    repository.commit("README.md")
    inner = Repository(tmp_path / "inner")
    inner.commit("criteria.yml")
    unit_folder = repository.folder / "unit"
    inner.git("config", "core.worktree", str(unit_folder))
    shutil.copytree(inner.folder / ".git", unit_folder)
    repository.write("unit/criteria.yml")
    assert not history(unit_folder).inside


@pytest.mark.parametrize("path", [".", "", "relative"])
def test_git_is_never_a_file_of_the_content(
    repository: Repository, tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, trace = spy(tmp_path)
    one = repository.commit(PLAN)
    (repository.folder / "relative").mkdir()
    shutil.copy(program, repository.folder / "git")
    shutil.copy(program, repository.folder / "relative/git")
    monkeypatch.chdir(repository.folder)
    found = history(repository.folder, {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"})
    assert brought(found) == (one, one)
    assert not trace.exists()
    assert codes(history(repository.folder, {"PATH": path}).findings) == ["SYS009"]


def spy(tmp_path: Path, name: str = "program") -> tuple[Path, Path]:
    """A program that passes on what it reads, and the file that tells that it ran."""
    trace = tmp_path / "trace"
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho ran >> {trace}\nexec cat\n")
    program.chmod(0o755)
    return program, trace


def touched(repository: Repository, path: str) -> None:
    """Let Git doubt whether the file is what it was, so that it reads it again."""
    os.utime(repository.folder / path, (1, 1))


def test_a_hooks_own_variables_do_not_mislead(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit("evidence/strange.pdf")
    one = repository.commit(PLAN)
    environment = {
        "GIT_DIR": str(other.folder / ".git"),
        "GIT_WORK_TREE": str(other.folder),
        "GIT_INDEX_FILE": str(other.folder / ".git/index"),
    }
    assert brought(history(repository.folder, environment)) == (one, one)


def test_names_with_everything(repository: Repository) -> None:
    names = ("a\tb", "a\nb", "\x01abc", '"q"', "R100", "a b", "\u1ea5")
    one = repository.commit(*(f"evidence/{name}" for name in names))
    found = history(repository.folder)
    assert set(found.last) == {f"evidence/{name}" for name in names}
    assert {commit.id for commit in found.first.values()} == {one}


def test_authors_with_everything(repository: Repository) -> None:
    repository.commit(PLAN, name="A \x02 \x01 B", email="a b@c")
    found = history(repository.folder)
    assert found.last[PLAN].author == "A \x02 \x01 B"


def test_dates_from_outside_time() -> None:
    commit = git_history.Commit("a", 10**18, "", "")
    revision = revision_of(History(inside=True, head=commit), None, ())
    assert revision.at == datetime(1970, 1, 1, tzinfo=UTC)
