"""Names of criteria's folders taken apart, for the checks on the tree."""

import re

_PREFIX = re.compile(r"([0-9A-Za-z\u0110\u0111]+(?:[.-][0-9A-Za-z\u0110\u0111]+)*)")
_DIGITS = re.compile(r"\d")


def leading_id(name: str) -> str:
    """What somebody meant as an id at the start of a name ("1.9" of "1.9-bao-cao"), or ""."""
    found = _PREFIX.match(name)
    if found is None:
        return ""
    # An id holds a digit or stands alone before a hyphen; "bao-cao" is a plain name.
    parts = found[1].split("-")
    return parts[0] if _DIGITS.search(parts[0]) else ""


def slug_of(name: str, criterion: str) -> str:
    """What follows the id in the name of a criterion's folder."""
    return name[len(criterion) :].lstrip("-_. ")


def parent_of(path: str) -> str:
    """The folder that holds ``path``."""
    return path.rpartition("/")[0]


def name_of(path: str) -> str:
    """The last part of ``path``."""
    return path.rpartition("/")[2]


def visible(name: str) -> str:
    """A name in which line breaks and other control characters can be seen."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in name
    )
