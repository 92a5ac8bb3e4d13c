"""How near the words of a folder's name are to a title."""

from site_builder.model.text import slug

_LONG = 200


def words_of(text: str) -> tuple[str, ...]:
    """Words without marks and case."""
    return tuple(word for word in slug(text, _LONG).split("-") if word)


def share_in_title(name: str, title: str) -> float:
    """The share of the name's words that the title has, abbreviations included; 1 for no words."""
    titled = words_of(title)
    words = [word for word in words_of(name) if not word.isdecimal()]
    if not words or not titled:
        return 1.0
    known = set(titled)
    initials = "".join(word[0] for word in titled)
    squashed = "".join(titled)
    found = sum(
        word in known or word in initials or (len(word) > 3 and word in squashed)  # noqa: PLR2004
        for word in words
    )
    return found / len(words)
