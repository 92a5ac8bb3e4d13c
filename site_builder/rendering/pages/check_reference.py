"""The reference of checks: what each code means and what to do (working edition)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.site import Page
from site_builder.rendering.context import Context, Frame

TEMPLATE = "check_reference.md.jinja"
NAME = "danh-muc-kiem-tra"

_PLACE = re.compile(r"\{([a-z_]*)[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One check."""

    code: str
    anchor: str
    tone: str
    severity: str
    title: str
    why: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Checks about one thing; they share the letters of their codes."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def page(context: Context) -> Page:
    """The page of all checks."""
    return context.print(
        TEMPLATE,
        Frame(
            address=context.addresses.page(NAME),
            title=context.word("nav", "checks"),
            heading=context.word("checks", "heading"),
        ),
        families=tuple(_families(context)),
    )


def _families(context: Context) -> Iterator[Family]:
    found: dict[str, list[Entry]] = {}
    for check in sorted(context.checks, key=lambda each: each.code):
        found.setdefault(check.code[:3], []).append(
            Entry(
                code=check.code,
                anchor=check.code.lower(),
                tone=check.severity.word,
                severity=context.word("severity", check.severity.word),
                title=context.texts.title(check.code),
                why=context.texts.why(check.code),
                hints=_hints(context, check.code),
            )
        )
    titles = context.words("families")
    order = {letters: place for place, letters in enumerate(titles)}
    for letters, entries in sorted(found.items(), key=lambda each: order.get(each[0], len(order))):
        yield Family(
            anchor=f"nhom-{letters.lower()}",
            title=titles.get(letters, letters),
            entries=tuple(entries),
        )


def _hints(context: Context, code: str) -> tuple[str, ...]:
    """What to do, with its variants; what differs from case to case is named and not filled."""
    texts = context.texts.table("checks", code)
    hints = (text for key, text in texts.items() if key == "hint" or key.startswith("hint_"))
    return tuple(
        dict.fromkeys(_PLACE.sub(lambda found: _named(context, found[1]), hint) for hint in hints)
    )


def _named(context: Context, name: str) -> str:
    known = context.words("places")
    return known.get(name) or known["other"]
