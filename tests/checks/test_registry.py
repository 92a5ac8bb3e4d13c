"""Every code there is has its words and its cases, and belongs to one check."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest

from site_builder import checks
from site_builder.checks.retired import RETIRED
from site_builder.messages import read_catalogue
from site_builder.registry import ALL_CHECKS, CHECKS_BY_CODE
from tests.checks.test_cases import CASES

TEXTS = read_catalogue("checks").parts["checks"]
CODES = sorted(CHECKS_BY_CODE)
FAMILIES = [
    *("YML", "CRI", "UNI", "TRE", "EXP", "EVI", "SCO", "HOS", "TIM", "REC", "SYS"),
    *("FIL", "DOC", "SIG", "PRI", "VER", "APP"),
]


def test_codes_are_unique_and_well_formed() -> None:
    twice = [
        code for code, count in Counter(check.code for check in ALL_CHECKS).items() if count > 1
    ]
    assert twice == []
    assert not CHECKS_BY_CODE.keys() & set(RETIRED)
    for check in ALL_CHECKS:
        assert re.fullmatch(r"[A-Z]{3}\d{3}", check.code)
        assert check.code[:3] in FAMILIES
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name), check
    names = Counter(check.name for check in ALL_CHECKS)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_check_is_filed_under_its_code() -> None:
    folder = Path(checks.__file__).parent
    files = {path.stem for path in folder.glob("[a-z][a-z][a-z][0-9][0-9][0-9]_*.py")}
    listed = {module.__name__.rpartition(".")[2]: module for module in checks.check_modules()}
    assert sorted(listed) == sorted(files)
    for stem, module in listed.items():
        assert stem.startswith(checks.constants_of(module)[0].code.lower()), stem


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_its_words(code: str) -> None:
    texts = TEXTS[code]
    assert {"title", "message", "hint", "why"} <= texts.keys()
    for key, text in texts.items():
        assert key.partition("_")[0] in {"title", "message", "hint", "why"}, key
        assert text == text.strip()
        assert text
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        assert not names or key.startswith(("message", "hint"))


def test_no_words_without_a_code() -> None:
    assert sorted(TEXTS.keys() - CHECKS_BY_CODE.keys() - set(RETIRED)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_case_that_finds_and_one_that_does_not(code: str) -> None:
    finds = [
        any(f" {code} " in line for line in case["finds"]) for named, case in CASES if named == code
    ]
    assert True in finds
    assert False in finds


def test_no_cases_without_a_code() -> None:
    assert sorted({code for code, _ in CASES} - CHECKS_BY_CODE.keys()) == []
