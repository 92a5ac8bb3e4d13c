"""Number line and date line in the header of an official document.

Layout: Nghi dinh 30/2020/ND-CP, Phu luc I; Huong dan 36-HD/VPTW for documents of the Party. All
patterns are bounded, so that their time grows with the length of the header and no faster.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.processing.text.normal import is_capitals, skeleton
from site_builder.processing.text.vocabulary import vocabulary

# Grave, acute, tilde, hook above, dot below.
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# On the skeleton. A law has its type before the word: "Nghi quyet so: 78/2025/UBTVQH15".
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:(?P<law>Luat|LUAT|Bo luat|Nghi quyet|NGHI QUYET|Phap lenh|Lenh)\s[sS][oO]|S[oO06])"
    r"\s?(?P<colon>[:.]?)\s?"
    r"(?P<digits>\d[\d .]{0,7}[A-Za-z]?|[._ ]{0,60})\s?(?P<between>[-/])\s?"
    r"(?P<year>(?:(?:19|20)\d\d\s?/\s?)?)"
    r"(?P<symbol>[A-Z][A-Za-z0-9&.]{0,14}(?:\s?[-/]\s?[A-Z][A-Za-z0-9&.]{0,14}){0,5})"
    r"(?=[\s,;)|]|$)"
)
_DATE = re.compile(
    r"(?<![A-Za-z])[Nn]gay\s?(?P<day>[\d._ ]{0,12}?)\s?thang\s?(?P<month>[\d._ ]{0,12}?)\s?"
    r"nam\s?(?P<year>\d{4}(?!\d)|[\d._ ]{0,12})"
)
_SHORT_DATE = re.compile(
    r"(?<![A-Za-z])[Nn]gay\s?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?"
    r"(?P<year>\d{4})(?!\d)"
)
_OPENING_DATE = re.compile(
    r"(?<![A-Za-z])Hom nay,?\s[^.;:]{0,40}?ngay\s(?P<day>\d{1,2})\sthang\s(?P<month>\d{1,2})\s"
    r"nam\s(?P<year>\d{4})(?!\d)"
)
_PLACE = re.compile(
    r"(?:(?<![A-Za-z])(?:TP\.? ?)?[A-Z][a-z.]{0,8}(?:[ -]{1,3}[A-Z][a-z.]{0,8}){0,4}"
    r"|(?<=\n)[A-Z][A-Z ]{2,30}|(?<=[._])|^) ?[,.] ?\n?$"
)
_BEFORE = 60
# Marks what was cut out; plain text holds no control characters.
CUT = "\0"
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A number line.

    Attributes:
        digits: "" when the place for the number is empty.
        between: what stands between number and symbol, "/" or "-".
        year: "2025/" where the number holds its year, else "".
        start, end: where it stands.
    """

    digits: str
    between: str
    year: str
    symbol: str
    start: int
    end: int

    def number(self, digits: str) -> str:
        """The number as printed, with these digits."""
        return f"{digits}{self.between}{self.year}{self.symbol}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A date line; a part that is blank is None.

    Attributes:
        impossible: the parts are there and make no date.
    """

    day: int | None
    month: int | None
    year: int | None
    start: int
    end: int

    @property
    def blank(self) -> bool:
        return None in (self.day, self.month, self.year)

    @property
    def value(self) -> date | None:
        return day_of(self.day, self.month, self.year)


def day_of(day: int | None, month: int | None, year: int | None) -> date | None:
    """The date of three numbers; None when they make none that a document could have."""
    if day is None or month is None or year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def number_line(
    header: str, before: int, expected: frozenset[str] = frozenset()
) -> NumberLine | None:
    """The number line of a header.

    Args:
        header: lines of the header, plain.
        before: where the type of document begins; behind it a number is believed only when it
            has a line of its own.
        expected: first parts of symbols that go with the type of document. A stamp of the
            receiving office may bear a number too.
    """
    bare = skeleton(header)
    found = [
        (match, line) for match in _NUMBER.finditer(bare) if (line := _number(header, bare, match))
    ]
    ahead = [line for match, line in found if match.start() < before]
    behind = [
        line
        for match, line in found
        if match["colon"] and not _line_before(bare, match.start()) and not _rest(bare, line.end)
    ]
    ahead.sort(key=lambda line: _strangeness(line, expected))
    return next(iter(ahead or behind), None)


def _strangeness(line: NumberLine, expected: frozenset[str]) -> int:
    """How little a number looks like the document's own; the first of equals is taken."""
    parts = re.split(r"[-/]", line.symbol)
    if parts[0] in expected:
        return 0
    return 1 if len(parts) > 1 else 2


def date_line(header: str, before: int) -> DateLine | None:
    """The date line: behind a place, or on a line of its own ahead of the type of document."""
    bare = skeleton(header)
    matches = sorted(
        (*_DATE.finditer(bare), *_SHORT_DATE.finditer(bare)), key=lambda match: match.start()
    )
    for match in matches:
        if match.start() < before and _is_dated(bare, match.start()):
            return _date(match)
    return None


def opening_date(text: str) -> date | None:
    """The day of minutes or a contract, told in the first sentence."""
    match = _OPENING_DATE.search(skeleton(text))
    return _date(match).value if match else None


def first_date(text: str) -> date | None:
    """The first whole date of some words."""
    match = _DATE.search(skeleton(text))
    return _date(match).value if match else None


def first_number(text: str) -> NumberLine | None:
    """The first whole number of some words, wherever it stands."""
    bare = skeleton(text)
    found = (_number(text, bare, match) for match in _NUMBER.finditer(bare))
    return next((line for line in found if line and line.digits), None)


def without_header_lines(header: str) -> str:
    """The header with number lines and date lines cut out."""
    bare = skeleton(header)
    spans = [match.span() for match in _NUMBER.finditer(bare)]
    for match in (*_DATE.finditer(bare), *_SHORT_DATE.finditer(bare)):
        if not _is_dated(bare, match.start()):
            continue
        start = max(0, match.start() - _BEFORE)
        place = _PLACE.search(bare[start : match.start()])
        # A place never begins on the line of something else.
        spans.append((start + place.start() if place else match.start(), match.end()))
    return _cut(header, spans)


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = CUT * (end - start)
    return "".join(kept)


def _number(header: str, bare: str, match: re.Match[str]) -> NumberLine | None:
    symbol, length = _symbol(header[slice(*match.span("symbol"))])
    end = match.start("symbol") + length
    if not symbol or not _is_ahead(bare, match) or _goes_on(bare, end):
        return None
    return NumberLine(
        digits=re.sub(r"[^0-9A-Za-z.]", "", match["digits"]).strip(".") if match["digits"] else "",
        between=match["between"],
        year=re.sub(r"\s", "", match["year"]),
        symbol=symbol,
        start=match.start(),
        end=end,
    )


def _symbol(printed: str) -> tuple[str, int]:
    """The symbol without spaces, and how many printed characters it takes.

    Read across two columns, "12/KH-UBND - Thanh Giang" goes on with a place: a part with few
    capitals is none of the symbol. Nor is a part with a tone mark: where the symbol was lost, the
    type of the document follows in capitals.
    """
    length = 0
    for part in re.finditer(r"[^-/]+(?:[-/]|$)", printed):
        letters = re.sub(r"[^\w]", "", part[0])
        if _TONES.search(unicodedata.normalize("NFD", letters)):
            break
        if sum(char.isupper() or char.isdigit() for char in letters) * 2 < len(letters):
            break
        length = part.end()
    symbol = re.sub(r"\s", "", printed[:length]).strip("-/.&")
    capitals = sum(char.isupper() for char in symbol)
    # "N" alone is no symbol, a Party cell's one letter with a stroke is.
    return (symbol, length) if capitals > 1 or symbol == "\u0110" else ("", 0)


def _line_before(bare: str, start: int) -> str:
    """What stands on the same line (or in the same cell) before some place."""
    from_line = max(bare.rfind("\n", 0, start), bare.rfind("|", 0, start)) + 1
    return bare[from_line:start].strip(" *-_.")


def _is_ahead(bare: str, match: re.Match[str]) -> bool:
    """Whether a number is the document's own: nothing before it cites it."""
    before = _line_before(bare, match.start())
    if match["law"]:
        return not before and bool(match["colon"])
    if _INCOMING.search(before) or _ends_incoming(bare, match.start()):
        return False
    return not before or is_capitals(before) or before.lower().endswith("hanh phuc")


_INCOMING = re.compile(r"(?<![A-Z])DEN(?![A-Z])")


def _ends_incoming(bare: str, start: int) -> bool:
    """Whether the line above is the word of an incoming stamp."""
    above = bare[:start].rstrip("\n |").rpartition("\n")[2]
    return above.strip(" .:|*-") in {"DEN", "CONG VAN DEN", "VAN BAN DEN"}


def _rest(bare: str, end: int) -> str:
    """What is left of a line (or cell) after some place."""
    return re.split(r"[\n|]", bare[end : end + _BEFORE], maxsplit=1)[0].strip(" .,;*-_")


def _goes_on(bare: str, end: int) -> bool:
    """Whether a sentence goes on behind a number, as it does where one is cited."""
    rest = _rest(bare, end)
    return bool(rest) and (rest[0].islower() or bare[end : end + 1] in {";", ")"})


def _is_dated(bare: str, start: int) -> bool:
    """Whether a date is the document's own: a place stands before it, and nothing cites it."""
    before = bare[max(0, start - _BEFORE) : start]
    if place := _PLACE.search(before):
        line = before[: place.start()].rpartition("\n")[2].lower()
        return not _cites(line.rpartition("|")[2])
    if before.rstrip(" ") and before.rstrip(" ")[-1] not in "\n|":
        return False
    above = before.rstrip(" \n|").rpartition("\n")[2].lower()
    return not _cites(above) and not above.endswith(",")


def _cites(words: str) -> bool:
    citing = vocabulary().others["citing"]
    return any(re.search(rf"(?<![a-z]){word}(?![a-z])", words) for word in citing)


def _date(match: re.Match[str]) -> DateLine:
    day, month, year = (_figure(match[name]) for name in ("day", "month", "year"))
    whole = year if year is not None and year >= _FIRST_YEAR else None
    return DateLine(day=day, month=month, year=whole, start=match.start(), end=match.end())


def _figure(printed: str) -> int | None:
    digits = re.sub(r"\D", "", printed)
    return int(digits) if digits else None


def words_of(hints: tuple[str, ...]) -> Iterator[str]:
    """The words of form fields, a field may hold several."""
    for hint in hints:
        yield from hint.split()
