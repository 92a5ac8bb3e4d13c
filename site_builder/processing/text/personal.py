"""Personal data in texts, before anything is published.

Levels: BLOCK stops publishing, WARN asks a person to look, INFO is what offices publish of
themselves. A value never leaves this module but for ``hits``, which redaction needs; facts hold
it masked.

All patterns are bounded and run on the text without marks, so that a wrong tone hides nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from site_builder.model.processed import Level, PersonalData
from site_builder.model.text import nfc
from site_builder.processing.text.normal import skeleton
from site_builder.processing.text.vocabulary import table

VERSION = 1

# Provinces in citizen ids (Thong tu 59/2021/TT-BCA, as before the mergers of 2025: ids given
# earlier stay valid).
_PROVINCES = frozenset(
    """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035
    036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072
    074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
    """.split()  # noqa: SIM905 - read as words
)
_CENTURIES = "0123"
# Wide on purpose: facts may not change with the calendar.
_FIRST_YEAR, _LAST_YEAR = 1905, 2035

_FREE = r"(?<![\w.,/])(?<!\d-)"
_ENDS = r"(?![\w/]|[.,-]\d)"
_ID = re.compile(
    rf"{_FREE}(\d{{12}}|\d{{3}}([ .-])\d{{3}}\2\d{{3}}\2\d{{3}}|\d{{4}}([ .-])\d{{4}}\3\d{{4}}"
    rf"|\d{{3}}([ .-])\d\4\d\d\4\d{{6}}|\d{{6}}[ .-]\d{{6}}|\d{{3}}[ .-]\d{{9}}){_ENDS}"
)
_LONG_NUMBER = re.compile(r"\d[\d .-]{10,40}\d")
# Only believed beside a word for ids, which may be glued to it.
_LOOSE_ID = re.compile(r"(?<!\d)(?<!\d[.,/-])(\d(?:[ .-]?\d){11})(?!\d|[.,]\d)")
# Twelve digits in a row, whatever stands beside them but letters.
_SOLID_ID = re.compile(r"(?<![A-Za-z\d])(?<!\d[.,])(\d{12})(?![A-Za-z\d]|[.,]\d)")
_OLD_ID = re.compile(
    rf"{_FREE}(\d{{3}}[ .]?\d{{3}}[ .]?\d{{3}}){_ENDS}(?! ?(?:dong|vnd|d)\b)", re.IGNORECASE
)
_COLUMN_ID = re.compile(rf"{_FREE}([0-3]\d{{5}}(?!000)\d{{3}}){_ENDS}")
_MOBILE = re.compile(
    r"(?<![\d/.,-])((?:\+84|0084|0)[ .-]?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])"
    r"(?:[ .-]?\d){7})(?![\d/]|[.,]\d)"
)
_LANDLINE = re.compile(r"(?<![\d/.,-])(\(?02\d{1,2}\)?[ .-]{0,2}(?:\d[ .-]?){6,7}\d)(?!\d)")
_EMAIL = re.compile(
    r"(?<![\w.])([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}"
    r"\.[A-Za-z]{2,24})(?![\w-])"
)
_OFFICE_MAIL = re.compile(r"\.(?:gov|edu)\.vn$|@(?:[\w-]+\.)?chinhphu\.vn$", re.IGNORECASE)
_BANK = re.compile(
    r"(?<![a-z])(?:so tai khoan|so tk|stk|tai khoan(?: so| ngan hang)?|tk)(?![a-z])"
    r"[^\d\n]{0,40}?(\d[\d .]{6,20}\d)(?!\d)",
    re.IGNORECASE,
)
_GROUPED_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3}){2,6}")
_ACCOUNT_DIGITS = range(8, 20)
_INSURANCE = re.compile(
    r"(?:bhxh|bhyt|bao hiem (?:xa hoi|y te))\s?(?:so|:|so:)[^\d\n]{0,10}"
    r"((?<![A-Za-z])[A-Z]{2}\d{10,13}|(?<![A-Za-z])\d{10,13})(?!\w)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?:ho chieu|passport)[^\n]{0,30}?(?<![A-Za-z])([A-Z]\d{7})(?!\w)", re.IGNORECASE
)
_DAY = r"\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)\d\d"
_BIRTH = re.compile(
    r"(?:sinh ngay|ngay sinh|ngay, ?thang, ?nam sinh|ngay thang nam sinh|sinh nam|nam sinh|ntns)"
    rf"(?:\s?:?\s?(?={_DAY}|(?:ngay )?\d{{1,2}} thang )| ?:? ?(?=(?:19|20)\d\d))"
    rf"({_DAY}|(?:ngay )?\d{{1,2}} thang \d{{1,2}} nam \d{{4}}|(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ROW_BIRTH = re.compile(rf"(?<![\d/.,-])({_DAY}|(?:19[2-9]\d|20[01]\d))(?![\d/.,-]\d|\d)")
_PASSWORD = re.compile(r"(?:mat khau|password|passwd)\s?[:=]\s?(\S{4,64})", re.IGNORECASE)
_STRONG = re.compile(r"(?=.*[\d@#$%^&*!_])")
_ENOUGH_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A piece of personal data in a text; ``text[start:end]`` is the value."""

    kind: str
    level: Level
    start: int
    end: int


def bare_text(page: str) -> str:
    """The text of a page as the patterns want it."""
    return skeleton(re.sub("[\u0300-\u036f]+", "", nfc(page))).translate(_PLAIN)


_PLAIN = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufffe\x02"), "-"),
    **dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " "),
}


def hits(bare: str) -> tuple[Hit, ...]:
    """Personal data of one page, in order, none overlapping another.

    Args:
        bare: the text without marks; see ``bare_text``.
    """
    found: list[Hit] = []
    low = bare.lower()
    for words, search in _SEARCHES:
        # Most pages hold none of the words; looking for them costs next to nothing.
        for hit in search(bare) if any(word in low for word in words) else ():
            if not any(hit.start < other.end and other.start < hit.end for other in found):
                found.append(hit)
    return tuple(sorted(found, key=lambda hit: hit.start))


def find_personal(pages: Sequence[str], *, paged: bool = True) -> tuple[PersonalData, ...]:
    """What personal data stands in a file, by kind and level, the gravest first.

    Args:
        pages: text of each page.
        paged: the file has pages that people can open.
    """
    first: dict[tuple[str, Level], PersonalData] = {}
    values: dict[tuple[str, Level], set[str]] = {}
    for number, page in enumerate(pages, 1):
        bare = bare_text(page)
        for hit in hits(bare):
            key = (hit.kind, hit.level)
            value = bare[hit.start : hit.end]
            if key not in first:
                first[key] = PersonalData(
                    kind=hit.kind,
                    level=hit.level,
                    masked=masked(value, hit.kind),
                    page=number if paged else None,
                )
            values.setdefault(key, set()).add(_value(hit, number, value))
    counted = (_counted(data, len(values[key])) for key, data in first.items())
    return tuple(sorted(counted, key=lambda data: (_GRAVITY[data.level], data.kind)))


_GRAVITY = {Level.BLOCK: 0, Level.WARN: 1, Level.INFO: 2}


def _value(hit: Hit, page: int, value: str) -> str:
    # The rows of a list all count; a telephone number that stands on every page is one.
    if hit.kind == "birth-list":
        return f"{page}:{hit.start}"
    return re.sub(r"\W", "", value).lower()


def _counted(data: PersonalData, count: int) -> PersonalData:
    return PersonalData(
        kind=data.kind, level=data.level, masked=data.masked, page=data.page, count=count
    )


def masked(value: str, kind: str) -> str:
    """The value with its middle left out: at most three characters before, two behind."""
    if kind in {"password", "birth-list"}:
        return _ELLIPSIS
    characters = re.sub(r"\W", "", value)
    if len(characters) < _LONG:
        return f"{characters[:1]}{_ELLIPSIS}"
    return f"{characters[:3]}{_ELLIPSIS}{characters[-2:]}"


_ELLIPSIS = "\u2026"
_LONG = 9


def is_citizen_id(digits: str) -> bool:
    """Whether twelve digits can be a citizen id: province, century and sex, plausible year."""
    if not re.fullmatch(r"[0-9]{12}", digits) or digits[:3] not in _PROVINCES:
        return False
    if digits[3] not in _CENTURIES:
        return False
    year = 1900 + 100 * (int(digits[3]) // 2) + int(digits[4:6])
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@cache
def _context(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(skeleton(word).lower()) for word in table("personal")[name])
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)


def _near(bare: str, name: str, place: tuple[int, int], before: int = 60, after: int = 20) -> bool:
    start, end = place
    return _context(name).search(bare[max(0, start - before) : end + after]) is not None


def _hit(kind: str, level: Level, match: re.Match[str]) -> Hit:
    start, end = match.span(1)
    return Hit(kind=kind, level=level, start=start, end=end)


def _passports(bare: str) -> Iterator[Hit]:
    for match in _PASSPORT.finditer(bare):
        yield _hit("passport", Level.BLOCK, match)


def _insurance(bare: str) -> Iterator[Hit]:
    for match in _INSURANCE.finditer(bare):
        yield _hit("insurance", Level.WARN, match)


def _bank_accounts(bare: str) -> Iterator[Hit]:
    for match in _BANK.finditer(bare):
        between = bare[match.start() : match.start(1)]
        amount = _GROUPED_AMOUNT.fullmatch(match[1].strip())
        if amount or _context("identity").search(between):
            continue
        if len(_digits(match[1])) in _ACCOUNT_DIGITS:
            yield _hit("bank-account", Level.WARN, match)


def _citizen_ids(bare: str) -> Iterator[Hit]:
    if not _LONG_NUMBER.search(bare):
        return
    for match in _ID.finditer(bare):
        told = _near(bare, "identity", match.span(1))
        regular = match[1].isdigit() or any(match.group(2, 3, 4))
        if is_citizen_id(_digits(match[1])):
            yield _hit("citizen-id", Level.BLOCK if told or regular else Level.WARN, match)
        elif told:
            yield _hit("citizen-id", Level.WARN, match)
    for match in _SOLID_ID.finditer(bare):
        if is_citizen_id(match[1]):
            yield _hit("citizen-id", Level.BLOCK, match)
    for match in _LOOSE_ID.finditer(bare):
        if is_citizen_id(_digits(match[1])) and _near(bare, "identity", match.span(1)):
            yield _hit("citizen-id", Level.BLOCK, match)


def _mobiles(bare: str) -> Iterator[Hit]:
    for match in _MOBILE.finditer(bare):
        start = match.start(1)
        if _TAX.search(bare[max(0, start - _TAX_BEFORE) : start]):
            continue
        public = _near(bare, "public_line", match.span(1), after=0)
        told = match[1].isdigit() or _near(bare, "telephone", match.span(1))
        yield _hit("phone", Level.WARN if told and not public else Level.INFO, match)


_TAX = re.compile(
    r"(?:ma so thue|mst|ma so doanh nghiep|ma so ho kinh doanh)[^\n]*$", re.IGNORECASE
)
_TAX_BEFORE = 30


def _landlines(bare: str) -> Iterator[Hit]:
    for match in _LANDLINE.finditer(bare):
        place = match.span(1)
        if _near(bare, "telephone", place) or _near(bare, "public_line", place):
            yield _hit("landline", Level.INFO, match)


def _old_ids(bare: str) -> Iterator[Hit]:
    if not _context("identity").search(bare):
        return
    for match in _OLD_ID.finditer(bare):
        if _near(bare, "identity", match.span(1), 50, 5):
            yield _hit("old-id", Level.BLOCK, match)
    # A column of ids stands far below its heading.
    column = list(_COLUMN_ID.finditer(bare))
    for match in column:
        yield _hit("old-id", Level.BLOCK if len(column) > 1 else Level.WARN, match)


def _emails(bare: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(bare):
        office = _OFFICE_MAIL.search(match[1])
        yield _hit("email", Level.INFO if office else Level.WARN, match)


def _birth_lists(bare: str) -> Iterator[Hit]:
    """Every birth date of a page that lists persons with them."""
    heading = _context("birth").search(bare)
    if heading is None:
        return
    days = list(_ROW_BIRTH.finditer(bare, heading.end()))
    if len(days) < _ENOUGH_ROWS:
        return
    persons = {match.group() for match in _person().finditer(bare)}
    if len(persons) < _ENOUGH_ROWS:
        return
    for match in days:
        yield _hit("birth-list", Level.BLOCK, match)


@cache
def _person() -> re.Pattern[str]:
    surnames = sorted({skeleton(word) for word in table("personal")["surnames"]})
    words = "|".join(f"{word}|{word.upper()}" for word in surnames)
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?: [A-Z][A-Za-z]{{0,7}}){{1,4}}(?![A-Za-z])")


def _birth_dates(bare: str) -> Iterator[Hit]:
    for match in _BIRTH.finditer(bare):
        yield _hit("birth-date", Level.WARN, match)


def _passwords(bare: str) -> Iterator[Hit]:
    for match in _PASSWORD.finditer(bare):
        if _STRONG.match(match[1]):
            yield _hit("password", Level.BLOCK, match)


# What a word beside it explains goes before what only looks like something; each with the words
# without which there is nothing to look for.
_SEARCHES: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Hit]]], ...] = (
    (("mat khau", "passw"), _passwords),
    (("ho chieu", "passport"), _passports),
    (("bhxh", "bhyt", "bao hiem"), _insurance),
    (("tai khoan", "tk"), _bank_accounts),
    (("sinh", "ntns"), _birth_lists),
    (("0",), _citizen_ids),
    (("0", "+84"), _mobiles),
    (("02",), _landlines),
    (("c", "d"), _old_ids),
    (("@",), _emails),
    (("sinh", "ntns"), _birth_dates),
)
