"""Which findings the people concerned have answered for; nothing is ever dropped.

Three ways, each for its own person: ``exceptions`` in unit.yml (the commune, anything that may
be excepted), ``bo_qua`` in an explanation (the officer, warnings and notices of that criterion),
``set.known_slips`` (the maintainer of the set, faults of criteria.yml itself).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from site_builder.checks.protocols import Answered, RefusedAnswer
from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.finding import Finding, Severity, Suppression
from site_builder.model.publishable import LIFTED_BY
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import FindingException, Unit

_Marks = dict[int, Suppression]


def apply(findings: Iterable[Finding], snapshot: Snapshot) -> Answered:
    """The findings with ``suppressed`` filled in, and every answer that did not count.

    A known slip goes before an exception, an exception before an officer's answer.
    """
    listed = list(findings)
    by_code: dict[str, list[int]] = defaultdict(list)
    for place, finding in enumerate(listed):
        by_code[finding.check.code].append(place)
    marks: _Marks = {}
    refused = _answers(listed, marks, snapshot)
    unused, forbidden = _exceptions(listed, by_code, marks, snapshot)
    unused_slips = _known_slips(listed, by_code, marks, snapshot.criteria)
    for place, mark in marks.items():
        listed[place] = replace(listed[place], suppressed=mark)
    return Answered(
        findings=tuple(listed),
        unused=unused,
        forbidden=forbidden,
        refused=refused,
        unused_slips=unused_slips,
    )


def _answers(listed: list[Finding], marks: _Marks, snapshot: Snapshot) -> tuple[RefusedAnswer, ...]:
    of_leaf: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for place, finding in enumerate(listed):
        of_leaf[finding.check.code, finding.criterion].append(place)
    refused: list[RefusedAnswer] = []
    for dossier in snapshot.dossiers.values():
        for explanation in _explanations(dossier):
            for code, reason in explanation.answers.items():
                code = code.strip().upper()  # noqa: PLW2901 - the spelling is the officer's
                concerned = of_leaf.get((code, dossier.criterion), [])
                allowed = [
                    place
                    for place in concerned
                    if listed[place].check.severity < Severity.ERROR
                    and listed[place].check.answerable
                ]
                if allowed and reason.text.strip():
                    mark = Suppression(reason.text.strip(), dossier.responsible, "explanation")
                    marks.update(dict.fromkeys(allowed, mark))
                else:
                    refused.append(
                        RefusedAnswer(
                            criterion=dossier.criterion,
                            path=explanation.path,
                            line=reason.line,
                            code=code,
                            matched=bool(concerned),
                            has_reason=bool(reason.text.strip()),
                        )
                    )
    return tuple(refused)


def _explanations(dossier: Dossier) -> Iterator[Explanation]:
    written = (dossier.explanation, *(added.explanation for added in dossier.supplements))
    return (explanation for explanation in written if explanation and explanation.answers)


def _exceptions(
    listed: list[Finding],
    by_code: Mapping[str, list[int]],
    marks: _Marks,
    snapshot: Snapshot,
) -> tuple[tuple[FindingException, ...], tuple[FindingException, ...]]:
    unused: list[FindingException] = []
    forbidden: list[FindingException] = []
    for exception in snapshot.unit.exceptions if snapshot.unit else ():
        matched = [
            place
            for place in by_code.get(exception.code.strip().upper(), ())
            if _covers(exception, listed[place], snapshot.criteria)
        ]
        allowed = [place for place in matched if listed[place].check.answerable]
        if len(allowed) < len(matched):
            forbidden.append(exception)
        elif not matched:
            unused.append(exception)
        if exception.reason.strip() and is_answered_for(exception, snapshot.unit):
            mark = Suppression(exception.reason.strip(), exception.office, "exception")
            marks.update(dict.fromkeys(allowed, mark))
    return tuple(unused), tuple(forbidden)


def is_answered_for(exception: FindingException, unit: Unit | None) -> bool:
    """An office stands by the exception, where one is wanted: what lets people's data out."""
    if exception.code.strip().upper() not in LIFTED_BY.values():
        return True
    return unit is not None and exception.office in unit.offices


def _covers(exception: FindingException, finding: Finding, criteria: CriteriaSet | None) -> bool:
    if exception.criterion is not None and not _within(
        finding.criterion, exception.criterion, criteria
    ):
        return False
    # People copy what the report shows them: the subject, the path or the id of the finding.
    return exception.subject is None or exception.subject in {
        finding.subject,
        finding.location.path,
        finding.id,
    }


def _within(criterion: str | None, branch: str, criteria: CriteriaSet | None) -> bool:
    """``criterion`` is ``branch`` or lies below it, as with assignments."""
    if criterion is None or criterion == branch:
        return criterion == branch
    node = criteria.by_id.get(criterion) if criteria else None
    return (
        criteria is not None
        and node is not None
        and any(above.id == branch for above in criteria.ancestors(node))
    )


def _known_slips(
    listed: list[Finding],
    by_code: Mapping[str, list[int]],
    marks: _Marks,
    criteria: CriteriaSet | None,
) -> tuple[int, ...]:
    if criteria is None:
        return ()
    unused: list[int] = []
    for number, slip in enumerate(criteria.known_slips):
        # The issued set may speak for itself only, never for a commune's papers.
        matched = [
            place
            for place in by_code.get(slip.code.strip().upper(), ())
            if listed[place].location.path == criteria.path
            and listed[place].check.answerable
            and slip.criterion in {None, listed[place].criterion}
        ]
        if not matched:
            unused.append(number)
        elif slip.reason.strip():
            mark = Suppression(slip.reason.strip(), None, "known_slip")
            marks.update(dict.fromkeys(matched, mark))
    return tuple(unused)
