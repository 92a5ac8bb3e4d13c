import gc
import io
import os
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder import loading
from site_builder.loading import LOADING_CHECKS, evidence_tree
from site_builder.messages import read_catalogue
from site_builder.model.dossier import DocumentKind, FilledBy
from site_builder.model.finding import Finding
from site_builder.model.snapshot import Hosting, Snapshot
from tests.loading.reading import codes, places

DEMO = Path(__file__).parents[2]
CRITERIA = """\
set: {id: s, title: S, total_points: 3}
criteria:
- id: "1"
  title: Plans
  max_points: 3
  children:
  - id: "1.1"
    title: Plan
    max_points: 2
    rule: {shape: all_or_nothing}
    evidence:
    - {id: ke-hoach, title: Plan, required: true, document_type: Plan}
  - {id: "1.2", title: Report, max_points: 1, scored_by: external}
"""
UNIT = """\
unit: {name: Commune}
period:
  id: "2025"
  year: 2025
  covers: {from: 1/1/2025, to: 31/12/2025}
  self_scoring: {opens: 20/12/2025, closes: 10/1/2026}
offices:
  a: {title: A}
  b: {title: B}
assignments:
  "1": {responsible: a, supporting: [b]}
  "1.2": nobody
"""
LEAF = "evidence/1-plans/1.1-plan"


def put(root: Path, path: str, content: bytes | str = b"x") -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "criteria.yml", CRITERIA)
    put(tmp_path, "unit.yml", UNIT)
    put(tmp_path, f"{LEAF}/giai-trinh.md", "---\ndat: yes\n---\nWords\n")
    put(tmp_path, f"{LEAF}/plan.pdf", b"%PDF")
    put(tmp_path, "evidence/1-plans/1.2-report/.gitkeep", b"")
    return tmp_path


def load(
    root: Path, *, fast: bool = False, hash_all: bool = False
) -> tuple[Snapshot, tuple[Finding, ...]]:
    return loading.load(root, fast=fast, hash_all=hash_all, environment={})


def test_whole(root: Path) -> None:
    put(root, "records/results.yml", 'results: {"1.2": {diem: 1}}')
    snapshot, findings = load(root)
    assert findings == ()
    assert snapshot.criteria is not None
    assert snapshot.unit is not None
    assert list(snapshot.dossiers) == ["1", "1.1", "1.2"]
    assert snapshot.results["1.2"].points == 1
    assert (snapshot.has_evidence, snapshot.fast, snapshot.hosting) == (True, False, None)
    dossier = snapshot.dossiers["1.1"]
    assert (dossier.folder, dossier.exists) == (LEAF, True)
    assert dossier.explanation is not None
    assert dossier.explanation.has_text
    (document,) = dossier.documents
    assert (document.slot, document.filled_by) == ("ke-hoach", FilledBy.ONLY_SLOT)
    assert [file.name for file in dossier.files] == ["plan.pdf"]
    assert [match.path for match in snapshot.folders] == [
        "evidence/1-plans",
        LEAF,
        "evidence/1-plans/1.2-report",
    ]


def test_offices_by_the_nearest_assignment(root: Path) -> None:
    dossiers = load(root)[0].dossiers
    assert (dossiers["1"].responsible, dossiers["1"].supporting) == ("a", ("b",))
    assert (dossiers["1.1"].responsible, dossiers["1.1"].supporting) == ("a", ("b",))
    # An office that does not exist is nobody; a check names it.
    assert (dossiers["1.2"].responsible, dossiers["1.2"].supporting) == (None, ())


def test_absent_folders_have_dossiers(root: Path) -> None:
    shutil.rmtree(root / "evidence/1-plans")
    dossier = load(root)[0].dossiers["1.1"]
    assert (dossier.exists, dossier.folder, dossier.files) == (False, LEAF, ())


def test_fast_looks_into_no_paper_and_no_history(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "read_contents", lambda *_, **__: pytest.fail("content"))
    monkeypatch.setattr(loading, "read_history", lambda *_: pytest.fail("history"))
    snapshot, findings = load(root, fast=True)
    assert findings == ()
    assert snapshot.fast
    assert snapshot.dossiers["1.1"].explanation is not None
    assert snapshot.dossiers["1.1"].files[0].sha256 is None
    assert not (root / ".cache").exists()


def test_hash_all(root: Path) -> None:
    put(root, f"{LEAF}/big.pdf", b"x" * 5000)
    hashes = {file.name: file.sha256 for file in load(root)[0].files()}
    assert hashes["big.pdf"] is None
    hashes = {file.name: file.sha256 for file in load(root, hash_all=True)[0].files()}
    assert all(hashes.values())


def test_a_decomposed_repository_is_the_same(root: Path) -> None:
    name = "K\u1ebf ho\u1ea1ch.pdf"
    text = unicodedata.normalize("NFD", f"---\ntai_lieu: [{name}]\n---\n")
    put(root, f"{LEAF}/giai-trinh.md", text)
    put(root, f"{LEAF}/{unicodedata.normalize('NFD', name)}", b"y")
    documents = load(root)[0].dossiers["1.1"].documents
    assert [each.path for each in documents] == [f"{LEAF}/{name}", f"{LEAF}/plan.pdf"]


@pytest.mark.parametrize(
    "name", ["giai-trinh.md", "Giai-Trinh.MD", "Gi\u1ea3i tr\u00ecnh.md", "giai_trinh.md"]
)
def test_names_of_an_explanation(root: Path, name: str) -> None:
    (root / LEAF / "giai-trinh.md").unlink()
    put(root, f"{LEAF}/{name}", "Words")
    dossier = load(root)[0].dossiers["1.1"]
    assert dossier.explanation is not None
    assert dossier.explanation.path == f"{LEAF}/{name}"
    assert [file.name for file in dossier.files] == ["plan.pdf"]


def test_two_explanations(root: Path) -> None:
    put(root, f"{LEAF}/giai-trinh.docx", "no matter")
    put(root, f"{LEAF}/Giai trinh.md", "no matter")
    snapshot, findings = load(root)
    assert [(each.check.code, each.location.path) for each in findings] == [
        ("EXP004", f"{LEAF}/Giai trinh.md"),
        ("EXP004", f"{LEAF}/giai-trinh.docx"),
    ]
    dossier = snapshot.dossiers["1.1"]
    assert dossier.explanation is not None
    assert dossier.explanation.text == "Words"
    assert [file.name for file in dossier.files] == ["plan.pdf"]


def test_an_explanation_below_the_leaf_is_a_paper(root: Path) -> None:
    put(root, f"{LEAF}/old/giai-trinh.md", "Words")
    dossier = load(root)[0].dossiers["1.1"]
    assert [each.kind for each in dossier.documents] == [DocumentKind.FOLDER, DocumentKind.FILE]


def test_supplements(root: Path) -> None:
    put(root, f"{LEAF}/bo-sung-1/giai-trinh.md", "---\ny_kien: x\n---\n")
    put(root, f"{LEAF}/bo-sung-1/more.pdf")
    put(root, f"{LEAF}/bo-sung-2/more.pdf")
    dossier = load(root)[0].dossiers["1.1"]
    first, second = dossier.supplements
    assert (first.number, second.number) == (1, 2)
    assert first.explanation is not None
    assert first.explanation.opinion == "x"
    assert second.explanation is None
    assert [file.name for file in dossier.files] == ["plan.pdf"]


def test_hosting_comes_from_the_environment(root: Path) -> None:
    environment = {"GITLAB_CI": "1", "CI_SERVER_HOST": "x", "CI_PROJECT_VISIBILITY": "public"}
    snapshot, _ = loading.load(root, fast=True, environment=environment)
    assert snapshot.hosting == Hosting(host="x", public=True)


class TestWhatIsMissing:
    def test_everything(self, tmp_path: Path) -> None:
        put(tmp_path, "README.md")
        snapshot, findings = load(tmp_path)
        assert codes(findings) == ["SYS001"]
        assert snapshot.criteria is None
        assert not snapshot.has_evidence
        assert dict(snapshot.dossiers) == {}

    def test_a_folder_that_does_not_exist(self, tmp_path: Path) -> None:
        assert codes(load(tmp_path / "nowhere")[1]) == ["SYS001"]

    @pytest.mark.parametrize(
        ("path", "code"),
        [("criteria.yml", "SYS002"), ("unit.yml", "SYS003"), ("evidence", "SYS004")],
    )
    def test_one(self, root: Path, path: str, code: str) -> None:
        target = root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        _, findings = load(root)
        assert [(each.check.code, each.location.path) for each in findings] == [(code, path)]

    @pytest.mark.parametrize("path", ["criteria.yml", "unit.yml", "records/results.yml"])
    def test_a_link_or_a_folder_instead(self, root: Path, path: str) -> None:
        put(root, "other.yml", CRITERIA)
        target = root / path
        target.unlink(missing_ok=True)
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(root / "other.yml")
        assert [(each.check.code, each.location.path) for each in load(root)[1]] == [
            ("SYS007", path)
        ]
        target.unlink()
        target.mkdir()
        assert [(each.check.code, each.location.path) for each in load(root)[1]] == [
            ("SYS008", path)
        ]

    def test_records_may_be_a_file(self, root: Path) -> None:
        put(root, "records", "x")
        assert load(root)[1] == ()


@pytest.mark.parametrize(
    "path", ["criteria.yml", "unit.yml", "records/results.yml", f"{LEAF}/giai-trinh.md"]
)
def test_a_file_that_cannot_be_opened(
    root: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "records/results.yml", "results: {}")
    wanted = os.fspath(root / path)

    def refuse(name: Any, *arguments: Any, **options: Any) -> Any:
        if os.fspath(name) == wanted:
            raise PermissionError(wanted)
        return original(name, *arguments, **options)

    def refuse_descriptor(name: Any, *arguments: Any, **options: Any) -> int:
        if os.fspath(name) == wanted:
            raise PermissionError(wanted)
        return open_descriptor(name, *arguments, **options)

    original = open
    open_descriptor = os.open
    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(os, "open", refuse_descriptor)
    _, findings = load(root)
    assert [(each.check.code, each.location.path) for each in findings] == [("SYS005", path)]


def test_a_paper_that_cannot_be_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walked = evidence_tree.walk(root)
    (root / LEAF / "plan.pdf").unlink()
    monkeypatch.setattr(loading, "walk", lambda _: walked)
    snapshot, findings = load(root)
    assert [(each.check.code, each.location.path) for each in findings] == [
        ("SYS005", f"{LEAF}/plan.pdf")
    ]
    assert [file.readable for file in snapshot.files()] == [False]


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02", b"PK\x03\x04\x00", b"\xff\xfe\x00", b"[" * 10_000, b"a: b: c", b"- a", b""],
)
@pytest.mark.parametrize("path", ["criteria.yml", "unit.yml", "records/results.yml"])
def test_broken_files_are_findings(root: Path, path: str, content: bytes) -> None:
    put(root, path, content)
    _, findings = load(root)
    assert codes(findings) == ["YML001"]
    assert findings[0].location.path == path


def test_hostile_trees(root: Path) -> None:
    put(root, f"{LEAF}/{'d' * 240}.pdf")
    put(root, f"{LEAF}/a\nb/c\x1bd.pdf")
    (root / LEAF / "loop").symlink_to("..")
    (root / "evidence/self").symlink_to("self")
    snapshot, findings = load(root, hash_all=True)
    assert codes(findings) == ["SYS007", "SYS007"]
    assert len(snapshot.dossiers["1.1"].files) == 3
    texts = read_catalogue("checks")
    for finding in findings:
        assert texts.message(finding)
        assert texts.hint(finding)


def test_findings_of_an_explanation_name_file_line_and_criterion(root: Path) -> None:
    put(root, f"{LEAF}/giai-trinh.md", "---\ndat: yes\nnothing: 1\n---\n")
    _, findings = load(root)
    assert places(findings) == [("YML003", 3, "nothing")]
    assert findings[0].criterion == "1.1"
    assert findings[0].location.path == f"{LEAF}/giai-trinh.md"


def test_nothing_is_written_into_the_content(root: Path) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        return {
            path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in root.rglob("*")
            if path.is_file() and ".cache" not in path.parts
        }

    before = state()
    load(root)
    load(root, hash_all=True)
    assert state() == before


def test_the_same_tree_gives_the_same_snapshot(root: Path) -> None:
    first, second = load(root)[0], load(root)[0]
    assert first.dossiers == second.dossiers
    assert first.entries == second.entries
    assert first.folders == second.folders


def test_collection_goes_on_afterwards(root: Path) -> None:
    load(root)
    assert gc.isenabled()


def test_codes_are_sorted_and_unique() -> None:
    found = [check.code for check in LOADING_CHECKS]
    assert found == sorted(found, key=lambda code: (code[:3] != "SYS", code))
    assert len(found) == len(set(found))


TEXTS = read_catalogue("checks")
FILES = {
    "criteria.yml": (DEMO / "criteria.yml").read_bytes()[:6000],
    "unit.yml": (DEMO / "unit.yml").read_bytes(),
    f"{LEAF}/giai-trinh.md": b"---\nso_lieu:\n  a: 1\nde_nghi: {diem: 1, ly_do: x}\ntai_lieu:\n"
    b"  - {tep: a.pdf, ngay: 1/1/2023}\n  - xem: 1/A\n---\nWords\n",
    "records/results.yml": b'results: {"1.2": {diem: 1, phieu: {a: 1}}}',
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_raises(data: st.DataObject, tmp_path: Path) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    content = FILES[path]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 200)))
    piece = data.draw(
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from([b": ", b"\n", b"- ", b"[", b"}", b'"', b"#", b"\t", b"*a", b"---\n"]),
        )
    )
    for name, whole in FILES.items():
        put(tmp_path, name, content[:start] + piece + content[end:] if name == path else whole)
    _, findings = load(tmp_path, fast=True)
    for finding in findings:
        assert TEXTS.message(finding)
        assert TEXTS.hint(finding)
        assert finding.id
