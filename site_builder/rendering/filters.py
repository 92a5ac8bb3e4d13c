"""Fields above a table that narrow it down; without scripts the table says everything itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from site_builder.rendering.escaping import html

# Under docs/; loaded by the pages with such tables.
SCRIPT = "sb/sb-table.js"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; ``value`` is what rows carry."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A list to choose from.

    Attributes:
        name: of the field, and of its value in the address of the page.
        on: attribute of the rows (``data-...``) that must hold the value.
        title: its label.
        choices: without the one that chooses everything.
        least: a row is shown when its figure is at least the value.
    """

    name: str
    on: str
    title: str
    choices: tuple[Choice, ...]
    least: bool = False


def data(values: Mapping[str, str]) -> Markup:
    """Attributes of a row; empty ones are left out."""
    # A row of thousands: one plain string is much cheaper than many marked ones.
    parts = (f' data-{key}="{html(value)}"' for key, value in values.items() if value)
    return Markup("".join(parts))  # noqa: S704 - the values are escaped, the keys are ours


def shown(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """Those that leave a choice."""
    return tuple(each for each in filters if len(each.choices) > 1)
