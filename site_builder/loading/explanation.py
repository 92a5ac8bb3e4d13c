"""giai-trinh.md: the declarations between its two lines of hyphens, and the words below them.

What officers typed stays text with its line: only the rule of the criterion knows whether
"1.248" is a count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from site_builder.loading import problems
from site_builder.loading.yaml_events import Undecodable, decode, read_yaml
from site_builder.model.dossier import Explanation, ListedDocument, Proposal, Written
from site_builder.model.finding import Finding
from site_builder.model.mappings import empty
from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.text import fold, fold_key, nfc
from site_builder.model.values import row
from site_builder.reading.fields import (
    Date,
    Describe,
    Field,
    Flag,
    ListOf,
    MapOf,
    Record,
    Report,
    Text,
)
from site_builder.reading.problems import UNREADABLE, WRONG_KIND

# The longest reports of a commune are some tens of kilobytes of text.
SIZE_LIMIT = 2 * 1024 * 1024

_FENCE = re.compile(r"-{3,}\s*\Z")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|\Z)")
_RULER = re.compile(r"\s{0,3}(?:=+|-+)\s*\Z")
# The line that ``init`` writes above the place for words; compared without marks.
# Every part eats the spaces behind it and only those: two neighbours that both may would make
# a line of spaces take minutes.
_PROMPT = re.compile(r"[\s*_>#-]*giai trinh\s*(?:\([^)]*\)\s*)?(?:[*_]+\s*)?:[*_]*")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A value kept as text with its place."""

    def read(self, node: Node, key: str, report: Report) -> Written | None:
        if isinstance(node, ScalarNode):
            if report.lose(node):
                return None
            return Written(node.text.strip(), node.line + report.line_offset, node.column)
        report.add(WRONG_KIND, node, key, key=key, variant="scalar")
        return None

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean", "null"]}


@dataclass(frozen=True, slots=True)
class ListedReader:
    """An entry of ``tai_lieu``; a bare text is the file (or link) and nothing said about it."""

    def read(self, node: Node, key: str, report: Report) -> ListedDocument | None:
        if isinstance(node, ScalarNode):
            text = node.text.strip()
            if not text:
                return None
            line = node.line + report.line_offset
            if "://" in text:
                return ListedDocument(link=text, line=line)
            return ListedDocument(file=text, line=line)
        values: dict[str, Any] | None = LISTED_RECORD.read(node, key, report)
        if values is None:
            return None
        return ListedDocument(
            file=values.get("tep", ""),
            link=values.get("lien_ket", ""),
            see=values.get("xem", ""),
            slot=values.get("cho", ""),
            number=values.get("so", ""),
            issued_on=values.get("ngay"),
            issuer=values.get("co_quan", ""),
            subject=values.get("trich_yeu", ""),
            place=values.get("vi_tri", ""),
            public=values.get("cong_khai", False),
            line=node.line + report.line_offset,
        )

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, LISTED_RECORD.schema(describe)]}


def _proposal(values: dict[str, Any], node: MappingNode) -> dict[str, Any]:
    return {**values, "line": node.line}


LISTED_RECORD = Record(
    "tai_lieu",
    (
        Field("tep", Text()),
        Field("lien_ket", Text()),
        Field("xem", Text()),
        Field("cho", Text()),
        Field("so", Text()),
        Field("ngay", Date()),
        Field("co_quan", Text()),
        Field("trich_yeu", Text(long=True)),
        Field("vi_tri", Text()),
        Field("cong_khai", Flag()),
    ),
)
PROPOSAL_RECORD = Record(
    "de_nghi",
    (Field("diem", AsWritten()), Field("ly_do", Text(long=True))),
    _proposal,
)
EXPLANATION_RECORD = Record(
    "giai_trinh",
    (
        Field("so_lieu", MapOf(AsWritten())),
        Field("da_dat", ListOf(AsWritten(), lone=True)),
        Field("muc", AsWritten()),
        Field("dat", AsWritten()),
        Field("ngay", AsWritten()),
        Field("chon", MapOf(AsWritten())),
        Field("diem", AsWritten()),
        Field("de_nghi", PROPOSAL_RECORD),
        Field("khong_ap_dung", AsWritten()),
        Field("cong_khai", Flag()),
        Field("bo_qua", MapOf(AsWritten())),
        Field("tai_lieu", ListOf(ListedReader(), lone=True)),
        Field("tra_loi", Text(long=True)),
        Field("y_kien", Text(long=True)),
    ),
)
_NOTHING: Mapping[str, Written] = empty()
_NO_LINES: Mapping[str, int] = empty()
_KEYS = frozenset(known.key for known in EXPLANATION_RECORD.fields)


def read_explanation(
    data: bytes, path: str, criterion: str
) -> tuple[Explanation, tuple[Finding, ...]]:
    """The explanation that the bytes of a giai-trinh.md hold."""
    report = Report(path, criterion)
    if len(data) > SIZE_LIMIT:
        long = problems.TOO_LONG.at(path, criterion=criterion, limit=SIZE_LIMIT // 1024**2)
        return Explanation(path=path), (long,)
    try:
        text = decode(data)
    except Undecodable as error:
        found = problems.NOT_TEXT.at(
            path, line=error.line, criterion=criterion, variant=error.variant
        )
        return Explanation(path=path), (found,)
    explanation = explanation_from_text(text, report)
    return explanation, tuple(report.findings)


def explanation_from_text(text: str, report: Report) -> Explanation:
    r"""The explanation in a text with "\n" line ends; problems go to ``report``."""
    declared, offset, body, body_line = _split(text, report)
    values: dict[str, Any] = {}
    lines: Mapping[str, int] = _NO_LINES
    if declared.strip():
        report.line_offset = offset
        root = read_yaml(declared, report.path, report)
        if isinstance(root, MappingNode):
            values = EXPLANATION_RECORD.read(root, "", report)
            lines = _lines(root, offset)
        elif root is not None and not (isinstance(root, ScalarNode) and root.is_absent):
            report.add(UNREADABLE, root, "not_mapping", variant="not_mapping")
        report.line_offset = 0
    # What somebody took out of the words by making it a comment is in no edition.
    body = _without_comments(body)
    words = _Body(body, body_line, plain_words(body))
    return _explanation(values, report, _Declared(offset, lines), words)


@row
class _Declared:
    """Where the declarations stand: lines above them, and the lines of their keys."""

    offset: int
    lines: Mapping[str, int]


def _lines(root: MappingNode, offset: int) -> Mapping[str, int]:
    """The line of each key, and of each empty one below a key as ``so_lieu.id``."""
    lines: dict[str, int] = {}
    for name, value in root.entries:
        lines[name.text] = name.line + offset
        if isinstance(value, MappingNode):
            for below, typed in value.entries:
                if isinstance(typed, ScalarNode) and not typed.text:
                    lines[f"{name.text}.{below.text}"] = below.line + offset
    return lines


@row
class _Body:
    """What follows the declarations."""

    text: str
    line: int
    words: str


def _split(text: str, report: Report) -> tuple[str, int, str, int]:
    """Declarations, lines above them, body, and the line on which the body begins."""
    lines = text.split("\n")
    first = 0
    while first < len(lines) and not lines[first].strip():
        first += 1
    if first == len(lines) or not _FENCE.match(lines[first]):
        if first < len(lines) and _is_declaration(lines[first]):
            report.findings.append(
                problems.NO_OPENING_LINE.at(
                    report.path,
                    line=first + 1,
                    criterion=report.criterion,
                    key=lines[first].partition(":")[0].strip(),
                )
            )
            end = _end_of_declarations(lines, first)
            after = end + 1 if end < len(lines) and _FENCE.match(lines[end]) else end
            return "\n".join(lines[first:end]), first, "\n".join(lines[after:]), after + 1
        return "", 0, text, 1
    start = first + 1
    for place in range(start, len(lines)):
        line = lines[place]
        if line[:3] == "---" and _FENCE.match(line):
            return "\n".join(lines[start:place]), start, "\n".join(lines[place + 1 :]), place + 2
    report.findings.append(
        problems.NO_CLOSING_LINE.at(report.path, line=first + 1, criterion=report.criterion)
    )
    end = _end_of_declarations(lines, start)
    return "\n".join(lines[start:end]), start, "\n".join(lines[end:]), end + 1


def _is_declaration(line: str) -> bool:
    key, colon, _ = line.partition(":")
    return bool(colon) and fold_key(key) in _KEYS


def _end_of_declarations(lines: list[str], start: int) -> int:
    """The first line that cannot belong to the declarations, when no line of hyphens says so."""
    for place in range(start, len(lines)):
        line = lines[place]
        inside = (
            not line.strip()
            or line[0] in " \t"
            or line.startswith("- ")
            # One "#" is a comment of the template, two are the first heading below.
            or (line[0] == "#" and line[:2] != "##")
            or _is_declaration(line)
        )
        if not inside:
            return place
    return len(lines)


def _explanation(
    values: dict[str, Any], report: Report, declared: _Declared, body: _Body
) -> Explanation:
    proposed = values.get("de_nghi")
    proposal = None
    if proposed is not None:
        line = proposed["line"] + declared.offset
        proposal = Proposal(
            points=proposed.get("diem", Written("", line)),
            reason=proposed.get("ly_do", ""),
            line=line,
        )
    get = values.get
    return Explanation(
        path=report.path,
        figures=_typed(get("so_lieu")),
        checked=_listed(get("da_dat")),
        level=get("muc"),
        achieved=get("dat"),
        on=get("ngay"),
        choices=_typed(get("chon")),
        points=get("diem"),
        proposal=proposal,
        not_applicable=get("khong_ap_dung"),
        public=get("cong_khai", False),
        # An answer without a reason is kept: a check says that it does not count.
        answers={name.text.strip().upper(): reason for name, reason in get("bo_qua", ())},
        documents=get("tai_lieu", ()),
        body=body.text,
        body_line=body.line,
        text=body.words,
        # What was typed is kept above, or could not be read and was reported.
        is_template=not body.words and not report.findings and not _any_typed(values),
        reply=get("tra_loi", ""),
        opinion=get("y_kien", ""),
        lines=declared.lines,
    )


def _typed(pairs: tuple[tuple[ScalarNode, Written], ...] | None) -> Mapping[str, Written]:
    """What was typed by key; keys with nothing behind the colon are not typed yet."""
    if not pairs:
        return _NOTHING
    return {name.text.strip(): written for name, written in pairs if written.text}


def _listed(items: tuple[Written, ...] | None) -> tuple[Written, ...] | None:
    return None if items is None else tuple(item for item in items if item.text)


def _any_typed(values: Mapping[str, Any]) -> bool:
    """Something was filled in that the template leaves empty."""
    for key, value in values.items():
        if key in {"so_lieu", "chon", "bo_qua"}:
            if _typed(value):
                return True
        elif key != "cong_khai":
            # Even "da_dat: []" says something: nothing was achieved.
            return True
    return False


def _without_comments(body: str) -> str:
    """The body with as many lines; a comment that nobody ended goes to the end of the text."""
    if "<!--" not in body:
        return body
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body)


def plain_words(body: str) -> str:
    """The words of a body: no headings, template prompt, rulers or empty lines."""
    if not body or body.isspace():
        return ""
    kept = []
    for written in body.split("\n"):
        line = written
        if not line.strip() or _HEADING.match(line) or _RULER.match(line):
            continue
        if ":" in line:
            # Folding keeps the number of characters before the colon only for composed text.
            before, _, after = nfc(line).partition(":")
            if _PROMPT.fullmatch(fold(before) + ":"):
                line = after.lstrip("*_ ")
        if _WORD.search(line):
            kept.append(line.strip())
    return "\n".join(kept)


def read_word(data: bytes, path: str, criterion: str) -> tuple[Explanation, tuple[Finding, ...]]:
    """The explanation that a giai-trinh.docx holds; its paragraphs are read as lines."""
    from site_builder.loading import word_text  # noqa: PLC0415 - XML and ZIP cost start-up time

    report = Report(path, criterion)
    if len(data) > word_text.SIZE_LIMIT:
        long = problems.TOO_LONG.at(
            path, criterion=criterion, limit=word_text.SIZE_LIMIT // 1024**2
        )
        return Explanation(path=path), (long,)
    try:
        paragraphs = word_text.word_paragraphs(data)
    except word_text.NotWord:
        found = problems.BAD_DOCX.at(path, criterion=criterion)
        return Explanation(path=path), (found,)
    explanation = explanation_from_text("\n".join(paragraphs), report)
    # What was typed in a word processor is no markdown: stars and brackets are just that.
    body = "\n\n".join(word_text.as_markdown(line) for line in explanation.body.split("\n") if line)
    return replace(explanation, body=body, body_line=1), tuple(report.findings)
