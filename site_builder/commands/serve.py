"""``serve``: the site on this machine, rebuilt whenever a file is saved."""

import argparse
from datetime import datetime

from site_builder.commands import build
from site_builder.commands.arguments import add_reading
from site_builder.commands.context import VIETNAM, Context, option
from site_builder.commands.parcel import NO_PARCEL
from site_builder.messages import Catalogue
from site_builder.model.results import Edition

NAME = "serve"

DEFAULT_PORT = 8000


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, metavar="PORT", help=option(texts, "port")
    )
    parser.add_argument(
        "--engine", choices=build.ENGINES, default=None, help=option(texts, "engine")
    )
    add_reading(parser, texts)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Serve until interrupted."""
    from site_builder.publishing.serve import serve  # noqa: PLC0415 - slow to import

    def rebuild() -> int:
        request = argparse.Namespace(
            edition=Edition.WORKING.value,
            engine=arguments.engine,
            strict=False,
            today=None,
            since="",
            jobs=arguments.jobs,
            ocr=arguments.ocr,
            retry=False,
            dask=arguments.dask,
            **NO_PARCEL,
        )
        return build.run(request, context)

    def say(key: str, /, **params: object) -> None:
        at = datetime.now(VIETNAM).strftime("%H:%M:%S")
        context.say(key, at=at, **params)

    return serve(context.root, rebuild, say, port=arguments.port)
