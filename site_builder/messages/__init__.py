"""Every Vietnamese sentence that a machine assembles; the only reader of the catalogue.

One file per audience under ``vi/``. A text may have variants: ``hint_near`` is used instead of
``hint`` when the parameter ``variant`` is ``near``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

from site_builder.model.finding import Finding
from site_builder.model.score import Awarded, Score, Step, Unscored
from site_builder.reading.numbers import round_half_up, show_date, show_number

PARTS = ("checks", "fields", "scoring", "pages", "cli")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts by part (``checks``, ``scoring`` ...), then by table and key."""

    parts: Mapping[str, Mapping[str, Any]]

    def text(self, part: str, table: str, key: str, /, **params: object) -> str:
        """One text with its parameters filled in the Vietnamese way.

        Raises:
            KeyError: the catalogue has no such text; that is our fault and never the content's.
        """
        return fill(self.parts[part][table][key], params)

    def table(self, part: str, table: str) -> Mapping[str, Any]:
        """A whole table, for templates that name its keys."""
        found: Mapping[str, Any] = self.parts[part][table]
        return found

    def title(self, code: str) -> str:
        """What kind of problem a code stands for."""
        found: str = self.parts["checks"][code]["title"]
        return found

    def why(self, code: str) -> str:
        """Why the problem matters."""
        found: str = self.parts["checks"][code]["why"]
        return found

    def message(self, finding: Finding) -> str:
        """What is wrong, in a sentence."""
        return self._of(finding, "message")

    def hint(self, finding: Finding) -> str:
        """What to do about it."""
        return self._of(finding, "hint")

    def steps(self, score: Score | tuple[Step, ...]) -> tuple[str, ...]:
        """The calculation behind awarded points, a sentence a step; () while there are none."""
        if isinstance(score, Unscored):
            return ()
        because = score.because if isinstance(score, Awarded) else score
        return tuple(self._sentence("steps", step.key, step.params) for step in because)

    def reason(self, score: Score) -> str:
        """Why a leaf has no points, and what would give it some; "" when it has them."""
        if isinstance(score, Awarded):
            return ""
        return self._sentence("reasons", score.reason, score.params)

    def _sentence(self, table: str, key: str, params: Mapping[str, object]) -> str:
        template: str = self.parts["scoring"][table][key]
        return template.format_map({name: _Part(value, self) for name, value in params.items()})

    def _of(self, finding: Finding, key: str) -> str:
        texts = self.parts["checks"][finding.check.code]
        variant = finding.params.get("variant")
        template: str = texts.get(f"{key}_{variant}", texts[key]) if variant else texts[key]
        path = finding.location.path
        above, _, here = path.rpartition("/")
        params = {
            "path": path,
            # Whoever reads a sentence has the path beside it, and it may be three lines long.
            "here": here,
            "home": above.rpartition("/")[2],
            # A place and no count: 1024, not 1 024.
            "line": str(finding.location.line or 1),
            "criterion": finding.criterion or "",
            **finding.params,
        }
        return fill(template, params)


def fill(template: str, params: Mapping[str, object]) -> str:
    """The template with each ``{name}`` replaced by its value as people read it."""
    return template.format_map({name: show(value) for name, value in params.items()})


def show(value: object) -> str:
    """A value for people: decimal comma, dd/mm/yyyy, lists with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | Fraction | int):
        return show_number(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, tuple | list | frozenset | set):
        return ", ".join(show(item) for item in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class _Part:
    """A value inside a sentence about scores; the format after the colon says how it is shown."""

    value: object
    catalogue: Catalogue

    def __format__(self, how: str) -> str:
        value = self.value
        if isinstance(value, tuple):
            between = {"plus": " + ", "words": " "}.get(how, ", ")
            return between.join(format(_Part(item, self.catalogue)) for item in value)
        if isinstance(value, Step):
            (sentence,) = self.catalogue.steps((value,))
            return sentence
        if how == "percent" and isinstance(value, Fraction):
            return show_percent(value)
        if how == "points" and isinstance(value, Decimal | Fraction):
            return show_points(value)
        return show(value)


def show_percent(rate: Fraction) -> str:
    """A rate in per cent with two decimals, more only when two would hide what it is not.

    99.998 % is not shown as 100 %: whether a rate reaches a whole per cent decides points.
    """
    percent = rate * 100
    places = _PERCENT_PLACES
    rounded = round_half_up(percent, places)
    while places < _MOST_PLACES and rounded == int(rounded) and rounded != percent:
        places += 1
        rounded = round_half_up(percent, places)
    return f"{show_number(rounded)}%"


def show_points(points: Decimal | Fraction) -> str:
    """Points: a decimal with the places it has, a fraction cut at four with an ellipsis."""
    if isinstance(points, Decimal):
        exponent = points.as_tuple().exponent
        return show_number(points, max(0, -exponent) if isinstance(exponent, int) else None)
    cut = Fraction(int(points * 10**_POINTS_PLACES), 10**_POINTS_PLACES)
    return show_number(cut) if cut == points else f"{show_number(cut, _POINTS_PLACES)}\u2026"


_PERCENT_PLACES = 2
_MOST_PLACES = 8
_POINTS_PLACES = 4


def read_catalogue(*parts: str) -> Catalogue:
    """Read the named parts (all by default) from the package."""
    folder = files(__package__) / "vi"
    return Catalogue(
        {
            part: tomllib.loads((folder / f"{part}.toml").read_text("utf-8"))
            for part in parts or PARTS
        }
    )
