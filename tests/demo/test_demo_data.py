"""The demonstration commune holds what it says it holds."""

import unicodedata
import zipfile
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.make_samples import Sample, samples
from site_builder.loading import load
from site_builder.model.rule import NumberKind, Rule
from site_builder.model.score import Awarded, ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.scoring import bind, score

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOURCES = ROOT / "scripts" / "samples"
MEGABYTE = 1024 * 1024
OWN_NAMES = frozenset({"giai-trinh.md", ".gitkeep"})


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


SCORES: list[dict[str, Any]] = read(HERE / "self-scores.yml")
DOCUMENTS: list[dict[str, Any]] = read(SOURCES / "documents.yml")["documents"]
PARTS: dict[str, Any] = read(SOURCES / "parts.yml")
SAMPLES: list[Sample] = list(samples())
# One of each kind, the one with a decomposed name, the public plan, one of a tiny commune.
TRIED = ("1.1.1-", "1.1.2-", "1.2.2-", "1.4.2-", "1.6-", "4.1.1-", "7.4.1-", "communes/nho/")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load(ROOT, environment={})[0]


@pytest.fixture(scope="module")
def sheet(snapshot: Snapshot) -> ScoreSheet:
    assert snapshot.criteria is not None
    rules: dict[str, Rule] = dict(bind(snapshot.criteria)[0])
    return score(snapshot, rules)


def test_leaves_add_up_to_one_hundred(snapshot: Snapshot) -> None:
    assert snapshot.criteria is not None
    leaves = snapshot.criteria.leaves
    assert len(leaves) == 75
    assert sum((leaf.max_points for leaf in leaves), Decimal(0)) == 100


def test_the_set_is_the_one_that_was_scored(snapshot: Snapshot) -> None:
    assert snapshot.unit is not None
    assert snapshot.unit.criteria_set_digest
    assert not snapshot.set_changed


@pytest.mark.parametrize("given", SCORES, ids=lambda given: given["criterion"])
def test_points_are_the_inventorys(given: dict[str, Any], sheet: ScoreSheet) -> None:
    leaf = sheet.leaves[given["criterion"]]
    expected = given.get("claimed", given["self_score"])
    assert leaf.claimed == (None if expected is None else Decimal(expected))
    assert leaf.not_applicable == given.get("not_applicable", False)
    by_rule = given.get("by_rule", expected)
    if by_rule is not None:
        assert isinstance(leaf.by_rule, Awarded)
        assert leaf.by_rule.points == Decimal(by_rule)


def test_every_self_scored_leaf_is_in_the_list(snapshot: Snapshot) -> None:
    assert snapshot.criteria is not None
    own = [leaf.id for leaf in snapshot.criteria.leaves if leaf.scored_by.value == "self"]
    assert [given["criterion"] for given in SCORES] == own


def test_short_assignments_say_the_same_as_long_ones(snapshot: Snapshot) -> None:
    expected = read(HERE / "offices.yml")
    assert snapshot.criteria is not None
    assert list(expected) == [leaf.id for leaf in snapshot.criteria.leaves]
    for id_, offices in expected.items():
        dossier = snapshot.dossiers[id_]
        assert dossier.responsible == offices["responsible"], id_
        assert list(dossier.supporting) == offices["supporting"], id_


def test_explanations_describe_the_samples(snapshot: Snapshot) -> None:
    """Number, date, issuer and subject that officers list are those printed on the document."""
    for described in DOCUMENTS:
        dossier = snapshot.dossiers[described["leaf"]]
        path = f"{dossier.folder}/{described['file']}"
        (document,) = (each for each in dossier.documents if each.path == path)
        listing = document.listing
        if listing is None:
            continue  # the officer merely dropped it into the folder
        assert listing.number == described.get("number", "")
        assert str(listing.issued_on) == described["date"]
        assert listing.issuer == PARTS["issuers"][described["issuer"]]["name"]
        assert listing.subject == described["subject"]


def test_the_inventory_is_complete(snapshot: Snapshot) -> None:
    links = [
        document
        for dossier in snapshot.dossiers.values()
        for document in dossier.documents
        if document.listing and document.listing.link
    ]
    assert len(DOCUMENTS) + len(links) == 94
    assert all(".example/" in document.path for document in links)


def test_nothing_else_lies_under_evidence() -> None:
    made = {sample.path for sample in SAMPLES}
    for root in (ROOT, ROOT / "tests/communes/hop-nhat", ROOT / "tests/communes/nho"):
        found = {
            path.relative_to(ROOT).as_posix()
            for path in (root / "evidence").rglob("*")
            if path.is_file() and path.name not in OWN_NAMES
        }
        assert found == {each for each in made if (ROOT / each).is_relative_to(root / "evidence")}


@pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES if any(part in sample.path for part in TRIED)],
    ids=lambda sample: sample.path.rpartition("/")[2],
)
def test_samples_are_made_again_byte_for_byte(sample: Sample) -> None:
    assert sample.make() == (ROOT / sample.path).read_bytes()


def test_sizes() -> None:
    sizes = {sample.path: (ROOT / sample.path).stat().st_size for sample in SAMPLES}
    assert sum(sizes.values()) < 8 * MEGABYTE
    photos = [size for path, size in sizes.items() if path.endswith((".jpg", ".png"))]
    assert len(photos) >= 9
    assert max(photos) <= 300 * 1024


def test_names_as_officers_write_them() -> None:
    names = [sample.path.rpartition("/")[2] for sample in SAMPLES]
    assert len({name for name in names if not name.isascii() and " " in name}) >= 6
    decomposed = [name for name in names if not unicodedata.is_normalized("NFC", name)]
    assert len(decomposed) == 1


def test_one_decision_serves_two_leaves(snapshot: Snapshot) -> None:
    twice: dict[str, set[str]] = {}
    for sample in SAMPLES:
        twice.setdefault(sha256((ROOT / sample.path).read_bytes()).hexdigest(), set()).add(
            sample.path
        )
    (pair,) = (paths for paths in twice.values() if len(paths) > 1)
    assert {path.split("/")[3].partition("-")[0] for path in pair} == {"3.3.2", "4.1.2"}
    cited = snapshot.dossiers["3.2.1"].documents[-1]
    assert cited.source == "3.3.1"


def test_a_set_of_photos_is_one_document(snapshot: Snapshot) -> None:
    (photos,) = (each for each in snapshot.dossiers["1.4.2"].documents if len(each.files) > 1)
    assert [file.path.rpartition("/")[2].partition(".")[0] for file in photos.files] == [
        "1",
        "2",
        "3",
        "10",
    ]


@pytest.mark.parametrize(
    ("suffix", "member"), [(".docx", "word/header1.xml"), (".xlsx", "xl/sharedStrings.xml")]
)
def test_office_files_carry_the_stamp(suffix: str, member: str) -> None:
    stamp = PARTS["words"]["stamp"]
    for sample in SAMPLES:
        if sample.path.endswith(suffix):
            with zipfile.ZipFile(ROOT / sample.path) as archive:
                assert stamp in archive.read(member).decode(), sample.path


def test_the_public_plan_is_no_sample() -> None:
    (plan,) = (sample for sample in SAMPLES if "ke-hoach-tu-cham-diem" in sample.path)
    text = (SOURCES / "public-plan.txt").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert (ROOT / plan.path).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("figure", ["ty-le-boi-duong", "ty-le-thu", "ty-le-giai-ngan"])
def test_rates_may_be_typed_with_their_sign(figure: str, snapshot: Snapshot) -> None:
    assert snapshot.criteria is not None
    rules, _ = bind(snapshot.criteria)
    specs = [spec for rule in rules.values() for spec in rule.inputs(None) if "(%)" in spec.title]
    assert figure in {spec.id for spec in specs}
    assert {spec.kind for spec in specs} == {NumberKind.PERCENT}
