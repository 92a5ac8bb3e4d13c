"""``check``: is anything missing or wrong? Exit 1 when it is."""

import argparse
from dataclasses import replace
from pathlib import Path, PurePosixPath

from site_builder import pipeline
from site_builder.checks.verdict import fails
from site_builder.commands.arguments import add_reading, day, reading, tell_absent
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.commands.progress import working
from site_builder.messages import Catalogue
from site_builder.model.finding import Finding, Severity
from site_builder.model.text import nfc
from site_builder.publishing.sinks import github, json, terminal

NAME = "check"

SEVERITIES = {severity.word: severity for severity in Severity}


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "--format", choices=("text", "github", "json"), default="text", help=option(texts, "format")
    )
    parser.add_argument("--fast", action="store_true", help=option(texts, "fast"))
    parser.add_argument("--only", nargs="+", metavar="PATH", help=option(texts, "only"))
    parser.add_argument("--complete", action="store_true", help=option(texts, "complete"))
    parser.add_argument(
        "--fail-on", choices=tuple(SEVERITIES), default="error", help=option(texts, "fail_on")
    )
    parser.add_argument("--today", type=day, metavar="DATE", help=option(texts, "today"))
    parser.add_argument("--all", action="store_true", help=option(texts, "all"))
    add_reading(parser, texts)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Check and report."""
    today = context.today(arguments.today)
    request = pipeline.Request(
        root=context.root,
        today=today,
        environment=context.environment,
        fast=arguments.fast,
        **reading(arguments),
    )
    with working(context, "checking") as on_progress:
        facts, findings = pipeline.examine(replace(request, on_progress=on_progress))
    tell_absent(facts.processed, context)
    context.kept.append(facts)
    findings = _limited(findings, arguments.only, context.root)
    failed = fails(
        findings,
        fail_on=SEVERITIES[arguments.fail_on],
        complete=arguments.complete,
        today=today,
        unit=facts.snapshot.unit,
    )
    if arguments.format == "json":
        context.put(json.write(findings, context.texts, facts.snapshot))
    elif arguments.format == "github":
        prefix = _below_workspace(context)
        context.put(github.annotations(findings, context.texts, prefix=prefix))
        _append_summary(github.summary(findings, context.texts, facts.snapshot), context)
    else:
        context.put(
            terminal.write(
                findings,
                context.texts,
                facts.snapshot,
                colours=_colours(context),
                show_all=arguments.all,
                failed=failed,
            )
        )
    return FINDINGS if failed else OK


def _limited(
    findings: tuple[Finding, ...], only: list[str] | None, root: Path
) -> tuple[Finding, ...]:
    """The findings at or below the given paths; everything was loaded all the same."""
    if not only:
        return findings
    wanted = tuple(PurePosixPath(_relative(path, root)) for path in only)
    return tuple(
        finding
        for finding in findings
        if any(PurePosixPath(finding.location.path).is_relative_to(path) for path in wanted)
    )


def _relative(path: str, root: Path) -> str:
    """A path as people give it (absolute, from here or from the root), from the root."""
    given = Path(path)
    for candidate in (given, Path.cwd() / given):
        if candidate.is_absolute() and candidate.is_relative_to(root.resolve()):
            return nfc(candidate.relative_to(root.resolve()).as_posix())
    return nfc(given.as_posix())


def _below_workspace(context: Context) -> str:
    """Folder of the content inside the forge's checkout; annotations count from its top."""
    workspace = context.environment.get("GITHUB_WORKSPACE")
    root = context.root.resolve()
    if not workspace or not root.is_relative_to(Path(workspace).resolve()):
        return ""
    below = root.relative_to(Path(workspace).resolve()).as_posix()
    return "" if below == "." else below


def _append_summary(text: str, context: Context) -> None:
    target = context.environment.get("GITHUB_STEP_SUMMARY")
    if target:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(text)


def _colours(context: Context) -> bool:
    return context.out.isatty() and not context.environment.get("NO_COLOR")
