"""``build --offline``: its options, and what is said before and after."""

import argparse
from typing import TYPE_CHECKING

from site_builder.checks.protocols import Facts
from site_builder.commands.arguments import day
from site_builder.commands.context import Context, option
from site_builder.messages import Catalogue
from site_builder.model.handover import Handover
from site_builder.model.results import Edition
from site_builder.model.site import Site
from site_builder.model.text import nfc
from site_builder.reading.numbers import show_number

if TYPE_CHECKING:
    from site_builder.publishing.offline import Packed, Parcel

_LONGEST_RECIPIENT = 120
_MEGABYTE = 1_000_000


def add_parcel(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("--offline", action="store_true", help=option(texts, "offline"))
    parser.add_argument(
        "--recipient", type=one_line, default="", metavar="NAME", help=option(texts, "recipient")
    )
    parser.add_argument("--date", type=day, metavar="DATE", help=option(texts, "handover_date"))
    parser.add_argument(
        "--without-originals", action="store_true", help=option(texts, "without_originals")
    )


# What the options are when another command asks for a plain build.
NO_PARCEL = {"offline": False, "recipient": "", "date": None, "without_originals": False}


def one_line(text: str) -> str:
    """A name as it may stand on a page, in a text and in a table.

    Raises:
        ValueError: it is too long for a line; argparse turns this into exit 2.
    """
    words = "".join(char if char.isprintable() else " " for char in nfc(text)).split()
    if len(line := " ".join(words)) > _LONGEST_RECIPIENT:
        raise ValueError(text)
    return line


def edition_of(arguments: argparse.Namespace) -> Edition:
    """The edition asked for; what leaves the building is the assessors' unless said otherwise."""
    if arguments.edition is not None:
        return Edition(arguments.edition)
    return Edition.ASSESSOR if arguments.offline else Edition.WORKING


def contradiction(arguments: argparse.Namespace) -> str:
    """Which sentence says why the options do not go together; "" when they do."""
    if not arguments.offline:
        given = arguments.recipient or arguments.date or arguments.without_originals
        return "offline_needed" if given else ""
    return "offline_not_public" if edition_of(arguments) is Edition.PUBLIC else ""


def handover_of(arguments: argparse.Namespace, context: Context) -> Handover | None:
    """For whom the copy is; None when none was asked for."""
    if not arguments.offline:
        return None
    return Handover(
        recipient=arguments.recipient,
        day=context.today(arguments.date or arguments.today),
        originals=not arguments.without_originals,
    )


def parcel_of(handover: Handover | None, facts: Facts, edition: Edition) -> "Parcel | None":
    """The copy to make; None when none was asked for."""
    from site_builder.publishing import offline  # noqa: PLC0415 - slow to import

    unit = facts.snapshot.unit
    if handover is None or unit is None:
        return None
    revision = facts.snapshot.revision
    return offline.Parcel(
        name=offline.parcel_name(unit.name, unit.period.id, edition, handover.recipient),
        handover=handover,
        edition=edition,
        commit=revision.commit,
        dirty=revision.dirty,
        digest=facts.digests.whole,
    )


def tell_size(site: Site, context: Context) -> None:
    """Say before the work begins how large the copy will be, when that matters."""
    from site_builder.publishing import offline  # noqa: PLC0415 - slow to import

    size = offline.originals_size(site)
    if size > offline.MUCH:
        context.say("offline_large", size=_shown(size), twice=_shown(2 * size))


def tell_packed(packed: "Packed", folder: object, context: Context) -> None:
    """Say what was made, where, and how to prove it."""
    from site_builder.publishing import offline  # noqa: PLC0415 - slow to import

    context.say(
        "offline_done",
        folder=folder,
        start=offline.START,
        archive=packed.archive,
        files=show_number(packed.files),
        bytes=_shown(packed.bytes),
        size=_shown(packed.size),
        sha256=packed.sha256,
        register=packed.archive.with_name(offline.REGISTER),
    )
    if packed.size > offline.LARGEST_ON_FAT32:
        context.say("offline_fat32")


def _shown(size: int) -> str:
    return show_number(max(1, round(size / _MEGABYTE)))
