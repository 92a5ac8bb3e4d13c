"""What an official document says of itself: number, date, issuer, type, subject, signer.

Precision goes before recall: a wrong number or date is worse than none, because an officer would
be told that his own is wrong. Everything is a suggestion to compare with, never authority.

Steps: the header is what stands before the text proper; the line of the type divides it; above
it number, date and issuer, below it the subject; the signature block follows the text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from site_builder.model.processed import OfficialDocument, TextSource
from site_builder.processing.text import header as headers
from site_builder.processing.text.header import DateLine, NumberLine
from site_builder.processing.text.issuer import find_issuer, has_nation, issuer_in_text
from site_builder.processing.text.normal import is_capitals, plain, skeleton, squeezed
from site_builder.processing.text.signer import find_signer
from site_builder.processing.text.title import (
    Title,
    find_title,
    side_subject,
    subject_below,
    type_of_symbol,
)
from site_builder.processing.text.vocabulary import vocabulary

VERSION = 2

_HEAD = 6_000
_HEADER_LINES = 40
# Without national title and number, a type further down is a heading of something else.
_TITLE_WITHIN = 6
_TEXT = 400_000
_TAIL = 400
_GAZETTE = re.compile(r"^[ \d]{0,8}CONG BAO ?/.*$")
_PAGE = re.compile(r"[\d\s./|*_-]*")
_MARK = re.compile(r"^[(\[]?(?:DU THAO|Du thao)(?P<rest>.*)$")
_MARK_REST = re.compile(r"[)\]:. ]{0,3}(?:(?:lan|so|ngay|ban|LAN|SO|NGAY|BAN)\W.{0,40})?")


def read_official(
    pages: Sequence[str], hints: Sequence[str], source: TextSource
) -> OfficialDocument | None:
    """What the text says of itself; None when it is no official document at all.

    Args:
        pages: text of each page; a document without pages has one.
        hints: words that stand only in form or signature fields of page 1, in drawing order.
        source: where the text comes from. A number written by hand escapes recognition, so that
            recognised text is never called a draft for a blank.
    """
    # A first page without text is a scan; what follows it is another document's beginning.
    if not pages or not pages[0].strip():
        return None
    lines = _lines(plain("\n".join(pages[:3])[: 2 * _HEAD], _HEAD))
    top = _header(lines)
    title = find_title(top)
    header = "\n".join(top)
    before = sum(len(line) + 1 for line in top[: title.index]) if title else len(header)
    number = headers.number_line(header, before, _symbols_of(title))
    dated = headers.date_line(header, before)
    if not _is_official(top, title, number):
        return None
    document = OfficialDocument(
        number=number.number(number.digits) if number and number.digits else "",
        symbol=number.symbol if number else "",
        issued_on=dated.value if dated else None,
        type=_type(title, number, lines),
        subject=_subject(title, top),
        source=source,
    )
    if document.issued_on is None and document.type in vocabulary().dated_in_text:
        document = replace(document, issued_on=headers.opening_date("\n".join(lines)))
    document = _filled(document, number, dated, tuple(headers.words_of(tuple(hints))))
    text = _all_lines(pages)
    signer, post = find_signer(text[len(top) :])
    issuer, parent = ("", "")
    if number or has_nation(header[:before]):
        issuer, parent = find_issuer(header[:before])
    told = issuer or issuer_in_text(document.subject, "\n".join(text)[-_TAIL:])
    return replace(
        document,
        issuer=told,
        issuer_parent=parent,
        issuer_inferred=bool(told) and not issuer,
        signer=signer,
        signer_post=post,
        draft=_draft(document, number, dated, top[: title.index + 1] if title else top),
    )


def _lines(text: str) -> list[str]:
    """The lines, without running heads; a word that a narrow column cut off rejoined."""
    lines: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if _GAZETTE.match(skeleton(line)) or not line or _PAGE.fullmatch(line):
            continue
        if lines and line[0].islower() and lines[-1].istitle() and lines[-1].isalpha():
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _header(lines: Sequence[str]) -> Sequence[str]:
    opening = vocabulary().others["body"]
    for index, line in enumerate(lines[:_HEADER_LINES]):
        # In capitals the words begin a title that is set on two lines.
        if skeleton(line).lower().startswith(opening) and not is_capitals(line):
            return lines[:index]
    return lines[:_HEADER_LINES]


def _symbols_of(title: Title | None) -> frozenset[str]:
    by_symbol = vocabulary().types_by_symbol
    return frozenset(symbol for symbol, name in by_symbol.items() if title and name == title.type)


def _is_official(top: Sequence[str], title: Title | None, number: NumberLine | None) -> bool:
    if number or (title and title.index < _TITLE_WITHIN):
        return True
    return bool(top) and has_nation("\n".join(top))


def _type(title: Title | None, number: NumberLine | None, lines: Sequence[str]) -> str:
    if number is None:
        return title.type if title else ""
    addressed = any(skeleton(line).lower().startswith("kinh gui") for line in lines)
    by_symbol = type_of_symbol(number.symbol, addressed=addressed and title is None)
    if title is None:
        return by_symbol
    # A decision that issues rules may show only the name of the rules; the Party's do not.
    issued_by = title.type in vocabulary().annexed and number.between == "/"
    return by_symbol if issued_by and by_symbol else title.type


def _subject(title: Title | None, top: Sequence[str]) -> str:
    below = subject_below(title, top) if title else ""
    return below or side_subject("\n".join(top))


def _filled(
    document: OfficialDocument,
    number: NumberLine | None,
    dated: DateLine | None,
    hints: tuple[str, ...],
) -> OfficialDocument:
    """The document with what only the fields of a signature hold."""
    if not hints or (document.number and document.issued_on):
        return document
    words = " ".join(hints)
    told_number = "" if document.number else _whole_number(words, number)
    told_date = None if document.issued_on else headers.first_date(words)
    if not told_number and told_date is None:
        told_number, told_date = _from_figures(hints, number, dated)
    return replace(
        document,
        number=document.number or told_number,
        symbol=document.symbol or (told_number and _symbol_of(words)),
        issued_on=document.issued_on or told_date,
        from_signature=bool(told_number or told_date),
    )


def _whole_number(words: str, number: NumberLine | None) -> str:
    told = headers.first_number(words)
    if told is None or (number and squeezed(told.symbol) != squeezed(number.symbol)):
        return ""
    return told.number(told.digits)


def _symbol_of(words: str) -> str:
    told = headers.first_number(words)
    return told.symbol if told else ""


def _from_figures(
    hints: tuple[str, ...], number: NumberLine | None, dated: DateLine | None
) -> tuple[str, date | None]:
    """Number and date out of bare figures: from left to right number, day, month.

    Only when there are just as many figures as blanks: otherwise nobody knows which is which.
    """
    figures = [word for word in hints if re.fullmatch(r"\d{1,5}[A-Za-z]?", word)]
    number_blank = number is not None and not number.digits
    day_blank = dated is not None and dated.year is not None and dated.day is None
    month_blank = dated is not None and dated.year is not None and dated.month is None
    if not figures or len(figures) != number_blank + day_blank + month_blank:
        return "", None
    told = number.number(figures.pop(0)) if number is not None and number_blank else ""
    if dated is None or not (day_blank or month_blank):
        return told, None
    day = _small(figures.pop(0)) if day_blank else dated.day
    month = _small(figures.pop(0)) if month_blank else dated.month
    value = headers.day_of(day, month, dated.year)
    # A day that is none shows that the figures mean something else.
    return (told, value) if value else ("", None)


def _small(figure: str) -> int | None:
    return int(figure) if figure.isdecimal() and figure.isascii() else None


def _draft(
    document: OfficialDocument,
    number: NumberLine | None,
    dated: DateLine | None,
    above: Sequence[str],
) -> str:
    if any(_is_marked(line) for line in above):
        return "marked"
    if document.source is not TextSource.LAYER:
        return ""
    if number is not None and not document.number:
        return "number"
    if dated is not None and dated.blank and document.issued_on is None:
        return "date"
    return ""


def _is_marked(line: str) -> bool:
    mark = _MARK.match(skeleton(line))
    if mark is None:
        return False
    rest = mark["rest"]
    # "DU THAO" above the type on one line with it, as on drafts for comment.
    types = vocabulary().types
    return _MARK_REST.fullmatch(rest) is not None or squeezed(rest).lower() in types


def _all_lines(pages: Sequence[str]) -> list[str]:
    left = _TEXT
    lines: list[str] = []
    for page in pages:
        if left <= 0:
            break
        lines += _lines(plain(page, left))
        left -= len(page)
    return lines
