"""Officers' markdown as one balanced block of HTML that no engine reads a second time.

Raw HTML is never read as HTML, what markdown makes is cleaned again, and the block is a single
line: a blank line would end it for one engine and not for the other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup

from site_builder.model.dossier import MARKUP_LIMIT
from site_builder.model.text import clean, nfc
from site_builder.rendering.escaping import html

if TYPE_CHECKING:
    import nh3
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Page titles are h1 and sections h2; ids tell the search index where a section begins.
_FIRST_LEVEL = 3
_LAST_LEVEL = 6
_ATTRIBUTES = {
    "a": {"href", "title", "class", "target"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class"},
    **{f"h{level}": {"id"} for level in range(_FIRST_LEVEL, _LAST_LEVEL + 1)},
}
_TAGS = {
    *_ATTRIBUTES,
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "li"),
    *("table", "thead", "tbody", "tr"),
}
_ALIGNED = {"text-align:right": "sb-num", "text-align:center": "sb-mid"}
_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_EXTERNAL = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|\\")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relative link of an explanation leads on this site.

    Attributes:
        href: relative to the page.
        image: it can be shown inside the page.
    """

    href: str
    image: bool = False


# A path from the root of the repository, NFC; None when the edition does not hold it.
Resolve = Callable[[str], Target | None]


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences that the block needs.

    Attributes:
        table: accessible name of a table.
        no_image: stands where an image was dropped, before its description.
    """

    table: str
    no_image: str


class Renderer:
    """Renders many texts with one parser and one cleaner."""

    def __init__(self, words: Words) -> None:
        """Prepare; nothing heavy is loaded until a text has to be rendered."""
        self._words = words
        self._tools: tuple[MarkdownIt, nh3.Cleaner] | None = None

    def render(self, text: str, folder: str, resolve: Resolve, first_heading: int = 1) -> Markup:
        """The text as one line of HTML, "" for a text without content.

        Args:
            text: markdown as an officer wrote it.
            folder: of the file that holds it, from the root; relative links start there.
            resolve: finds pages and published evidence.
            first_heading: number of the first heading's id (``gt-<n>``) on the page.
        """
        if len(text) > MARKUP_LIMIT:
            return _plain(text)
        if self._tools is None:
            self._tools = _parser(), _cleaner()
        parser, cleaner = self._tools
        tokens = parser.parse(_lines(text))
        if not tokens:
            return Markup()
        _demote(tokens, first_heading)
        for token in tokens:
            if token.type in {"td_open", "th_open"}:
                style = token.attrs.pop("style", "")
                if style in _ALIGNED:
                    token.attrs["class"] = _ALIGNED[str(style)]
            elif token.children:
                token.children = self._inline(token.children, folder, resolve)
        block = cleaner.clean(parser.renderer.render(tokens, parser.options, {}))
        # Markup is safe: the cleaner made it.
        return Markup(self._one_line(block))  # noqa: S704

    def _inline(self, tokens: list["Token"], folder: str, resolve: Resolve) -> list["Token"]:
        kept: list[Token] = []
        open_links: list[bool] = []
        for token in tokens:
            if token.type == "link_open":
                href = _href(str(token.attrs.get("href", "")), folder, resolve)
                open_links.append(bool(href))
                if not href:
                    continue
                token.attrs["href"] = href
            elif token.type == "link_close":
                if not open_links.pop():
                    continue
            elif token.type == "image":
                kept.append(self._image(token, folder, resolve))
                continue
            kept.append(token)
        return kept

    def _image(self, token: "Token", folder: str, resolve: Resolve) -> "Token":
        source = str(token.attrs.get("src", ""))
        target = None if _SCHEME.match(source) else resolve(_path(source, folder))
        if target is not None and target.image:
            token.attrs["src"] = target.href
            token.attrs["loading"] = "lazy"
            return token
        dropped = f"{self._words.no_image} {token.content}".strip()
        return token.copy(type="text", tag="", attrs={}, children=None, content=f"[{dropped}]")

    def _one_line(self, block: str) -> str:
        block = _PRE.sub(lambda found: found[0].replace("\n", "&#10;"), block.strip())
        # Wide tables scroll inside a region that the keyboard reaches.
        opening = (
            f'<div class="sb-scroll" role="group" tabindex="0"'
            f' aria-label="{html(self._words.table)}"><table class="sb-table">'
        )
        block = block.replace("<table>", opening).replace("</table>", "</table></div>")
        return block.replace("\n", " ")


def _plain(text: str) -> Markup:
    """The text without its markup being read: paragraphs and lines as they were typed.

    Not in the search: an engine gives up on an entry of more than a megabyte.
    """
    paragraphs = (part for part in re.split(r"\n(?:[ \t]*\n)+", text) if part.strip())
    return Markup(" ").join(
        Markup("<p data-search-exclude>{}</p>").format(
            Markup("<br> ").join(map(html, part.strip("\n").split("\n")))
        )
        for part in paragraphs
    )


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - heavy, and many runs render nothing

    # A line break stays one: officers type lists as "a) ...", "b) ..." on lines of their own.
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
        ["table", "strikethrough"]
    )


def _cleaner() -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415 - the same

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.expandtabs(4).split("\n"))


def _demote(tokens: list["Token"], number: int) -> None:
    """Headings from h3 down, none skipped, each with an id."""
    tops: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            while tops and tops[-1] >= level:
                tops.pop()
            tops.append(level)
            token.attrs["id"] = f"gt-{number}"
            number += 1
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_FIRST_LEVEL - 1 + len(tops), _LAST_LEVEL)}"


def _href(href: str, folder: str, resolve: Resolve) -> str:
    """The link as it works on the page; "" when it leads nowhere or where no link may lead."""
    if _EXTERNAL.match(href):
        return href
    if not href or href.startswith("#") or _SCHEME.match(href):
        return ""
    path, mark, fragment = href.partition("#")
    target = resolve(_path(path, folder))
    return "" if target is None else target.href + mark + fragment


def _path(link: str, folder: str) -> str:
    """A relative link as a path from the root, NFC; "" when it leaves the repository."""
    parts = folder.split("/") if folder else []
    for part in nfc(unquote(link.partition("?")[0])).split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
