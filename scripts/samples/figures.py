"""Figures of the sample tables: totals split over months and fields, always adding up."""

from collections.abc import Sequence
from itertools import pairwise


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in proportion to the weights whose sum is the total (largest remainders)."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    remainders = [(total * weight % whole, -place) for place, weight in enumerate(weights)]
    for _, place in sorted(remainders, reverse=True)[: total - sum(shares)]:
        shares[-place] += 1
    return shares


def columns(totals: Sequence[int], weights: Sequence[int]) -> list[list[int]]:
    """One column per total, each made from the one before, so that no part exceeds its whole."""
    made = [spread(totals[0], weights)]
    for before, total in pairwise(totals):
        change = total - before
        # Differences fall on other rows than the remainders did: real tables are not that even.
        turned = [*weights[5:], *weights[:5]]
        steps = spread(abs(change), turned)
        sign = 1 if change > 0 else -1
        made.append([value + sign * step for value, step in zip(made[-1], steps, strict=True)])
    return made


def grouped(value: int) -> str:
    """A whole number as Vietnamese documents print it: 1.248."""
    return f"{value:,}".replace(",", ".")
