"""``schema``: JSON Schemas for editors that complete and check while one types."""

import argparse
import json
from pathlib import Path

from site_builder.commands.context import OK, Context, option
from site_builder.messages import Catalogue, read_catalogue
from site_builder.schemas import SCHEMAS, schema_of

NAME = "schema"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "name", nargs="?", choices=tuple(SCHEMAS), metavar="NAME", help=option(texts, "schema_name")
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help=option(texts, "schema_out"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print one schema, or write all of them into a folder."""
    texts = read_catalogue("fields")
    names = (arguments.name,) if arguments.name else tuple(SCHEMAS)
    if arguments.out is None and len(names) > 1:
        for name in names:
            context.put(f"{name:<14} {context.texts.text('cli', 'schema', name.replace('-', '_'))}")
        return OK
    for name in names:
        text = json.dumps(schema_of(name, texts), ensure_ascii=False, indent=2) + "\n"
        if arguments.out is None:
            context.put(text)
            continue
        arguments.out.mkdir(parents=True, exist_ok=True)
        target = arguments.out / f"{name}.schema.json"
        target.write_text(text, encoding="utf-8", newline="\n")
        context.say("schema_written", path=target.as_posix())
    return OK
