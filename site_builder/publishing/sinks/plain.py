"""What the sinks share: text that cannot disturb its surroundings, findings by office."""

import json
import re
from collections.abc import Iterable, Mapping

from site_builder.model.finding import Finding, Severity
from site_builder.model.snapshot import Snapshot


def plain(text: str) -> str:
    """One line without control characters.

    A file name may hold a line break or an escape sequence; on a terminal it would write what
    it likes. Bytes that are no UTF-8 (lone surrogates) are shown as escapes.
    """
    if text.isprintable():
        return text
    kept = (char if char.isprintable() or char == " " else _escape(char) for char in text)
    return "".join(kept)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode() if char not in "\u00a0\u202f" else char


def paragraph(text: str) -> str:
    """A message of the catalogue as one line; its own line breaks are only for the editor."""
    return plain(" ".join(text.split()))


# What JSON may hold as it is and a terminal obeys, or shows in another order.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def as_json(document: Mapping[str, object]) -> str:
    """JSON for programs, which people see in a terminal all the same."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    text = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    # Names that are no UTF-8 hold lone surrogates, which no stream can encode.
    return text.encode("utf-8", "backslashreplace").decode()


def place(finding: Finding) -> str:
    """Path and line as editors understand them: ``unit.yml:12``; "" for the repository."""
    where = finding.location
    parts = [plain(where.path)]
    if where.line is not None:
        parts.append(str(where.line))
    return ":".join(part for part in parts if part)


def counting(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that nobody answered for."""
    return tuple(finding for finding in findings if finding.suppressed is None)


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of each severity, the worst first."""
    numbers = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for finding in findings:
        numbers[finding.check.severity] += 1
    return numbers


def by_office(
    findings: Iterable[Finding], snapshot: Snapshot, nobody: str
) -> Mapping[str, tuple[Finding, ...]]:
    """Findings by the title of the responsible office, in the order of unit.yml.

    Args:
        findings: keep their order within an office.
        snapshot: knows the offices.
        nobody: title for what no office is responsible for; comes last.
    """
    offices = snapshot.unit.offices if snapshot.unit else {}
    groups: dict[str | None, list[Finding]] = {key: [] for key in offices}
    groups[None] = []
    for finding in findings:
        groups[finding.office if finding.office in offices else None].append(finding)
    titled: dict[str, tuple[Finding, ...]] = {}
    for key, group in groups.items():
        title = nobody if key is None else plain(offices[key].title)
        if group:
            titled[title] = (*titled.get(title, ()), *group)
    return titled
