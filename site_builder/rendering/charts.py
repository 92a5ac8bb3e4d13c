"""Plots as inline SVG: shapes only, sized in per cent, so that they fit any width undistorted.

Colours come from classes of the style sheet, so that dark mode and print need no second plot;
parts also differ by pattern, for those who print in grey. Every figure that a plot shows stands
beside it as text: the plot is never the only place of a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.reading.numbers import show_number
from site_builder.rendering.escaping import html

# Drawn from left to right: safe first, lost last.
PARTS = ("safe", "risk", "open", "pending", "lost")
# Beyond this per cent the words of a mark stand on its left, inside the page.
_CROWDED = Decimal(85)
# The narrowest plot of a wide screen, and a letter of the words below it, in pixels.
_WIDE = 800
_PER_LETTER = 6
_PATTERNED = frozenset({"risk", "open", "computed"})

# Patterns that the bars of a page share; a page with bars prints it once, before the first.
PATTERNS = Markup(
    '<div class="sb-defs" aria-hidden="true"><svg width="0" height="0" focusable="false"><defs>'
    '<pattern id="sb-pattern-risk" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="sb-part-risk" width="6" height="6"/>'
    '<rect class="sb-part-stripe" width="2.5" height="6"/></pattern>'
    '<pattern id="sb-pattern-open" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="sb-part-open" width="5" height="5"/>'
    '<circle class="sb-part-dot" cx="2.5" cy="2.5" r="1"/></pattern>'
    '<pattern id="sb-pattern-computed" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect class="sb-part-computed" width="4" height="4"/>'
    '<rect class="sb-part-thread" width="1.5" height="4"/></pattern></defs></svg></div>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How the points of a node are placed; the parts add up to ``total``.

    Attributes:
        safe: claimed or decided, and proved.
        risk: claimed, but required documents are absent.
        open: self-scored and without a score yet.
        pending: for a higher body to decide.
        lost: not reached.
    """

    total: Decimal
    safe: Decimal = Decimal(0)
    risk: Decimal = Decimal(0)
    open: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)

    def plus(self, other: "Shares") -> "Shares":
        """Both together."""
        return Shares(
            total=self.total + other.total,
            safe=self.safe + other.safe,
            risk=self.risk + other.risk,
            open=self.open + other.open,
            pending=self.pending + other.pending,
            lost=self.lost + other.lost,
        )

    def parts(self) -> Iterable[tuple[str, Decimal]]:
        """The parts that are not empty, as drawn."""
        return ((part, value) for part in PARTS if (value := getattr(self, part)) > 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A bound on the scale.

    Attributes:
        at: per cent of the whole.
    """

    at: Decimal
    text: str


def bar(shares: Shares, id_: str, title: str, description: str) -> Markup:
    """One horizontal bar.

    Args:
        shares: what it shows.
        id_: ASCII, unique on the page.
        title: its accessible name.
        description: its figures in words.
    """
    return _plot(_parts(shares, "0", "100%"), id_, title, description)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Points of the same criterion as somebody else sees them.

    Attributes:
        key: ``computed`` by the rule, or ``appraised``.
    """

    key: str
    points: Decimal


def opinions(
    shares: Shares, others: Iterable[Opinion], id_: str, title: str, description: str
) -> Markup:
    """A bar, and a thin line of the same scale below it for each other opinion.

    Args:
        shares: what the commune says.
        others: what it is compared with, from top to bottom.
        id_: ASCII, unique on the page.
        title: its accessible name.
        description: its figures in words.
    """
    drawn = tuple(others)
    if not drawn:
        return bar(shares, id_, title, description)
    shapes = list(_parts(shares, "0", f"{_THICK}%"))
    step = (100 - _THICK) / len(drawn)
    total = max(shares.total, *(each.points for each in drawn)) or Decimal(1)
    for place, each in enumerate(drawn):
        top = f"{_THICK + step * place + step * _APART:.4g}%"
        height = f"{step * (1 - _APART):.4g}%"
        width = _percent(each.points, total)
        shapes.append(_shape(each.key, "0", top, width, height))
        shapes.append(
            f'<rect class="sb-bar-edge" x="0" y="{top}" width="{width}" height="{height}"/>'
        )
    return _plot(
        shapes, id_, title, description, style=f"sb-bar--{len(drawn) + 1}", edge=f"{_THICK}%"
    )


# The bar's share of the height in per cent, and what stays white above a line.
_THICK = 48
_APART = 0.3


def _parts(shares: Shares, top: str, height: str) -> Iterable[str]:
    left = Decimal(0)
    total = shares.total or Decimal(1)
    for part, value in shares.parts():
        yield _shape(part, _percent(left, total), top, _percent(value, total), height)
        left += value


def _shape(part: str, left: str, top: str, width: str, height: str) -> str:
    filled = f' fill="url(#sb-pattern-{part})"' if part in _PATTERNED else ""
    style = "" if filled else f' class="sb-part-{part}"'
    return f'<rect{style}{filled} x="{left}" y="{top}" width="{width}" height="{height}"/>'


def _plot(  # noqa: PLR0913 - each says one thing
    shapes: Iterable[str],
    id_: str,
    title: str,
    description: str,
    *,
    style: str = "",
    edge: str = "100%",
) -> Markup:
    classes = f"sb-bar {style}".rstrip()
    return Markup(  # noqa: S704 - the words are escaped, the rest is made here
        f'<div class="{classes}"><svg role="img" aria-labelledby="{id_}-t {id_}-d"'
        f' focusable="false">'
        f'<title id="{id_}-t">{html(title)}</title><desc id="{id_}-d">{html(description)}</desc>'
        f'{"".join(shapes)}<rect class="sb-bar-edge" x="0" y="0" width="100%" height="{edge}"/>'
        "</svg></div>"
    )


def scale(plot: Markup, marks: Iterable[Mark], since: str) -> Markup:
    """A bar with marks below it; words stay HTML, so that a narrow screen does not shrink them.

    On a wide screen each mark's words stand at its place, if they have room there; otherwise the
    marks are short lines and their words a list, with the word ``since`` before the per cent.
    """
    drawn = tuple(marks)
    lines = " ".join(
        f'<span class="sb-mark{_side(mark)}" style="--sb-at:{_percent(mark.at, Decimal(100))}">'
        f'<span class="sb-mark-text">{html(mark.text)}</span> <span class="sb-mark-at">'
        f'<span class="sb-mark-since">{html(since)} </span>{show_number(mark.at)}%</span></span>'
        for mark in drawn
    )
    apart = " sb-marks--apart" if _are_apart(drawn) else ""
    # Markup is safe: the words are escaped, the rest is made here.
    return Markup(  # noqa: S704
        f'<div class="sb-scale">{plot}<div class="sb-marks{apart}">{lines}</div></div>'
    )


def _are_apart(marks: Iterable[Mark]) -> bool:
    """The words of no mark would reach into those of another on a wide screen."""
    end = 0
    for left, right in sorted(map(_span, marks)):
        if left < end:
            return False
        end = right
    return True


def _span(mark: Mark) -> tuple[int, int]:
    """From where to where the words of a mark go, in pixels of a wide screen, at a guess."""
    at = int(mark.at * _WIDE / 100)
    words = _PER_LETTER * max(len(mark.text), len(show_number(mark.at)) + 1) + _PER_LETTER
    return (at - words, at) if _side(mark) else (at, at + words)


def _side(mark: Mark) -> str:
    return " sb-mark--left" if mark.at > _CROWDED else ""


def _percent(value: Decimal, total: Decimal) -> str:
    share = value * 100 / total
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"
