"""Values of command-line options."""

import argparse
from datetime import date

from site_builder.reading.numbers import read_date


def day(text: str) -> date:
    """A date written 2024-01-05 or 05/01/2024.

    Raises:
        argparse.ArgumentTypeError: it is none; argparse turns this into exit 2.
    """
    value = read_date(text)
    if value is None:
        raise argparse.ArgumentTypeError(text)
    return value
