"""Checks every link of a printed site; engines see only the links they made themselves.

Reads bytes with regular expressions, not a parser per page: 1,100 pages of 40 kB take a third of
a second. The expressions find every link and sometimes more (text that looks like one), so
whatever seems broken is looked at again by a real parser before it is reported.
"""

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

# The one spelling that engines, our templates and nh3 print; a literal prefix scans fastest.
_HREF = re.compile(rb' href="([^"]*)"')
_SRC = re.compile(rb' src="([^"]*)"')
_ID = re.compile(rb' id="([^"]*)"')
# Every spelling that HTML allows, and the attributes that are seldom there.
_ATTRIBUTES = ("href", "src", "srcset", "poster", "data", "action", "formaction")
_VALUE = rb"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_ANY_LINK = re.compile(rb"""[\s"'/](%b)%b""" % ("|".join(_ATTRIBUTES).encode(), _VALUE))
_ANY_ID = re.compile(rb"""[\s"'/]id%b""" % _VALUE)
_SELDOM = (b"poster", b" data=", b"action=")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What a reader may be led to. javascript:, file: and the rest are never right on these pages.
_LEADS_OUT = frozenset({"http", "https", "mailto", "tel"})
# A <link> with one of these is a statement; with any other relation the browser fetches it.
_STATEMENTS = frozenset({"canonical", "alternate", "author", "license", "edit"})


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere, or where no page of ours may lead.

    Attributes:
        page: address of the page that holds it.
        link: as written.
        why: ``absent``, ``anchor``, ``absolute``, ``folder``, ``third_party`` or ``scheme``.
    """

    page: str
    link: str
    why: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A link that the fast reading takes for broken."""

    page: str
    attribute: str
    link: bytes
    why: str


class LinkCheck:
    """Takes note of pages one by one, then judges their links together."""

    def __init__(self, files: Collection[str]) -> None:
        """Start a check.

        Args:
            files: every address of the site, "/" separated, in the spelling of the disk.
        """
        self._files = frozenset(files)
        self._ids: dict[str, frozenset[bytes]] = {}
        self._links: dict[str, tuple[tuple[str, frozenset[bytes]], ...]] = {}
        # Pages of a folder share most of their links: each is judged once per folder.
        self._judged: dict[tuple[str, str, bytes], str | tuple[str, bytes]] = {}

    def read(self, page: str, data: bytes) -> None:
        """Take note of a page's links and ids."""
        followed, loaded, ids = _HREF.findall(data), _SRC.findall(data), _ID.findall(data)
        plain = (
            data.count(b"href") == len(followed)
            and data.count(b"src") == len(loaded)
            and not any(word in data for word in _SELDOM)
        )
        if plain:
            self._ids[page] = _unescaped(ids)
            self._links[page] = (("href", frozenset(followed)), ("src", frozenset(loaded)))
            return
        by_attribute: dict[str, set[bytes]] = {name: set() for name in _ATTRIBUTES}
        for name, *values in _ANY_LINK.findall(data):
            by_attribute[name.decode()].add(b"".join(values))
        self._ids[page] = _unescaped(b"".join(values) for values in _ANY_ID.findall(data))
        self._links[page] = tuple((name, frozenset(found)) for name, found in by_attribute.items())

    def suspects(self) -> Iterator[Suspect]:
        """Links that seem broken, in the order of the pages read."""
        for page, by_attribute in self._links.items():
            folder = posixpath.dirname(page)
            for name, links in by_attribute:
                for link in sorted(links):
                    why = self._verdict(page, folder, name, link)
                    if why:
                        yield Suspect(page, name, link, why)

    def _verdict(self, page: str, folder: str, name: str, link: bytes) -> str:
        if link.startswith(b"#"):
            return self._anchor(page, link[1:])
        key = (folder, name, link)
        judged = self._judged.get(key)
        if judged is None:
            judged = self._judged[key] = self._judge(folder, name, link)
        return judged if isinstance(judged, str) else self._anchor(*judged)

    def _judge(self, folder: str, name: str, link: bytes) -> str | tuple[str, bytes]:
        """Why the link is wrong, "" when it is right, or the anchor that it depends on."""
        text = html.unescape(link.decode("utf-8", "replace")).strip()
        if name == "srcset":
            candidates = (part.split()[0] for part in text.split(",") if part.strip())
            judged = (self._judge(folder, "src", one.encode()) for one in candidates)
            return next((why for why in judged if why), "")
        follows = name == "href"
        if _SCHEME.match(text):
            return _judge_scheme(text, follows=follows)
        if text.startswith("/"):
            return "third_party" if text.startswith("//") else "absolute"
        path, _, fragment = text.partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            return "" if follows else "absent"
        target = posixpath.normpath(posixpath.join(folder, path))
        if target not in self._files:
            # A server shows a folder's index.html; a USB stick shows a list of files.
            above = target == "." or any(file.startswith(f"{target}/") for file in self._files)
            return "folder" if above else "absent"
        if fragment and target.endswith(".html"):
            return target, fragment.encode()
        return ""

    def _anchor(self, page: str, fragment: bytes) -> str:
        ids = self._ids.get(page, frozenset())
        # "#" is the top of the page, and so is "#top" in every browser.
        if fragment in ids or fragment in (b"", b"top"):
            return ""
        plain = unquote(html.unescape(fragment.decode("utf-8", "replace")))
        return "" if plain.encode() in ids else "anchor"


def _unescaped(ids: Iterable[bytes]) -> frozenset[bytes]:
    return frozenset(
        html.unescape(one.decode("utf-8", "replace")).encode() if b"&" in one else one
        for one in ids
    )


def _judge_scheme(text: str, *, follows: bool) -> str:
    scheme = text.partition(":")[0].lower()
    if scheme in _LEADS_OUT:
        return "" if follows else "third_party"
    return "" if scheme == "data" and not follows else "scheme"


class _Tags(HTMLParser):
    """The links of a page as a browser sees them, and those that a <link> makes it fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links.update((name, value or "") for name, value in attrs if name in _ATTRIBUTES)


def confirm(suspects: Iterable[Suspect], read: Callable[[str], bytes]) -> Iterator[BrokenLink]:
    """The suspects that are links indeed, and not text that looks like one.

    Args:
        suspects: page by page, as ``LinkCheck.suspects`` gives them.
        read: gives the bytes of a page.
    """
    page, tags = "", _Tags()
    for suspect in suspects:
        if suspect.page != page:
            page, tags = suspect.page, _Tags()
            tags.feed(read(page).decode("utf-8", "replace"))
        text = suspect.link.decode("utf-8", "replace")
        if (suspect.attribute, html.unescape(text)) in tags.links:
            yield BrokenLink(page, text, suspect.why)


_LINK_TAG = re.compile(rb"<link\b[^>]*>")
_RELATION = re.compile(rb""" rel=["']?([a-z -]+)""")
_OUTSIDE = re.compile(rb""" href=["']?((?:https?:)?//[^"'> ]*)""")


def fetched_from_outside(page: str, data: bytes) -> Iterator[BrokenLink]:
    """<link> elements for which the browser asks a third party (preconnect, stylesheet ...)."""
    for tag in _LINK_TAG.findall(data[: data.find(b"</head>")]):
        outside = _OUTSIDE.search(tag)
        if outside is None:
            continue
        relation = _RELATION.search(tag)
        words = frozenset(relation[1].decode().split()) if relation else frozenset()
        if not words <= _STATEMENTS:
            yield BrokenLink(page, outside[1].decode("utf-8", "replace"), "third_party")
