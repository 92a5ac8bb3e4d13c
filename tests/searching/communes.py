"""The commune of commune.yml as entries."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from site_builder.model.search import SearchEntry, SearchKind, SearchPart

HERE = Path(__file__).parent


def entries() -> Iterator[SearchEntry]:
    """Each with its id as its address."""
    for told in yaml.safe_load((HERE / "commune.yml").read_text("utf-8")):
        repeat = told.get("repeat", 1)
        parts = tuple(
            SearchPart(
                text=" ".join([part["text"]] * (repeat if part.get("page") == 1 else 1)),
                page=part.get("page", 0),
                anchor=part.get("anchor", ""),
            )
            for part in told.get("parts", ())
        )
        paged = any(part.page for part in parts)
        yield SearchEntry(
            kind=SearchKind(told["kind"]),
            title=told["title"],
            address=f"{told['id']}.html",
            names=tuple(told.get("names", ())),
            numbers=tuple(told.get("numbers", ())),
            criteria=tuple(map(str, told.get("criteria", ()))),
            place="Place",
            parts=parts,
            counted=told.get("counted", "page" if paged else ""),
            file=told.get("file", ""),
        )
