"""Addresses look like addresses, or an office's own files are not recognised as its own."""

import re
from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI017", "bad-email", Severity.WARNING)

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\Z")


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for office in unit.offices.values():
        for number, email in enumerate(office.emails, 1):
            if not _ADDRESS.match(email):
                yield CHECK.at(
                    unit.path,
                    line=office.line,
                    subject=f"{office.key}:{number}",
                    title=office.title,
                    number=number,
                )
