"""The scoring summary, in the columns of the printed form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from site_builder.model.criteria import Criterion
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.progress import evidence_state, score_state
from site_builder.model.site import DOWNLOADS, SUMMARY_CSV, SUMMARY_XLSX, Page
from site_builder.model.summary import Figures, is_appraised, lines, of_node
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.changes import seen_attributes, seen_bar
from site_builder.rendering.context import Context, Frame, Link
from site_builder.rendering.evidence import file_href, web_link
from site_builder.rendering.filters import SCRIPT, Choice, Filter, data, shown
from site_builder.rendering.status import Badge, evidence_badge, score_badge

TEMPLATE = "summary.md.jinja"
NAME = "tong-hop"

# Long explanations stand on the leaf's own page.
_EXCERPT = 160
# From so many points lost; fields of a set are scored in quarters of a point.
_LOSSES = ("0.01", "0.25", "0.5", "1", "2")
_STATES = ("full", "part", "zero", "unscored", "waiting", "decided", "not_applicable")
_PROOFS = ("missing", "explained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Attributes:
        level: 0 for a field.
        points, computed, appraised: by the commune or a higher body, by the rule, by assessors.
        note: who scores it, for leaves that the commune does not score.
        data: what the table is narrowed down by.
    """

    id: str
    title: str
    href: str
    level: int
    is_leaf: bool
    max_points: str
    points: str
    computed: str
    appraised: str
    difference: str
    lost: str
    note: str
    data: Markup
    documents: tuple[Link, ...]
    explanation: str
    more: bool
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns that not every summary needs."""

    appraised: bool
    difference: bool


def page(context: Context) -> Page:
    """The table of all criteria."""
    address = context.addresses.page(NAME)
    total = context.sheet.total
    found = tuple(lines(context.results, context.criteria))
    appraised = is_appraised(context.results)
    node = None if context.sheet.set_changed else total
    whole = of_node(node, total.max_points, appraised=appraised)
    folder = f"{address.rpartition('/')[0]}/{DOWNLOADS}"
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "summary"),
            heading=context.word("summary", "heading", year=str(context.unit.period.year)),
            wide=True,
        ),
        caption=context.word("summary", "caption", unit=context.unit.name),
        columns=Columns(
            appraised=appraised,
            difference=appraised or any(figures.difference for _, figures in found),
        ),
        rows=tuple(_row(context, address, criterion, figures) for criterion, figures in found),
        total=_figures(context, whole),
        places=context.criteria.places,
        filters=shown(_filters(context)),
        orders=tuple(_orders(context)),
        leaves=len(context.leaves),
        script=context.href(address, SCRIPT),
        downloads=tuple(
            Link(context.word("summary", word), context.href(address, f"{folder}/{name}"), name)
            for word, name in (("xlsx", SUMMARY_XLSX), ("csv", SUMMARY_CSV))
        ),
        seen=seen_bar(context, address, whole=True),
        seen_of=partial(seen_attributes, context),
    )


def _figures(context: Context, figures: Figures) -> dict[str, str]:
    return {
        "max_points": context.points(figures.max_points),
        "points": context.points(figures.points),
        "computed": context.points(figures.computed),
        "appraised": context.points(figures.appraised),
        "difference": _signed(context, figures.difference),
        "lost": context.points(figures.lost) if figures.lost else "",
    }


def _signed(context: Context, value: Decimal | None) -> str:
    """A difference with its sign; "" for none at all."""
    if not value:
        return ""
    return ("+" if value > 0 else "\u2212") + context.points(abs(value))


def _filters(context: Context) -> Iterator[Filter]:
    """What the table can be narrowed down by."""
    fields = context.own(context.criteria.fields)
    yield Filter(
        "lv",
        "f",
        context.word("filters", "field"),
        tuple(Choice(str(n), f"{field.id}. {field.title}") for n, field in enumerate(fields, 1)),
    )
    if context.working:
        offices = {context.dossier(leaf.id).responsible for leaf in context.leaves}
        yield Filter(
            "bp",
            "o",
            context.word("filters", "office"),
            tuple(
                Choice(str(n), office.title)
                for n, office in enumerate(context.unit.offices.values(), 1)
                if office.key in offices
            ),
        )
    states = {state for leaf in context.leaves for state in _states(context, leaf)}
    yield Filter(
        "tt",
        "s",
        context.word("filters", "state"),
        (
            *(
                Choice(each, context.word("score_state", each))
                for each in _STATES
                if each in states
            ),
            *(
                Choice(each, context.word("evidence_state", each))
                for each in _PROOFS
                if each in states
            ),
        ),
    )
    shapes = {_shape(context, leaf) for leaf in context.leaves}
    yield Filter(
        "cc",
        "r",
        context.word("filters", "shape"),
        tuple(Choice(key, text) for key, text in context.words("shapes").items() if key in shapes),
    )
    yield Filter(
        "mat",
        "l",
        context.word("filters", "lost"),
        tuple(
            Choice(
                least,
                context.word(
                    "filters",
                    "lost_any" if place == 0 else "lost_from",
                    points=show_number(Decimal(least)),
                ),
            )
            for place, least in enumerate(_LOSSES)
        ),
        least=True,
    )


def _orders(context: Context) -> Iterator[Choice]:
    """Orders of rows; the others are chosen at the heads of columns."""
    yield Choice("", context.word("orders", "printed"))
    yield Choice("-mat", context.word("orders", "lost"))
    yield Choice("-max", context.word("orders", "max"))
    if context.working:
        yield Choice("bp", context.word("orders", "office"))
    yield Choice("tt", context.word("orders", "state"))
    yield Choice("cc", context.word("orders", "shape"))


def _states(context: Context, leaf: Criterion) -> Iterable[str]:
    score = context.leaf(leaf.id)
    proof = "" if context.public else evidence_state(leaf, context.dossier(leaf.id), score)
    return (score_state(leaf, score), *((proof,) if proof in _PROOFS else ()))


def _shape(context: Context, leaf: Criterion) -> str:
    rule = context.results.rules.get(leaf.id)
    return rule.shape if rule is not None else ""


def _data(context: Context, criterion: Criterion, figures: Figures) -> Markup:
    values = {"d": str(criterion.depth)}
    if criterion.is_leaf:
        office = context.dossier(criterion.id).responsible
        offices = list(context.unit.offices) if context.working else []
        values["o"] = str(offices.index(office) + 1) if office in offices else ""
        values["s"] = " ".join(_states(context, criterion))
        values["r"] = _shape(context, criterion)
    values["l"] = f"{figures.lost.normalize():f}" if figures.lost else ""
    return data(values)


def _row(context: Context, address: str, criterion: Criterion, figures: Figures) -> Row:
    dossier = context.dossier(criterion.id)
    text = dossier.explanation.text if dossier.explanation else ""
    excerpt = _excerpt(text)
    scored_by = criterion.scored_by.value
    badges: tuple[Badge, ...] = ()
    if criterion.is_leaf:
        score = score_badge(context, criterion)
        proof = evidence_badge(context, criterion)
        loud = tuple(each for each in (score, proof) if each and each.tone in {"bad", "warn"})
        badges = loud
    return Row(
        id=criterion.id,
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        level=criterion.depth,
        is_leaf=criterion.is_leaf,
        **_figures(context, figures),
        data=_data(context, criterion, figures),
        note=""
        if scored_by == "self" or not criterion.is_leaf
        else context.word("scored_by", scored_by),
        documents=tuple(
            link
            for document in dossier.documents
            if criterion.is_leaf and (link := _document(context, address, criterion, document))
        ),
        explanation=excerpt,
        more=excerpt != text,
        badges=badges,
    )


def _document(
    context: Context, address: str, criterion: Criterion, document: Document
) -> Link | None:
    """A document as the form names it: number and date, else its subject, else its name."""
    listing = document.listing
    if document.number:
        date = show_date(document.issued_on) if document.issued_on else ""
        text = ", ".join(filter(None, (document.number, date)))
    elif listing is not None and listing.subject:
        text = listing.subject
    else:
        text = document.title
    if document.kind is DocumentKind.LINK:
        return Link(text, web_link(listing.link if listing and listing.link else document.path))
    if len(document.files) == 1:
        return Link(
            text, file_href(context, address, document.files[0], listing.place if listing else "")
        )
    page_of = context.page_href(address, criterion.id)
    return Link(text, f"{page_of}#tai-lieu" if page_of else "")


def _excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= _EXCERPT:
        return text
    cut = text.rfind(" ", 0, _EXCERPT)
    return text[: cut if cut > 0 else _EXCERPT].rstrip(" ,;:.") + "\u2026"
