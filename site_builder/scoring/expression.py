"""Arithmetic written as text, read and calculated without ``eval``.

Numbers with a decimal point, names, ``+ - * /``, parentheses, ``min(...)`` and ``max(...)``.
Length and nesting are limited, so that no text can keep the builder busy or break it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from site_builder.reading.numbers import show_number

LENGTH_LIMIT = 500
DEPTH_LIMIT = 20
FUNCTIONS = {"min": min, "max": max}

# Signs as people type them in a document: minus, times and division signs, and the colon.
_SIGNS = str.maketrans({"\u2212": "-", "\u00d7": "*", "\u00f7": "/", ":": "/"})
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,18}(?:\.\d{1,9})?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/(),]))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ParseFault:
    """Why a text is no formula.

    Attributes:
        kind: ``length``, ``depth``, ``sign`` (a character or sign out of place), ``end`` (the
            text stops too early), ``function`` (unknown name before a parenthesis).
        at: the text from the place where reading stopped.
    """

    kind: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Number:
    value: Fraction

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        return self.value

    def shown(self, values: Mapping[str, Decimal]) -> str:
        return show_number(self.value)


@dataclass(frozen=True, slots=True)
class _Name:
    name: str

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        return Fraction(values[self.name])

    def shown(self, values: Mapping[str, Decimal]) -> str:
        return show_number(values[self.name])


@dataclass(frozen=True, slots=True)
class _Negative:
    inner: "_Node"

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        return -self.inner.value_of(values)

    def shown(self, values: Mapping[str, Decimal]) -> str:
        return f"\u2212{self.inner.shown(values)}"


@dataclass(frozen=True, slots=True)
class _Chain:
    """Terms or factors with the sign before each; flat, so that length never becomes depth."""

    first: "_Node"
    rest: tuple[tuple[str, "_Node"], ...]

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        total = self.first.value_of(values)
        for sign, node in self.rest:
            value = node.value_of(values)
            if sign == "+":
                total += value
            elif sign == "-":
                total -= value
            elif sign == "*":
                total *= value
            else:
                total /= value
        return total

    def shown(self, values: Mapping[str, Decimal]) -> str:
        signs = {"+": "+", "-": "\u2212", "*": "\u00d7", "/": "/"}
        parts = (f" {signs[sign]} {node.shown(values)}" for sign, node in self.rest)
        return self.first.shown(values) + "".join(parts)


@dataclass(frozen=True, slots=True)
class _Group:
    inner: "_Node"

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        return self.inner.value_of(values)

    def shown(self, values: Mapping[str, Decimal]) -> str:
        return f"({self.inner.shown(values)})"


@dataclass(frozen=True, slots=True)
class _Call:
    function: str
    arguments: tuple["_Node", ...]

    def value_of(self, values: Mapping[str, Decimal]) -> Fraction:
        found: Fraction = FUNCTIONS[self.function](
            argument.value_of(values) for argument in self.arguments
        )
        return found

    def shown(self, values: Mapping[str, Decimal]) -> str:
        # Semicolons, because the comma is the decimal mark.
        inner = "; ".join(argument.shown(values) for argument in self.arguments)
        return f"{self.function}({inner})"


_Node = _Number | _Name | _Negative | _Chain | _Group | _Call


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that was read.

    Attributes:
        names: every name in it.
    """

    root: _Node
    names: frozenset[str]

    def calculate(self, values: Mapping[str, Decimal]) -> Fraction | None:
        """The exact result; None when it divides by zero. ``values`` holds every name."""
        try:
            return self.root.value_of(values)
        except ZeroDivisionError:
            return None

    def shown(self, values: Mapping[str, Decimal]) -> str:
        """The formula with its figures put in, as one would write it on paper."""
        return self.root.shown(values)


def parse(text: str) -> Expression | ParseFault:
    """Read a formula; never raises."""
    if len(text) > LENGTH_LIMIT:
        return ParseFault("length")
    tokens: list[tuple[str, str, int]] = []
    text = text.translate(_SIGNS).rstrip()
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return ParseFault("sign", text[at:].strip()[:20])
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)], match.start()))
        at = match.end()
    parser = _Parser(text, tokens)
    try:
        root = parser.whole()
    except _FaultError as error:
        return error.fault
    return Expression(root, frozenset(parser.names))


class _FaultError(Exception):
    """Leaves the recursion at the first fault; never leaves this module."""

    def __init__(self, fault: ParseFault) -> None:
        super().__init__(fault)
        self.fault = fault


class _Parser:
    """Recursive descent, one method per level of precedence."""

    def __init__(self, text: str, tokens: list[tuple[str, str, int]]) -> None:
        self.text = text
        self.tokens = tokens
        self.place = 0
        self.depth = 0
        self.names: set[str] = set()

    def fault(self) -> ParseFault:
        if self.place >= len(self.tokens):
            return ParseFault("end")
        return ParseFault("sign", self.text[self.tokens[self.place][2] :].strip()[:20])

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def whole(self) -> _Node:
        root = self.sum_()
        if self.place < len(self.tokens):
            raise _FaultError(self.fault())
        return root

    def sum_(self) -> _Node:
        return self.chain("+-", self.product)

    def product(self) -> _Node:
        return self.chain("*/", self.factor)

    def chain(self, signs: str, part: Callable[[], _Node]) -> _Node:
        first = part()
        rest = tuple((sign, part()) for sign in self.signs(signs))
        return _Chain(first, rest) if rest else first

    def signs(self, wanted: str) -> Iterator[str]:
        while self.peek() and self.peek() in wanted:
            self.place += 1
            yield self.tokens[self.place - 1][1]

    def factor(self) -> _Node:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _FaultError(ParseFault("depth"))
        node = self.atom()
        self.depth -= 1
        return node

    def atom(self) -> _Node:
        if self.place >= len(self.tokens):
            raise _FaultError(self.fault())
        kind, text, _ = self.tokens[self.place]
        if text == "-":
            self.place += 1
            return _Negative(self.factor())
        if text == "(":
            self.place += 1
            inner = self.sum_()
            self.close()
            return _Group(inner)
        if kind == "number":
            self.place += 1
            return _Number(Fraction(text))
        if kind == "name":
            return self.name(text)
        raise _FaultError(self.fault())

    def name(self, text: str) -> _Node:
        self.place += 1
        if self.peek() != "(":
            self.names.add(text)
            return _Name(text)
        if text not in FUNCTIONS:
            raise _FaultError(ParseFault("function", text))
        self.place += 1
        arguments = [self.sum_()]
        arguments += [self.sum_() for _ in self.signs(",")]
        self.close()
        return _Call(text, tuple(arguments))

    def close(self) -> None:
        if self.peek() != ")":
            raise _FaultError(self.fault())
        self.place += 1
