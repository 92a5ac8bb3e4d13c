"""Papers lie at most a few folders below their leaf, where people still find them."""

from collections.abc import Iterator

from site_builder.checks.folders import name_of, visible
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE023", "nested-too-deep", Severity.WARNING)

LIMIT = 3  # folders between the leaf's and the file


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding for each folder of the leaf that holds something too deep."""
    start = len(dossier.folder) + 1
    deep: dict[str, int] = {}
    for file in dossier.files:
        if file.path.count("/", start) > LIMIT:
            first = file.path[start:].partition("/")[0]
            deep[first] = deep.get(first, 0) + 1
    for first, count in deep.items():
        folder = f"{dossier.folder}/{first}"
        yield CHECK.at(
            folder,
            criterion=dossier.criterion,
            name=visible(name_of(folder)),
            count=count,
            limit=LIMIT,
        )
