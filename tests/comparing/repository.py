"""The smallest commune in a repository of its own, changed step by step."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

from site_builder import past, pipeline
from site_builder.checks.protocols import Facts
from site_builder.commands.approve import written
from site_builder.model.change import Changes
from site_builder.model.results import Edition
from site_builder.model.snapshot import Approval
from tests.surroundings import variables

COMMUNE = Path(__file__).parents[1] / "communes" / "nho"
LEAF = "1.1.2"
WHO = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "vanphong@nho.example",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "vanphong@nho.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Commune:
    """A repository of the smallest commune."""

    def __init__(self, root: Path) -> None:
        self.root = shutil.copytree(COMMUNE, root)
        self.minutes = 0
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments: str, data: bytes | None = None) -> str:
        at = f"{1_704_000_000 + 60 * self.minutes} +0700"
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            check=True,
            input=data,
            capture_output=True,
            env={**os.environ, **WHO, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at},
        )
        return done.stdout.decode().strip()

    def commit(self) -> str:
        self.minutes += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "State")
        return self.git("rev-parse", "HEAD")

    @property
    def folder(self) -> Path:
        return next(self.root.glob(f"evidence/*/*/{LEAF}-*"))

    def figure(self, old: str, new: str) -> None:
        path = self.folder / "giai-trinh.md"
        text = path.read_text("utf-8")
        assert f"hoan-thanh: {old}" in text
        path.write_text(text.replace(f"hoan-thanh: {old}", f"hoan-thanh: {new}"), "utf-8")

    def changes(self, edition: Edition = Edition.WORKING, since: str = "") -> Changes:
        request = pipeline.Request(
            root=self.root, today=date(2024, 12, 20), environment=variables(), authors=True
        )
        with pipeline.open_store(request) as store:
            facts, _ = pipeline.examine(request, store)
            return past.changes(request, facts, store, edition, since=since)

    def facts(self) -> Facts:
        request = pipeline.Request(
            root=self.root, today=date(2024, 12, 20), environment=variables(), authors=True
        )
        return pipeline.examine(request)[0]

    def approve(self, commit: str = "") -> None:
        facts = self.facts()
        approval = Approval(
            digest=facts.digests.whole,
            on=date(2024, 12, 21),
            by="chu-tich",
            document="9/QD",
            period="2024",
            set_id="mau-nho-2024",
            commit=commit or self.git("rev-parse", "HEAD"),
            leaves=facts.digests.leaves,
        )
        (self.root / "records").mkdir(exist_ok=True)
        (self.root / "records/approval.yml").write_text(written(approval), "utf-8")
