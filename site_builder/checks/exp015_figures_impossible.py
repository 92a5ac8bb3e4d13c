"""Figures that can be read can also be true."""

from collections.abc import Iterator

from site_builder.checks.leaves import Leaf
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.rule import Entry
from site_builder.model.score import IMPOSSIBLE, Unscored
from site_builder.reading.inputs import ProblemKind, written_as

CHECK = Check("EXP015", "figures-impossible", Severity.ERROR)

_FIGURES = frozenset({Entry.FIGURE, Entry.POINTS})


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Negative figures one by one; else what the rule found that they cannot be together."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.applies or leaf.lost:
        return
    for problem in leaf.problems:
        if problem.kind is ProblemKind.NEGATIVE and problem.written is not None:
            yield CHECK.at(
                leaf.path,
                line=problem.written.line,
                criterion=dossier.criterion,
                subject=problem.spec.id,
                variant="negative",
                title=problem.spec.title,
                input=problem.spec.id,
                value=problem.written.text,
            )
    score = facts.sheet.leaves.get(dossier.criterion)
    if score is not None and isinstance(score.by_rule, Unscored):
        reason = score.by_rule.reason
        if reason in IMPOSSIBLE:
            yield CHECK.at(
                leaf.path,
                line=_line(leaf),
                criterion=dossier.criterion,
                subject=reason.value,
                variant=reason.value,
                figures=_figures(leaf),
            )


def _typed(leaf: Leaf) -> Iterator[tuple[str, str, int]]:
    for spec in leaf.specs:
        if spec.needed and spec.entry in _FIGURES:
            written = written_as(leaf.explanation, spec)
            if written is not None:
                yield spec.title or spec.id, written.text, written.line


def _line(leaf: Leaf) -> int | None:
    """The first of the figures concerned, where the others stand beside it."""
    return min((line for _, _, line in _typed(leaf)), default=leaf.line)


def _figures(leaf: Leaf) -> str:
    return "; ".join(f"{title}: {text}" for title, text, _ in _typed(leaf))
