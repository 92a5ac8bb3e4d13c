"""A figure that several leaves use has one value."""

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks.leaves import Leaf
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Written
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.rule import Entry
from site_builder.model.text import fold_key
from site_builder.reading.inputs import figure, written_as

CHECK = Check("EXP018", "figure-differs-between-leaves", Severity.ERROR)

# Names that a rule gets when the set does not name its figures: two leaves never share those.
_DEFAULTS = frozenset({"done", "due", "count", "value", "reference"})


def run(facts: Facts) -> Iterator[Finding]:
    """At each leaf that differs from the first one in the printed order, naming both."""
    first: dict[str, tuple[Leaf, Decimal, Written]] = {}
    for leaf in facts.leaves.values():
        if not leaf.applies or leaf.explanation is None:
            continue
        for spec in leaf.specs:
            if spec.entry is not Entry.FIGURE or spec.id in _DEFAULTS:
                continue
            written = written_as(leaf.explanation, spec)
            value = figure(leaf.explanation, spec) if written else None
            if written is None or not isinstance(value, Decimal):
                continue
            other, other_value, other_written = first.setdefault(
                fold_key(spec.id), (leaf, value, written)
            )
            if value != other_value:
                yield CHECK.at(
                    leaf.path,
                    line=written.line,
                    criterion=leaf.criterion.id,
                    subject=f"{spec.id}.{other.criterion.id}",
                    input=spec.id,
                    title=spec.title,
                    value=value,
                    other_value=other_value,
                    other=other.criterion.id,
                    other_path=other.path,
                    other_line=other_written.line,
                )
