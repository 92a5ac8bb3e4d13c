"""Values of command-line options, and options that several commands share."""

import argparse
from datetime import date
from typing import Any

from site_builder.commands.context import Context, option
from site_builder.messages import Catalogue
from site_builder.model.processed import Processed
from site_builder.reading.numbers import read_date

_MOST_JOBS = 64


def day(text: str) -> date:
    """A date written 2024-01-05 or 05/01/2024.

    Raises:
        argparse.ArgumentTypeError: it is none; argparse turns this into exit 2.
    """
    value = read_date(text)
    if value is None:
        raise argparse.ArgumentTypeError(text)
    return value


def jobs(text: str) -> int:
    """How many files are read at a time.

    Raises:
        ValueError: it is no number that makes sense; argparse turns this into exit 2.
    """
    value = int(text)
    if not 1 <= value <= _MOST_JOBS:
        raise ValueError(text)
    return value


def add_reading(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options of every command that reads evidence files."""
    parser.add_argument("--jobs", type=jobs, metavar="NUMBER", help=option(texts, "jobs"))
    parser.add_argument("--ocr", action="store_true", help=option(texts, "ocr"))
    parser.add_argument("--retry", action="store_true", help=option(texts, "retry"))
    parser.add_argument("--dask", default="", metavar="ADDRESS", help=option(texts, "dask"))


def reading(arguments: argparse.Namespace) -> dict[str, Any]:
    """The same options as ``pipeline.Request`` names them."""
    return {
        "jobs": arguments.jobs,
        "ocr": arguments.ocr,
        "retry": arguments.retry,
        "cluster": arguments.dask,
    }


def tell_absent(processed: Processed, context: Context) -> None:
    """Say once that nobody could recognise the text of scans; no more than that."""
    if processed.ocr_absent:
        context.say("ocr_absent")
