"""Everything the rule asks for was typed; what is absent is named with the line to type."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.rule import Entry, InputSpec
from site_builder.reading.inputs import lookup

CHECK = Check("EXP010", "inputs-absent", Severity.ERROR, Kind.INCOMPLETE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per input; an untouched template is EXP011 and an absent folder a TRE one."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.problems or not dossier.exists or leaf.is_template:
        return
    for problem in leaf.absent:
        spec = problem.spec
        entry = spec.entry.value
        yield CHECK.at(
            leaf.path,
            line=_line(leaf.explanation, entry, spec.id),
            criterion=dossier.criterion,
            subject=f"{entry}.{spec.id}",
            variant=_variant(leaf.explanation, spec),
            input=spec.id,
            title=spec.title or leaf.criterion.title,
            options="; ".join(f"{option.id} ({option.title})" for option in spec.options),
            first=spec.options[0].id if spec.options else "",
        )


def _variant(explanation: Explanation | None, spec: InputSpec) -> str:
    entry = spec.entry
    if entry is Entry.CHOICE and not spec.options:
        # A condition of a gate is a choice between yes and no.
        return "condition"
    if entry is Entry.FIGURE and explanation is not None:
        return "empty" if lookup(explanation.lines, f"{entry.value}.{spec.id}") else entry.value
    return entry.value


def _line(explanation: Explanation | None, entry: str, id_: str) -> int | None:
    """The line of the key with nothing behind it, else of the key above it, else the first.

    An explanation that is not there has none.
    """
    if explanation is None:
        return None
    lines = explanation.lines
    return lookup(lines, f"{entry}.{id_}") or lookup(lines, entry) or 1
