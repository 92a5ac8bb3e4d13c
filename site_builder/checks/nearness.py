"""The known word that somebody probably meant."""

from collections.abc import Iterable

from site_builder.model.text import fold_key


def nearest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The word of ``known`` most like ``text``, marks and case aside; "" when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

    folded = {fold_key(word): word for word in known}
    found = get_close_matches(fold_key(text), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else ""
