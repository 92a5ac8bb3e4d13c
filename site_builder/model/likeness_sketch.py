"""How alike two texts are, out of their sketches alone.

A sketch is the sorted smallest hashes of a text's shingles (bottom-k sampling, Broder 1997). The
smallest hashes of both together are a random sample of all shingles; the share of the sample that
stands in both sketches estimates how much the texts have in common.
"""

from collections.abc import Sequence

SIZE = 64


def likeness(first: Sequence[int], second: Sequence[int]) -> float:
    """Estimated share of common shingles, 0 to 1; 0 when a text was too short for a sketch.

    With 64 hashes the standard error is at most 0.0625.
    """
    if not first or not second:
        return 0.0
    one, other = frozenset(first), frozenset(second)
    sample = sorted(one | other)[:SIZE]
    return sum(value in one and value in other for value in sample) / len(sample)
