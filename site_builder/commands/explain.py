"""``explain CODE``: what a code means, why it matters, what to do."""

import argparse
from string import Formatter

from site_builder.commands.context import OK, USAGE, Context, option
from site_builder.messages import Catalogue
from site_builder.registry import CHECKS_BY_CODE

NAME = "explain"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("code", metavar="CODE", help=option(texts, "code"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the four texts of a code, with dots where a finding names what it is about."""
    code = arguments.code.strip().upper()
    check = CHECKS_BY_CODE.get(code)
    if check is None:
        near = ", ".join(known for known in CHECKS_BY_CODE if known.startswith(code[:3]))
        context.say("unknown_code", code=code, near=near or ", ".join(CHECKS_BY_CODE))
        return USAGE
    words = context.texts.table("checks", code)
    text = context.texts
    severity = text.text("cli", "severity", check.severity.word)
    context.put(f"{code} ({severity}): {words['title']}\n")
    for part in ("message", "hint", "why"):
        sentence = _with_dots(words[part].strip())
        context.put(f"{text.text('cli', 'explain', part)}\n  {sentence}\n")
    return OK


def _with_dots(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(f"{text}\u2026" if name is not None else text for text, name, _, _ in parts)
