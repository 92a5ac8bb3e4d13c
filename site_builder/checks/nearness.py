"""The known word that somebody probably meant."""

from collections.abc import Iterable
from itertools import islice

from site_builder.model.text import fold_key

# Comparing takes time in the product of both lengths, and a folder may hold hundreds of photos.
_COMPARED = 200
_LONGEST = 200


def nearest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The word of ``known`` most like ``text``, marks and case aside; "" when none is near.

    Of very many words only the first ones are compared.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

    folded = {fold_key(word): word for word in islice(known, _COMPARED)}
    found = get_close_matches(fold_key(text)[:_LONGEST], folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else ""
