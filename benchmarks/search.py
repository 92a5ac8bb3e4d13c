"""Measure the search on made-up texts: building, size, and the first result in a browser.

A thousand leaves and 20 MB of text in 450 documents unless told otherwise; syllables are drawn
by Zipf's law, so that lists of places are as long as in real text. ``--browser`` types queries
into the page of results, served and opened from a folder, and prints how long each took.
"""

import argparse
import contextlib
import gzip
import itertools
import os
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from site_builder.searching import build_index

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent / "site_builder" / "rendering" / "assets"
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
MIB = 1024 * 1024
PAGE = 3_000
# Tone marks, composed with the first vowel of a rhyme.
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
QUERIES = (
    "thu tuc hanh chinh",
    "ke hoach cai cach hanh chinh nam",
    "ky dieu",
    "bao cao ket qua",
    "chi dao dieu hanh phoi hop ra soat",
    "45/KH-UBND",
    "1.1.2",
    "khaosat phieu",
)

PAGE_OF_RESULTS = """<!doctype html><html lang="vi"><meta charset="utf-8">
<form data-sb-index="tim/" data-sb-root="" hidden><input id="tim-o" name="q"></form>
<fieldset id="tim-loai" hidden><label><input type="radio" name="loai" value="" checked><span>
<span></span></span></label></fieldset><p id="tim-trang-thai"></p><ol id="tim-ket-qua"></ol>
<div id="tim-goi-y"></div><script src="sb-search.js"></script></html>
"""
# Puts a whole query into the field; milliseconds until the first result is on the page.
PASTE = """(query) => new Promise((done) => {
  const field = document.getElementById("tim-o"), list = document.getElementById("tim-ket-qua");
  const start = performance.now();
  const tell = () => done(performance.now() - start);
  new MutationObserver((_, watch) => { watch.disconnect(); setTimeout(tell); })
    .observe(list, { childList: true });
  field.value = query;
  field.dispatchEvent(new Event("input"));
  setTimeout(tell, 5000);
})"""
# Of typing letter by letter: from the last one to the first change of the results that answers it.
WATCH = """() => {
  window.last = 0, window.changes = [];
  document.getElementById("tim-o").addEventListener("input", () => { last = performance.now(); });
  new MutationObserver(() => { setTimeout(() => changes.push(performance.now())); })
    .observe(document.getElementById("tim-ket-qua"), { childList: true });
}"""
WAITED = "(quiet) => changes.find((at) => at > last + quiet) - last"
# What the page waits for after a letter, and how fast people type.
QUIET, LETTER = 60, 120


class Writer:
    """Text drawn with one seeded generator."""

    def __init__(self) -> None:
        texts = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
        self.frames = tomllib.loads((HERE / "search.toml").read_text("utf-8"))
        self.random = random.Random(20230105)  # noqa: S311 - the same text every time
        common = list(dict.fromkeys(texts["syllables"].split()))
        made = [
            unicodedata.normalize("NFC", initial + rhyme[:1] + tone + rhyme[1:])
            for initial in self.frames["initials"].split()
            for rhyme in self.frames["rhymes"].split()
            for tone in TONES
        ]
        self.random.shuffle(made)
        self.syllables = [*common, *made[:6000]]
        self.weights = list(
            itertools.accumulate(1 / (place + 3) for place in range(len(self.syllables)))
        )
        # People repeat phrases: two thirds of a text are made of these.
        self.phrases = [
            self.random.choices(common, k=self.random.randint(2, 6)) for _ in range(4000)
        ]

    def prose(self, size: int) -> str:
        """About ``size`` bytes of text."""
        words: list[str] = []
        have = 0
        while have < size:
            chance = self.random.random()
            if chance < 0.3:
                more = self.random.choice(self.phrases)
            elif chance < 0.96:
                more = self.random.choices(self.syllables, cum_weights=self.weights, k=4)
            elif chance < 0.98:
                more = [self.number()]
            else:
                more = [f"{self.random.randint(1, 28):02d}/{self.random.randint(1, 12):02d}/2023."]
            words.extend(more)
            have += sum(len(word.encode()) + 1 for word in more)
        return " ".join(words)

    def number(self) -> str:
        """The number of a document."""
        symbol = self.random.choice(self.frames["symbols"].split())
        return f"{self.random.randint(1, 4999)}/{symbol}-{self.frames['suffix']}"

    def title(self, frame: str) -> str:
        """A title of some eight syllables."""
        phrase = " ".join(self.random.choice(self.phrases) + self.random.choice(self.phrases))
        return Template(self.frames[frame]).substitute(phrase=phrase)


def entries(leaves: int, documents: int, megabytes: float) -> Iterator[SearchEntry]:
    """What a commune of that size would have to find."""
    writer = Writer()
    for place in range(leaves):
        id_ = f"{place // 80 + 1}.{place // 8 % 10 + 1}.{place % 8 + 1}"
        title, address = writer.title("criterion"), f"2023/tc/{id_}.html"
        yield SearchEntry(
            kind=SearchKind.CRITERION,
            title=f"{id_}. {title}",
            address=address,
            numbers=(id_,),
            parts=(SearchPart(text=writer.prose(400), anchor="quy-dinh"),),
        )
        yield SearchEntry(
            kind=SearchKind.EXPLANATION,
            title=title,
            address=address,
            place=id_,
            parts=(SearchPart(text=writer.prose(700), anchor="giai-trinh"),),
        )
    pages = max(1, round(megabytes * 1e6 / documents / PAGE))
    for place in range(documents):
        texts = [writer.prose(PAGE) for _ in range(pages)]
        if place == documents // 2:
            texts[-1] += " " + writer.frames["needle"]
        yield SearchEntry(
            kind=SearchKind.DOCUMENT,
            title=writer.title("title"),
            address=f"2023/tl/bao-cao-{place}.html",
            names=(f"bao-cao-{place}.pdf",),
            numbers=(writer.number(),),
            parts=tuple(SearchPart(text=text, page=page) for page, text in enumerate(texts, 1)),
            counted="page",
            file=f"2023/tc/bao-cao-{place}.pdf",
        )


def told(index: Mapping[str, bytes]) -> Iterator[str]:
    """Lines about the sizes, as they are and as a host that compresses sends them."""
    for letter, name in (("m", "start"), ("w", "words"), ("e", "titles"), ("t", "texts")):
        files = [data for file, data in index.items() if file[0] == letter]
        packed = [len(gzip.compress(data, 6, mtime=0)) for data in files]
        yield (
            f"| {name} | {len(files)} | {sum(map(len, files)) / 1e6:.2f} |"
            f" {sum(packed) / 1e6:.2f} |"
            f" {max(map(len, files)) / 1e3:.0f} | {max(packed) / 1e3:.0f} |"
        )


def write(index: Mapping[str, bytes], folder: Path) -> None:
    """A bare page of results with the index beside it."""
    (folder / "tim").mkdir()
    for name, data in index.items():
        (folder / "tim" / name).write_bytes(data)
    shutil.copyfile(ASSETS / "sb-search.js", folder / "sb-search.js")
    (folder / "index.html").write_text(PAGE_OF_RESULTS, "utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on this machine, without compression; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def browse(folder: Path, slower: float) -> None:
    """Ask the queries, each in a new page, online and from the folder."""
    # Not needed to measure the building.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(f"\nmilliseconds to the first result, processor x{slower:g}, load {load:.1f}\n")
    print("| query | served: pasted | typed | kB | folder: pasted | typed | results |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with served(folder) as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for query in QUERIES:
            online, offline = (
                _ask(browser, f"{base}index.html", query, slower)
                for base in (address, f"{folder.as_uri()}/")
            )
            print(
                f"| {query} | {online[0]:.0f} | {online[1]:.0f} | {online[2] / 1e3:.0f} |"
                f" {offline[0]:.0f} | {offline[1]:.0f} | {online[3]} |",
                flush=True,
            )
        browser.close()


def _ask(
    browser: "Browser", address: str, query: str, slower: float
) -> tuple[float, float, int, str]:
    """Milliseconds to the first result of a query pasted and typed; bytes loaded; results."""
    with _field(browser, address, slower) as page:
        page.evaluate(WATCH)
        page.keyboard.type(query, delay=LETTER)
        page.wait_for_function("(quiet) => changes.some((at) => at > last + quiet)", arg=QUIET)
        typed = page.evaluate(WAITED, QUIET)
    with _field(browser, address, slower) as page:
        sizes: list[int] = []
        page.on(
            "response",
            lambda response: sizes.append(int(response.headers.get("content-length", 0))),
        )
        pasted = page.evaluate(PASTE, query)
        page.wait_for_timeout(500)
        return pasted, typed, sum(sizes), page.locator("#tim-trang-thai").inner_text()


@contextlib.contextmanager
def _field(browser: "Browser", address: str, slower: float) -> Iterator["Page"]:
    """A page with nothing loaded but the beginning of the index."""
    context = browser.new_context()
    page = context.new_page()
    if slower > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.focus("#tim-o")
    page.wait_for_timeout(500)
    yield page
    context.close()


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=450)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--browser", action="store_true", help="type queries in Chromium")
    parser.add_argument("--slower", type=float, default=1, help="slow the browser's processor down")
    arguments = parser.parse_args()
    made = list(entries(arguments.leaves, arguments.documents, arguments.megabytes))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    index = build_index(made)
    took = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = sum(len(part.text.encode()) for entry in made for part in entry.parts)
    print(
        f"{len(made)} entries, {size / 1e6:.1f} MB of text: {took:.1f} s CPU,"
        f" {(after - before) * RSS_UNIT / MIB:.0f} MiB more, {len(index)} files\n"
    )
    print("| part | files | MB | gzip MB | largest kB | gzip kB |\n|---|---:|---:|---:|---:|---:|")
    for line in told(index):
        print(line)
    if arguments.browser:
        with tempfile.TemporaryDirectory() as folder:
            write(index, Path(folder))
            browse(Path(folder), arguments.slower)


if __name__ == "__main__":
    main()
