"""What is read out of files fills the gaps and the slots, and never goes before an officer."""

from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.criteria import CriteriaSet, Slot
from site_builder.model.dossier import (
    Document,
    DocumentKind,
    Dossier,
    FilledBy,
    ListedDocument,
    ToldBy,
)
from site_builder.model.enriching import enriched
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import (
    NOT_PROCESSED,
    Family,
    FileFacts,
    OfficialDocument,
    Processed,
    State,
    TextSource,
)
from site_builder.model.snapshot import Snapshot
from tests.loading.builders import criteria, slot

PLAN, REPORT = slot("ke-hoach", "K\u1ebf ho\u1ea1ch"), slot("bao-cao", "B\u00e1o c\u00e1o")
READ = OfficialDocument(
    number="5/KH-UBND",
    issued_on=date(2023, 2, 3),
    issuer="UBND",
    subject="Words",
    type="K\u1ebf ho\u1ea1ch",
)


def paper(name: str = "x.pdf", listing: ListedDocument | None = None) -> Document:
    file = EvidenceFile(path=f"evidence/1/{name}", raw=name, size=1, sha256=name)
    return Document(
        kind=DocumentKind.FILE, path=file.path, title=name, files=(file,), listing=listing
    )


def facts(name: str, read: OfficialDocument | None) -> FileFacts:
    return FileFacts(
        sha256=name, size=1, kind="pdf", family=Family.PDF, state=State.READ, document=read
    )


def processed(**read: OfficialDocument | None) -> Processed:
    return Processed(
        facts={f"{name}.pdf": facts(f"{name}.pdf", each) for name, each in read.items()}
    )


def snapshot(*documents: Document, slots: tuple[Slot, ...] = ()) -> Snapshot:
    bare = criteria("1 One")
    leaf = replace(bare.fields[0], slots=slots)
    dossier = Dossier(criterion="1", folder="evidence/1", exists=True, documents=documents)
    return Snapshot(
        criteria=CriteriaSet(id="s", title="s", fields=(leaf,)),
        unit=None,
        dossiers={"1": dossier},
    )


def document_of(found: Snapshot, place: int = 0) -> Document:
    return found.dossiers["1"].documents[place]


def test_nothing_changes_when_nobody_looked() -> None:
    before = snapshot(paper())
    assert enriched(before, NOT_PROCESSED) is before
    assert enriched(before, processed(x=None)) is before
    assert enriched(before, processed(y=READ)) is before


def test_gaps_are_filled() -> None:
    document = document_of(enriched(snapshot(paper()), processed(x=READ)))
    assert document.read == READ
    assert (document.number, document.issued_on) == ("5/KH-UBND", date(2023, 2, 3))
    assert (document.issuer, document.subject) == ("UBND", "Words")
    assert (document.number_from, document.issued_on_from) == (ToldBy.TEXT, ToldBy.TEXT)


def test_what_an_officer_typed_stays() -> None:
    typed = ListedDocument(
        file="x.pdf", number="9/KH", issued_on=date(2023, 9, 9), issuer="A", subject="B"
    )
    document = document_of(enriched(snapshot(paper(listing=typed)), processed(x=READ)))
    assert (document.number, document.number_from) == ("9/KH", ToldBy.TYPED)
    assert (document.issued_on, document.issued_on_from) == (date(2023, 9, 9), ToldBy.TYPED)
    assert (document.issuer, document.subject) == ("A", "B")


@pytest.mark.parametrize(
    ("read", "told_by"),
    [
        (replace(READ, from_signature=True), ToldBy.SIGNATURE),
        (replace(READ, source=TextSource.RECOGNISED), ToldBy.RECOGNISED),
    ],
)
def test_it_is_known_where_a_value_comes_from(read: OfficialDocument, told_by: ToldBy) -> None:
    document = document_of(enriched(snapshot(paper()), processed(x=read)))
    assert (document.number_from, document.issued_on_from) == (told_by, told_by)


def test_the_name_of_the_file_comes_last() -> None:
    named = paper("KH 12-UBND.pdf")
    assert (named.number, named.number_from) == ("12/KH-UBND", ToldBy.NAME)
    assert (named.issued_on, named.issued_on_from) == (None, ToldBy.NOBODY)
    assert replace(named, read=READ).number == "5/KH-UBND"
    assert paper().number_from is ToldBy.NOBODY


def test_of_several_files_none_speaks_for_the_document() -> None:
    one, two = paper("x.pdf"), paper("y.pdf")
    folder = replace(one, kind=DocumentKind.FOLDER, files=(*one.files, *two.files))
    assert document_of(enriched(snapshot(folder), processed(x=READ))).read is None


Filling = tuple[str, FilledBy | None]


def filled(*slots: Slot, by: OfficialDocument = READ, says: str = "") -> Filling:
    entry = ListedDocument(file="x.pdf", slot=says) if says else None
    found = enriched(snapshot(paper(listing=entry), slots=slots), processed(x=by))
    return document_of(found).slot, document_of(found).filled_by


def test_the_only_empty_slot_of_the_type_read_is_filled() -> None:
    assert filled(PLAN, REPORT) == ("ke-hoach", FilledBy.TYPE)
    draft = replace(READ, draft="marked", number="", type="K\u1ebe HO\u1ea0CH")
    assert filled(PLAN, REPORT, by=draft) == ("ke-hoach", FilledBy.TYPE)


def test_an_alternative_is_as_good() -> None:
    either = replace(REPORT, alternatives=("K\u1ebf ho\u1ea1ch",))
    assert filled(either, slot("anh", "\u1ea2nh")) == ("bao-cao", FilledBy.TYPE)


def test_two_that_fit_are_not_guessed() -> None:
    assert filled(PLAN, replace(PLAN, id="ke-hoach-nam")) == ("", None)


def test_another_type_or_none_fills_nothing() -> None:
    assert filled(REPORT, slot("anh", "\u1ea2nh")) == ("", None)
    assert filled(PLAN, REPORT, by=replace(READ, type="")) == ("", None)


def test_a_slot_that_an_officer_named_is_not_overruled() -> None:
    assert filled(PLAN, REPORT, says="khac") == ("", None)


def test_a_slot_that_is_filled_is_not_filled_again() -> None:
    first = replace(paper("y.pdf"), slot="ke-hoach", filled_by=FilledBy.NAME)
    found = enriched(snapshot(first, paper(), slots=(PLAN, REPORT)), processed(x=READ))
    assert document_of(found, 1).slot == ""
