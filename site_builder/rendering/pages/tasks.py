"""Findings by office, to be read out, copied and sent (working edition)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.model.finding import Finding
from site_builder.model.site import Page
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.pages.progress import findings_by_office, office_anchor, office_title
from site_builder.rendering.remarks import Remark, remark

TEMPLATE = "tasks.md.jinja"
NAME = "viec-can-lam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one criterion, or general ones."""

    about: Link | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything one office has to see to."""

    title: str
    anchor: str
    count: int
    groups: tuple[Group, ...]


def page(context: Context) -> Page:
    """The page of findings."""
    address = context.addresses.page(NAME)
    offices = tuple(
        Office(
            title=office_title(context, office) if office else context.word("tasks", "general"),
            anchor=office_anchor(context, office),
            count=len(findings),
            groups=tuple(_groups(context, address, findings)),
        )
        for office, findings in findings_by_office(context).items()
    )
    answered = tuple(
        remark(context, address, finding)
        for finding in context.results.findings
        if finding.suppressed is not None
    )
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "tasks"),
            heading=context.word("tasks", "heading", unit=context.unit.name),
        ),
        offices=offices,
        answered=answered,
    )


def _groups(context: Context, address: str, findings: Iterable[Finding]) -> Iterator[Group]:
    """By criterion in the printed order, general ones first; inside, worst first as sorted."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.criterion or "", []).append(finding)
    order = context.criteria.order
    for id_ in sorted(found, key=lambda each: order.get(each, -1)):
        criterion = context.criteria.by_id.get(id_)
        yield Group(
            about=Link(label(criterion), context.page_href(address, id_)) if criterion else None,
            remarks=tuple(remark(context, address, finding) for finding in found[id_]),
        )
