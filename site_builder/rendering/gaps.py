"""What keeps points from being safe, in words: what is missing, and how many points hang on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.progress import Gap, Stake
from site_builder.model.progress import gaps as find_gaps
from site_builder.model.score import Awarded, Step
from site_builder.rendering.context import Context

# A reason is a hint where to look; the leaf's page has the whole calculation.
_LONG = 150
_UNDONE = "item_not"
_SUMS = frozenset({"sum", "sum_short", "rounded", "item"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """Points that are not safe.

    Attributes:
        tone: how urgent: ``bad``, ``warn`` or ``calm``.
        points: at stake.
        said: "may lose 1,50 points because ... is missing".
    """

    id: str
    title: str
    href: str
    tone: str
    points: str
    said: str


_TONES = {Stake.UNPROVED: "warn", Stake.UNSCORED: "bad", Stake.LOST: "calm"}


def gaps(context: Context) -> tuple[Gap, ...]:
    """All of them, the most points first; the public is not told what is missing."""
    if context.public:
        return ()
    return find_gaps(context.results.snapshot, context.sheet, context.criteria)


def gap_row(context: Context, address: str, gap: Gap) -> GapRow:
    """A gap for the page at ``address``."""
    return GapRow(
        id=gap.criterion.id,
        title=gap.criterion.title,
        href=context.page_href(address, gap.criterion.id),
        tone=_TONES[gap.stake],
        points=context.points(gap.points),
        said=said(context, gap),
    )


def said(context: Context, gap: Gap) -> str:
    """How many points, and why."""
    because = why(context, gap)
    key = gap.stake.value if because else f"{gap.stake.value}_bare"
    return context.word("gaps", key, points=context.points(gap.points), why=because)


def why(context: Context, gap: Gap) -> str:
    """What is missing, or what the rule made of it; "" where nobody can say."""
    if gap.stake is Stake.UNPROVED:
        return context.word("gaps", "and").join(_thing(slot.title) for slot in gap.missing)
    leaf = context.leaf(gap.criterion.id)
    if leaf is None:
        return ""
    if gap.stake is Stake.UNSCORED:
        return short(context.texts.reason(leaf.by_rule).rstrip("."))
    if not isinstance(leaf.by_rule, Awarded) or leaf.proposed is not None:
        return ""
    told = context.texts.steps(tuple(_telling(leaf.by_rule.because)))
    return short("; ".join(told))


def _telling(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps that tell why there are not more points."""
    undone = [step for step in steps if step.key == _UNDONE]
    yield from undone or (step for step in steps if step.key not in _SUMS)


def _thing(title: str) -> str:
    """The name of a document inside a sentence: its capital goes, an abbreviation's stays."""
    second = title[1:2]
    return title[:1].lower() + title[1:] if second.islower() else title


def short(text: str, most: int = _LONG) -> str:
    """The beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text.rfind(" ", 0, most)
    return text[: cut if cut > 0 else most].rstrip(" ,;:.") + "\u2026"
