"""How alike two texts are, told from their sketches."""


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The estimated share of five-word runs that two texts have in common, from 0 to 1.

    Args:
        one: sorted smallest hashes of its runs (``FileFacts.sketch``).
        other: likewise. The smallest of both together are a fair sample of all runs; the share
            of them that both have estimates the Jaccard index.
    """
    size = min(len(one), len(other))
    if not size:
        return 0.0
    both = set(one) & set(other)
    sample = sorted(set(one) | set(other))[:size]
    return sum(value in both for value in sample) / size
