"""What can be found in a site: plain values, from which the index is made."""

import enum
from dataclasses import dataclass


class SearchKind(enum.Enum):
    """What a result leads to."""

    CRITERION = "criterion"
    EXPLANATION = "explanation"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPart:
    """A stretch of text that a result can point into.

    Attributes:
        text: as people read it.
        page: page, sheet or slide that holds it, from 1; 0 when there are none.
        anchor: id on the page at the entry's address; "" for its top.
    """

    text: str
    page: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """One thing that a search can find.

    Attributes:
        title: what people call it.
        address: page that shows it, with an anchor where it has one ("2023/tc/1.1.html#mo-ta").
        names: other names it goes by (of its file, its issuer); they count like the title.
        numbers: of the document, the first is shown; found in any spelling.
        criteria: ids of the criteria to which it belongs; found like numbers.
        place: where it belongs, in words ("1.1. Plan"); shown, not searched.
        parts: its text in order.
        counted: what ``SearchPart.page`` counts: ``page``, ``sheet``, ``slide`` or "".
        file: address of a PDF that a browser opens at a page; "" for none.
        sha256: of the file that the text was read from; "" when it was not read from one.
    """

    kind: SearchKind
    title: str
    address: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    place: str = ""
    parts: tuple[SearchPart, ...] = ()
    counted: str = ""
    file: str = ""
    sha256: str = ""

    @property
    def whole(self) -> str:
        """Everything that the index is made of, in the clear."""
        own = (self.title, self.address, self.place, self.file, self.sha256)
        texts = (text for part in self.parts for text in (part.anchor, part.text))
        return "\n".join((*own, *self.names, *self.numbers, *self.criteria, *texts))
