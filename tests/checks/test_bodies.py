"""Explanations that people may type must never stop the check of their links and markup."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from site_builder import scoring
from site_builder.checks import exp040_body
from site_builder.checks.protocols import Facts
from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.evidence import Entry, EntryKind
from site_builder.model.finding import Finding
from site_builder.model.snapshot import Snapshot

FOLDER = "evidence/1-a"
LEAF = Criterion(id="1", title="A", max_points=Decimal(1), depth=0, parent_id=None)
FILE = Entry(f"{FOLDER}/a.pdf", f"{FOLDER}/a.pdf", FOLDER, EntryKind.FILE, 1)
_SIGNS = r"[ ] ( ) < > ! # ` | : \ % %E1%BB .. / ]( ]: <b --> <!-- &#0; a.pdf http://[ * --- 1."
PIECES = st.sampled_from(
    [*_SIGNS.split(), " ", "\n", "\t", "    ", "> ", "\u1ebf", "e\u0302\u0301", "\ud7ff", "\u2028"]
)


def run(body: str) -> list[Finding]:
    explanation = Explanation(path=f"{FOLDER}/giai-trinh.md", body=body, body_line=5, text="a")
    dossier = Dossier(criterion="1", folder=FOLDER, exists=True, explanation=explanation)
    snapshot = Snapshot(
        criteria=CriteriaSet(id="a", title="a", fields=(LEAF,)),
        unit=None,
        entries=(FILE,),
        dossiers={"1": dossier},
    )
    sheet = scoring.score(snapshot, {})
    facts = Facts(snapshot=snapshot, rules={}, sheet=sheet, today=date(2025, 1, 1))
    return list(exp040_body.run(dossier, facts))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_body_is_judged_within_its_own_lines(body: str) -> None:
    last = 5 + body.count("\n")
    for finding in run(body):
        assert finding.location.line is not None
        assert 5 <= finding.location.line <= last


def test_lines_inside_paragraphs_lists_and_tables() -> None:
    body = (
        "Mot\nhai [a](x.pdf)\n\n"  # 6
        "- mot\n- hai\n  [b](y.pdf)\n\n"  # 10
        "| a | b |\n|---|---|\n| 1 | [c](z.pdf) |\n"  # 14
    )
    found = {finding.subject: finding.location.line for finding in run(body)}
    assert found == {"x.pdf": 6, "y.pdf": 10, "z.pdf": 14}


def test_a_target_with_signs_that_addresses_cut_off_is_a_file_name() -> None:
    assert [finding.subject for finding in run("[a](a.pdf?x) [b](a.pdf#trang=2) [c](b.pdf#1)")] == [
        "b.pdf#1"
    ]


def test_a_page_of_spaces_in_brackets_is_checked_in_no_time() -> None:
    token = Token("text", "", 0, content="x](a" + " b" * 100_000 + "](c" + " " * 200_000)
    assert exp040_body._target(token) is None  # noqa: SLF001 - the one pattern that backtracked
