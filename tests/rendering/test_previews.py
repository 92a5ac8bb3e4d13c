"""What pages show of files, from facts made by hand."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from site_builder.model.dossier import Document, DocumentKind, FilledBy, ListedDocument
from site_builder.model.editions import for_edition
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import (
    FLAGS,
    NOT_PROCESSED,
    Excerpt,
    Family,
    Flag,
    Member,
    OfficialDocument,
    Paragraph,
    Preview,
    Processed,
    Signature,
    SignatureClass,
    State,
    Table,
    TextSource,
)
from site_builder.model.results import Edition, Results
from site_builder.model.site import Site
from tests.rendering import builders
from tests.rendering.builders import text_of

LEAF = "2023/tc/1.1.md"
PATH = "evidence/1.1/plan.pdf"
THUMB = Preview(blob="thumb.webp", page=0, width=283, height=400, size=9)
COPY = Preview(blob="public.jpg", page=1, width=900, height=600, size=5000)
HOSTILE = '<img src=x onerror=alert(1)> {{ x }} &amp; "q"'


def page_of(number: int) -> Preview:
    return Preview(blob=f"page-{number:03}.webp", page=number, width=1000, height=1415, size=9)


PAPER: dict[str, Any] = {"thumbnail": THUMB, "previews": (page_of(1),), "parts": 1}
PHOTO: dict[str, Any] = {
    "kind": "jpg",
    "family": Family.IMAGE,
    "thumbnail": THUMB,
    "previews": (page_of(1),),
    "public_copy": COPY,
}


def word(table: str, key: str, /, **params: object) -> str:
    return builders.texts().text("pages", table, key, **params)


def results(
    *documents: Document,
    excerpt: Excerpt | None = None,
    other: tuple[Document, ...] = (),
    **facts: Any,
) -> Results:
    """A leaf with documents whose files all have the same facts."""
    found = builders.results(
        dossiers=(builders.dossier("1.1", *documents), builders.dossier("1.2", *other))
    )
    files = {file.sha256: file for each in (*documents, *other) for file in each.files}
    excerpts = dict.fromkeys(files, excerpt) if excerpt else {}
    read = builders.processed(*files.values(), **facts)
    return replace(
        found,
        processed=Processed(facts=read.facts, excerpts=excerpts),  # type: ignore[arg-type]
    )


def leaf_of(*documents: Document, **facts: Any) -> str:
    return text_of(builders.site(results(*documents, **facts)), LEAF)


def shown(text: str) -> str:
    """The blocks of documents on a page."""
    return text.partition("sb-docs-shown")[2]


def folder(*files: EvidenceFile, path: str = "evidence/1.1/meeting") -> Document:
    return Document(kind=DocumentKind.FOLDER, path=path, title=path.rpartition("/")[2], files=files)


def ids(text: str) -> list[str]:
    return re.findall(r' id="(xem-[^"]+)"', text)


# --- whether there is anything


def test_nothing_is_shown_of_what_nobody_read() -> None:
    found = replace(results(builders.document(PATH), **PAPER), processed=NOT_PROCESSED)
    text = text_of(builders.site(found), LEAF)
    assert "sb-docs-shown" not in text
    assert "sb-thumb" not in text
    assert 'href="1.1/plan-' in text


def test_links_have_no_block() -> None:
    link = Document(
        kind=DocumentKind.LINK,
        path="https://x.example",
        title="x.example",
        listing=ListedDocument(link="https://x.example"),
    )
    assert "sb-docs-shown" not in leaf_of(link)


def test_a_row_leads_to_the_block_and_the_block_to_the_file() -> None:
    text = leaf_of(builders.document(PATH), **PAPER)
    (anchor,) = ids(text)
    assert f'class="sb-thumb" href="#{anchor}"' in text
    link = re.search(r'class="sb-page" href="(1\.1/plan-[0-9a-f]{8}\.pdf)#page=1"', shown(text))
    assert link
    assert 'width="1000" height="1415" alt="plan.pdf" loading="lazy"' in shown(text)


def test_equal_bytes_have_one_block_on_a_page_and_one_on_each() -> None:
    one = builders.document(PATH, content="same")
    two = builders.document("evidence/1.1/copy.pdf", content="same")
    there = builders.document("evidence/1.2/third.pdf", content="same")
    site = builders.site(results(one, two, other=(there,), **PAPER))
    for path, other in ((LEAF, "1.2"), ("2023/tc/1.2.md", "1.1")):
        text = text_of(site, path)
        assert len(ids(text)) == 1
        assert f'<a href="{other}.html#tai-lieu" title="{other}. Leaf">{other}</a>' in shown(text)


def test_a_file_of_a_folder_that_also_stands_alone_is_reached() -> None:
    photos = [builders.evidence_file(f"evidence/1.1/meeting/{n}.jpg") for n in (1, 2)]
    alone = replace(folder(photos[1]), kind=DocumentKind.FILE, path=photos[1].path)
    text = leaf_of(folder(*photos), alone, **PHOTO)
    assert sorted(ids(text)) == sorted(set(ids(text)))
    for target in re.findall(r'href="#(xem-[^"]+)"', text):
        assert target in ids(text)


def test_a_reference_shows_nothing_twice() -> None:
    own = builders.document(PATH)
    reference = replace(
        own,
        kind=DocumentKind.REFERENCE,
        listing=ListedDocument(see="1"),
        source="1.1",
        filled_by=FilledBy.LISTED,
    )
    site = builders.site(results(own, other=(reference,), **PAPER))
    assert "sb-docs-shown" not in text_of(site, "2023/tc/1.2.md")
    assert "sb-thumb" not in text_of(site, "2023/tc/1.2.md")


@pytest.mark.parametrize(("count", "open_"), [(6, True), (7, False)])
def test_many_documents_are_folded(count: int, open_: bool) -> None:  # noqa: FBT001 - a case
    text = shown(leaf_of(*(builders.document(f"evidence/1.1/{n}.pdf") for n in range(count))))
    assert text.count('<details class="sb-doc" open>') == (count if open_ else 0)
    assert text.count('<details class="sb-doc"') == count


# --- what cannot be shown, and what people should know


@pytest.mark.parametrize("state", [each for each in State if each is not State.READ])
def test_every_state_says_why(state: State) -> None:
    text = shown(leaf_of(builders.document(PATH), state=state))
    assert f"<li>{word('not_shown', state.value)}</li>" in text
    assert "sb-page" not in text


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.OPAQUE, "media"),
        (State.OPAQUE, "archive-format"),
        (State.OPAQUE, "old-word"),
        (State.OPAQUE, "program"),
    ],
)
def test_a_reason_goes_before_the_state(state: State, why: str) -> None:
    text = shown(leaf_of(builders.document(PATH), state=state, why=why))
    assert f"<li>{word('not_shown', why)}</li>" in text
    assert word("not_shown", state.value) not in text


def test_every_flag_has_words() -> None:
    words = builders.texts().table("pages", "flags")
    assert words.keys() >= FLAGS
    assert words.keys() - FLAGS == {"hidden-slide"}


@pytest.mark.parametrize(
    ("flag", "more", "said"),
    [
        (Flag(name="macro"), {}, word("flags", "macro")),
        (
            Flag(name="hidden-sheet", details=("A", "B")),
            {"family": Family.SHEET},
            word("flags", "hidden-sheet") + ": A, B",
        ),
        (
            Flag(name="hidden-sheet", details=("3",)),
            {"family": Family.SLIDES},
            word("flags", "hidden-slide") + ": 3",
        ),
        (
            Flag(name="low-resolution", details=("1:60", "2:61")),
            {},
            word("flag", "pages", flag=word("flags", "low-resolution"), details="1, 2"),
        ),
        (Flag(name="gps", details=("exif", "xmp")), {}, word("flags", "gps")),
        (
            Flag(name="attachment", details=tuple("abcdefg")),
            {},
            word(
                "flag",
                "named_more",
                flag=word("flags", "attachment"),
                details="a, b, c, d, e",
                more="2",
            ),
        ),
    ],
)
def test_a_flag_is_said_in_words(flag: Flag, more: Mapping[str, Any], said: str) -> None:
    assert f"<li>{said}</li>" in shown(leaf_of(builders.document(PATH), flags=(flag,), **more))


@pytest.mark.parametrize("name", ["author", "device", "more-pages", "open-action", "unread-pages"])
def test_some_flags_tell_nothing_here(name: str) -> None:
    text = shown(leaf_of(builders.document(PATH), flags=(Flag(name=name),)))
    assert word("flags", name) not in text


def test_places_of_photos_are_for_officers() -> None:
    found = results(builders.document(PATH), flags=(Flag(name="gps"),))
    assessor = builders.site(for_edition(found, Edition.ASSESSOR))
    assert word("flags", "gps") in text_of(builders.site(found), LEAF)
    assert word("flags", "gps") not in text_of(assessor, LEAF)


def test_what_is_lost_is_said_once() -> None:
    text = shown(
        leaf_of(builders.document(PATH), state=State.PARTIAL, flags=(Flag(name="truncated"),))
    )
    assert word("not_shown", "partial") not in text
    assert word("flags", "truncated") in text
    text = shown(
        leaf_of(
            builders.document(PATH), state=State.REFUSED, why="bomb", flags=(Flag(name="bomb"),)
        )
    )
    assert word("flags", "bomb") not in text


# --- what the file says of itself

READ = OfficialDocument(
    number="7/KH-UBND",
    issued_on=date(2023, 5, 6),
    issuer="A BOARD",
    type="Plan",
    subject="Read words",
    signer="Somebody",
    signer_post="CHAIR",
)


def paper(**listed: Any) -> Document:
    return replace(builders.document(PATH, **listed), read=READ)


def said(text: str) -> list[tuple[str, str]]:
    found = re.finditer(r"<dt>(.*?)</dt><dd>(.*?)</dd>", shown(text))
    return [(each[1], each[2]) for each in found]


def test_beside_the_table_only_what_it_does_not_say() -> None:
    expected = [(word("said", "type"), "Plan"), (word("said", "signer"), "Somebody, CHAIR")]
    assert said(leaf_of(paper(), document=READ)) == expected
    typed = paper(number="07/KH-UBND", issued_on=date(2023, 5, 6), issuer="Board", subject="Words")
    assert said(leaf_of(typed, document=READ)) == expected


def test_a_difference_of_number_or_day_is_marked() -> None:
    typed = paper(number="8/KH-UBND", issued_on=date(2023, 5, 7), issuer="Another")
    found = dict(said(leaf_of(typed, document=READ)))
    assert found[word("said", "number")].startswith('7/KH-UBND <span class="sb-warn">')
    assert "8/KH-UBND" in found[word("said", "number")]
    assert "07/05/2023" in found[word("said", "date")]
    assert word("said", "issuer") not in found


def test_files_that_share_a_row_say_everything() -> None:
    files = [builders.evidence_file(f"evidence/1.1/meeting/{n}.pdf") for n in (1, 2)]
    text = leaf_of(folder(*files), document=READ)
    assert len(said(text)) == 6 * len(files)


@pytest.mark.parametrize(
    ("read", "key"),
    [
        (READ, "text"),
        (replace(READ, from_signature=True), "signature"),
        (replace(READ, source=TextSource.RECOGNISED), "recognised"),
    ],
)
def test_where_it_comes_from_is_said(read: OfficialDocument, key: str) -> None:
    text = leaf_of(replace(builders.document(PATH), read=read), document=read)
    assert f"{word('said_by', key)}.</p>" in text
    assert f'<span class="sb-tag">{word("told", key)}</span>' in text


def test_a_number_out_of_the_name_is_said_to_be_one() -> None:
    text = leaf_of(builders.document("evidence/1.1/12-KH-UBND.pdf"))
    assert f'<span class="sb-tag">{word("told", "name")}</span>' in text


def test_a_draft_says_so_and_a_symbol_without_number_too() -> None:
    draft = OfficialDocument(symbol="KH-UBND", draft="number")
    text = leaf_of(builders.document(PATH), document=draft)
    assert f"<li>{word('previews', 'draft')}</li>" in shown(text)
    assert (word("said", "number"), ".../KH-UBND") in said(text)


# --- signatures

AT = datetime(2023, 5, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("classes", "state"),
    [
        ((), "none"),
        (("TIMESTAMP",), "none"),
        (("INTACT_ENTIRE_FILE",), "intact"),
        (("INTACT_PERMITTED_UPDATES", "INTACT_ENTIRE_FILE"), "intact"),
        (("INTACT_LATER_CHANGES",), "intact"),
        (("INTACT_ENTIRE_FILE", "REWRITTEN"), "resaved"),
        (("REWRITTEN", "ALTERED"), "altered"),
        (("ORPHAN",), "orphan"),
        (("INTACT_ENTIRE_FILE", "UNVERIFIABLE"), "unknown"),
    ],
)
def test_signatures_in_words(classes: tuple[str, ...], state: str) -> None:
    signatures = tuple(
        Signature(class_=SignatureClass[name], signer="Somebody", signed_at=AT) for name in classes
    )
    text = shown(leaf_of(builders.document(PATH), signatures=signatures))
    assert f"<p>{word('signature_state', state)}." in text
    assert f"sb-signature--{state}" in text
    before, _, technical = text.partition("sb-proof")
    for signature in signatures:
        assert f"({signature.class_.value})" not in before
        assert f"({signature.class_.value})" in technical
    # The day is the one in Viet Nam.
    named = word("signature", "by", names="Somebody", date="07/05/2023")
    assert (named in before) == (state == "intact")


@pytest.mark.parametrize(("trusted", "key"), [(None, "unknown"), (True, "yes"), (False, "no")])
def test_trust_is_a_technical_detail(trusted: bool | None, key: str) -> None:  # noqa: FBT001
    signature = Signature(class_=SignatureClass.INTACT_ENTIRE_FILE, trusted=trusted)
    text = shown(leaf_of(builders.document(PATH), signatures=(signature,)))
    assert word("trust", key) in text.partition("sb-proof")[2]


def test_only_papers_have_signatures_to_speak_of() -> None:
    for facts in (PHOTO, {"state": State.ENCRYPTED}, {"family": Family.SHEET, "kind": "xlsx"}):
        assert "sb-signature" not in leaf_of(builders.document(PATH), **facts)


# --- short and long


def documents_of(site: Site) -> list[str]:
    return [page.path for page in site.pages if "/tl/" in page.path]


LONG: dict[str, Any] = {
    "thumbnail": THUMB,
    "previews": tuple(map(page_of, range(1, 6))),
    "parts": 9,
}


def test_a_long_paper_has_a_page_of_its_own() -> None:
    site = builders.site(results(paper(number="8/KH-UBND"), document=READ, **LONG))
    (own,) = documents_of(site)
    on_leaf = shown(text_of(site, LEAF))
    assert on_leaf.count('class="sb-page"') == 2
    assert f'href="../tl/{own.rpartition("/")[2].removesuffix(".md")}.html"' in on_leaf
    text = text_of(site, own)
    assert text.count('class="sb-page"') == 5
    assert 'href="../tc/1.1.html#tai-lieu">1.1. Leaf</a>' in text
    # Nine pages are in the file, five are shown.
    assert re.search(r">[^<]*\b4\b[^<]*</p>", text)
    assert text.count("<dt>") == 6
    assert "8/KH-UBND" in text
    assert site.pages


def test_who_brought_a_long_paper_and_when() -> None:
    document = paper()
    file = replace(document.files[0], first=builders.change())
    site = builders.site(results(replace(document, files=(file,)), **LONG))
    said = word("evidence", "added", office="Office", date=date(2023, 12, 13))
    (own,) = documents_of(site)
    assert said in text_of(site, own)
    assert said not in shown(text_of(site, LEAF))


def test_the_index_leads_to_where_it_is_shown() -> None:
    long = builders.site(results(paper(), **LONG))
    (own,) = documents_of(long)
    index = text_of(long, "2023/chi-dan-minh-chung.md")
    assert f'<a href="tl/{own.rpartition("/")[2].removesuffix(".md")}.html">' in index
    short = builders.site(results(paper(), **PAPER))
    (anchor,) = ids(text_of(short, LEAF))
    assert f'<a href="tc/1.1.html#{anchor}">' in text_of(short, "2023/chi-dan-minh-chung.md")


def test_pages_without_a_page_of_their_own_say_how_many_are_left() -> None:
    text = shown(leaf_of(builders.document(PATH), **{**PAPER, "parts": 4}))
    assert re.search(r">[^<]*\b3\b[^<]*</p>", text)


# --- words and tables

TABLE = Table(title="Sheet", rows=(("Head", "", ""), ("1", "2", "3")), more_rows=4, more_columns=5)


def test_the_beginning_of_a_workbook() -> None:
    found = results(
        builders.document("evidence/1.1/a.xlsx"),
        kind="xlsx",
        family=Family.SHEET,
        excerpt=Excerpt(blocks=(TABLE, Paragraph(text="Heading", level=2)), more=1),
    )
    text = shown(text_of(builders.site(found), LEAF))
    assert "<caption>Sheet</caption>" in text
    # A heading over the whole width does not widen the first column.
    assert '<td colspan="3">Head</td>' in text
    assert "<td>1</td><td>2</td><td>3</td>" in text
    assert '<p class="sb-excerpt-head">Heading</p>' in text
    assert 'class="sb-scroll" role="group" tabindex="0"' in text


def test_a_long_table_is_cut_and_whole_on_its_page() -> None:
    rows = tuple((str(n), "x") for n in range(40))
    site = builders.site(
        results(
            builders.document("evidence/1.1/a.xlsx"),
            kind="xlsx",
            family=Family.SHEET,
            excerpt=Excerpt(blocks=(Table(rows=rows),)),
        )
    )
    (own,) = documents_of(site)
    assert shown(text_of(site, LEAF)).count("<td>x</td>") == 12
    assert text_of(site, own).count("<td>x</td>") == 40


def test_an_archive_lists_its_members() -> None:
    members = tuple(Member(path=f"{n}.pdf", size=1, kind="pdf") for n in range(30))
    site = builders.site(
        results(
            builders.document("evidence/1.1/a.zip"),
            kind="zip",
            family=Family.ARCHIVE,
            members=members,
            parts=30,
        )
    )
    (own,) = documents_of(site)
    assert text_of(site, own).count(".pdf <span") == 30
    assert shown(text_of(site, LEAF)).count(".pdf <span") == 20


# --- photos


def test_photos_stand_together_and_keep_their_names() -> None:
    files = [
        replace(builders.evidence_file(f"evidence/1.1/meeting/{n}.jpg"), first=builders.change())
        for n in (1, 2)
    ]
    text = shown(leaf_of(folder(*files), **PHOTO))
    assert text.count("data-gallery") == 1
    assert len(ids(text)) == 2
    for file in files:
        assert re.search(rf'<a href="1\.1/[^"]+">{re.escape(file.name)}</a>', text)
        assert str(file.sha256) in text
    assert text.count(word("evidence", "added", office="Office", date=date(2023, 12, 13))) == 2
    # Without the script each photo opens its large picture.
    assert text.count('page-001.webp"><img') == 2


def test_what_lies_beside_photos_is_shown_as_well() -> None:
    photo = builders.evidence_file("evidence/1.1/meeting/1.jpg")
    note = builders.evidence_file("evidence/1.1/meeting/note.txt")
    found = results(folder(photo, note), **PHOTO)
    plain = builders.processed(note, kind="txt", family=Family.TEXT).facts
    facts = {**found.processed.facts, **plain}
    text = shown(text_of(builders.site(replace(found, processed=Processed(facts=facts))), LEAF))
    assert len(ids(text)) == 2
    assert ">note.txt</a>" in text


def test_one_photo_is_large() -> None:
    text = shown(leaf_of(builders.document("evidence/1.1/a.jpg"), **PHOTO))
    assert "sb-photos--one" in text
    assert 'width="1000"' in text


def test_a_scan_of_several_pages_is_no_photo() -> None:
    scan: dict[str, Any] = {
        **PHOTO,
        "kind": "tif",
        "previews": tuple(map(page_of, (1, 2, 3))),
        "parts": 3,
    }
    site = builders.site(results(builders.document("evidence/1.1/a.tif"), **scan))
    assert "data-gallery" not in text_of(site, LEAF)
    assert len(documents_of(site)) == 1


def test_the_public_gets_the_copy_of_a_photo_under_a_name_that_fits() -> None:
    photo = builders.document("evidence/1.1/a.heic", public=True)
    found = results(photo, **{**PHOTO, "kind": "heic"})
    text = text_of(builders.site(for_edition(found, Edition.PUBLIC)), LEAF)
    assert 'download="a.jpg"' in text
    assert "5 KB" in text
    # Officers get what was filed; no browser shows it.
    text = text_of(builders.site(found), LEAF)
    assert re.search(r'href="1\.1/a-[0-9a-f]{8}\.heic" download="a\.heic"', text)


# --- downloads


@pytest.mark.parametrize(
    ("name", "kind", "family", "opens", "download", "called"),
    [
        ("a.pdf", "pdf", Family.PDF, True, "a.pdf", "pdf"),
        ("a.pdf", "xlsx", Family.SHEET, False, "a.pdf", "xlsx"),
        ("a.pdf", "html", Family.MARKUP, False, "a.pdf.zip", "html"),
        ("a.svg", "svg", Family.MARKUP, False, "a.svg.zip", "svg"),
        ("a.csv", "txt", Family.TEXT, False, "a.csv", "csv"),
        ("a.zip", "zip", Family.ARCHIVE, False, "a.zip", "zip"),
        ("a.jpg", "heic", Family.IMAGE, False, "a.jpg", "heic"),
    ],
)
def test_downloads_are_what_they_are_called(  # noqa: PLR0913, PLR0917 - one case, one row
    name: str,
    kind: str,
    family: Family,
    opens: bool,  # noqa: FBT001
    download: str,
    called: str,
) -> None:
    text = leaf_of(builders.document(f"evidence/1.1/{name}"), kind=kind, family=family)
    row = text.partition("sb-docs-shown")[0]
    assert f'download="{download}"' in row
    assert ("sb-get" in row) == opens
    assert f"{word('file_kinds', called)}, 2 KB" in row


# --- what people named


def test_hostile_words_stay_words() -> None:
    name = f"{HOSTILE.replace('/', '')}.zip"
    found = results(
        replace(builders.document(f"evidence/1.1/{name}", subject=HOSTILE), read=None),
        kind="zip",
        family=Family.ARCHIVE,
        flags=(Flag(name="attachment", details=(HOSTILE,)),),
        members=(Member(path=HOSTILE, size=1, kind=HOSTILE),),
        document=replace(READ, type=HOSTILE, signer=HOSTILE),
        thumbnail=THUMB,
        excerpt=Excerpt(
            blocks=(Table(title=HOSTILE, rows=((HOSTILE, HOSTILE),)), Paragraph(text=HOSTILE))
        ),
    )
    signature = Signature(class_=SignatureClass.ORPHAN, signer=HOSTILE, organization=HOSTILE)
    signed = results(builders.document(PATH), signatures=(signature,), **LONG)
    for made in (builders.site(found), builders.site(signed)):
        for page in made.pages:
            assert "<img src=x" not in page.text
            assert 'alt="<' not in page.text


def test_blocks_hold_no_blank_line() -> None:
    """At one the engines would stop reading HTML and begin to read Markdown."""
    found = results(
        builders.document("evidence/1.1/a.docx"),
        kind="docx",
        family=Family.WRITING,
        excerpt=Excerpt(blocks=(Paragraph(text="1. a\n\n    b"), Table(rows=(("x\n\ny",),)))),
    )
    block = shown(text_of(builders.site(found), LEAF)).partition("sb-end")[0]
    assert "\n\n" not in block
    assert "\n    " not in block
