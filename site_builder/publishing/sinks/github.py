"""Findings for GitHub and for forges that read its workflow commands (Forgejo, Gitea)."""

import html
from itertools import chain

from site_builder.messages import Catalogue
from site_builder.model.finding import Finding
from site_builder.model.snapshot import Snapshot
from site_builder.publishing.sinks.plain import by_office, count, counting, paragraph, place, plain

# The forge shows ten of a step and drops the others without a word.
ANNOTATIONS = 10
# A step's summary may have 1 MiB; other tools in the step want a part of it.
SUMMARY_BYTES = 1_000_000

# Characters that Markdown or a table would take for its own; entities stay text everywhere.
_ENTITIES = {ord(char): f"&#{ord(char)};" for char in "|*_[]`~\\#@"}


def annotations(findings: tuple[Finding, ...], texts: Catalogue, *, prefix: str = "") -> str:
    """Workflow commands for the worst findings, and nothing else.

    Args:
        findings: sorted, the worst first.
        texts: the catalogue.
        prefix: folder of the content inside the repository, "" for its top.
    """
    shown = counting(findings)[:ANNOTATIONS]
    return "".join(f"{_annotation(finding, texts, prefix)}\n" for finding in shown)


def _annotation(finding: Finding, texts: Catalogue, prefix: str) -> str:
    check, where = finding.check, finding.location
    properties = []
    if where.path:
        path = f"{prefix.rstrip('/')}/{where.path}" if prefix else where.path
        properties.append(f"file={_property(plain(path))}")
    if where.line is not None:
        properties.append(f"line={where.line}")
    if where.column is not None:
        properties.append(f"col={where.column}")
    properties.append(f"title={_property(f'{check.code} {texts.title(check.code)}')}")
    message = f"{paragraph(texts.message(finding))}\n{paragraph(texts.hint(finding))}"
    return f"::{check.severity.word} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes; a semicolon is not among its escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(
    findings: tuple[Finding, ...],
    texts: Catalogue,
    snapshot: Snapshot,
    *,
    limit: int = SUMMARY_BYTES,
) -> str:
    """The job summary in Markdown: totals, then a table for each office.

    Args:
        findings: sorted, suppressed ones included.
        texts: the catalogue.
        snapshot: knows the offices' titles.
        limit: bytes; what no longer fits is a number.
    """
    words = texts.table("cli", "sink_github")
    open_ = counting(findings)
    answered = len(findings) - len(open_)
    head = [f"## {words['heading']}", ""]
    if open_:
        numbers = {severity.word: number for severity, number in count(open_).items()}
        head.append(texts.text("cli", "sink_github", "totals", **numbers))
    else:
        head.append(words["clean"])
    if answered:
        head.append(texts.text("cli", "sink_github", "answered", count=answered))
    lines = ["\n".join(head), ""]
    left = limit - sum(len(line.encode()) + 1 for line in lines) - 1000
    hidden = 0
    for title, members in by_office(open_, snapshot, words["nobody"]).items():
        heading = [f"### {_cell(title)} ({len(members)})", "", words["table"], words["rule"]]
        cost = sum(len(line.encode()) + 1 for line in heading)
        rows = []
        for finding in members:
            row = _row(finding, texts)
            cost += len(row.encode()) + 1
            if cost > left:
                break
            rows.append(row)
        hidden += len(members) - len(rows)
        if rows:
            lines.extend(chain(heading, rows, [""]))
            left -= cost
    if hidden:
        lines.append(texts.text("cli", "sink_github", "hidden", count=hidden))
    return "\n".join(lines) + "\n"


def _row(finding: Finding, texts: Catalogue) -> str:
    word = texts.text("cli", "severity", finding.check.severity.word)
    cells = (
        word,
        _cell(finding.check.code),
        _cell(finding.criterion or ""),
        f"<code>{_cell(place(finding))}</code>" if finding.location.path else "",
        _cell(paragraph(texts.message(finding))),
        _cell(paragraph(texts.hint(finding))),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return html.escape(plain(text), quote=False).translate(_ENTITIES)
