"""The command line: parses, runs a command, turns the outcome into an exit code.

Exit codes (design, section 4): 0 clean, 1 findings, 2 wrong use, 3 the builder failed and
nothing it printed can be trusted. An exception is our bug and never the content's.
"""

import argparse
import contextlib
import gc
import os
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from site_builder import __version__
from site_builder.commands.context import FAILED, USAGE, Context
from site_builder.messages import Catalogue, read_catalogue
from site_builder.processing import NoClusterError

INTERRUPTED = 130

# argparse words its complaints in English; each shape has a sentence of the same name.
_COMPLAINTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("required", re.compile(r"the following arguments are required: (?P<what>.*)", re.DOTALL)),
    ("unrecognized", re.compile(r"unrecognized arguments: (?P<what>.*)", re.DOTALL)),
    (
        "choice",
        re.compile(
            r"argument (?P<name>.*?): invalid choice: (?P<what>.*?) "
            r"\(choose from (?P<allowed>.*)\)",
            re.DOTALL,
        ),
    ),
    ("value", re.compile(r"argument (?P<name>.*?): invalid .*? value: (?P<what>.*)", re.DOTALL)),
    ("type", re.compile(r"argument (?P<name>.*?): (?P<what>\S+)\Z", re.DOTALL)),
    ("count", re.compile(r"argument (?P<name>.*?): expected .*", re.DOTALL)),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese."""

    texts: Catalogue

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:  # noqa: ANN401
        """Declare an option; the value to fill in is named in Vietnamese."""
        named = settings.get("metavar")
        if named is not None:
            words = self.texts.table("cli", "metavars")
            settings["metavar"] = words.get(named, named)
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        """Say in Vietnamese what was wrong with the command and exit 2."""
        for key, pattern in _COMPLAINTS:
            if match := pattern.match(message):
                sentence = self.texts.text("cli", "usage", key, **match.groupdict())
                break
        else:
            sentence = self.texts.text("cli", "usage", "other", what=message)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{sentence}\n")

    def format_usage(self) -> str:
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        return self._translated(super().format_help())

    def _translated(self, text: str) -> str:
        return text.replace("usage: ", self.texts.text("cli", "usage", "usage"), 1)


def parser_of(texts: Catalogue) -> argparse.ArgumentParser:
    """The whole command line, with Vietnamese help."""
    from site_builder.commands import COMMANDS  # noqa: PLC0415 - keeps --version quick

    _Parser.texts = texts
    parser = _Parser(
        prog="site-builder",
        description=texts.text("cli", "help", "program"),
        epilog=texts.text("cli", "help", "epilog"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    _sections(parser, texts)
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DIR",
        help=texts.text("cli", "options", "root"),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=__version__,
        help=texts.text("cli", "options", "version"),
    )
    commands = parser.add_subparsers(
        dest="command",
        metavar=texts.text("cli", "usage", "command"),
        required=True,
        title=texts.text("cli", "usage", "commands"),
    )
    for command in COMMANDS:
        words = texts.table("cli", f"command_{command.NAME.replace('-', '_')}")
        sub = commands.add_parser(
            command.NAME,
            help=words["help"],
            description=words["description"],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
        )
        _sections(sub, texts)
        command.add_arguments(sub, texts)
        sub.set_defaults(run=command.run)
    return parser


def _sections(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    parser.add_argument("-h", "--help", action="help", help=texts.text("cli", "options", "help"))
    # argparse offers no public way to name its two sections.
    parser._positionals.title = texts.text("cli", "usage", "positionals")  # noqa: SLF001
    parser._optionals.title = texts.text("cli", "usage", "optionals")  # noqa: SLF001


def main(arguments: Sequence[str] | None = None, kept: list[object] | None = None) -> int:
    """Run the command line and return the exit code.

    Args:
        arguments: of the command line; the process's own by default.
        kept: takes what need not be taken apart, see ``program``.
    """
    # Thousands of frozen values are made and none is garbage; collecting only costs time.
    gc.disable()
    _utf8(sys.stdout)
    _utf8(sys.stderr)
    return run(arguments, out=sys.stdout, err=sys.stderr, environment=os.environ, kept=kept)


def program() -> NoReturn:
    """The console script: run, then leave at once.

    Taking apart a large commune's values one by one when all of them go anyway would cost a
    tenth of the run.
    """
    kept: list[object] = []
    code = main(kept=kept)
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(
    arguments: Sequence[str] | None,
    *,
    out: TextIO,
    err: TextIO,
    environment: Mapping[str, str],
    kept: list[object] | None = None,
) -> int:
    """Run with the given streams and environment; never raises on content."""
    try:
        texts = read_catalogue("checks", "scoring", "cli")
        parsed = parser_of(texts).parse_args(arguments)
        context = Context(
            root=parsed.root,
            texts=texts,
            out=out,
            err=err,
            environment=environment,
            now=lambda: datetime.now(UTC),
            kept=[] if kept is None else kept,
        )
        if not parsed.root.is_dir():
            context.say("no_root", path=str(parsed.root))
            return USAGE
        code: int = parsed.run(parsed, context)
        out.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except NoClusterError as error:
        sentence = read_catalogue("cli").text("cli", "say", error.reason, address=error.address)
        print(sentence, file=err)
        return USAGE
    except BrokenPipeError:
        # The reader (head, less) went away; python would complain once more at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes exit 3
        _report_bug(error, err, environment)
        return FAILED
    return code


def _report_bug(error: Exception, err: TextIO, environment: Mapping[str, str]) -> None:
    """One sentence for people, the place for us; the whole trace only when asked for."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    try:
        sentence = read_catalogue("cli").text(
            "cli", "say", "bug", error=type(error).__name__, where=where, what=str(error)[:200]
        )
    except Exception:  # noqa: BLE001 - even the catalogue may be what is broken
        sentence = f"site-builder: {type(error).__name__} ({where})"
    print(sentence, file=err)
    if environment.get("SITE_BUILDER_DEBUG"):
        traceback.print_exception(error, file=err)


def _utf8(stream: TextIO) -> None:
    """Vietnamese must come out on any console; Windows still starts with a code page."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
