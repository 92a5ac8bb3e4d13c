"""A snapshot as a state that can be compared."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from site_builder.model.change import Entry, LeafState, Point, State, Totals
from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.digest import Digests, canonical, criterion_values, header_values
from site_builder.model.dossier import Dossier, Explanation, ListedDocument
from site_builder.model.rule import BoundRules, InputSpec, Rule
from site_builder.model.rule import Entry as Key
from site_builder.model.score import LeafScore, ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.reading import inputs
from site_builder.reading.inputs import InputProblem
from site_builder.reading.numbers import show_date, show_number

_NOTHING: Mapping[str, Decimal] = {}


def state_of(  # noqa: PLR0913 - the parts of one result
    snapshot: Snapshot,
    rules: BoundRules,
    sheet: ScoreSheet,
    digests: Digests,
    *,
    point: Point,
    untold: frozenset[str] = frozenset(),
) -> State:
    """What of a snapshot is compared.

    Args:
        snapshot: as read; with a readable set.
        rules: bound, they name the figures.
        sheet: the scores.
        digests: of the same snapshot.
        point: which moment it is.
        untold: sha256 of files that nobody may name.
    """
    criteria = snapshot.criteria
    if criteria is None:
        return State(point=point)
    leaves: dict[str, LeafState] = {}
    for leaf in criteria.leaves:
        dossier = snapshot.dossiers.get(leaf.id) or Dossier(
            criterion=leaf.id, folder="", exists=False
        )
        leaves.setdefault(
            leaf.id,
            _leaf(
                criteria,
                leaf,
                dossier,
                snapshot.explanation_digests,
                digests.leaves.get(leaf.id, ""),
                sheet.leaves.get(leaf.id),
                rules.get(leaf.id),
                untold,
            ),
        )
    return State(
        point=point,
        period=snapshot.unit.period.id if snapshot.unit else "",
        set_id=criteria.id,
        digest=digests.whole,
        header=canonical(header_values(criteria)),
        leaves=leaves,
        totals=_totals(sheet),
    )


def _totals(sheet: ScoreSheet) -> Totals:
    total = sheet.total
    return Totals(
        max_points=total.max_points,
        claimed=None if sheet.set_changed else total.claimed,
        decided=None if sheet.set_changed else total.decided,
        percent=sheet.percent,
        class_title=sheet.class_title,
    )


def _leaf(  # noqa: PLR0913, PLR0917 - the parts of one leaf, each from another place
    criteria: CriteriaSet,
    leaf: Criterion,
    dossier: Dossier,
    explanation_digests: Mapping[str, str],
    digest: str,
    score: LeafScore | None,
    rule: Rule | None,
    untold: frozenset[str],
) -> LeafState:
    written = dict(_explanations(dossier))
    points = None
    if score is not None:
        points = score.claimed if score.claimed is not None else score.decided
    files = tuple(_files(dossier, untold))
    told = frozenset(name for name, _ in files)
    entries: dict[tuple[str, str], Entry] = {}
    for place, explanation in written.items():
        for (key, id_), entry in _entries(explanation, None if place else rule, told, place):
            entries[key, f"{place}:{id_}" if place else id_] = entry
    return LeafState(
        title=leaf.title,
        digest=digest,
        files=files,
        texts={place: each.text for place, each in written.items() if each.text},
        entries=entries,
        forms=tuple(
            sorted(explanation_digests.get(each.path, "") for each in written.values()),
        ),
        criterion={
            key: canonical(value) for key, value in criterion_values(criteria, leaf).items()
        },
        max_points=leaf.max_points,
        points=points,
        final=score.final if score else None,
    )


def _explanations(dossier: Dossier) -> Iterator[tuple[str, Explanation]]:
    if dossier.explanation is not None:
        yield "", dossier.explanation
    for supplement in dossier.supplements:
        if supplement.explanation is not None:
            yield supplement.folder.rpartition("/")[2], supplement.explanation


def _files(dossier: Dossier, untold: frozenset[str]) -> Iterator[tuple[str, str]]:
    files = {file.path: file for file in dossier.files}
    for supplement in dossier.supplements:
        files.update((file.path, file) for file in supplement.files)
    found = []
    for path, file in files.items():
        sha256 = file.pointer_oid or file.sha256 or ""
        name = path.removeprefix(f"{dossier.folder}/")
        found.append(("" if sha256 in untold else name, sha256))
    return iter(sorted(found))


# --- what was typed

_Key = tuple[str, str]


def _entries(
    explanation: Explanation, rule: Rule | None, told: frozenset[str], place: str
) -> Iterator[tuple[_Key, Entry]]:
    yield from _figures(explanation, tuple(rule.inputs(explanation)) if rule else ())
    yield from _arguments(explanation)
    for listed in explanation.documents:
        yield from _listed(listed, told, place)


def _figures(
    explanation: Explanation, asked: tuple[InputSpec, ...]
) -> Iterator[tuple[_Key, Entry]]:
    for spec in asked:
        value = _value(explanation, spec)
        if value:
            yield (spec.entry.value, spec.id), Entry(title=spec.title, value=value)
    for entry, id_, written in inputs.unasked(asked, explanation):
        title = "" if id_ == entry.value else id_
        yield (entry.value, id_), Entry(title=title, value=written.text)


def _arguments(explanation: Explanation) -> Iterator[tuple[_Key, Entry]]:
    """What is argued beside the figures."""
    proposal, waived = explanation.proposal, explanation.not_applicable
    said = {
        "de_nghi_diem": proposal.points.text if proposal else "",
        "de_nghi_ly_do": proposal.reason if proposal else "",
        "khong_ap_dung": waived.text if waived else "",
        "tra_loi": explanation.reply,
        "y_kien": explanation.opinion,
    }
    yield from (((key, ""), Entry(title="", value=text)) for key, text in said.items() if text)
    for code, reason in explanation.answers.items():
        yield ("bo_qua", code), Entry(title=code, value=reason.text)


def _value(explanation: Explanation, spec: InputSpec) -> str:
    """What was typed for an input, as it was read; as typed where it has no value."""
    found: object
    if spec.entry is Key.CHECKED:
        ticked = inputs.options(explanation, spec)
        return ", ".join(
            sorted(
                (each.written.text if each.written else "")
                if isinstance(each, InputProblem)
                else each.title
                for each in ticked
            )
        )
    if spec.entry in {Key.FIGURE, Key.POINTS}:
        found = inputs.figure(explanation, spec, _NOTHING)
    elif spec.entry is Key.DATE:
        found = inputs.day(explanation, spec)
    elif spec.options:
        found = inputs.option(explanation, spec)
    else:
        found = inputs.yes_or_no(explanation, spec)
    if isinstance(found, InputProblem | bool):
        written = inputs.written_as(explanation, spec)
        return written.text if written else ""
    if isinstance(found, Decimal):
        return show_number(found)
    title: str | None = getattr(found, "title", None)
    return title if title is not None else show_date(found)  # type: ignore[arg-type]


def _listed(
    listed: ListedDocument, told: frozenset[str], place: str
) -> Iterator[tuple[_Key, Entry]]:
    """What is said of a document; nothing of a file that nobody may name."""
    target = listed.file or listed.link or listed.see
    inside = f"{place}/{listed.file}" if place else listed.file
    if listed.file and not any(
        name == inside or name.startswith(f"{inside.rstrip('/')}/") for name in told
    ):
        return
    if listed.link:
        yield ("tai_lieu_lien_ket", target), Entry(title="", value=listed.link)
    if listed.see:
        yield ("tai_lieu_xem", target), Entry(title="", value=listed.see)
    for key, value in (
        ("cho", listed.slot),
        ("so", listed.number),
        ("ngay", show_date(listed.issued_on) if listed.issued_on else ""),
        ("co_quan", listed.issuer),
        ("trich_yeu", listed.subject),
        ("vi_tri", listed.place),
    ):
        if value:
            yield (f"tai_lieu_{key}", target), Entry(title=target, value=value)
