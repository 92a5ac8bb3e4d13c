"""Who signed, and as what, out of the signature block."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from site_builder.processing.text.normal import is_capitals, skeleton
from site_builder.processing.text.vocabulary import table

_POST_LINE = 70
_LINES_TO_NAME = 10
_LINES_TO_POST = 14
_RECIPIENTS = re.compile(r"^Noi nhan\s?:?\s?", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][A-Za-z']{0,8}(?: [A-Z][A-Za-z']{0,8}){1,4}")


def find_signer(lines: Sequence[str]) -> tuple[str, str]:
    """``(name, post)`` of the first signature block; "" for what is not there.

    A block without a name (a picture of the signature) still tells the post, when something
    else shows that it is one.
    """
    posts = [(index, post) for index, line in enumerate(lines) if (post := _post(line))]
    for (index, post), (following, _) in pairwise([*posts, (len(lines), "")]):
        until = min(index + 1 + _LINES_TO_NAME, following)
        if name := _name(lines[index + 1 : until]):
            return name, post
    for number, (index, post) in enumerate(posts):
        if _is_block(lines[max(0, index - _LINES_TO_POST) : index + 1]):
            # Under "KT. CHU TICH" stands the post of the one who signed.
            below = posts[number + 1] if number + 1 < len(posts) else (len(lines), "")
            return "", below[1] if below[0] == index + 1 else post
    return "", ""


def _is_block(lines: Sequence[str]) -> bool:
    return any(_RECIPIENTS.match(skeleton(line)) or _manner().match(line) for line in lines)


def _post(line: str) -> str:
    """The post that a line is, without "KT." and the like; "" when it is none."""
    for part in _columns(line):
        stripped = _manner().sub("", part).strip(" .,:*")
        if len(stripped) > _POST_LINE or not is_capitals(stripped):
            continue
        folded = skeleton(stripped)
        if any(folded == post or folded.startswith(f"{post} ") for post in _posts()):
            return stripped
    return ""


def _name(lines: Iterable[str]) -> str:
    for line in lines:
        if len(line) > 2 * _POST_LINE:
            continue
        for part in (*_columns(line), re.split(r"[;:.,)] ", line)[-1]):
            if name := _as_name(part):
                return name
    return ""


def _as_name(part: str) -> str:
    text = part.strip(" .,*")
    bare = _titles().sub("", text)
    if not _NAME.fullmatch(skeleton(bare)):
        return ""
    first = bare.split(" ", 1)[0]
    if first in table("signature")["not_names"] or first.lower() not in _surnames():
        return ""
    return text


def _columns(line: str) -> tuple[str, ...]:
    """A line, and its right half where two columns were read across."""
    heading = _RECIPIENTS.match(skeleton(line))
    bare = line[heading.end() :] if heading else line
    tail = re.split(r"[;:] ", bare)[-1]
    return (bare,) if tail == bare else (bare, tail)


@cache
def _posts() -> tuple[str, ...]:
    return tuple(skeleton(post) for post in table("signature")["posts"])


@cache
def _manner() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in table("signature")["manners"])
    return re.compile(rf"^(?:{words})\s?[.,]\s?")


@cache
def _titles() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in table("signature")["titles"])
    return re.compile(rf"^(?:(?:{words})[. ]\s?){{1,3}}")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(word.lower() for word in table("personal")["surnames"])
