"""Results made by hand: every kind of thing that a page can show, in ASCII."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any

from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.criteria import (
    Basis,
    CriteriaSet,
    Criterion,
    KnownSlip,
    Note,
    ScoreClass,
    ScoredBy,
    Slot,
)
from site_builder.model.dossier import (
    Document,
    DocumentKind,
    Dossier,
    Explanation,
    FilledBy,
    ListedDocument,
    Supplement,
    Written,
)
from site_builder.model.evidence import Change, EvidenceFile, Pointer, Revision
from site_builder.model.finding import Check, Finding, Kind, Severity, Suppression
from site_builder.model.processed import Family, FileFacts, Processed, State
from site_builder.model.results import Edition, Results
from site_builder.model.rule import Entry, InputSpec, Option, Result
from site_builder.model.score import (
    Awarded,
    LeafScore,
    NodeScore,
    Reason,
    Score,
    ScoreSheet,
    Step,
    Unscored,
)
from site_builder.model.site import Page, Site
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Assignment, Milestone, Office, Period, Role, Round, Unit
from site_builder.rendering import render
from site_builder.rendering.resources import read_resources

WRONG = Check("TST001", "wrong-thing", Severity.ERROR)
DOUBTFUL = Check("TST002", "doubtful-thing", Severity.WARNING)
LATE = Check("TST003", "late-thing", Severity.WARNING, Kind.TIME)
CHECKS = (WRONG, DOUBTFUL, LATE)


class GivenRule:
    """A rule that asks for what it is told to ask for."""

    shape = "given"
    most = None

    def __init__(self, *specs: InputSpec) -> None:
        self._specs = specs

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return self._specs

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        raise NotImplementedError


@lru_cache(maxsize=1)
def texts() -> Catalogue:
    """The real words, with those of the checks above."""
    catalogue = read_catalogue()
    made_up = {
        check.code: {
            "title": f"Title {check.code}",
            "message": "Message {path} {thing}",
            "hint": "Hint {thing}",
            "hint_other": "Other hint {near}",
            "why": "Why",
        }
        for check in CHECKS
    }
    return Catalogue(
        {**catalogue.parts, "checks": {**catalogue.parts["checks"], **made_up}},
    )


@lru_cache(maxsize=1)
def resources() -> Mapping[str, str]:
    return read_resources()


def site(results: Results, **options: Any) -> Site:
    return render(results, texts(), resources(), checks=CHECKS, **options)


def page(made: Site, path: str) -> Page:
    (found,) = (each for each in made.pages if each.path == path)
    return found


def text_of(made: Site, path: str) -> str:
    return page(made, path).text


# --- a tiny set: field 1 with leaves 1.1 and 1.2, field 2 with leaf 2.1 from a survey


def leaf(id_: str, title: str = "Leaf", **changes: object) -> Criterion:
    made = Criterion(
        id=id_,
        title=title,
        max_points=Decimal("1.5"),
        depth=id_.count("."),
        parent_id=id_.rpartition(".")[0] or None,
        rule_text="Rule text",
        slots=(Slot(id="plan", title="The plan", required=True, document_type="Plan"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def branch(id_: str, title: str, *children: Criterion) -> Criterion:
    return Criterion(
        id=id_,
        title=title,
        max_points=sum((child.max_points for child in children), Decimal(0)),
        depth=id_.count("."),
        parent_id=id_.rpartition(".")[0] or None,
        children=children,
    )


def criteria_set(*fields: Criterion, **changes: object) -> CriteriaSet:
    made = CriteriaSet(
        id="tiny",
        title="Tiny set",
        total_points=sum((field.max_points for field in fields), Decimal(0)),
        classes=(ScoreClass(title="Good", from_percent=Decimal(80)),),
        basis=(Basis(document_number="1/QD", issued_on=date(2022, 1, 2), issuer="A", subject="B"),),
        fields=fields,
        digest="ab" * 32,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def unit(**changes: object) -> Unit:
    made = Unit(
        name="Commune",
        parent="Province",
        period=Period(
            id="2023",
            year=2023,
            covers_from=date(2023, 1, 1),
            covers_to=date(2023, 12, 31),
            opens=date(2023, 12, 20),
            closes=date(2024, 1, 10),
            milestones=(Milestone(on=date(2024, 1, 8), title="Gather"),),
            rounds=(Round(id="r1", title="Round one"),),
        ),
        offices={
            "office": Office(
                key="office", title="Office", role=Role.COORDINATOR, emails=("a@b.example",)
            ),
            "other": Office(key="other", title="Other office", role=Role.CONTRIBUTOR),
        },
        assignments={"1": Assignment(criterion="1", responsible="office")},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def evidence_file(path: str, content: str = "", **changes: object) -> EvidenceFile:
    made = EvidenceFile(
        path=path,
        raw=path,
        size=2048,
        sha256=sha256((content or path).encode()).hexdigest(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def processed(*files: EvidenceFile, **facts: object) -> Processed:
    """The same facts for every file."""
    found = {"kind": "pdf", "family": Family.PDF, "state": State.READ, **facts}
    return Processed(
        facts={
            file.sha256 or "": FileFacts(sha256=file.sha256 or "", size=file.size, **found)  # type: ignore[arg-type]
            for file in files
        }
    )


def document(path: str, slot: str = "", **listed: object) -> Document:
    content = str(listed.pop("content", ""))
    name = path.rpartition("/")[2]
    return Document(
        kind=DocumentKind.FILE,
        path=path,
        title=name,
        files=(evidence_file(path, content),),
        listing=ListedDocument(file=name, **listed) if listed else None,  # type: ignore[arg-type]
        slot=slot,
        filled_by=FilledBy.LISTED if slot else None,
    )


def explanation(id_: str, body: str = "", **changes: object) -> Explanation:
    made = Explanation(path=f"evidence/{id_}/giai-trinh.md", body=body, text=body)
    return replace(made, **changes)  # type: ignore[arg-type]


def dossier(id_: str, *documents: Document, **changes: object) -> Dossier:
    made = Dossier(
        criterion=id_,
        folder=f"evidence/{id_}",
        exists=True,
        responsible="office",
        files=tuple(
            file
            for each in documents
            if each.kind in {DocumentKind.FILE, DocumentKind.FOLDER}
            for file in each.files
        ),
        documents=documents,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def awarded(points: str, *steps: Step) -> Awarded:
    return Awarded(Decimal(points), Fraction(points), steps)


def leaf_score(criterion: Criterion, by_rule: Score, **changes: object) -> LeafScore:
    points = by_rule.points if isinstance(by_rule, Awarded) else None
    made = LeafScore(
        criterion=criterion.id,
        max_points=criterion.max_points,
        by_rule=by_rule,
        claimed=points if criterion.scored_by is ScoredBy.SELF else None,
        counted_max=criterion.max_points,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def sheet(criteria: CriteriaSet, leaves: Mapping[str, LeafScore], **changes: object) -> ScoreSheet:
    made = ScoreSheet(
        leaves=leaves,
        nodes={
            node.id: _sums(node.id, tuple(node.leaves()), leaves)
            for node in criteria.walk()
            if not node.is_leaf
        },
        total=_sums("", criteria.leaves, leaves),
        percent=Decimal("61.5"),
        class_title="Good",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _sums(id_: str, criteria: tuple[Criterion, ...], leaves: Mapping[str, LeafScore]) -> NodeScore:
    zero = Decimal(0)
    own = [each for each in criteria if each.scored_by is ScoredBy.SELF]
    others = [each for each in criteria if each.scored_by is not ScoredBy.SELF]
    unscored = [each for each in own if leaves[each.id].claimed is None]
    pending = [each for each in others if leaves[each.id].decided is None]
    return NodeScore(
        criterion=id_,
        max_points=sum((each.max_points for each in criteria), zero),
        applicable_max=sum((each.max_points for each in criteria), zero),
        self_max=sum((each.max_points for each in own), zero),
        pending_max=sum((each.max_points for each in pending), zero),
        claimed=sum((leaves[each.id].claimed or zero for each in own), zero),
        at_risk=sum((leaves[each.id].at_risk for each in own), zero),
        decided=sum((leaves[each.id].decided or zero for each in others), zero),
        unscored=tuple(each.id for each in unscored),
        unscored_max=sum((each.max_points for each in unscored), zero),
    )


def results(  # noqa: PLR0913
    *,
    criteria: CriteriaSet | None = None,
    of: Unit | None = None,
    dossiers: tuple[Dossier, ...] = (),
    scores: Mapping[str, LeafScore] | None = None,
    rules: Mapping[str, GivenRule] | None = None,
    findings: tuple[Finding, ...] = (),
    decisions: Mapping[str, Result] | None = None,
    revision: Revision | None = None,
) -> Results:
    """Everything about a tiny commune, in the working edition."""
    criteria = criteria or criteria_set(
        branch("1", "Field one", leaf("1.1"), leaf("1.2")),
        branch("2", "Field two", leaf("2.1", scored_by=ScoredBy.SURVEY, slots=())),
    )
    filed = {each.criterion: each for each in dossiers}
    scores = {
        each.id: leaf_score(each, Unscored(Reason.NO_RULE)) for each in criteria.leaves
    } | dict(scores or {})
    snapshot = Snapshot(
        criteria=criteria,
        unit=of or unit(),
        dossiers={node.id: filed.get(node.id) or dossier(node.id) for node in criteria.walk()},
        results=decisions or {},
        revision=revision or Revision(),
    )
    return Results(
        snapshot=snapshot,
        processed=processed(*(file for file in snapshot.files() if file.sha256)),
        rules=rules or {},
        sheet=sheet(criteria, scores),
        findings=findings,
        today=date(2024, 1, 5),
        edition=Edition.WORKING,
    )


def change(office: str | None = "office", author: str = "Author") -> Change:
    return Change(
        commit="c" * 40, at=datetime(2023, 12, 12, 18, 30, tzinfo=UTC), office=office, author=author
    )


def suppressed(finding: Finding, reason: str, office: str | None = "office") -> Finding:
    return replace(finding, suppressed=Suppression(reason, office, "explanation"))


def rich() -> Results:
    """A commune with something in every place of every page."""
    first = leaf(
        "1.1",
        deadline=Note(text="Before March", basis="Law 1", on=date(2023, 3, 1)),
        minimum=Note(text="Half", verified=True),
        not_applicable_when="There is none",
        slots=(
            Slot(id="plan", title="The plan", required=True, document_type="Plan"),
            Slot(
                id="photos",
                title="Photos",
                required=False,
                document_type="Photo",
                alternatives=("Film",),
                at_least=2,
                issued_from=date(2023, 1, 1),
                issued_to=date(2023, 6, 1),
            ),
            Slot(id="link", title="Link", required=True, document_type="Link"),
        ),
    )
    second = leaf("1.2", title="Second leaf")
    third = leaf("2.1", title="Asked people", scored_by=ScoredBy.SURVEY, slots=())
    photos = tuple(
        evidence_file(f"evidence/1.1/photos/{name}", name) for name in ("1.jpg", "2.jpg", "n.txt")
    )
    own = (
        document(
            "evidence/1.1/plan.pdf",
            "plan",
            number="03/KH",
            issued_on=date(2023, 1, 10),
            issuer="Issuer",
            subject="Subject",
            place="trang 3",
            public=True,
        ),
        Document(
            kind=DocumentKind.FOLDER,
            path="evidence/1.1/photos",
            title="photos",
            files=photos,
            slot="photos",
            filled_by=FilledBy.TYPE,
        ),
        Document(
            kind=DocumentKind.LINK,
            path="https://commune.example/a b",
            title="commune.example",
            listing=ListedDocument(link="https://commune.example/a b"),
        ),
        Document(
            kind=DocumentKind.LINK,
            path="javascript:alert(1)",
            title="bad",
            listing=ListedDocument(link="javascript:alert(1)"),
        ),
        document("evidence/1.1/page.html"),
    )
    reference = Document(
        kind=DocumentKind.REFERENCE,
        path="evidence/1.1/plan.pdf",
        title="plan.pdf",
        files=own[0].files,
        listing=ListedDocument(see="03/KH", place="II.1"),
        slot="plan",
        filled_by=FilledBy.LISTED,
        source="1.1",
    )
    pointer = replace(
        document("evidence/1.2/big.zip"),
        files=(evidence_file("evidence/1.2/big.zip", sha256=None, pointer=Pointer.LFS),),
    )
    plan = replace(own[0], files=(replace(own[0].files[0], first=change(), last=change()),))
    twin = document("evidence/1.2/copy.pdf", content="evidence/1.1/plan.pdf")
    body = "Text *here* [plan](plan.pdf), [other](../1.2/giai-trinh.md)\n\n# Why\n\nBecause"
    dossiers = (
        dossier(
            "1.1",
            plan,
            *own[1:],
            supporting=("other",),
            explanation=explanation(
                "1.1",
                body,
                figures={"done": Written("1.248", 3)},
                checked=(Written("a", 5),),
                level=Written("high", 6),
                achieved=Written("co", 7),
                on=Written("10/01/2023", 8),
                choices={"which": Written("one", 9)},
                points=Written("x", 10),
            ),
            supplements=(
                Supplement(
                    number=1,
                    folder="evidence/1.1/bo-sung-1",
                    explanation=explanation("1.1/bo-sung-1", "# More", reply="Reply", opinion="Op"),
                    files=(evidence_file("evidence/1.1/bo-sung-1/more.pdf"),),
                    cited=(reference,),
                ),
            ),
        ),
        dossier("1.2", reference, pointer, twin, responsible=None),
        dossier("1", document("evidence/1/shared.pdf", number="9/BC"), responsible=None),
        dossier("2.1", exists=False),
    )
    rule = GivenRule(
        InputSpec(entry=Entry.FIGURE, id="done", title="Done"),
        InputSpec(
            entry=Entry.CHECKED,
            id="da_dat",
            title="",
            options=(
                Option(id="a", title="Item A", points=Decimal("0.5")),
                Option(id="b", title="Item B"),
            ),
        ),
        InputSpec(
            entry=Entry.LEVEL, id="muc", title="", options=(Option(id="high", title="High"),)
        ),
        InputSpec(entry=Entry.ACHIEVED, id="dat", title=""),
        InputSpec(entry=Entry.DATE, id="ngay", title=""),
        InputSpec(
            entry=Entry.CHOICE, id="which", title="Which", options=(Option(id="one", title="One"),)
        ),
        InputSpec(entry=Entry.POINTS, id="diem", title=""),
        InputSpec(entry=Entry.FIGURE, id="idle", title="Idle", needed=False),
    )
    criteria = criteria_set(
        branch("1", "Field one", first, second),
        branch("2", "Field two", third),
        illustrative=True,
        notice="Illustrative only",
        known_slips=(KnownSlip(code="TST002", criterion="1.2", reason="As printed", line=4),),
    )
    steps = (Step("achieved", {"points": Decimal("1.20")}),)
    return results(
        criteria=criteria,
        dossiers=dossiers,
        scores={
            "1.1": leaf_score(
                first,
                awarded("1.20", *steps),
                at_risk=Decimal("0.5"),
                appraised={"r1": Decimal("1.10")},
                final=Decimal("1.10"),
            ),
            "2.1": leaf_score(third, awarded("1.00"), decided=Decimal("1.00")),
        },
        rules={"1.1": rule},
        findings=(
            WRONG.at("evidence/1.1/giai-trinh.md", line=3, criterion="1.1", thing="T"),
            suppressed(DOUBTFUL.at("evidence/1.2", criterion="1.2", thing="U"), "Good reason"),
            WRONG.at("unit.yml", line=9, thing="V"),
            LATE.at("unit.yml", thing="days-left"),
        ),
        decisions={
            "2.1": Result(
                points=Decimal(1), document_number="7/TB", issued_on="01/02/2024", issuer="Above"
            )
        },
        revision=Revision(
            commit="d" * 40, at=datetime(2023, 12, 12, 1, tzinfo=UTC), inside_git=True
        ),
    )
