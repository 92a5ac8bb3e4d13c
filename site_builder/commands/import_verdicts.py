"""``import-verdicts``: what assessors sent becomes files under records/, and nothing else does."""

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import loading, pipeline
from site_builder.checks.protocols import Facts
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.importing.merging import Incoming, Refused, Taken, take
from site_builder.importing.workbook import read
from site_builder.importing.written import as_yaml
from site_builder.messages import Catalogue
from site_builder.model.digest import Digests, digests
from site_builder.model.finding import Severity
from site_builder.model.verdict import Records, Verdict, VerdictSheet

NAME = "import-verdicts"

_LARGEST = 32 * 1024 * 1024
_ATTEMPTS = 20


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=option(texts, "verdict_files")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Take the files one after the other; exit 1 when something was not taken."""
    request = pipeline.Request(
        root=context.root, today=context.today(None), environment=context.environment
    )
    facts, _ = pipeline.examine(request)
    snapshot = facts.snapshot
    if snapshot.criteria is None or snapshot.unit is None or snapshot.set_changed:
        context.say("verdicts_need_set")
        return FINDINGS
    desk = _Desk(context, facts, digests(snapshot), snapshot.verdicts)
    whole = [desk.take(path) for path in arguments.files]
    return OK if all(whole) else FINDINGS


@dataclass(slots=True)
class _Desk:
    """Where files come in; ``kept`` grows with each."""

    context: Context
    facts: Facts
    digests: Digests
    kept: Records

    def take(self, path: Path) -> bool:
        """Take one file and say what became of it; True when all of it was taken."""
        self.context.say("verdicts_file", path=str(path))
        rows, told = self._read(path)
        for sentence in told:
            self._tell(sentence)
        snapshot = self.facts.snapshot
        taken = take(rows, self.kept, snapshot.criteria, snapshot.unit)
        for refused in taken.refused:
            self._tell(self._refusal(refused))
        written = [self._keep(incoming) for incoming in taken.incoming]
        self._tell_stale(taken)
        if not rows and not told:
            self.context.say("verdicts_none")
            return False
        return not told and not taken.refused and all(written)

    def _tell(self, sentence: str) -> None:
        self.context.say("verdicts_refused", sentence=sentence)

    def _read(self, path: Path) -> tuple[tuple[Verdict, ...], list[str]]:
        texts = self.context.texts
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except OSError:
            return (), [texts.text("cli", "import_problem", "unreadable")]
        if len(data) > _LARGEST:
            return (), [texts.text("cli", "import_problem", "too_large")]
        if data.startswith(b"PK"):
            criteria = self.facts.snapshot.criteria
            words = texts.table("cli", "verdict_sheet")
            book = read(data, words, criteria.digest if criteria else "")
            return book.verdicts, [
                texts.text("cli", "import_problem", problem.key, **problem.params)
                for problem in book.problems
            ]
        sheet, findings = loading.read_sheet(data, path.name)
        return sheet.verdicts, [
            texts.text(
                "cli",
                "import_problem",
                "at_line",
                line=str(finding.location.line or 1),
                sentence=texts.message(finding),
            )
            for finding in findings
            if finding.check.severity is Severity.ERROR
        ]

    def _refusal(self, refused: Refused) -> str:
        row = refused.verdict
        snapshot = self.facts.snapshot
        leaf = snapshot.criteria.by_id.get(row.leaf) if snapshot.criteria else None
        rounds = snapshot.unit.period.rounds if snapshot.unit else ()
        return self.context.texts.text(
            "cli",
            "import_fault",
            refused.fault.value,
            line=str(row.line),
            id=row.leaf,
            unit=row.unit,
            period=row.period,
            round=row.round,
            rounds=tuple(each.id for each in rounds) or ("-",),
            points="" if row.points is None else row.points,
            max="" if leaf is None else leaf.max_points,
        )

    def _keep(self, incoming: Incoming) -> bool:
        sheet, before = incoming.sheet, incoming.before
        say = self.context.say
        name, count = sheet.verdicts[0].assessor, len(sheet.verdicts)
        if incoming.is_same:
            say("verdicts_same", assessor=name, path=sheet.path)
            return True
        if incoming.is_older:
            say("verdicts_older", assessor=name, path=sheet.path)
            return False
        comment = self.context.texts.text("cli", "verdict_sheet", "comment")
        written = _written(self.context.root, sheet, before, as_yaml(sheet, comment))
        if written is None:
            say("verdicts_not_written", path=sheet.path)
            return False
        others = tuple(each for each in self.kept.sheets if each is not before)
        self.kept = replace(self.kept, sheets=(*others, written))
        key = "verdicts_taken" if before is None else "verdicts_replaced"
        say(key, assessor=name, count=count, path=written.path, round=sheet.round)
        if incoming.gone:
            say("verdicts_gone", ids=incoming.gone)
        return True

    def _tell_stale(self, taken: Taken) -> None:
        """Verdicts on leaves that are no longer what was judged: kept, and flagged by a check."""
        stale = tuple(
            row.leaf
            for incoming in taken.incoming
            for row in incoming.sheet.verdicts
            if self.digests.leaves.get(row.leaf, row.leaf_digest) != row.leaf_digest
        )
        if stale:
            self.context.say("verdicts_stale", ids=stale)


def _written(
    root: Path, sheet: VerdictSheet, before: VerdictSheet | None, text: str
) -> VerdictSheet | None:
    """Write the file, and give it as kept; None when it cannot be written.

    What is replaced is the same assessor's; a new file never takes the place of another, whatever
    lies there.
    """
    target = root / sheet.path
    data = text.encode("utf-8", "replace")
    try:
        if any(parent.is_symlink() for parent in (target.parent, target.parent.parent)):
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        if before is not None:
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(data)
            os.replace(fresh, target)  # noqa: PTH105 - the atomic one
            return sheet
        for number in range(1, _ATTEMPTS):
            path = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
            try:
                with path.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                continue
            return replace(sheet, path=path.relative_to(root).as_posix())
    except OSError:
        return None
    return None
