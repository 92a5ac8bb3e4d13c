"""Sample documents as PDF: one description, one set of blocks, one call of typst."""

import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typst

from scripts.samples.markup import Block, Reader, Shared

_HERE = Path(__file__).parent


class Printer:
    """Keeps the compiler, whose fonts take longer to read than a letter to print."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def _compiler(self) -> Any:  # noqa: ANN401 - the library is not typed
        return typst.Compiler(str(_HERE / "letter.typ"), root=str(_HERE), ignore_system_fonts=True)

    @cached_property
    def _stamp(self) -> str:
        """The stamp as SVG: outlines of letters, nothing that could be read out as text."""
        outlines: bytes = typst.compile(
            str(_HERE / "stamp.typ"),
            root=str(_HERE),
            ignore_system_fonts=True,
            format="svg",
            sys_inputs={"text": self._shared.words()["stamp"]},
        )
        return outlines.decode()

    def pdf(self, letter: Mapping[str, Any]) -> bytes:
        """The PDF; raises typst.TypstError when the pages are not as many as described."""
        letter = {**letter, "stamp": self._stamp if letter["stamp"] else ""}
        made = datetime(letter["year"], letter["month"], letter["day"], 8, tzinfo=UTC)
        data: bytes = self._compiler.compile(
            format="pdf",
            sys_inputs={"doc": json.dumps(letter, ensure_ascii=False)},
            timestamp=int(made.timestamp()),
            # Tags for screen readers would double the size of 67 files that nobody needs to hear.
            pdf_tags=False,
        )
        return data


def letter(document: Mapping[str, Any], shared: Shared) -> dict[str, Any]:
    """What letter.typ prints for one entry of documents.yml."""
    words, issuer = shared.words(), shared.data["issuers"][document["issuer"]]
    kind = document["type"]
    name, subject = shared.data["kinds"][kind], document["subject"]
    note = ""
    if document.get("number"):
        note = words["annex_note"].format(
            kind=document.get("annex_to", kind),
            number=document["number"],
            date=_short(document["date"]),
            issuer=issuer["name"],
        )
    reader = Reader(shared, _words(document, words), note, document.get("inset", 6))
    if shared.data["layouts"].get(kind) == "decision":
        default = [f"{words['concerning']} {_lower(subject)}"]
        reader.add("title", text=name, subject=document.get("title_lines") or default)
        reader.add("centre", text=issuer["acting"])
    elif name:
        reader.add("title", text=name, subject=document.get("title_lines") or [subject])
    if document.get("to"):
        reader.add("addressee", text=document["to"])
    for key in document.get("basis", ()):
        reader.add("basis", text=shared.data["basis"][key])
    for text in document.get("extra_basis", ()):
        reader.add("basis", text=text)
    blocks = _signed(reader.read(document["body"]), document, shared)
    return {
        **_frame(document["date"], document, words),
        "title": f"{name.capitalize()} {document.get('number') or ''}: {subject}".strip(),
        "author": issuer["name"],
        "superior": issuer["superior"],
        "issuer_lines": issuer["lines"],
        "number": document.get("number") or "",
        "about": "" if name else _lower(subject),
        "dated": _long(document["date"], issuer["place"], words),
        "letterhead": True,
        "stamp": words["stamp"],
        "footer": words["footer"],
        "blocks": blocks,
    }


def public_plan(plan: Mapping[str, Any], shared: Shared) -> dict[str, Any]:
    """The one real text: no letterhead, number, stamp or signature of ours."""
    reader = Reader(shared, {})
    blocks = reader.read((_HERE / plan["text"]).read_text(encoding="utf-8"))
    issuer = shared.data["issuers"]["xa"]
    for block in blocks:
        if block["kind"] == "sign":
            block.update(left=[], signer=issuer["signer"])
    return {
        **_frame(plan["date"], plan, {**shared.words(), "unsigned": ""}),
        "title": plan["subject"],
        "author": issuer["name"],
        "superior": "",
        "issuer_lines": [],
        "number": "",
        "about": "",
        "dated": "",
        "letterhead": False,
        "stamp": "",
        "footer": plan["footer"],
        "blocks": blocks,
    }


def _frame(date: str, document: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    year, month, day = (int(part) for part in date.split("-"))
    return {
        "year": year,
        "month": month,
        "day": day,
        "landscape": False,
        "leading": float(document.get("leading", 0.7)),
        "pages": document["pages"],
        "words": {key: words[key] for key in ("nation", "motto", "number", "about", "receivers")}
        | {"unsigned": words["unsigned"]},
    }


def _words(document: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, str]:
    """The document's words; ``a: "1 2 3"`` also gives a1, a2, a3 and, as a, their sum."""
    found = {"het": str(words["ends"])}
    for key, value in document.get("words", {}).items():
        if key.startswith("bieu_"):
            parts = str(value).split()
            found[key] = str(sum(int(part) for part in parts))
            found.update({f"{key}{place}": part for place, part in enumerate(parts, 1)})
        else:
            found[key] = str(value)
    return found


def _signed(blocks: Sequence[Block], document: Mapping[str, Any], shared: Shared) -> list[Block]:
    """Signature where the text asks for it, else before the first annex, else at the end."""
    words, issuer = shared.words(), shared.data["issuers"][document["issuer"]]
    found = list(blocks)
    if not any(block["kind"] == "sign" for block in found):
        # An annex filed as a document of its own is signed like one, at its end.
        whole = "annex_to" in document
        annexes = [
            place for place, block in enumerate(found) if block["kind"] == "annex" and not whole
        ]
        found.insert(annexes[0] if annexes else len(found), {"kind": "sign"})
    for before, block in itertools.pairwise(found):
        if block["kind"] == "sign":
            before["keep"] = True
    layout = shared.data["layouts"].get(document["type"])
    for block in found:
        if block["kind"] != "sign":
            continue
        if "receivers" in block:
            block.update(left=[], signer=issuer["signer"])
        elif layout == "minutes":
            block.update(receivers=[], left=words["secretary"], signer=words["chair"])
        elif layout == "table":
            left = document.get("left", words["compiler"])
            signer = document.get("signer", issuer["signer"])
            block.update(receivers=[], left=left, signer=signer)
        else:
            block.update(receivers=issuer["receivers"], left=[], signer=issuer["signer"])
    return found


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _short(date: str) -> str:
    year, month, day = date.split("-")
    return f"{day}/{month}/{year}"


def _long(date: str, place: str, words: Mapping[str, Any]) -> str:
    """Days below ten and the first two months are printed with a nought (decree 30/2020)."""
    year, month, day = (int(part) for part in date.split("-"))
    return str(
        words["dated"].format(
            place=place,
            day=f"{day:02d}",
            month=f"{month:02d}" if month <= 2 else str(month),  # noqa: PLR2004
            year=year,
        )
    )
