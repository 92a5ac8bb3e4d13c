"""The id of the period is a part of every address of the site."""

import re
from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import slug

CHECK = Check("UNI013", "period-id-unfit-for-addresses", Severity.ERROR)

_FIT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LIMIT = 32
# Folders that the site engine or the builder itself makes beside the period's.
_TAKEN = frozenset({"assets", "css", "img", "js", "search", "stylesheets", "javascripts"})


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    period = unit.period
    if not _FIT.match(period.id) or len(period.id) > _LIMIT or period.id in _TAKEN:
        proposed = slug(period.id, _LIMIT)
        yield CHECK.at(
            unit.path,
            line=period.line_of("id"),
            id=period.id,
            proposed=str(period.year) if not proposed or proposed in _TAKEN else proposed,
        )
