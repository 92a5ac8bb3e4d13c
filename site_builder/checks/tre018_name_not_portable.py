"""Names that Windows and the web can hold; a repository with another cannot be checked out."""

import re
from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE018", "name-not-portable", Severity.ERROR)

_BAD = re.compile(
    r"""[<>:"|?*\\\x00-\x1f\x7f\ufffd]  # refused by Windows; line breaks, lost characters
    | [. ]\Z                            # cut off by Windows without a word
    | \A(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)


def run(facts: Facts) -> Iterator[Finding]:
    bad = _BAD.search
    for entry in facts.snapshot.entries:
        if found := bad(entry.name):
            yield CHECK.at(
                entry.path,
                variant=_variant(found[0]),
                name=visible(entry.name),
                found=visible(found[0]),
                folder=visible(entry.parent),
            )


def _variant(found: str) -> str | None:
    if found in {".", " "}:
        return "end"
    if found[0].isalpha():
        return "reserved"
    return None if found.isprintable() and found != "\ufffd" else "control"
