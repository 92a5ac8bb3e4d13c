"""Type and subject of an official document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.processing.text.header import date_line, number_line
from site_builder.processing.text.normal import is_capitals, skeleton, squeezed
from site_builder.processing.text.vocabulary import vocabulary

_SUBJECT_LINES = 8
_SUBJECT_LENGTH = 600
# A line of a centred title is shorter than a line of running text.
_TITLE_LINE = 62
_RULE = re.compile(r"[-*_=. ]{3,}|[*]")
_ABOUT = re.compile(r"^(?:v/v|ve viec|ve)(?=[\s:])\s?:?\s?", re.IGNORECASE)
_SIDE_SUBJECT = re.compile(r"(?:^|(?<=[\n| ]))[Vv]/[Vv]\s?:?\s")
_NATION = re.compile(r"c[o0]ng hoa xa|dang cong san viet nam|doc lap\s?-", re.IGNORECASE)
_PLACE_AT_END = re.compile(r"([A-Z][A-Za-z]{0,15}[ -]){0,4}[A-Z][A-Za-z]{0,15}, ?$")
_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The line that names the type.

    Attributes:
        type: as people write it.
        rest: of the line, where the subject begins on it; "" as a rule.
        index: of the line among the lines of the header.
    """

    type: str
    rest: str
    index: int


def find_title(lines: Sequence[str]) -> Title | None:
    """The first line in capitals that is a type, else the first that begins with one."""
    for index, line in enumerate(lines):
        if (kind := _is_type(line)) is not None:
            return Title(type=kind, rest="", index=index)
    for index, line in enumerate(lines):
        if (begun := _begins_with_type(line)) is not None:
            return Title(type=begun[0], rest=begun[1], index=index)
    return None


def _is_type(line: str) -> str | None:
    alone = _BRACKETS.sub("", line)
    if len(alone) > _TITLE_LINE or not is_capitals(alone) or alone.rstrip().endswith(":"):
        return None
    key = squeezed(alone).lower().removeprefix("duthao")
    return vocabulary().types.get(key)


def _begins_with_type(line: str) -> tuple[str, str] | None:
    if not is_capitals(line):
        return None
    words = vocabulary()
    folded = skeleton(line).lower()
    names = sorted(words.types.values(), key=len, reverse=True)
    for name in names:
        start = f"{skeleton(name).lower()} "
        if folded.startswith(start) and name not in words.announced:
            rest = line[len(start) :].strip()
            return (name, rest) if rest[:1].isalpha() else None
    return None


def type_of_symbol(symbol: str, *, addressed: bool) -> str:
    """The type that a symbol tells; "" when it tells none.

    Args:
        symbol: without number and year ("TTr-SNV", "NQ/DU", "UBND-VP").
        addressed: the text begins with a recipient, so that a symbol of an office alone is that
            of a letter.
    """
    first = re.split(r"[-/]", symbol, maxsplit=1)[0]
    types = vocabulary().types_by_symbol
    # "QDUBND": a line break swallowed the hyphen.
    whole = first.removesuffix("UBND") or first
    found = types.get(whole) or types.get(skeleton(whole))
    return found or (types["CV"] if addressed else "")


def subject_below(title: Title, lines: Sequence[str]) -> str:
    """The subject: the lines under the type, up to where the text begins."""
    taken = [title.rest] if title.rest else []
    for line in lines[title.index + 1 : title.index + 1 + _SUBJECT_LINES]:
        if _ends_subject(line, taken):
            break
        if not (_RULE.fullmatch(line) or _is_number(line)):
            taken.append(line)
        if len(" ".join(taken)) > _SUBJECT_LENGTH or line.endswith("./."):
            break
    return _tidy(taken)


def _is_number(line: str) -> bool:
    return number_line(line, before=len(line)) is not None and len(line) < _TITLE_LINE


def _ends_subject(line: str, taken: Sequence[str]) -> bool:
    folded = skeleton(line).lower()
    # The decree is quoted in capitals where the whole title is ("NGHI / QUYET SO 41/2022/...").
    if folded.startswith("(") or (not taken and folded.startswith(_openers(strict=True))):
        return True
    if not taken:
        return _NATION.search(folded) is not None
    if _RULE.fullmatch(line):
        return True
    if line[0].islower():
        return False
    if is_capitals(line) and not is_capitals(" ".join(taken)) and " " in line:
        # The authority that decides, between the subject and the grounds.
        return True
    if _hangs(taken[-1], line):
        return False
    if folded.startswith(_openers(strict=False)):
        return True
    if is_capitals(line):
        return _is_authority(folded)
    return len(line) > _TITLE_LINE or line.rstrip()[-1:] in ".;:," or is_capitals(taken[-1])


def _openers(*, strict: bool) -> tuple[str, ...]:
    return vocabulary().others["body" if strict else "opening"]


def _is_authority(folded: str) -> bool:
    posts = ("chu tich", "truong", "giam doc", "bo truong", "thu tuong", "chanh", "hieu truong")
    bodies = ("hoi dong nhan dan", "uy ban", "chinh phu", "quoc hoi", "ban chap hanh", "ban thuong")
    return folded.startswith((*posts, *bodies))


def _hangs(line: str, following: str) -> bool:
    """Whether a line of a subject cannot be its last."""
    if line.rstrip().endswith((",", "-", "/")):
        return True
    folded = f" {skeleton(line).lower()}"
    words = vocabulary().others
    if following[0].isdigit() and folded.endswith(tuple(f" {word}" for word in words["counted"])):
        return True
    return folded.endswith(tuple(f" {word}" for word in words["hanging"]))


def side_subject(header: str) -> str:
    """The subject of a letter, under its number ("V/v ...")."""
    start = _SIDE_SUBJECT.search(skeleton(header))
    if not start:
        return ""
    return _tidy(list(_side_lines(re.split(r"[\n|]", header[start.end() :]))))


def _side_lines(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_SUBJECT_LINES]:
        folded = skeleton(line).lower()
        dated = date_line(line, before=len(line))
        if dated and (cut := _before_place(line, dated.start)):
            yield cut
        stops = ("kinh gui", "can cu", "so:", "noi nhan")
        if dated or _NATION.search(folded) or folded.startswith(stops) or _RULE.fullmatch(line):
            return
        yield line


def _before_place(line: str, start: int) -> str:
    """What of a line belongs to the left column, when a place and a date follow on it."""
    place = _PLACE_AT_END.search(skeleton(line[:start]))
    return line[: place.start()].strip() if place else ""


def _tidy(lines: Sequence[str]) -> str:
    text = re.sub(r"\s+", " ", " ".join(lines)).strip(" -_*.|;,")
    cut = _ABOUT.match(skeleton(text))
    return text[cut.end() :] if cut else text
