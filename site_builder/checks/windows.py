"""Within which days a document of a slot has to be issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document
from site_builder.model.unit import Period


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included; ``own``: of the slot, not of the period."""

    first: date
    last: date
    own: bool

    def side(self, day: date) -> str:
        """Where a day lies: "" within, else ``slot``, ``before`` or ``after``."""
        if self.first <= day <= self.last:
            return ""
        if self.own:
            return "slot"
        return "before" if day < self.first else "after"


def window_of(document: Document, slots: Iterable[Slot], period: Period) -> Window:
    """The covered year up to the closing of self-scoring, or what the document's slot says."""
    first, last, own = period.covers_from, period.closes, False
    if document.slot:
        for slot in slots:
            if slot.id == document.slot:
                own = bool(slot.issued_from or slot.issued_to)
                first = slot.issued_from or first
                last = slot.issued_to or last
    return Window(first, last, own)
