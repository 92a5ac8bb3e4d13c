"""Random rules with the inputs they ask for, as data."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st


def hundredths(low: int, high: int) -> st.SearchStrategy[str]:
    """A figure with two decimals, as an officer types it."""
    return st.integers(low, high).map(lambda n: f"{n // 100}.{n % 100:02d}")


def counts(low: int = 0, high: int = 300) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(str)


@dataclass(frozen=True)
class Example:
    """A rule for a leaf of ``max_points`` and an explanation for it."""

    rule: dict[str, Any]
    max_points: str
    given: dict[str, Any]
    result: dict[str, Any] | None = None
    scored_by: str = "self"


MAXIMA = hundredths(1, 4000)


def share(max_points: str, percent: int) -> str:
    """Part of the maximum, cut to two decimals."""
    cut = int(Fraction(max_points) * percent)
    return f"{cut // 100}.{cut % 100:02d}"


@st.composite
def bands(draw: st.DrawFn, *, monotone: bool) -> list[dict[str, Any]]:
    """Bands that meet, from below; with ``monotone`` a higher rate never earns less."""
    ends = sorted(draw(st.sets(st.integers(1, 99), max_size=4)))
    edges = [0, *ends, 100]
    awards = draw(st.lists(st.integers(0, 100), min_size=len(edges), max_size=len(edges)))
    if monotone:
        awards.sort()
    inclusive = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    found = []
    for place, (low, high) in enumerate(pairwise(edges)):
        last = high == edges[-1]
        found.append(
            {
                "from": f"{low}%",
                "to": f"{high}%",
                "from_inclusive": str(low == 0 or inclusive[place]).lower(),
                "to_inclusive": str(last or not inclusive[place + 1]).lower(),
                "award": f"{awards[place]}%" if place or monotone else "proportional",
            }
        )
    return found


@st.composite
def ratios(draw: st.DrawFn, *, monotone: bool = False) -> Example:
    rule: dict[str, Any] = {"shape": "ratio", "done": {"title": "D"}, "due": {"title": "U"}}
    if draw(st.booleans()):
        rule["bands"] = draw(bands(monotone=monotone))
    due = draw(st.integers(1, 300))
    exceed = draw(st.booleans())
    if exceed:
        rule["may_exceed"] = "true"
    done = draw(st.integers(0, 2 * due if exceed else due))
    return Example(rule, draw(MAXIMA), {"so_lieu": {"done": str(done), "due": str(due)}})


@st.composite
def rates(draw: st.DrawFn) -> Example:
    rule = {"shape": "ratio", "value": {"title": "V"}, "bands": draw(bands(monotone=False))}
    return Example(rule, draw(MAXIMA), {"so_lieu": {"value": draw(hundredths(0, 10000))}})


@st.composite
def per_items(draw: st.DrawFn) -> Example:
    rule = {"shape": "per_item", "count": {"title": "C"}, "points_each": draw(hundredths(0, 500))}
    return Example(rule, draw(MAXIMA), {"so_lieu": {"count": draw(counts())}})


@st.composite
def deductions(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    rule = {
        "shape": "deduction",
        "count": {"title": "C"},
        "points_each": draw(hundredths(0, 500)),
        "floor": share(max_points, draw(st.integers(0, 100))),
    }
    return Example(rule, max_points, {"so_lieu": {"count": draw(counts())}})


@st.composite
def increments(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    base = draw(st.integers(0, 100))
    rule = {
        "shape": "increment",
        "value": {"title": "V"},
        "base_at": draw(hundredths(0, 10000)),
        "base_points": share(max_points, base),
        "step": draw(hundredths(1, 2000)),
        "step_points": draw(hundredths(0, 200)),
        "direction": draw(st.sampled_from(["up", "down"])),
        "interpolate": str(draw(st.booleans())).lower(),
        "below": draw(st.sampled_from(["zero", "base", share(max_points, base // 2)])),
    }
    return Example(rule, max_points, {"so_lieu": {"value": draw(hundredths(0, 20000))}})


@st.composite
def compares(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    rule = {
        "shape": "compare",
        "value": {"title": "V"},
        "reference": {"title": "R"},
        "at_least": "max",
        "below": share(max_points, draw(st.integers(0, 100))),
        "direction": draw(st.sampled_from(["up", "down"])),
    }
    figures = {"value": draw(hundredths(0, 999)), "reference": draw(hundredths(0, 999))}
    return Example(rule, max_points, {"so_lieu": figures})


@st.composite
def checklists(draw: st.DrawFn) -> Example:
    worth = draw(st.lists(st.integers(0, 300), min_size=1, max_size=6))
    items = [
        {"id": f"i{place}", "title": "I", "points": f"{points // 100}.{points % 100:02d}"}
        for place, points in enumerate(worth)
    ]
    total = sum(worth) or 1
    ticked = draw(st.sets(st.integers(0, len(worth) - 1)))
    return Example(
        {"shape": "checklist", "items": items},
        f"{total // 100}.{total % 100:02d}",
        {"da_dat": [f"i{place}" for place in ticked]},
    )


@st.composite
def levels(draw: st.DrawFn) -> Example:
    shares = draw(st.lists(st.integers(0, 100), min_size=1, max_size=5))
    listed = [
        {"id": f"l{place}", "title": "L", "points": f"{percent}%"}
        for place, percent in enumerate(shares)
    ]
    chosen = draw(st.integers(0, len(shares) - 1))
    return Example({"shape": "levels", "levels": listed}, draw(MAXIMA), {"muc": f"l{chosen}"})


@st.composite
def deadlines(draw: st.DrawFn) -> Example:
    days = sorted(draw(st.sets(st.integers(1, 60), max_size=3)))
    shares = sorted(draw(st.sets(st.integers(1, 99), min_size=3, max_size=3)), reverse=True)
    max_points = draw(hundredths(100, 4000))
    late = [
        {"days_up_to": str(day), "points": f"{percent}%"}
        for day, percent in zip(days, shares, strict=False)
    ]
    rule = {"shape": "deadline", "due_on": "2023-03-01", "late": late, "then": "0"}
    on = draw(st.dates(min_value=_DAY.replace(month=1), max_value=_DAY.replace(month=8)))
    return Example(rule, max_points, {"ngay": on.isoformat()})


@st.composite
def judged(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    points = draw(st.integers(0, 100))
    return Example({"shape": "judged"}, max_points, {"diem": share(max_points, points)})


@st.composite
def all_or_nothing(draw: st.DrawFn) -> Example:
    return Example({"shape": "all_or_nothing"}, draw(MAXIMA), {"dat": draw(_FLAGS)})


@st.composite
def surveys(draw: st.DrawFn) -> Example:
    weights = draw(st.lists(st.integers(0, 100), min_size=1, max_size=5))
    answers = [
        {"id": f"a{place}", "title": "A", "weight": f"{weight}%"}
        for place, weight in enumerate(weights)
    ]
    sheets = {f"a{place}": str(draw(st.integers(1, 500))) for place in range(len(weights))}
    rule = {"shape": "survey", "answers": answers}
    return Example(rule, draw(MAXIMA), {}, {"phieu": sheets}, "survey")


@st.composite
def external(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    decided = share(max_points, draw(st.integers(0, 100)))
    return Example(
        {"shape": "external", "source": "S"}, max_points, {}, {"diem": decided}, "external"
    )


@st.composite
def fixed(draw: st.DrawFn) -> Example:
    max_points = draw(MAXIMA)
    points = share(max_points, draw(st.integers(0, 100)))
    return Example({"shape": "fixed", "points": points}, max_points, {})


@st.composite
def formulas(draw: st.DrawFn) -> Example:
    rule = {
        "shape": "formula",
        "expression": "min(1, a / b) * max_points",
        "inputs": {"a": {"title": "A"}, "b": {"title": "B"}},
    }
    figures = {"a": draw(hundredths(0, 999)), "b": draw(hundredths(1, 999))}
    return Example(rule, draw(MAXIMA), {"so_lieu": figures})


@st.composite
def gates(draw: st.DrawFn) -> Example:
    inner = draw(st.one_of(ratios(), per_items(), checklists()))
    rule = {
        "shape": "gate",
        "require": [{"id": "co", "title": "C"}],
        "else_points": share(inner.max_points, draw(st.integers(0, 100))),
        "then": inner.rule,
    }
    return Example(rule, inner.max_points, {**inner.given, "chon": {"co": draw(_FLAGS)}})


@st.composite
def cases(draw: st.DrawFn) -> Example:
    first, second = draw(per_items()), draw(ratios())
    rule = {
        "shape": "case",
        "choose": {
            "id": "t",
            "title": "T",
            "options": [{"id": "mot", "title": "M"}, {"id": "hai", "title": "H"}],
        },
        "rules": {"mot": first.rule, "hai": second.rule},
    }
    figures = {**first.given["so_lieu"], **second.given["so_lieu"]}
    chosen = draw(st.sampled_from(["mot", "hai"]))
    given = {"so_lieu": figures, "chon": {"t": chosen}}
    return Example(rule, first.max_points, given)


_FLAGS = st.sampled_from(["x", "0"])
_DAY = date(2023, 3, 1)

BY_SHAPE: dict[str, st.SearchStrategy[Example]] = {
    "all_or_nothing": all_or_nothing(),
    "checklist": checklists(),
    "levels": levels(),
    "ratio": st.one_of(ratios(), rates()),
    "per_item": per_items(),
    "deduction": deductions(),
    "deadline": deadlines(),
    "increment": increments(),
    "compare": compares(),
    "gate": gates(),
    "case": cases(),
    "survey": surveys(),
    "external": external(),
    "judged": judged(),
    "fixed": fixed(),
    "formula": formulas(),
}
