"""Names of bodies as compared: abbreviations, capitals and marks aside."""

import re
from collections.abc import Mapping

from site_builder.model.text import fold

# Folded abbreviations, as whole words, and what they stand for.
_LONG: Mapping[str, str] = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "tp": "thanh pho",
    "tt": "thi tran",
    "vp": "van phong",
}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# The bodies of one place; what follows them is the name of the place.
_BODIES: tuple[str, ...] = (
    "uy ban nhan dan",
    "hoi dong nhan dan",
    "uy ban mat tran to quoc viet nam",
    "uy ban mat tran to quoc",
    "dang uy",
)
# A place may be followed by the larger one in which it lies.
_LARGER: tuple[str, ...] = ("tinh ", "thanh pho ")


def normal_body(name: str) -> str:
    """A body's name in folded words, abbreviations written out."""
    words = _NOT_WORD.sub(" ", fold(name)).split()
    return " ".join(_LONG.get(word, word) for word in words)


def same_body(one: str, other: str) -> bool:
    """Two spellings of one body; a larger place behind one of them does not matter."""
    first, second = sorted((normal_body(one), normal_body(other)), key=len)
    return bool(first) and (first == second or _goes_on(second, first))


def is_of(issuer: str, body: str, above: str = "") -> bool:
    """The issuer is the body, or another one of its place: its council, its offices, its party.

    Args:
        issuer: as printed or typed.
        body: a committee by its name.
        above: the superior body, whose place may follow in the issuer's name.
    """
    printed, place = normal_body(issuer), _place(normal_body(body))
    if not printed or not place:
        return False
    at = f" {printed} ".rfind(f" {place} ")
    if at < 0:
        return False
    rest = printed[at + len(place) :].strip()
    return not rest or rest.startswith(_LARGER) or rest == _place(normal_body(above))


def _goes_on(long: str, short: str) -> bool:
    return long.startswith(f"{short} ") and long[len(short) + 1 :].startswith(_LARGER)


def _place(body: str) -> str:
    for name in _BODIES:
        if body.startswith(f"{name} "):
            return body.removeprefix(f"{name} ")
    return body
