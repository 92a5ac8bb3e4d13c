"""What was typed is something that the rule asks for."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.rule import Entry, InputSpec
from site_builder.reading.inputs import unasked

UNKNOWN = Check("EXP016", "unknown-input", Severity.WARNING)
OTHER_SHAPE = Check("EXP017", "input-of-another-shape", Severity.WARNING)
CHECKS = (UNKNOWN, OTHER_SHAPE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per key; a key that the rule has no use for at all is named once."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.applies or dossier.explanation is None:
        return
    if facts.rules.get(dossier.criterion) is None:
        return
    if _all_asked(leaf.specs, dossier.explanation):
        return
    entries = {spec.entry for spec in leaf.specs}
    told: set[Entry] = set()
    for entry, key, written in unasked(leaf.specs, dossier.explanation):
        # A key with nothing after the colon is a leftover that changes nothing.
        if not written.text.strip():
            continue
        if entry in entries:
            known = [spec.id for spec in leaf.specs if spec.entry is entry]
            near = nearest(key, known)
            yield UNKNOWN.at(
                leaf.path,
                line=written.line,
                criterion=dossier.criterion,
                subject=f"{entry.value}.{key}",
                variant="near" if near else None,
                input=key,
                entry=entry.value,
                near=near,
                allowed="; ".join(f"{each.id} ({each.title})" for each in leaf.specs),
            )
        elif entry not in told:
            told.add(entry)
            yield OTHER_SHAPE.at(
                leaf.path,
                line=written.line,
                criterion=dossier.criterion,
                subject=entry.value,
                variant="points" if entry is Entry.POINTS else None,
                entry=entry.value,
                asked="; ".join(dict.fromkeys(each.entry.value for each in leaf.specs)),
            )


def _all_asked(specs: tuple[InputSpec, ...], explanation: Explanation) -> bool:
    """Every key is spelled just as the set spells it, as nearly all are; no folding needed."""
    ids = {spec.id for spec in specs}
    if not (explanation.figures.keys() <= ids and explanation.choices.keys() <= ids):
        return False
    entries = {spec.entry for spec in specs}
    return all(
        written is None or entry in entries
        for entry, written in (
            (Entry.CHECKED, explanation.checked),
            (Entry.LEVEL, explanation.level),
            (Entry.ACHIEVED, explanation.achieved),
            (Entry.DATE, explanation.on),
            (Entry.POINTS, explanation.points),
        )
    )
