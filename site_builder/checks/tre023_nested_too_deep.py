"""Papers lie at most a few folders below their leaf, where people still find them."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE023", "nested-too-deep", Severity.WARNING)

LIMIT = 3  # folders between the leaf's and the file


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding for each folder of the leaf that holds something too deep."""
    folder = f"{dossier.folder}/"
    start = len(folder)
    deep: dict[str, int] = {}
    for file in dossier.files:
        # A second folder of the same criterion has a finding of its own.
        if file.path.count("/", start) > LIMIT and file.path.startswith(folder):
            first = file.path[start:].partition("/")[0]
            deep[first] = deep.get(first, 0) + 1
    for first, count in deep.items():
        yield CHECK.at(
            folder + first,
            criterion=dossier.criterion,
            name=visible(first),
            count=count,
            limit=LIMIT,
        )
