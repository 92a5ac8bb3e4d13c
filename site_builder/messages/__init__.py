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
from site_builder.reading.numbers import show_date, show_number

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

    def _of(self, finding: Finding, key: str) -> str:
        texts = self.parts["checks"][finding.check.code]
        variant = finding.params.get("variant")
        template: str = texts.get(f"{key}_{variant}", texts[key]) if variant else texts[key]
        params = {
            "path": finding.location.path,
            "line": finding.location.line or 1,
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


def read_catalogue(*parts: str) -> Catalogue:
    """Read the named parts (all by default) from the package."""
    folder = files(__package__) / "vi"
    return Catalogue(
        {
            part: tomllib.loads((folder / f"{part}.toml").read_text("utf-8"))
            for part in parts or PARTS
        }
    )
