"""About the set of criteria: where it comes from, and which bytes were used."""

from dataclasses import dataclass

from site_builder.model.criteria import NotApplicable, ScoredBy
from site_builder.model.site import Page
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.context import Context, Frame

TEMPLATE = "criteria_set.md.jinja"
NAME = "bo-tieu-chi"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRow:
    """A document on which the set rests."""

    number: str
    date: str
    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """A fault of the printed annex, accepted as printed."""

    about: str
    href: str
    title: str
    reason: str


def page(context: Context) -> Page:
    """The page about the set."""
    address = context.addresses.page(NAME)
    criteria = context.criteria
    counts = dict.fromkeys(ScoredBy, 0)
    for leaf in criteria.leaves:
        counts[leaf.scored_by] += 1
    classes = sorted(criteria.classes, key=lambda each: each.from_percent, reverse=True)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "set"),
            heading=context.word("set", "heading"),
        ),
        criteria=criteria,
        leaves=len(criteria.leaves),
        counts=tuple(
            (context.word("scored_by", kind.value), count)
            for kind, count in counts.items()
            if count
        ),
        total=context.points(criteria.total_points),
        places=criteria.places,
        rescale=criteria.not_applicable is NotApplicable.RESCALE,
        classes=tuple((each.title, f"{show_number(each.from_percent)}%") for each in classes),
        basis=tuple(
            BasisRow(
                number=each.document_number,
                date=show_date(each.issued_on) if each.issued_on else "",
                issuer=each.issuer,
                subject=each.subject,
            )
            for each in criteria.basis
        ),
        slips=tuple(
            SlipRow(
                about=slip.criterion or "",
                href=context.page_href(address, slip.criterion) if slip.criterion else "",
                title=context.texts.parts["checks"].get(slip.code, {}).get("title", slip.code),
                reason=slip.reason,
            )
            for slip in criteria.known_slips
        ),
    )
