"""Vietnamese text: one normal form, folding for comparison, slugs for addresses."""

import re
import unicodedata

# U+0111/U+0110 have no canonical decomposition, so stripping marks leaves them.
_STROKE = str.maketrans({"\u0111": "d", "\u0110": "D"})
# Every block of combining marks that Latin letters take; one pattern beats a look at each letter.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_DIGITS = re.compile(r"(\d+)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")


# All marks lie above U+02FF, so a run of them is a run of such characters.
_FOREIGN = re.compile(r"[^\x00-\u02ff]{31,}")
_JOINER = "\u034f"
_MARKS_IN_A_ROW = 30


def nfc(text: str) -> str:
    """The composed form: the only one in which names and texts are compared and shown."""
    return text if text.isascii() else unicodedata.normalize("NFC", _stream_safe(text))


def _stream_safe(text: str) -> str:
    """The text with no more than thirty marks on one letter (UAX 15, Stream-Safe Text).

    Sorting a row of marks takes time that grows with its square: a megabyte of them, which no
    person types, would take hours to compose.
    """
    # A row of 31 covers one of every 31 letters; a search of all of them would cost more than
    # the composing of text that is as it should be.
    if not any(map(unicodedata.combining, text[:: _MARKS_IN_A_ROW + 1])):
        return text
    return _FOREIGN.sub(_broken_up, text) if _FOREIGN.search(text) else text


def _broken_up(found: re.Match[str]) -> str:
    parts = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MARKS_IN_A_ROW:
            parts.append(_JOINER)
            marks = 1
        parts.append(char)
    return "".join(parts)


# Controls would end blocks or act as placeholders of Python-Markdown (U+0002, U+0003); marks that
# turn the writing direction disguise file names; lone surrogates cannot be written as UTF-8.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNCLEAN = re.compile(f"[{_CONTROL}{_DIRECTION}\ufeff\ud800-\udfff]")
_SPACING = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """One line of NFC text without characters that would be obeyed instead of shown."""
    if _UNCLEAN.search(text):
        text = _SPACING.sub(" ", text)
        text = _SURROGATE.sub("\ufffd", text)
        text = _UNCLEAN.sub("", text)
    return nfc(text)


def strip_marks(text: str) -> str:
    """The text without tone and vowel marks, case kept."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFD", _stream_safe(text))).translate(_STROKE)


def fold(text: str) -> str:
    """The form in which people's spellings are compared: no marks, lower case."""
    return strip_marks(text).lower()


def fold_key(text: str) -> str:
    """A YAML key as compared: no marks, case, spaces, hyphens; underscores between words."""
    return _BETWEEN_WORDS.sub("_", fold(text).strip())


def slug(text: str, limit: int = 32) -> str:
    """An ASCII name for folders and addresses, cut at a word within ``limit`` characters."""
    words = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(words) <= limit:
        return words
    cut = words[: limit + 1].rfind("-")
    return words[:cut] if cut > 0 else words[:limit]


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which 2 comes before 10 (``anh-2.jpg`` before ``anh-10.jpg``)."""
    parts = _DIGITS.split(nfc(text))
    return tuple(
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in parts
        if part
    )
