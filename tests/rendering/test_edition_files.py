"""Which files an edition shows, by what was read out of them."""

from dataclasses import replace
from typing import Any

import pytest

from site_builder.model.editions import SECRET_CODE, for_edition
from site_builder.model.finding import Check, Finding, Severity, Suppression
from site_builder.model.processed import (
    Excerpt,
    Family,
    FileFacts,
    Flag,
    Level,
    PersonalData,
    Preview,
    Processed,
    SecrecyMark,
    State,
)
from site_builder.model.publishable import obstacles
from site_builder.model.results import Edition, Results
from site_builder.model.site import Form
from tests.rendering import builders

PATH = "evidence/1.1/plan.pdf"
OTHER = "evidence/1.1/other.pdf"

BLOCKED = {"personal": (PersonalData(kind="citizen-id", level=Level.BLOCK, masked="038...45"),)}
HIDDEN = {"flags": (Flag(name="hidden-sheet", details=("Luong",)),)}
INTERNAL = {"secrecy": SecrecyMark(level="internal")}


def of(*, check: Check | None = None, suppressed: str = "", **facts: Any) -> Results:
    """Two public papers, the first one with the given facts."""
    first = builders.document(PATH, "plan", public=True, number="1/KH")
    second = builders.document(OTHER, public=True, number="2/KH")
    found: tuple[Finding, ...] = ()
    if check is not None:
        suppression = Suppression("Reason", "office", suppressed) if suppressed else None
        found = (replace(check.at(PATH, criterion="1.1"), suppressed=suppression),)
    made = builders.results(
        dossiers=(builders.dossier("1.1", first, second),),
        findings=found,
    )
    facts = {"thumbnail": Preview(blob="thumb.webp", page=0, width=1, height=1, size=1), **facts}
    read = builders.processed(first.files[0], **facts).facts
    plain = builders.processed(second.files[0]).facts
    digests = [*read, *plain]
    return replace(
        made,
        processed=Processed(
            facts={**read, **plain},
            excerpts={digest: Excerpt() for digest in digests},
            texts=dict.fromkeys(digests, ("Text",)),
        ),
    )


def shown(results: Results, edition: Edition) -> list[str]:
    made = for_edition(results, edition)
    paths = [
        document.path
        for dossier in made.snapshot.dossiers.values()
        for document in dossier.documents
    ]
    files = {file.sha256 for file in made.snapshot.files()}
    # What the pages are made from and what is copied must always be the same.
    assert set(made.processed.facts) == set(made.processed.excerpts) == files
    assert set(made.processed.texts) == files
    # Nor is anything else to be found.
    found = {entry.sha256 for entry in builders.site(replace(made, findings=())).search}
    assert found - {""} == files
    return paths


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.PARTIAL, "family": Family.IMAGE},
        {"flags": (Flag(name="more-pages"),), "family": Family.IMAGE},
        {"flags": (Flag(name="more-pages"),), "family": Family.PDF},
    ],
)
def test_what_was_seen_of_pictures_and_long_papers_may_be_public(facts: dict[str, Any]) -> None:
    read = {"sha256": "x", "size": 1, "kind": "x", "state": State.READ, **facts}
    assert obstacles(FileFacts(**read)) == ()


@pytest.mark.parametrize(
    "facts",
    [
        BLOCKED,
        HIDDEN,
        INTERNAL,
        {"flags": (Flag(name="tracked-changes"),)},
        {"flags": (Flag(name="comments"),)},
        {"flags": (Flag(name="attachment"),)},
        {"flags": (Flag(name="embedded-object"),)},
        {"state": State.READ, "family": Family.ARCHIVE},
        {"state": State.PARTIAL, "family": Family.PDF},
        {"flags": (Flag(name="unread-pages"),), "family": Family.PDF},
        {"flags": (Flag(name="more-pages"),), "family": Family.SHEET},
        {"state": State.DAMAGED},
        {"state": State.ENCRYPTED},
        {"state": State.REFUSED},
        {"state": State.FAILED},
        {"state": State.OPAQUE, "family": Family.ARCHIVE},
        {"state": State.OPAQUE, "family": Family.PROGRAM},
    ],
)
def test_what_keeps_a_marked_file_from_the_public(facts: dict[str, Any]) -> None:
    assert shown(of(**facts), Edition.PUBLIC) == [OTHER]
    assert shown(of(**facts), Edition.ASSESSOR) == [PATH, OTHER]
    assert shown(of(**facts), Edition.WORKING) == [PATH, OTHER]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"state": State.OPAQUE, "family": Family.MEDIA},
        {"flags": (Flag(name="scanned"), Flag(name="gps"))},
        {"personal": (PersonalData(kind="phone", level=Level.WARN, masked="091...78"),)},
    ],
)
def test_what_does_not(facts: dict[str, Any]) -> None:
    assert shown(of(**facts), Edition.PUBLIC) == [PATH, OTHER]


def test_a_file_nobody_read_is_not_public() -> None:
    assert shown(replace(of(), processed=Processed()), Edition.PUBLIC) == []


@pytest.mark.parametrize(
    ("code", "facts"), [("PRI001", BLOCKED), ("PRI002", HIDDEN), ("PRI006", INTERNAL)]
)
def test_an_exception_lets_a_file_through(code: str, facts: dict[str, Any]) -> None:
    check = Check(code, "x", Severity.ERROR)
    excepted = of(check=check, suppressed="exception", **facts)
    assert shown(excepted, Edition.PUBLIC) == [PATH, OTHER]


@pytest.mark.parametrize(
    ("code", "suppressed", "facts"),
    [
        ("PRI001", "", BLOCKED),
        ("PRI001", "explanation", BLOCKED),
        ("PRI002", "exception", BLOCKED),
        ("PRI001", "exception", {**BLOCKED, **HIDDEN}),
        ("PRI005", "exception", {"state": State.FAILED}),
    ],
)
def test_nothing_else_does(code: str, suppressed: str, facts: dict[str, Any]) -> None:
    check = Check(code, "x", Severity.ERROR)
    assert shown(of(check=check, suppressed=suppressed, **facts), Edition.PUBLIC) == [OTHER]


@pytest.mark.parametrize("edition", Edition)
def test_a_state_secret_is_in_no_edition(edition: Edition) -> None:
    secret = Check(SECRET_CODE, "state-secret", Severity.ERROR, answerable=False)
    other = Check("EVI006", "number", Severity.WARNING)
    results = of(check=secret, secrecy=SecrecyMark(level="secret"))
    told = (
        *results.findings,
        other.at(PATH, criterion="1.1"),
        other.at("evidence/1.1/giai-trinh.md", criterion="1.1", file="plan.pdf"),
        other.at(OTHER, criterion="1.1"),
    )
    results = replace(results, findings=told)
    assert shown(results, edition) == [OTHER]
    made = for_edition(results, edition)
    assert "plan.pdf" not in repr(made)
    assert str(results.snapshot.files()[0].sha256) not in repr(made)
    if edition is Edition.WORKING:
        assert [(each.check.code, each.location.path) for each in made.findings] == [
            (SECRET_CODE, "evidence/1.1"),
            ("EVI006", OTHER),
        ]


@pytest.mark.parametrize("edition", [Edition.ASSESSOR, Edition.PUBLIC])
def test_people_found_in_files_are_the_units_own_affair(edition: Edition) -> None:
    warned = of(
        personal=(PersonalData(kind="phone", level=Level.WARN, masked="zq1q"),),
        flags=(Flag(name="author", details=("zq2q",)), Flag(name="gps"), Flag(name="scanned")),
    )
    made = for_edition(warned, edition)
    assert "zq" not in repr(made)
    facts = made.processed.of(warned.snapshot.files()[0].sha256)
    assert facts is not None
    assert facts.flag("scanned") is not None
    assert "zq1q" in repr(for_edition(warned, Edition.WORKING))


def test_active_files_are_zipped_in_the_site() -> None:
    results = of(kind="html", family=Family.MARKUP)
    site = builders.site(for_edition(results, Edition.ASSESSOR))
    assert {copy.form for copy in site.evidence} == {Form.ZIPPED, Form.AS_IS}
