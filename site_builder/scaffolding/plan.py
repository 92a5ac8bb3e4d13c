"""What ``init`` would write, as data: paths and texts, nothing touched."""

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.messages import Catalogue
from site_builder.model.criteria import CriteriaSet, ScoredBy
from site_builder.model.rule import Rule
from site_builder.model.snapshot import Snapshot
from site_builder.scaffolding.template import explanation_template

KEEP = ".gitkeep"
EXPLANATION_NAMES = ("giai-trinh.md", "giai-trinh.docx")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to create if nothing is there.

    Attributes:
        path: from the root, "/" separated.
        text: whole content.
    """

    path: str
    text: str


def plan_folders(
    snapshot: Snapshot, rules: Mapping[str, Rule], texts: Catalogue
) -> tuple[PlannedFile, ...]:
    """A folder for every node and a template for every self-scored leaf.

    Folders that already stand for a criterion are used as they are, whatever their name; a
    leaf that already has an explanation gets none. Git keeps no empty folder, so a folder
    without a template gets a ``.gitkeep``.
    """
    criteria = snapshot.criteria
    if criteria is None:
        return ()
    planned = []
    for node in criteria.walk():
        dossier = snapshot.dossiers[node.id]
        if not node.is_leaf:
            continue
        if node.scored_by is ScoredBy.SELF:
            if dossier.explanation is None:
                text = explanation_template(rules.get(node.id), texts)
                planned.append(PlannedFile(f"{dossier.folder}/{EXPLANATION_NAMES[0]}", text))
        elif not dossier.exists:
            planned.append(PlannedFile(f"{dossier.folder}/{KEEP}", ""))
    return tuple(planned)


def set_reference(criteria: CriteriaSet) -> str:
    """The value of ``criteria_set`` in unit.yml: id and the first 16 digits of the digest."""
    return f"{criteria.id}@{criteria.digest[:16]}"
