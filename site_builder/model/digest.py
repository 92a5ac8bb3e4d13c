"""What a leaf consists of, as one number: approval, verdicts and "changed since" go by it.

A leaf changes when its explanation, its evidence or the criterion itself changes, and never with
the line ends that Git chose or with noise beside the files. Which bytes enter stands in the
design, section 6; a change here is a new ``VERSION`` and makes every approval look changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.model.criteria import CriteriaSet, Criterion, Note, Slot
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.evidence import EvidenceFile
from site_builder.model.mappings import empty
from site_builder.model.node import MappingNode, Node, SequenceNode
from site_builder.model.snapshot import Snapshot

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Digests of a snapshot.

    Attributes:
        whole: of the set's header and every leaf; "" when a file's bytes were not read.
        leaves: by leaf id, in the printed order; leaves with unread files are absent.
    """

    whole: str = ""
    leaves: Mapping[str, str] = field(default_factory=empty)


def digests(snapshot: Snapshot) -> Digests:
    """The digests of everything that was scored; needs the sha256 of every file."""
    criteria = snapshot.criteria
    if criteria is None:
        return Digests()
    leaves: dict[str, str] = {}
    for leaf in criteria.leaves:
        dossier = snapshot.dossiers.get(leaf.id)
        found = leaf_digest(criteria, leaf, dossier, snapshot.explanation_digests)
        if found:
            leaves.setdefault(leaf.id, found)
    complete = len(leaves) == len({leaf.id for leaf in criteria.leaves})
    lines = [canonical(header_values(criteria)), *(f"{id_} {leaves[id_]}" for id_ in leaves)]
    return Digests(whole=_sha256("\n".join(lines)) if complete else "", leaves=leaves)


def leaf_digest(
    criteria: CriteriaSet,
    leaf: Criterion,
    dossier: Dossier | None,
    explanations: Mapping[str, str],
) -> str:
    """The digest of one leaf; "" when the bytes of one of its files are not known.

    Args:
        criteria: the whole set, for the ancestors.
        leaf: a scored leaf.
        dossier: what was filed under it, if anything.
        explanations: sha256 of explanations by path (``Snapshot.explanation_digests``).
    """
    lines = []
    if dossier is not None:
        for file in _files(dossier):
            sha256 = file.pointer_oid or file.sha256
            if not sha256:
                return ""
            lines.append(f"{sha256} {_inside(file.path, dossier.folder)}")
        for explanation in _explanations(dossier):
            sha256 = explanations.get(explanation.path)
            if not sha256:
                return ""
            lines.append(f"{sha256} {_inside(explanation.path, dossier.folder)}")
    lines.sort()
    lines.append(canonical(criterion_values(criteria, leaf)))
    return _sha256("\n".join((f"v{VERSION}", *lines)))


def _files(dossier: Dossier) -> Iterable[EvidenceFile]:
    found = {file.path: file for file in dossier.files}
    for supplement in dossier.supplements:
        found.update((file.path, file) for file in supplement.files)
    return found.values()


def _explanations(dossier: Dossier) -> Iterable[Explanation]:
    if dossier.explanation is not None:
        yield dossier.explanation
    for supplement in dossier.supplements:
        if supplement.explanation is not None:
            yield supplement.explanation


def _inside(path: str, folder: str) -> str:
    """The path below the leaf's folder, so that a renamed parent changes nothing."""
    return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else path


def criterion_values(criteria: CriteriaSet, leaf: Criterion) -> dict[str, Any]:
    """Everything of a criterion that decides its points or what proves them."""
    return {
        "id": leaf.id,
        "title": leaf.title,
        "max_points": str(leaf.max_points),
        "scored_by": leaf.scored_by.value,
        "rule_text": leaf.rule_text,
        "rule": None if leaf.rule is None else _node(leaf.rule),
        "slots": [_slot(slot) for slot in leaf.slots],
        "notes": [_note(note) for note in (leaf.deadline, leaf.minimum)],
        "not_applicable": [
            leaf.not_applicable_when,
            leaf.not_applicable.value if leaf.not_applicable else "",
        ],
        "bonus": [leaf.bonus, str(leaf.cap), leaf.combine],
        "ancestors": [
            [node.id, node.title, str(node.max_points)] for node in criteria.ancestors(leaf)
        ],
    }


def _slot(slot: Slot) -> list[Any]:
    return [
        slot.id,
        slot.title,
        slot.required,
        slot.document_type,
        list(slot.alternatives),
        str(slot.issued_from or ""),
        str(slot.issued_to or ""),
        slot.at_least,
        slot.issuer,
    ]


def _note(note: Note | None) -> list[str] | None:
    # Whether somebody compared it with the law changes nothing that is scored.
    return None if note is None else [note.text, note.basis, note.value, str(note.on or "")]


def header_values(criteria: CriteriaSet) -> dict[str, Any]:
    """Everything of the set as a whole that decides points or a class."""
    return {
        "id": criteria.id,
        "title": criteria.title,
        "total_points": str(criteria.total_points),
        "places": criteria.places,
        "not_applicable": criteria.not_applicable.value,
        "classes": [[each.title, str(each.from_percent)] for each in criteria.classes],
    }


def _node(node: Node) -> Any:  # noqa: ANN401 - as deep as it was written
    if isinstance(node, MappingNode):
        return {key.text: _node(inner) for key, inner in node}
    if isinstance(node, SequenceNode):
        return [_node(inner) for inner in node.items]
    return node.text


def canonical(values: object) -> str:
    """Values as the text that enters a digest; equal values give equal texts."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
