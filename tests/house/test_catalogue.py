"""Codes, texts and cases belong together: none is without the others."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from site_builder.checks.retired import RETIRED
from site_builder.messages import PARTS, read_catalogue
from site_builder.registry import ALL_CHECKS, CHECKS_BY_CODE
from tests.checks.test_cases import run_case
from tests.house import tree

TEXTS = ("title", "message", "hint", "why")
CODES = tuple(CHECKS_BY_CODE)
CATALOGUE = read_catalogue()
TABLES: Mapping[str, Mapping[str, str]] = CATALOGUE.parts["checks"]
CASES = tree.ROOT / "tests" / "checks"
# Wordings that no small tree can bring about.
ELSEWHERE = {
    ("SYS009", "absent"),  # needs a machine without Git
    ("SYS009", "owner"),  # needs a folder of another account
    *((("UNI011", "retired"),) if not RETIRED else ()),
}


@cache
def cases(code: str) -> tuple[dict[str, Any], ...]:
    path = CASES / f"{code}.yml"
    if not path.is_file():
        return ()
    return tuple(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


def variants(code: str) -> Iterator[tuple[str, str]]:
    """``(message|hint, variant)`` of every text beyond the four."""
    for key in TABLES[code]:
        kind, _, variant = key.partition("_")
        if key not in TEXTS:
            yield kind, variant


def test_codes_are_well_formed_and_unique() -> None:
    codes = [check.code for check in ALL_CHECKS]
    assert len(codes) == len(set(codes))
    assert not set(codes) & set(RETIRED)
    for check in ALL_CHECKS:
        assert re.fullmatch(r"[A-Z]{3}\d{3}", check.code)
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", check.name), check.code


def test_every_code_has_texts_and_every_text_a_code() -> None:
    assert sorted(TABLES) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_texts_of_a_code(code: str) -> None:
    texts = TABLES[code]
    for key in TEXTS:
        assert texts[key].strip(), key
    assert {kind for kind, _ in variants(code)} <= {"message", "hint"}
    assert not texts["title"].endswith("."), "a title is no sentence"
    for key, text in texts.items():
        # What happened, then what to do; severity is shown beside it and nobody is blamed.
        assert not re.match(r"(?i)l\u1ed7i\s*:", text), key
        assert "front matter" not in text.lower(), key
        if key != "title":
            assert text.rstrip()[-1] in '.?!)\u201d"', (key, text[-20:])


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_case_that_finds_and_one_that_does_not(code: str) -> None:
    finding = [case for case in cases(code) if any(code in line for line in case["finds"])]
    silent = [case for case in cases(code) if not any(code in line for line in case["finds"])]
    assert finding, f"tests/checks/{code}.yml has no case in which {code} is found"
    assert silent, f"tests/checks/{code}.yml has no case in which {code} is not found"


@pytest.mark.parametrize("code", [code for code in CODES if set(variants(code))])
def test_every_wording_of_a_code_is_used(code: str, tmp_path: Path) -> None:
    said: set[str] = set()
    for number, case in enumerate(cases(code)):
        if any(code in line for line in case["finds"]):
            (tmp_path / str(number)).mkdir()
            findings = run_case(case, tmp_path / str(number))
            said |= {
                str(finding.params["variant"])
                for finding in findings
                if finding.check.code == code and "variant" in finding.params
            }
    wanted = {variant for _, variant in variants(code) if (code, variant) not in ELSEWHERE}
    assert wanted <= said


def test_every_case_file_is_about_a_code() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= set(CODES)


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("part", PARTS)
def test_placeholders_are_plain_names(part: str) -> None:
    for table in CATALOGUE.parts[part].values():
        for text in table.values() if isinstance(table, Mapping) else [table]:
            if isinstance(text, str):
                assert all(re.fullmatch(r"[a-z][a-z_0-9]*", name) for name in names_in(text)), text


@pytest.mark.parametrize("part", [part for part in PARTS if part != "checks"])
def test_no_text_is_left_over(part: str) -> None:
    """A key that no code, template or script spells is dead."""
    spelled = " ".join(
        path.read_text("utf-8")
        for path in (
            *tree.below("site_builder", suffixes=(".py", ".jinja", ".js")),
            *tree.below("scripts", suffixes=(".py",)),
        )
    )
    words = set(re.findall(r"[\w-]+", spelled)) | {code[:3] for code in CODES}
    unused = [
        f"{table}.{key}"
        for table, texts in CATALOGUE.parts[part].items()
        for key in (texts if isinstance(texts, Mapping) else [table])
        if not _is_spelled(key, words)
    ]
    assert unused == []


def _is_spelled(key: str, words: set[str]) -> bool:
    # Some keys are put together: ``entry_`` and a word, or a word and ``_title``.
    cuts = [place for place, letter in enumerate(key) if letter == "_"]
    return key in words or any(
        (key[: cut + 1] in words and key[cut + 1 :] in words)
        or (key[:cut] in words and key[cut:] in words)
        for cut in cuts
    )
