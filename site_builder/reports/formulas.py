"""Text that a spreadsheet would run instead of showing it.

Whoever can put a file into evidence/ could otherwise run a formula on the computer of an
assessor (OWASP, "CSV Injection").
"""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text: str) -> str:
    """The text; with an apostrophe before it where it would begin a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINNINGS) else text
