"""Presentations of today: the text of each slide in the order in which they are shown."""

from contextlib import suppress

from site_builder.model.processed import Paragraph, State, TextSource
from site_builder.processing.excerpts import clean, excerpt, limited
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.office import xml
from site_builder.processing.office.package import (
    Package,
    Unreadable,
    ooxml_flags,
    opened,
    wordless,
)
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "presentation"
VERSION = 1
KINDS = frozenset({"pptx", "pptm", "ppsx", "ppsm", "potx"})

_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_TITLE_LEVEL = 3


def read(source: Source, settings: Settings) -> Reading:
    """A page of text for each slide, with its speaker's notes; the excerpt shows the slides."""
    try:
        with opened(source.path, main=_MAIN) as package:
            return _read(package)
    except Unreadable as error:
        return error.reading


def _read(package: Package) -> Reading:
    slides = tuple(_slide(package, name) for name in _order(package))
    if not slides:
        raise Unreadable(State.DAMAGED, "no-document", ooxml_flags(package))
    lost = not all(slide.whole for slide in slides)
    pages, more = limited(slide.page for slide in slides)
    flags = merged(
        ooxml_flags(package),
        with_details(
            {"hidden-sheet": [str(at) for at, slide in enumerate(slides, 1) if slide.hidden]}
        ),
        raised({"truncated": lost, "more-pages": more}),
        () if lost or any(page.strip() for page in pages) else wordless(package),
    )
    return Reading(
        state=State.PARTIAL if lost else State.READ,
        why="truncated" if lost else "",
        parts=len(slides),
        pages=pages,
        text_source=TextSource.LAYER if any(page.strip() for page in pages) else TextSource.NONE,
        flags=flags,
        excerpt=excerpt(
            line for slide in slides if not slide.hidden for line in slide.shown.paragraphs
        ),
    )


def _order(package: Package) -> tuple[str, ...]:
    """The parts of the slides as shown; by their numbers when the list is damaged."""
    listed = _Listed()
    with suppress(xml.Malformed):
        package.listen(_MAIN, listed)
    named = {each.id: package.target(_MAIN, each) for each in package.relationships(_MAIN)}
    shown = tuple(dict.fromkeys(named[id_] for id_ in listed.ids if named.get(id_, "") in package))
    return shown or package.matching(r"ppt/slides/slide\d+\.xml")


class _Slide:
    """A slide and its notes, read."""

    def __init__(self, shown: "_Texts", notes: "_Texts", *, whole: bool) -> None:
        self.shown = shown
        self.hidden = shown.hidden
        self.whole = whole
        self.page = clean("\n".join(each.text for each in (*shown.paragraphs, *notes.paragraphs)))


def _slide(package: Package, name: str) -> _Slide:
    shown, notes = _Texts(), _Texts()
    whole = True
    try:
        package.listen(name, shown)
    except xml.Malformed:
        whole = False
    for each in package.relationships(name):
        if each.type == "notesSlide" and not each.external:
            with suppress(xml.Malformed):
                package.listen(package.target(name, each), notes)
    return _Slide(shown, notes, whole=whole)


class _Listed:
    """The ids of slides in the order of the presentation."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if xml.local(name) == "sldId":
            self.ids.extend(
                value for key, value in attributes.items() if key.endswith("/relationships id")
            )

    def end(self, name: str) -> None:
        """Nothing ends here that matters."""

    def text(self, data: str) -> None:
        """The list has no text."""


class _Texts:
    """Collects the paragraphs of drawings, titles as headings."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.hidden = False
        self._line: list[str] = []
        self._in_text = False
        self._level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = xml.local(name)
        if tag == "t":
            self._in_text = True
        elif tag == "br":
            self._line.append("\n")
        elif tag == "ph":
            self._level = _TITLE_LEVEL if attributes.get("type") in _TITLES else 0
        elif tag == "sp":
            self._level = 0
        elif tag == "sld":
            self.hidden = attributes.get("show") in {"0", "false"}

    def end(self, name: str) -> None:
        tag = xml.local(name)
        if tag == "t":
            self._in_text = False
        elif tag == "p":
            self.paragraphs.append(Paragraph(text="".join(self._line), level=self._level))
            self._line = []

    def text(self, data: str) -> None:
        if self._in_text:
            self._line.append(data)
