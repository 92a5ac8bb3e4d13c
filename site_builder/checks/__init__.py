"""Facts in, findings out: every check is listed here by hand, by grain."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import ModuleType

from site_builder.checks import suppression
from site_builder.checks.protocols import (
    AnswerCheck,
    DossierCheck,
    Facts,
    FileCheck,
    SnapshotCheck,
)
from site_builder.model.finding import Check, Finding
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Role

SNAPSHOT_CHECKS: tuple[SnapshotCheck, ...] = ()

DOSSIER_CHECKS: tuple[DossierCheck, ...] = ()

FILE_CHECKS: tuple[FileCheck, ...] = ()

ANSWER_CHECKS: tuple[AnswerCheck, ...] = ()


def run(facts: Facts) -> tuple[Finding, ...]:
    """Everything there is to say about the content, the suppressed findings marked.

    Each finding once (by id), with the office that answers for it, in the order: severity,
    criterion as printed in the set, path, line, code.
    """
    once = _once((*facts.loaded, *_judge(facts)))
    answered = suppression.apply(once, facts.snapshot)
    late = (finding for check in ANSWER_CHECKS for finding in check.run(answered, facts))
    offices = _Offices(facts.snapshot)
    return _sorted(map(offices.fill, _once((*answered.findings, *late))), facts.snapshot)


def check_constants() -> tuple[Check, ...]:
    """Every check that this stage can report, in the order of the tuples above."""
    grains = (*SNAPSHOT_CHECKS, *DOSSIER_CHECKS, *FILE_CHECKS, *ANSWER_CHECKS)
    return tuple(check for module in grains for check in _constants(module))


def _constants(module: object) -> tuple[Check, ...]:
    if not isinstance(module, ModuleType):
        raise TypeError(module)
    several: tuple[Check, ...] | None = getattr(module, "CHECKS", None)
    return (module.CHECK,) if several is None else several


def _judge(facts: Facts) -> Iterator[Finding]:
    for check in SNAPSHOT_CHECKS:
        yield from check.run(facts)
    for dossier in facts.snapshot.dossiers.values():
        for check_dossier in DOSSIER_CHECKS:
            yield from check_dossier.run(dossier, facts)
        for file in dossier.files:
            for check_file in FILE_CHECKS:
                yield from check_file.run(file, dossier, facts)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    found: dict[str, Finding] = {}
    for finding in findings:
        found.setdefault(finding.id, finding)
    return tuple(found.values())


class _Offices:
    """Who answers for a finding: the office of its criterion, else the coordinator."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._dossiers = snapshot.dossiers
        offices = snapshot.unit.offices.values() if snapshot.unit else ()
        self._coordinator = next(
            (office.key for office in offices if office.role is Role.COORDINATOR), None
        )

    def fill(self, finding: Finding) -> Finding:
        if finding.office is not None:
            return finding
        office = self._of(finding)
        return finding if office is None else replace(finding, office=office)

    def _of(self, finding: Finding) -> str | None:
        # The issued set and the commune's own file are nobody's leaf, whatever leaf a line of
        # them is about; the officer of that leaf cannot mend them.
        if finding.criterion is None or not finding.location.path.startswith("evidence"):
            return self._coordinator
        dossier = self._dossiers.get(finding.criterion)
        return self._coordinator if dossier is None else dossier.responsible


def _sorted(findings: Iterable[Finding], snapshot: Snapshot) -> tuple[Finding, ...]:
    order = snapshot.criteria.order if snapshot.criteria else {}
    last = len(order)

    def key(finding: Finding) -> tuple[int, int, str, int, str, str]:
        criterion = finding.criterion
        return (
            -finding.check.severity,
            -1 if criterion is None else order.get(criterion, last),
            finding.location.path,
            finding.location.line or 0,
            finding.check.code,
            finding.subject,
        )

    return tuple(sorted(findings, key=key))
