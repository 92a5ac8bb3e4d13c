"""What changed since an earlier state of the content, leaf by leaf."""

from site_builder.model.change import Changes, Since, Totals
from site_builder.model.site import Page
from site_builder.rendering.changes import PAGE, STYLE, Moved, leaf_view, since
from site_builder.rendering.context import Context, Frame

TEMPLATE = "changes.md.jinja"
NAME = PAGE


def page(context: Context) -> Page:
    """The page of changes; where nothing was compared it says why, and how to compare."""
    address = context.addresses.page(NAME)
    changes = context.results.changes
    point = changes.before
    views = tuple(leaf_view(context, address, change) for change in changes.leaves.values())
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "changes"),
            heading=context.word("changes", "heading", unit=context.unit.name),
            wide=True,
        ),
        since=since(context, point) if point else "",
        why_not=context.word("not_compared", changes.why_not.value),
        year=point is not None and point.kind is Since.YEAR,
        changes=changes,
        style=context.href(address, STYLE),
        views=views,
        moved=tuple(view for view in views if view.points),
        totals=tuple(_totals(context, changes)) if point else (),
    )


def _totals(context: Context, changes: Changes) -> tuple[Moved, ...]:
    """Sums that are other than before."""
    before, after = changes.before_totals, changes.after_totals
    if before is None or after is None:
        return ()
    rows = (
        ("max", context.points(before.max_points), context.points(after.max_points)),
        ("claimed", context.points(before.claimed), context.points(after.claimed)),
        ("decided", context.points(before.decided), context.points(after.decided)),
        ("percent", _percent(context, before), _percent(context, after)),
        ("class", before.class_title, after.class_title),
    )
    return tuple(
        Moved(title=context.word("changes", f"total_{key}"), before=old, after=new)
        for key, old, new in rows
        if old != new
    )


def _percent(context: Context, totals: Totals) -> str:
    shown = context.points(totals.percent)
    return shown if totals.percent is None else f"{shown}%"
