"""A criterion has one folder; a second one splits its papers, and a part would go unseen."""

from collections import defaultdict
from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE012", "two-folders-for-one-criterion", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    snapshot = facts.snapshot
    by_criterion: dict[str, list[str]] = defaultdict(list)
    for match in snapshot.folders:
        if match.criterion is not None:
            by_criterion[match.criterion].append(match.path)
    for criterion, paths in by_criterion.items():
        if len(paths) > 1:
            dossier = snapshot.dossiers.get(criterion)
            used = dossier.folder if dossier and dossier.folder in paths else paths[0]
            for path in paths:
                if path != used:
                    yield CHECK.at(path, criterion=criterion, other=used)
