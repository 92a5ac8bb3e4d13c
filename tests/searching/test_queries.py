"""What people type finds what they mean: the script itself, on an index in a folder."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from site_builder.model.text import fold
from site_builder.rendering.resources import read_resources
from site_builder.searching import build_index
from site_builder.searching.words import words
from tests.browsers import chromium
from tests.searching import communes

pytestmark = pytest.mark.browser

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "queries.yml").read_text("utf-8")
)
ASK = """async (query) => {
  const found = await sbSearch.search(query);
  const shown = [];
  for (const result of found.results.slice(0, 10)) {
    const entry = await sbSearch.entry(result.id);
    const runs = await sbSearch.snippet(result, found.terms);
    shown.push({
      id: entry.address.replace(".html", ""),
      at: result.piece < 0 ? 0 : entry.at[result.piece],
      marked: runs.filter(([, hit]) => hit).map(([words]) => words),
      text: runs.map(([words]) => words).join(""),
    });
  }
  return { shown, count: found.results.length, unknown: found.unknown, partial: found.partial };
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page in a folder with the index of the commune beside it."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "tim").mkdir()
    for name, data in build_index(communes.entries()).items():
        (folder / "tim" / name).write_bytes(data)
    (folder / "search.js").write_text(read_resources()["sb-search.js"], "utf-8")
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script src="search.js"></script>', "utf-8"
    )
    with chromium() as browser:
        made = browser.new_page()
        made.goto((folder / "index.html").as_uri())
        made.evaluate("sbSearch.from('tim/')")
        yield made


def ask(page: Page, query: str) -> dict[str, Any]:
    return dict(page.evaluate(ASK, query))


@pytest.mark.parametrize("form", ["NFC", "NFD", "folded"])
@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"])
def test_what_comes_first(page: Page, case: dict[str, Any], form: str) -> None:
    query = case["query"]
    query = fold(query) if form == "folded" else unicodedata.normalize(form, query)  # type: ignore[arg-type]
    found = ask(page, query)
    assert [each["id"] for each in found["shown"][:1]] == (
        [case["first"]] if "first" in case else []
    )
    assert found["unknown"] == case.get("unknown", [])
    assert found["partial"] == case.get("partial", False)
    if "at" in case:
        assert found["shown"][0]["at"] == case["at"]
        assert found["shown"][0]["marked"]


def test_every_form_of_a_query_finds_the_same(page: Page) -> None:
    for case in QUERIES:
        forms = [
            ask(page, each)
            for each in (
                unicodedata.normalize("NFC", case["query"]),
                unicodedata.normalize("NFD", case["query"]),
                fold(case["query"]),
                case["query"].upper(),
            )
        ]
        assert all(each == forms[0] for each in forms), case["query"]


def test_every_word_of_every_entry_finds_it(page: Page) -> None:
    for entry in communes.entries():
        texts = (entry.title, *entry.names, *entry.numbers, *(part.text for part in entry.parts))
        for word in {word for text in texts for word in words(fold(text))}:
            ids = page.evaluate(
                """async (word) => {
                  const { results } = await sbSearch.search(word);
                  const found = await Promise.all(results.map(({ id }) => sbSearch.entry(id)));
                  return found.map(({ address }) => address);
                }""",
                word,
            )
            assert entry.address in ids, (entry.address, word)


def test_the_number_of_a_document_hides_what_only_has_its_words(page: Page) -> None:
    # The long report holds "3049", "UBND" and "KH" apart.
    found = ask(page, "3049/KH-UBND")
    assert [each["id"] for each in found["shown"]] == ["ke-hoach-huyen", "ke-hoach"]


def test_what_is_marked(page: Page) -> None:
    (first, *_) = ask(page, "chu ky so")["shown"]
    assert [fold(each) for each in first["marked"]] == ["chu ky so"]
    (first, *_) = ask(page, "3049/kh")["shown"]
    assert all("3049" in each for each in first["marked"])


def test_words_are_cut_as_the_index_was(page: Page) -> None:
    letters = [chr(code) for code in range(0x20, 0x2100) if chr(code).isprintable()]
    texts = [f"a{letter}b 1{letter}2" for letter in letters]
    cut = page.evaluate("(texts) => texts.map((text) => sbSearch.wordsOf(text))", texts)
    different = [
        (text, words(fold(text)), there)
        for text, there in zip(texts, cut, strict=True)
        if words(fold(text)) != there
    ]
    assert different == []
