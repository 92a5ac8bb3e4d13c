"""Which words of a text are other ones, as two texts that one can read side by side."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from site_builder.model.change import Piece, PieceKind, TextChange

# Unchanged words around a change that let one find the place.
_AROUND = 14
# Leaving fewer words out saves no place and costs a look.
_WORTH_LEAVING = 12
# Longer runs of new or former words are cut: the text itself stands on the leaf's page.
_LONGEST = 150
# Comparing takes the product of both lengths; longer texts are told as one change.
_MOST = 4_000_000
_WORD = re.compile(r"\S+")


def text_change(place: str, before: str, after: str) -> TextChange | None:
    """What changed in the words of a text; None when no word did, whatever the spaces did."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if old == new:
        return None
    old_pieces: list[Piece] = []
    new_pieces: list[Piece] = []
    runs = list(_runs(old, new))
    for number, (same, removed, added) in enumerate(runs):
        if same:
            pieces = list(_context(same, first=number == 0, last=number == len(runs) - 1))
            old_pieces.extend(pieces)
            new_pieces.extend(pieces)
        old_pieces.extend(_changed(PieceKind.REMOVED, removed))
        new_pieces.extend(_changed(PieceKind.ADDED, added))
    return TextChange(place=place, before=tuple(old_pieces), after=tuple(new_pieces))


_Run = tuple[list[str], list[str], list[str]]


def _runs(old: list[str], new: list[str]) -> Iterator[_Run]:
    """Words that both have, or what the one has and the other instead."""
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = min(len(old), len(new)) - head
    backwards = zip(reversed(old), reversed(new), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    tail = min(tail, rest)
    if head:
        yield old[:head], [], []
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(left) * len(right) > _MOST:
        yield [], left, right
    else:
        for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind == "equal":
                yield left[a:b], [], []
            else:
                yield [], left[a:b], right[c:d]
    if tail:
        yield old[len(old) - tail :], [], []


def _context(words: list[str], *, first: bool, last: bool) -> Iterator[Piece]:
    """Unchanged words near a change; those far from one are left out."""
    before = 0 if first else _AROUND
    after = 0 if last else _AROUND
    if len(words) < before + after + _WORTH_LEAVING:
        yield Piece(PieceKind.SAME, " ".join(words))
        return
    if before:
        yield Piece(PieceKind.SAME, " ".join(words[:before]))
    yield Piece(PieceKind.GAP)
    if after:
        yield Piece(PieceKind.SAME, " ".join(words[-after:]))


def _changed(kind: PieceKind, words: list[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, " ".join(words[:_LONGEST]))
    if len(words) > _LONGEST:
        yield Piece(PieceKind.GAP)
