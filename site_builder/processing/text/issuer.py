"""Issuing body and its superior, out of the left column of the header."""

import re
from collections.abc import Sequence

from site_builder.processing.text.header import CUT, without_header_lines
from site_builder.processing.text.normal import is_capitals, skeleton, squeezed
from site_builder.processing.text.vocabulary import vocabulary

# Lines break anywhere in narrow columns; (?:...)? takes what recognition swallows.
_NATION = re.compile(
    r"C[O0]NG\s?H[O0]A\s?X.{0,2}\s?H[O0]I\s?CHU\s?NGH[IL]A\s?VI[EC]T\s?NAM"
    r"|DANG\s?C[O0]NG\s?SAN\s?VIET\s?NAM"
)
_MOTTO = re.compile(r"Doc\s?lap\s?-?\s?Tu\s?do\s?-?\s?Hanh\s?phuc", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|(?<=[\n| ]))[Vv]/[Vv](?=[\s:]).*", re.DOTALL)
_RULE = re.compile(r"[-_*=.|]{2,}")
_NAMED_IN_TEXT = re.compile(
    r"(?<![A-Za-z])(?:cua|tai)\s(?P<body>(?:UBND|Uy ban nhan dan|HDND|Hoi dong nhan dan|Dang uy)"
    r"\s[a-z]{2,6}(?:\s[a-z]{2,5})?(?P<place>(?:\s[A-Z][a-z]{0,7}){1,4}))"
)
_HEADER_LINES = 6


def has_nation(header: str) -> bool:
    """Whether the national title or that of the Party stands in the header."""
    bare = skeleton(header)
    return bool(_NATION.search(bare.upper()) or _MOTTO.search(bare))


def find_issuer(header: str) -> tuple[str, str]:
    """``(issuer, superior)`` as printed; "" for what is not there.

    Args:
        header: lines of the header before the type of document.
    """
    left = _left_column(header)
    # What stands below everything else is a heading of no known type, if there is more above.
    above = _bodies(left[: left.rfind(CUT) + 1])
    lines = above or _bodies(left)
    bodies = _joined([_RULE.sub(" ", line).strip(" *|-_.\u00ad") for line in lines][:_HEADER_LINES])
    if not bodies:
        return "", ""
    if len(bodies) > _PAIR:
        return " ".join(bodies[1:]), bodies[0]
    return bodies[-1], bodies[0] if len(bodies) == _PAIR else ""


_PAIR = 2


def issuer_in_text(*texts: str) -> str:
    """A body that the subject or the end of the text names; "" when none does."""
    for text in texts:
        if match := _NAMED_IN_TEXT.search(skeleton(text)):
            return re.sub(r"\s+", " ", text[slice(*match.span("body"))])
    return ""


def _left_column(header: str) -> str:
    """The header without national title, motto, number, date and the subject of a letter."""
    text = without_header_lines(header)
    for pattern in (_SUBJECT, _NATION, _MOTTO):
        bare = skeleton(text)
        for start, end in [match.span() for match in pattern.finditer(bare)]:
            text = text[:start] + CUT * (end - start) + text[end:]
    return text


def _bodies(text: str) -> list[str]:
    return [line for line in re.split(r"[\n|\0]", text) if _is_body(line)]


def _is_body(line: str) -> bool:
    words = vocabulary().others
    stripped = line.strip(" *|-_.[]()")
    folded = skeleton(stripped).lower()
    if not is_capitals(stripped) or re.search(r"\d{3}", folded):
        return False
    return not any(
        folded == word or folded.startswith((f"{word} ", f"{word}:", f"{word}/"))
        for word in words["furniture"]
    )


def _joined(lines: Sequence[str]) -> list[str]:
    """Whole names out of lines: broken names joined, repeated ones left out."""
    broken: list[str] = []
    for line in lines:
        if broken and _is_broken(broken[-1], line):
            broken[-1] = f"{broken[-1]} {line}"
        else:
            broken.append(line)
    names: list[str] = []
    for line in _once(broken):
        if names and _is_place_of(names[-1], line):
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    return _once(names)


def _once(names: Sequence[str]) -> list[str]:
    kept = {squeezed(name): name for name in reversed(names)}
    return [name for name in names if kept.pop(squeezed(name), None) is not None]


def _is_broken(above: str, line: str) -> bool:
    """Whether a line break cut one word or phrase."""
    top, bottom = skeleton(above), skeleton(line)
    return bool(
        re.search(r"(?:^U[YI]|^HOI|[ ]VA|-|,|THUONG VU|UY BAN NHAN|BAN CHAP HANH|[ ]CHI)$", top)
        or re.match(r"(?:VA|BAN NHAN DAN|NHAN DAN|DONG NHAN DAN|CHU NGHIA)(?: |$)", bottom)
    )


def _is_place_of(above: str, line: str) -> bool:
    """Whether a line is the place that the body above it belongs to."""
    words = vocabulary().others
    top, bottom = skeleton(above).lower(), skeleton(line).lower()
    if top in words["bodies"]:
        return True
    told = any(bottom == place or bottom.startswith(f"{place} ") for place in words["places"])
    if told:
        return not any(f" {place} " in f" {top} " for place in words["places"])
    return top.startswith(words["committees"]) and len(bottom.split()) <= _PLACE_WORDS


_PLACE_WORDS = 4
