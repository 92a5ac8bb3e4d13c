"""Links and pictures in an explanation lead somewhere, and its markup will be shown."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from site_builder.checks.listings import explanations
from site_builder.checks.nearness import nearest
from site_builder.checks.paths import join, names_below
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import MARKUP_LIMIT, Dossier, Explanation
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold, nfc

if TYPE_CHECKING:
    from markdown_it.token import Token

BROKEN_LINK = Check("EXP040", "broken-link", Severity.ERROR)
RAW_HTML = Check("EXP041", "raw-html", Severity.WARNING)
LONG_MARKUP = Check("EXP042", "too-long-for-markup", Severity.WARNING)
CHECKS = (BROKEN_LINK, RAW_HTML, LONG_MARKUP)

# Nothing else can start a link, a picture or a tag, and most explanations have none of them.
_MAY_MATTER = re.compile(r"<[A-Za-z/!?]|\]\(|\]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:|\\\\|file:", re.IGNORECASE)
# "[name](Bao cao.pdf)" with its space is no link in Markdown; it is shown as typed.
# Bounded, because nobody means a file by more: a page of spaces must not take minutes.
_NOT_A_LINK = re.compile(r"\]\(([^()<>]{1,400})\)")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_BREAKS = frozenset({"softbreak", "hardbreak"})


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per broken target, one per explanation for markup."""
    for explanation in explanations(dossier):
        body = explanation.body
        if len(body) > MARKUP_LIMIT:
            yield LONG_MARKUP.at(
                explanation.path, criterion=dossier.criterion, limit=MARKUP_LIMIT // 1000
            )
            continue
        # The plain questions first: they are many times faster than the pattern.
        if not ("](" in body or "]:" in body or "<" in body):
            continue
        if _MAY_MATTER.search(body) and explanation.path.endswith(".md"):
            yield from _body(explanation, dossier, facts)


def _body(explanation: Explanation, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few explanations need it

    parser = MarkdownIt("commonmark").enable("table")
    # The parser drops targets like file:///C:/..., which are the ones to tell people about.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    tags: dict[str, int] = {}
    folder = explanation.path.rpartition("/")[0]
    for line, token in _flat(parser.parse(explanation.body)):
        at = explanation.body_line + line
        if token.type in {"html_block", "html_inline"}:
            for tag in _TAG.findall(token.content) or ("!",):
                tags.setdefault(tag.lower(), at)
            continue
        target = _target(token)
        if target is None:
            continue
        variant, near = _judge(target, folder, dossier, facts)
        if token.type == "text":
            # Words in brackets after words in brackets are ordinary text unless a file is meant.
            named = "." in target.rpartition("/")[2]
            variant, near = ("space" if named or variant is None else None), ""
        if variant is not None:
            yield BROKEN_LINK.at(
                explanation.path,
                line=at,
                criterion=dossier.criterion,
                subject=target,
                variant=variant,
                target=target[:200],
                near=near,
            )
    if tags:
        yield RAW_HTML.at(
            explanation.path,
            line=min(tags.values()),
            criterion=dossier.criterion,
            tags=", ".join(f"<{tag}>" for tag in tags),
        )


def _any_link(url: str) -> bool:
    return True


def _flat(tokens: list["Token"]) -> Iterator[tuple[int, "Token"]]:
    """Every token with the line of the body on which it stands, counted from 0."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "inline":
            for child in token.children or ():
                yield line, child
                if child.type in _BREAKS:
                    line += 1
                elif child.content and child.type == "html_inline":
                    line += child.content.count("\n")
        elif token.type == "html_block":
            yield line, token


def _target(token: "Token") -> str | None:
    """Where a link or picture leads, as typed; None when the token is neither."""
    if token.type == "link_open":
        return nfc(unquote(str(token.attrs.get("href", ""))))
    if token.type == "image":
        return nfc(unquote(str(token.attrs.get("src", ""))))
    if token.type == "text" and "](" in token.content:
        meant = (found[1].strip() for found in _NOT_A_LINK.finditer(token.content))
        spaced = next((name for name in meant if len(name.split()) > 1), None)
        return None if spaced is None else nfc(unquote(spaced))
    return None


def _judge(target: str, folder: str, dossier: Dossier, facts: Facts) -> tuple[str | None, str]:
    """What is wrong with a target (a variant of the message) and what was probably meant."""
    if _WEB.match(target) or target.startswith("#"):
        return None, ""
    if _DRIVE.match(target):
        return "own_computer", ""
    if _SCHEME.match(target):
        return "scheme", ""
    if not target:
        return "empty", ""
    path = join(folder, target)
    if path not in facts.paths:
        # A file name may itself hold "#" or "?", so what follows them goes only when needed.
        path = join(folder, re.split(r"[?#]", target, maxsplit=1)[0])
    if path in facts.paths:
        return None, ""
    if path is None or not path.startswith("evidence/"):
        return "outside", ""
    near = _meant(target, folder, dossier)
    return ("near" if near else "absent"), near


def _meant(target: str, folder: str, dossier: Dossier) -> str:
    names = names_below(folder, dossier)
    for name in names:
        if fold(name) == fold(target):
            return name
    return nearest(target, names)
