"""What was typed for an input can be read, in one way only, and is one of the allowed answers."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.reading.inputs import InputProblem, ProblemKind

UNREADABLE = Check("EXP012", "input-unreadable", Severity.ERROR)
AMBIGUOUS = Check("EXP013", "ambiguous-figure", Severity.ERROR)
UNKNOWN_OPTION = Check("EXP014", "unknown-option", Severity.ERROR)
CHECKS = (UNREADABLE, AMBIGUOUS, UNKNOWN_OPTION)

_CHECK_OF = {
    ProblemKind.NOT_A_NUMBER: UNREADABLE,
    ProblemKind.NOT_A_DATE: UNREADABLE,
    ProblemKind.NOT_YES_OR_NO: UNREADABLE,
    ProblemKind.AMBIGUOUS: AMBIGUOUS,
    ProblemKind.UNKNOWN_OPTION: UNKNOWN_OPTION,
}
_SHOWN = 60


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per value, at its line."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.problems:
        return
    for problem in leaf.problems:
        check = _CHECK_OF.get(problem.kind)
        if check is not None and problem.written is not None:
            yield _finding(check, problem, leaf.path, dossier.criterion)


def _finding(check: Check, problem: InputProblem, path: str, criterion: str) -> Finding:
    spec, written = problem.spec, problem.written
    assert written is not None  # noqa: S101 - run() saw to it
    value = written.text.strip()
    subject = f"{spec.entry.value}.{spec.id}"
    near = ""
    if check is UNKNOWN_OPTION:
        subject = f"{subject}.{value}"
        near = nearest(value, [option.id for option in spec.options])
    return check.at(
        path,
        line=written.line,
        column=written.column,
        criterion=criterion,
        subject=subject,
        variant="near" if near else _variant(problem.kind, value),
        input=spec.id,
        entry=spec.entry.value,
        title=spec.title,
        value=value[:_SHOWN],
        first=problem.readings[0] if problem.readings else "",
        second=problem.readings[1] if problem.readings else "",
        near=near,
        options="; ".join(f"{option.id} ({option.title})" for option in spec.options),
    )


def _variant(kind: ProblemKind, value: str) -> str:
    # A rate where a quantity is asked for is the commonest slip, and no spelling mends it.
    rate = kind is ProblemKind.NOT_A_NUMBER and value.endswith("%")
    return "percent" if rate else kind.value
