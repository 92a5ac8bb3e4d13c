"""The page of a scored leaf: rule, points, inputs, documents, explanation, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.criteria import Criterion, Note, ScoredBy
from site_builder.model.dossier import Document, Dossier, Explanation, Supplement
from site_builder.model.progress import leaf_points, missing_slots
from site_builder.model.rule import Entry, InputSpec, Option, Result
from site_builder.model.score import Awarded, LeafScore
from site_builder.model.site import Page
from site_builder.reading import inputs
from site_builder.reading.inputs import InputProblem
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.addresses import is_image, relative
from site_builder.rendering.changes import changed_badge, leaf_past
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.evidence import (
    DocumentRow,
    FileRow,
    SlotRow,
    asked_for,
    document_row,
    file_row,
)
from site_builder.rendering.markdown import Target
from site_builder.rendering.previews import document_views
from site_builder.rendering.remarks import remark
from site_builder.rendering.status import (
    Badge,
    evidence_badge,
    score_badge,
)
from site_builder.rendering.verdicts import round_title
from site_builder.rendering.verdicts import view as verdict_view

TEMPLATE = "leaf.md.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """One input as it was read.

    Attributes:
        value: as people read it; "" when nothing was given.
        options: answers to choose from with a mark on the chosen ones, for lists.
        trouble: why what was typed has no value.
    """

    title: str
    value: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A deadline, minimum or condition that stands beside the rule."""

    name: str
    text: str
    basis: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """The points and how they came about.

    Attributes:
        by_rule: what the rule gives, when the commune argues for something else.
        steps: of the calculation, in order.
        reason: why there are no points.
        argument: for another score than the rule's, or why the leaf does not apply.
        rounds: points by round of appraisal.
    """

    points: str
    max_points: str
    by_rule: str
    steps: tuple[str, ...]
    reason: str
    argument: str
    at_risk: str
    decision: str
    rounds: tuple[tuple[str, str], ...]
    final: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementView:
    """What the unit answered after a round of appraisal."""

    number: int
    opinion: str
    reply: str
    text: Markup
    files: tuple[FileRow, ...]


def page(context: Context, criterion: Criterion) -> Page:
    """The page of one leaf."""
    address = context.addresses.pages[criterion.id]
    dossier = context.dossier(criterion.id)
    leaf = context.leaf(criterion.id)
    explanation = dossier.explanation
    findings = tuple(
        remark(context, address, finding)
        for finding in context.findings_by_criterion.get(criterion.id, ())
    )
    texts = _Texts(context, address)
    slots, others = _slots(context, address, criterion, dossier)
    before, after = context.leaf_neighbours[criterion.id]
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=label(criterion),
            heading=label(criterion),
            crumbs=crumbs(context, criterion),
            before=_neighbour(context, address, before),
            after=_neighbour(context, address, after),
        ),
        source_path=explanation.path if explanation else None,
        criterion=criterion,
        scored_by=context.word("scored_by", criterion.scored_by.value),
        responsible=context.office(dossier.responsible),
        supporting=context.offices(dossier.supporting),
        badges=_badges(context, criterion),
        score=_score(context, criterion, leaf, explanation),
        notes=_notes(context, criterion),
        inputs=_inputs(context, criterion, explanation),
        slots=slots,
        others=others,
        placed=any(
            each.place for rows in (*(slot.documents for slot in slots), others) for each in rows
        ),
        previewed=document_views(context, address, criterion.id, dossier.documents),
        explanation=texts.render(explanation) if explanation and explanation.has_text else "",
        supplements=tuple(texts.supplement(each) for each in dossier.supplements),
        open_findings=tuple(each for each in findings if not each.reason),
        answered=tuple(each for each in findings if each.reason),
        verdict=verdict_view(context, address, criterion),
        removed=_removed(context, criterion),
        past=leaf_past(context, address, criterion.id),
        tools=_tools(context, dossier),
        self_scored=criterion.scored_by is ScoredBy.SELF,
    )


def crumbs(context: Context, criterion: Criterion) -> tuple[Link, ...]:
    """The way from the summary down to the parent of a criterion."""
    address = context.addresses.pages[criterion.id]
    summary = context.href(address, context.addresses.page("tong-hop"))
    return (
        Link(context.word("nav", "summary"), summary),
        *(
            Link(label(each), context.page_href(address, each.id))
            for each in context.criteria.ancestors(criterion)
        ),
    )


def _badges(context: Context, criterion: Criterion) -> tuple[Badge, ...]:
    return tuple(
        badge
        for badge in (
            score_badge(context, criterion),
            evidence_badge(context, criterion),
            changed_badge(context, criterion.id),
        )
        if badge is not None
    )


def _neighbour(context: Context, address: str, criterion: Criterion | None) -> Link | None:
    if criterion is None:
        return None
    return Link(label(criterion), context.page_href(address, criterion.id), criterion.id)


# --- the rule and the points


def _notes(context: Context, criterion: Criterion) -> tuple[NoteRow, ...]:
    rows = [
        _note(context, key, note)
        for key, note in (("deadline", criterion.deadline), ("minimum", criterion.minimum))
        if note is not None
    ]
    if criterion.not_applicable_when:
        name = context.word("notes", "not_applicable_when")
        rows.append(NoteRow(name=name, text=criterion.not_applicable_when))
    if criterion.bonus:
        cap = context.points(criterion.cap or criterion.max_points)
        name = context.word("notes", "bonus")
        rows.append(NoteRow(name=name, text=context.word("notes", "bonus_cap", cap=cap)))
    return tuple(rows)


def _note(context: Context, key: str, note: Note) -> NoteRow:
    parts = (note.text, note.value, show_date(note.on) if note.on else "")
    return NoteRow(
        name=context.word("notes", key),
        text="; ".join(filter(None, parts)),
        basis=note.basis,
        unverified=not note.verified,
    )


def _score(
    context: Context, criterion: Criterion, leaf: LeafScore | None, explanation: Explanation | None
) -> ScoreView:
    if leaf is None:
        return ScoreView(
            points=context.points(None),
            max_points=context.points(criterion.max_points),
            by_rule="",
            steps=(),
            reason="" if context.public else context.word("score", "no_sheet"),
            argument="",
            at_risk="",
            decision="",
            rounds=(),
            final="",
        )
    by_rule = leaf.by_rule
    proposed = leaf.proposed is not None
    return ScoreView(
        points=context.points(leaf_points(leaf)),
        max_points=context.points(leaf.max_points),
        by_rule=context.points(by_rule.points if isinstance(by_rule, Awarded) else None)
        if proposed
        else "",
        steps=context.texts.steps(by_rule),
        reason="" if context.public else context.texts.reason(by_rule),
        argument=_argument(explanation, leaf),
        at_risk=context.points(leaf.at_risk) if leaf.at_risk else "",
        decision=_decision(context, context.results.snapshot.results.get(criterion.id)),
        rounds=tuple(
            (round_title(context, round_), context.points(points))
            for round_, points in leaf.appraised.items()
        ),
        final=context.points(leaf.final) if leaf.final is not None else "",
    )


def _argument(explanation: Explanation | None, leaf: LeafScore) -> str:
    if explanation is None:
        return ""
    if leaf.not_applicable:
        # Without points, the sentence about them repeats the reason already.
        given = explanation.not_applicable
        return given.text if given is not None and isinstance(leaf.by_rule, Awarded) else ""
    return explanation.proposal.reason if explanation.proposal and leaf.proposed is not None else ""


def _decision(context: Context, result: Result | None) -> str:
    if result is None:
        return ""
    parts = (result.document_number, result.issued_on, result.issuer)
    document = ", ".join(filter(None, parts))
    return context.word("score", "decision", document=document) if document else ""


# --- inputs


def _inputs(
    context: Context, criterion: Criterion, explanation: Explanation | None
) -> tuple[InputRow, ...]:
    """What the rule asks for and what was given, as it was read."""
    rule = context.results.rules.get(criterion.id)
    result = context.results.snapshot.results.get(criterion.id)
    known = result.figures if result and result.figures else {}
    if rule is None or (explanation is None and not known):
        return ()
    if explanation is not None and explanation.not_applicable is not None:
        return ()
    return tuple(
        _input(context, spec, explanation, known)
        for spec in rule.inputs(explanation)
        if spec.needed
    )


def _input(
    context: Context,
    spec: InputSpec,
    explanation: Explanation | None,
    known: Mapping[str, Decimal],
) -> InputRow:
    name = spec.title or context.word("inputs", spec.entry.value)
    if spec.entry is Entry.CHECKED:
        return _ticked(context, spec, name, explanation)
    value: object
    if spec.entry in {Entry.FIGURE, Entry.POINTS}:
        value = inputs.figure(explanation, spec, known)
    elif spec.entry is Entry.DATE:
        value = inputs.day(explanation, spec)
    elif spec.options:
        value = inputs.option(explanation, spec)
    else:
        value = inputs.yes_or_no(explanation, spec)
    if isinstance(value, InputProblem):
        return InputRow(title=name, trouble=_trouble(context, value))
    return InputRow(title=name, value=_shown(context, spec, value))


def _ticked(
    context: Context, spec: InputSpec, name: str, explanation: Explanation | None
) -> InputRow:
    ticked = inputs.options(explanation, spec)
    troubles = [_trouble(context, each) for each in ticked if isinstance(each, InputProblem)]
    chosen = {each.id for each in ticked if not isinstance(each, InputProblem)}
    options = tuple((_option(context, each), each.id in chosen) for each in spec.options)
    return InputRow(title=name, options=options, trouble="; ".join(troubles))


def _option(context: Context, option: Option) -> str:
    if option.points is None:
        return option.title
    points = context.points(option.points)
    return context.word("inputs", "worth", title=option.title, points=points)


def _shown(context: Context, spec: InputSpec, value: object) -> str:
    if isinstance(value, bool):
        return context.word("inputs", "yes" if value else "no")
    if isinstance(value, Option):
        return _option(context, value)
    if isinstance(value, Decimal):
        sign = "%" if spec.kind.value == "percent" else ""
        return show_number(value) + sign
    return show_date(value)  # type: ignore[arg-type]


def _trouble(context: Context, problem: InputProblem) -> str:
    written = problem.written.text if problem.written else ""
    return context.word("input_problems", problem.kind.value, written=written)


# --- documents


def _slots(
    context: Context, address: str, criterion: Criterion, dossier: Dossier
) -> tuple[tuple[SlotRow, ...], tuple[DocumentRow, ...]]:
    """What is asked for with what fills it, and documents that fill nothing."""
    known = {slot.id for slot in criterion.slots}
    by_slot: dict[str, list[Document]] = {}
    for document in dossier.documents:
        by_slot.setdefault(document.slot if document.slot in known else "", []).append(document)

    def rows(slot: str) -> tuple[DocumentRow, ...]:
        return tuple(
            document_row(context, address, each, pictured=True) for each in by_slot.get(slot, ())
        )

    missing = {slot.id for slot in missing_slots(criterion, dossier)}
    explained = bool(dossier.explanation and dossier.explanation.has_text)
    leaf = context.leaf(criterion.id)
    silent = context.public or criterion.scored_by is not ScoredBy.SELF
    slots = []
    for slot in criterion.slots:
        documents = rows(slot.id)
        if silent or (leaf is not None and leaf.not_applicable):
            state = ""
        elif slot.id in missing:
            state = "explained" if explained else "missing"
        else:
            state = "full" if documents else "empty"
        if context.public and not documents:
            continue
        slots.append(
            SlotRow(
                title=slot.title,
                asked=asked_for(context, slot),
                required=slot.required,
                state=state,
                documents=documents,
            )
        )
    return tuple(slots), rows("")


def _removed(context: Context, criterion: Criterion) -> tuple[str, ...]:
    """What was taken out of the history: that it was there, why it went, who answers for it."""
    return tuple(
        context.word(
            "removed",
            "dated" if stone.on else "undated",
            id=stone.id,
            reason=stone.reason,
            office=context.office(stone.office),
            date=show_date(stone.on) if stone.on else "",
        )
        for stone in context.results.snapshot.tombstones
        if stone.criterion == criterion.id
    )


@dataclass(slots=True)
class _Texts:
    """Texts of one page; headings of all of them are numbered through."""

    context: Context
    address: str
    headings: int = 0

    def render(self, explanation: Explanation) -> Markup:
        folder = explanation.path.rpartition("/")[0]
        block = self.context.markdown.render(
            explanation.body, folder, self._resolve, self.headings + 1
        )
        self.headings += block.count(' id="gt-')
        return block

    def supplement(self, supplement: Supplement) -> SupplementView:
        explanation = supplement.explanation
        cited = (file for document in supplement.cited for file in document.files)
        return SupplementView(
            number=supplement.number,
            opinion=explanation.opinion if explanation else "",
            reply=explanation.reply if explanation else "",
            text=self.render(explanation) if explanation and explanation.has_text else Markup(),
            files=tuple(
                file_row(self.context, self.address, file) for file in (*supplement.files, *cited)
            ),
        )

    def _resolve(self, path: str) -> Target | None:
        """Evidence that the edition publishes, or the page of another criterion."""
        published = self.context.addresses.original(path)
        if published:
            file = self.context.files[path]
            return Target(relative(self.address, published), image=is_image(file))
        criterion = self.context.criterion_at(path)
        href = self.context.page_href(self.address, criterion) if criterion else ""
        return Target(href) if href else None


# --- for those who write


@dataclass(frozen=True, slots=True)
class Tools:
    """Where an officer goes on working.

    Attributes:
        folder: of the criterion, from the root.
        edit, upload: addresses on the forge; "" without one.
    """

    folder: str
    explanation: str
    edit: str
    upload: str


def _tools(context: Context, dossier: Dossier) -> Tools | None:
    if not context.working or not dossier.folder:
        return None
    explanation = dossier.explanation.path if dossier.explanation else ""
    forge = context.forge
    editable = explanation.endswith(".md")
    return Tools(
        folder=dossier.folder,
        explanation=explanation,
        edit=forge.edit(explanation) if forge and editable else "",
        upload=forge.upload(dossier.folder) if forge and dossier.exists else "",
    )
