"""Changes and history in words, for the page of changes, leaf pages and the start page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.approval import ApprovalState
from site_builder.model.change import (
    EntryChange,
    Fate,
    FileChange,
    LeafChange,
    Piece,
    Point,
    Since,
)
from site_builder.model.evidence import LeafEvent
from site_builder.model.text import slug
from site_builder.reading.numbers import show_date
from site_builder.rendering.context import Context, Link, label, local_day
from site_builder.rendering.status import Badge

PAGE = "thay-doi"
STYLE = "sb/sb-change.css"
SCRIPT = "sb/sb-seen.js"

# Enough to tell one state of a leaf from another; the whole digest stands in records.
_DIGITS = 16
# Names of files that one line of the history can hold.
_NAMES = 5
_WHOLE = Markup(" data-sb-whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A figure before and after; "" where there was none."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """An explanation in other words: two texts, with what is former and what is new marked."""

    title: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What became of one leaf.

    Attributes:
        href: of its page; "" for one that is gone.
        anchor: of its block on the page of changes.
        points: how its points moved; None when they did not.
        up, down: so that colours and signs can tell.
        sentences: everything that is said in a line.
    """

    name: str
    href: str
    anchor: str
    badge: Badge | None
    points: Moved | None
    up: bool
    down: bool
    sentences: tuple[str, ...]
    figures: tuple[Moved, ...]
    texts: tuple[TextView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A line of a leaf's history."""

    day: date
    who: str
    deeds: tuple[str, ...]


def since(context: Context, point: Point) -> str:
    """The earlier state as people call it."""
    day = point.on or (local_day(point.at) if point.at else None)
    key = f"since_{point.kind.value}"
    if point.kind is Since.TAG and not point.name.startswith("nop/"):
        key = "since_mark"
    return context.word("changes", key, name=point.name, day=show_date(day) if day else "")


def leaf_view(context: Context, address: str, change: LeafChange) -> ChangeView:
    """What became of a leaf, in words."""
    known = context.criteria.by_id.get(change.leaf)
    gone = change.fate is Fate.GONE
    before, after = change.points_before, change.points_after
    both = before is not None and after is not None
    title = f"{change.leaf}. {change.title}" if change.title else change.leaf
    return ChangeView(
        name=label(known) if known is not None and not gone else title,
        href="" if gone else context.page_href(address, change.leaf),
        anchor=f"td-{slug(change.leaf.replace('.', '-'))}",
        badge=None
        if change.fate is Fate.CHANGED
        else Badge(
            text=context.word("changes", f"fate_{change.fate.value}"),
            tone="warn" if gone else "calm",
        ),
        points=Moved(
            title=context.word("changes", "points"),
            before=context.points(before),
            after=context.points(after),
        )
        if change.moved
        else None,
        up=both and (after or Decimal(0)) > (before or Decimal(0)),
        down=both and (after or Decimal(0)) < (before or Decimal(0)),
        sentences=tuple(_sentences(context, change)),
        figures=tuple(_figures(context, change)),
        texts=tuple(
            TextView(
                title=context.word("changes", "supplement", place=text.place)
                if text.place
                else context.word("changes", "explanation"),
                before=text.before,
                after=text.after,
            )
            for text in change.texts
        ),
    )


def _sentences(context: Context, change: LeafChange) -> Iterator[str]:
    if not change.compared:
        yield context.word("changes", "unknown")
    if change.criterion:
        words = context.words("criterion_parts")
        yield context.word(
            "changes", "criterion", parts=", ".join(words[part] for part in change.criterion)
        )
    yield from (_file(context, file) for file in change.files)
    if change.form:
        yield context.word("changes", "form")


def _file(context: Context, file: FileChange) -> str:
    if not file.name:
        return context.word("file_changes", f"{file.fate.value}_untold", count=file.count)
    return context.word("file_changes", file.fate.value, name=file.name, before=file.before)


def _figures(context: Context, change: LeafChange) -> Iterator[Moved]:
    places = context.points
    if change.fate is Fate.CHANGED:
        if change.max_before != change.max_after:
            yield Moved(
                title=context.word("changes", "max"),
                before=places(change.max_before),
                after=places(change.max_after),
            )
        if change.final_before != change.final_after:
            yield Moved(
                title=context.word("changes", "final"),
                before=places(change.final_before),
                after=places(change.final_after),
            )
    yield from (_entry(context, entry) for entry in change.entries)


def _entry(context: Context, entry: EntryChange) -> Moved:
    name = context.words("entries")[entry.key]
    listed = entry.key.startswith(("tai_lieu_", "bo_qua"))
    title = f"{name} ({entry.title})" if listed and entry.title else entry.title or name
    return Moved(title=title, before=entry.before, after=entry.after)


# --- the start page


def overview(context: Context, address: str) -> Link | None:
    """How many leaves changed since when, leading to the page; None when nobody compared."""
    changes = context.results.changes
    if changes.before is None:
        return None
    text = context.word(
        "changes",
        "overview" if changes.count else "overview_none",
        count=changes.count,
        since=since(context, changes.before),
    )
    return Link(text, context.href(address, context.addresses.page(PAGE)))


def approval(context: Context) -> Badge | None:
    """What the chair's approval still covers; None where that is nobody's business."""
    status = context.results.approval
    if context.public or (status.state is ApprovalState.NONE and not context.working):
        return None
    tones = {
        ApprovalState.CURRENT: "good",
        ApprovalState.CHANGED: "warn",
        ApprovalState.OTHER: "warn",
    }
    found = status.approval
    return Badge(
        text=context.word(
            "approval_state",
            status.state.value,
            document=found.document if found else "",
            day=show_date(found.on) if found and found.on else "",
            by=context.office(found.by) if found else "",
            count=len(status.uncovered),
        ),
        tone=tones.get(status.state, "calm"),
    )


@dataclass(frozen=True, slots=True)
class StartState:
    """Where the content stands, for the start page; either may be absent."""

    approval: Badge | None
    overview: Link | None


def start_state(context: Context, address: str) -> StartState:
    """The approval and what changed, in a line."""
    return StartState(approval(context), overview(context, address))


# --- the history of a leaf


def history(context: Context, leaf: str) -> tuple[EventView, ...]:
    """Who did what to a leaf and when, the newest first; what one office did on a day is one."""
    days: dict[tuple[date, str], list[LeafEvent]] = {}
    for event in context.results.snapshot.events.get(leaf, ()):
        office = context.office(event.change.office) or context.word("history", "nobody")
        days.setdefault((local_day(event.change.at), office), []).append(event)
    return tuple(
        EventView(day=day, who=who, deeds=tuple(_deeds(context, events)))
        for (day, who), events in days.items()
    )


def _deeds(context: Context, events: Iterable[LeafEvent]) -> Iterator[str]:
    if not context.working:
        return
    happened = list(events)
    if any(event.explained for event in happened):
        yield context.word("history", "explained")
    for key in ("added", "replaced", "renamed"):
        names = [name for event in happened for name in getattr(event, key)]
        if names:
            yield _named(context, key, names)
    removed = sum(event.removed for event in happened)
    if removed:
        yield context.word("history", "removed", count=removed)


def _named(context: Context, key: str, names: list[str]) -> str:
    """How many files, and the names of those that may be told."""
    told = tuple(dict.fromkeys(name for name in names if name))
    sentence = context.word("history", key, count=len(names))
    if not told:
        return sentence
    shown = ", ".join(told[:_NAMES])
    more = len(names) > len(told[:_NAMES])
    return f"{sentence}: {shown}{', ' + chr(0x2026) if more else ''}"


# --- what a browser remembers


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a page says what is new to its reader, and the script that knows.

    Attributes:
        key: under which a browser remembers.
        attributes: of the leaf that the page is about, or that the page lists all of them.
    """

    key: str
    attributes: Markup
    style: str
    script: str


def seen_bar(context: Context, address: str, *, leaf: str = "", whole: bool = False) -> Seen | None:
    """The line about what is new; None for the public, whose browsers remember nothing.

    Args:
        context: of the site.
        address: of the page.
        leaf: that the page is about; "" for a list.
        whole: the page lists every leaf.
    """
    if context.public:
        return None
    unit = context.unit
    return Seen(
        key=f"{slug(unit.name)}/{unit.period.id}",
        attributes=seen_attributes(context, leaf) if leaf else (_WHOLE if whole else Markup()),
        style=context.href(address, STYLE),
        script=context.href(address, SCRIPT),
    )


def seen_attributes(context: Context, leaf: str) -> Markup:
    """Attributes of an element about a leaf, for the script that marks what is new."""
    digest = context.results.digests.leaves.get(leaf, "")
    if not digest or context.public:
        return Markup()
    return Markup(' data-sb-leaf="{}" data-sb-digest="{}"').format(leaf, digest[:_DIGITS])


# --- the page of a leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafPast:
    """What a leaf's page tells of its past.

    Attributes:
        since: the state that ``changed`` is compared with.
        changed: None when nothing changed or nothing was compared.
        page: of all changes.
    """

    since: str
    changed: ChangeView | None
    history: tuple[EventView, ...]
    page: str
    seen: Seen | None


def leaf_past(context: Context, address: str, leaf: str) -> LeafPast:
    """What a leaf's page tells of its past; nothing for the public."""
    changes = context.results.changes
    change = changes.of(leaf) if changes.before else None
    return LeafPast(
        since=since(context, changes.before) if changes.before else "",
        changed=leaf_view(context, address, change) if change else None,
        history=history(context, leaf),
        page=context.href(address, context.addresses.page(PAGE)),
        seen=seen_bar(context, address, leaf=leaf),
    )


def changed_badge(context: Context, leaf: str) -> Badge | None:
    """Says beside the points that the leaf is no longer as it was."""
    if context.results.changes.of(leaf) is None:
        return None
    return Badge(text=context.word("changes", "badge"), tone="calm")
