"""What the command line says of itself is Vietnamese."""

import re

import pytest

from site_builder.cli import parser_of
from site_builder.commands import COMMANDS
from site_builder.messages import read_catalogue
from tests.house import tree

VIETNAMESE = re.compile(r"[\u00c0-\u1ef9]")
# What argparse prints when nobody gave it other words.
ENGLISH = re.compile(r"usage:|options:|positional arguments|show this help|default:", re.IGNORECASE)


def help_of(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as left:
        parser_of(read_catalogue("cli")).parse_args([*arguments, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", *(command.NAME for command in COMMANDS)])
def test_help_is_vietnamese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(*filter(None, [name]), capsys=capsys)
    assert not ENGLISH.search(text)
    assert VIETNAMESE.search(text)
    for option, said in re.findall(r"^  (-[^\n]*?)(?:  +|\n {8,})(\S[^\n]*)", text, re.MULTILINE):
        assert VIETNAMESE.search(said), option


def test_make_help_is_vietnamese() -> None:
    for said in re.findall(
        r"^[a-z-]+:.*##[*]? (.*)$", (tree.ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    ):
        assert VIETNAMESE.search(said), said
