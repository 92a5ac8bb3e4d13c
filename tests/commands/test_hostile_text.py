"""Text from files reaches a terminal or a log, and neither obeys it."""

import re
from pathlib import Path

import pytest

from tests.commands.running import Run

HOSTILE = r"\x1b]8;;http://x\x07y\x1b[2J\x9b2J\u202e\n::stop-commands::z\r::set-output name=a::b"
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_COMMAND = re.compile("^::(?!error |warning |notice )", re.MULTILINE)


@pytest.mark.parametrize(
    "command",
    [
        *("check", "check --format=github", "check --format=json"),
        *("score", "score --steps", "score --format=json", "build --edition=public"),
    ],
)
def test_nothing_is_obeyed(commune: Path, run: Run, command: str) -> None:
    for name in ("criteria.yml", "unit.yml"):
        path = commune / name
        text, count = re.subn(
            r"\b(title|name|rule_text): +\"([^\"\n]*)\"",
            lambda found: f'{found[1]}: "{found[2]}{HOSTILE}"',
            path.read_text("utf-8"),
        )
        assert count
        path.write_text(text, "utf-8")
    ran = run(*command.split())
    said = ran.out + ran.err
    assert ran.code in {0, 1}, said
    assert not _OBEYED.search(said)
    assert not _COMMAND.search(said)
    assert "stop-commands" in said or "score" not in command or "json" in command


def test_a_message_about_files_neither(commune: Path, run: Run) -> None:
    ran = run("check", root=commune / "\x1b[2J")
    assert ran.code == 2
    assert not _OBEYED.search(ran.err)
