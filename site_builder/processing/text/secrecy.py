"""Marks of secrecy: stamps, never words in running text.

A stamp is a line of its own in the head of a page, or stands on one line with the national title
where two columns were read across; forms say "Do mat: Mat". Internal marks are lines of their own
in capitals anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from site_builder.model.processed import SecrecyMark
from site_builder.processing.text.normal import is_capitals, plain, squeezed
from site_builder.processing.text.vocabulary import table

VERSION = 1

# Gravest first.
LEVELS = ("top-secret", "very-secret", "secret", "internal")
_HEAD_LINES = 25
_PAGE = 200_000
_AROUND = " .,:;*|-_()[]<>\"'"
_NATIONAL = (
    "CONGHOAXAHOICHUNGHIAVIETNAM",
    "DANGCONGSANVIETNAM",
    "DOCLAPTUDOHANHPHUC",
)


def find_secrecy(pages: Sequence[str], *, paged: bool = True) -> SecrecyMark | None:
    """The gravest mark of a file; None without one."""
    found = [
        (LEVELS.index(level), number)
        for number, page in enumerate(pages, 1)
        for level in _marks(plain(page, _PAGE).split("\n"))
    ]
    if not found:
        return None
    level, page = min(found)
    return SecrecyMark(level=LEVELS[level], page=page if paged else None)


def _marks(lines: Sequence[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        if len(line) > _LONGEST or (index >= _HEAD_LINES and not _MAYBE.search(line)):
            continue
        for cell in line.split("|"):
            level = _stamp(cell)
            if level and (index < _HEAD_LINES or level == "internal"):
                yield level
        if index < _HEAD_LINES and (level := _beside_title(line)):
            yield level
        if match := _told().match(line):
            yield _level_of(match["level"])


_LONGEST = 160
# Below the head of a page only capitals and forms can be marks.
_MAYBE = re.compile(r"^\W*(?:[A-Z\u0110]{2}|[^:]{5,20}: )")


def _stamp(line: str) -> str:
    """The level of a line that is a mark and nothing else."""
    text = line.strip(_AROUND)
    # "M A T" with spaces between the letters is one word; with its marks, or other words match.
    return _stamps().get(re.sub(r"[\s,]", "", text), "") if is_capitals(text) else ""


def _beside_title(line: str) -> str:
    """The level of a mark on one line with the national title, its motto or a number."""
    for stamp, level in _spaced():
        if line.startswith(f"{stamp} "):
            rest = line[len(stamp) :]
        elif line.endswith(f" {stamp}"):
            rest = line[: -len(stamp)]
        else:
            continue
        if squeezed(rest).upper().endswith(_NATIONAL) or _NUMBER.fullmatch(rest.strip()):
            return level
    return ""


_NUMBER = re.compile(r"S\S: ?\d{0,6} ?[/-] ?\S{2,40}")


@cache
def _stamps() -> dict[str, str]:
    return {
        re.sub(r"[\s,]", "", stamp): level for level in LEVELS for stamp in table("secrecy")[level]
    }


@cache
def _spaced() -> tuple[tuple[str, str], ...]:
    """Marks of state secrets, the longer first."""
    state = [(stamp, level) for level in LEVELS[:-1] for stamp in table("secrecy")[level]]
    return tuple(sorted(state, key=lambda pair: -len(pair[0])))


@cache
def _told() -> re.Pattern[str]:
    """A form's line with the level; a line that offers several levels tells none."""
    forms = "|".join(table("secrecy_forms")["labels"])
    levels = "|".join(stamp for stamp, _ in _spaced())
    return re.compile(rf"\W*(?:{forms})\s?:\s?(?P<level>{levels})[\s.;]*$", re.IGNORECASE)


def _level_of(text: str) -> str:
    return _stamps()[re.sub(r"[\s,]", "", text.upper())]
