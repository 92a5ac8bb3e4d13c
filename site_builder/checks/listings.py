"""The entries of ``tai_lieu`` of a dossier, its supplements' included."""

from collections.abc import Iterator, Mapping

from site_builder.model.dossier import Dossier, Explanation, ListedDocument
from site_builder.model.snapshot import Snapshot
from site_builder.model.values import row


@row
class Listing:
    """One entry and where it stands.

    Attributes:
        path: of the explanation that lists it.
        folder: to which its file is relative.
        number: its place in the list, from 1.
    """

    entry: ListedDocument
    path: str
    folder: str
    number: int


def explanations(dossier: Dossier) -> Iterator[Explanation]:
    """The explanation of a criterion, then those of its supplements."""
    if dossier.explanation is not None:
        yield dossier.explanation
    for supplement in dossier.supplements:
        if supplement.explanation is not None:
            yield supplement.explanation


def listings(snapshot: Snapshot) -> Mapping[str, tuple[Listing, ...]]:
    """Every entry in written order, by the criterion that lists it."""
    found = {}
    for dossier in snapshot.dossiers.values():
        # Most dossiers have no supplement, and asking costs less than a generator.
        if dossier.explanation is None and not dossier.supplements:
            continue
        entries = tuple(_listings(dossier))
        if entries:
            found[dossier.criterion] = entries
    return found


def _listings(dossier: Dossier) -> Iterator[Listing]:
    for explanation in explanations(dossier):
        folder = explanation.path.rpartition("/")[0]
        for number, entry in enumerate(explanation.documents, start=1):
            yield Listing(entry, explanation.path, folder, number)
