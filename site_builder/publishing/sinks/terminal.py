"""Findings for a person at a terminal, or in a log when nobody watches."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.messages import Catalogue
from site_builder.model.finding import Finding, Severity
from site_builder.model.snapshot import Snapshot
from site_builder.publishing.sinks.plain import by_office, count, counting, paragraph, plain

# An officer reads a screen or two; the rest is a number and a way to see it.
DETAILS = 30

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTICE: "bold cyan",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the report with its indent in characters and its style."""

    text: str
    indent: int = 0
    style: str = ""


def write(  # noqa: PLR0913 - two inputs and four ways to show them
    findings: tuple[Finding, ...],
    texts: Catalogue,
    snapshot: Snapshot,
    *,
    colours: bool,
    show_all: bool,
    failed: bool,
    width: int | None = None,
) -> str:
    """The report: by severity, then by office.

    Args:
        findings: sorted, suppressed ones included.
        texts: the catalogue.
        snapshot: knows the offices' titles.
        colours: for a terminal; without, plain text that is never wrapped.
        show_all: every finding in full instead of the first ``DETAILS``.
        failed: the run will end with an exit code other than 0.
        width: of the terminal, for wrapping; None asks the system.
    """
    lines = _report(findings, texts, snapshot, limit=None if show_all else DETAILS, failed=failed)
    if not colours:
        return "".join(f"{' ' * line.indent}{line.text}".rstrip() + "\n" for line in lines)
    return _coloured(lines, width)


def _report(
    findings: tuple[Finding, ...],
    texts: Catalogue,
    snapshot: Snapshot,
    *,
    limit: int | None,
    failed: bool,
) -> Iterator[_Line]:
    open_ = counting(findings)
    left = len(open_) if limit is None else limit
    nobody = texts.text("cli", "sink_terminal", "nobody")
    for severity, number in count(open_).items():
        if not number:
            continue
        heading = texts.text("cli", "sink_terminal", severity.word, count=number)
        yield _Line(heading, 0, _STYLES[severity])
        group = (finding for finding in open_ if finding.check.severity is severity)
        for title, members in by_office(group, snapshot, nobody).items():
            yield _Line(f"{title} ({len(members)})", 2, "bold")
            for finding in members[:left]:
                yield from _details(finding, texts)
            hidden = len(members) - left
            if hidden > 0:
                yield _Line(texts.text("cli", "sink_terminal", "hidden", count=hidden), 4, "dim")
            left = max(0, left - len(members))
        yield _Line("")
    yield from _totals(findings, texts, failed=failed)


def _details(finding: Finding, texts: Catalogue) -> Iterator[_Line]:
    parts = (finding.check.code, plain(finding.criterion or ""), _place(finding, texts))
    yield _Line("  ".join(part for part in parts if part), 4)
    yield _Line(paragraph(texts.message(finding)), 6)
    hint = paragraph(texts.hint(finding))
    yield _Line(texts.text("cli", "sink_terminal", "hint", hint=hint), 6, "green")


def _place(finding: Finding, texts: Catalogue) -> str:
    path, line = plain(finding.location.path), finding.location.line
    if line is None:
        return path
    return texts.text("cli", "sink_terminal", "place", path=path, line=str(line))


def _totals(findings: tuple[Finding, ...], texts: Catalogue, *, failed: bool) -> Iterator[_Line]:
    open_ = counting(findings)
    answered = len(findings) - len(open_)
    if open_:
        numbers = {severity.word: number for severity, number in count(open_).items()}
        yield _Line(texts.text("cli", "sink_terminal", "totals", **numbers))
    if answered:
        yield _Line(texts.text("cli", "sink_terminal", "answered", count=answered))
    if open_:
        yield _Line(texts.text("cli", "sink_terminal", "explain", code=open_[0].check.code))
    harmless = "passed" if open_ else "clean"
    verdict = texts.text("cli", "sink_terminal", "failed" if failed else harmless)
    yield _Line(verdict, 0, "bold")


def _coloured(lines: Iterator[_Line], width: int | None) -> str:
    # Importing rich takes as long as a whole fast check.
    from rich.console import Console  # noqa: PLC0415
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        highlight=False,
    )
    for line in lines:
        # Text, never markup: brackets in a file name are brackets.
        console.print(Padding(Text(line.text, style=line.style), (0, 0, 0, line.indent)))
    # Rich fills wrapped lines with blanks up to the width.
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
