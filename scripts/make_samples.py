"""Make the sample files of the demonstration commune and of tests/communes again, byte for byte.

Run from anywhere: ``.venv/bin/python scripts/make_samples.py`` writes under evidence/ and
tests/communes/; ``--check`` writes nothing and fails when a file differs or is absent;
``--only TEXT`` takes the files whose path holds the text. Everything comes from scripts/samples/:
documents.yml and communes.yml (what each document says), parts.yml (what they share),
public-plan.txt and the typst layouts.
"""

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from scripts.samples import letters, pages, photos, sheets  # noqa: E402 - after the path is set
from scripts.samples.markup import Shared  # noqa: E402

SOURCES = ROOT / "scripts" / "samples"


@dataclass(frozen=True)
class Sample:
    """One file to make.

    Attributes:
        path: from the root, as the disk spells it (one name is decomposed on purpose).
        make: gives the bytes.
    """

    path: str
    make: Callable[[], bytes]


def samples(root: Path = ROOT) -> Iterator[Sample]:
    """Every sample file, in the order of documents.yml."""
    parts, described, others = (_read(name) for name in ("parts", "documents", "communes"))
    shared = Shared({**parts, "issuers": {**parts["issuers"], **others["issuers"]}})
    printer, camera = letters.Printer(shared), photos.Camera(shared)
    folders = _folders(root, "")
    yield from _of_unit(described["documents"], folders, shared, printer, camera)
    plan = described["public_plan"]
    yield Sample(
        f"{folders[plan['leaf']]}/{plan['file']}",
        lambda: printer.pdf(letters.public_plan(plan, shared)),
    )
    for unit in others["communes"]:
        folders = _folders(root, unit["root"])
        yield from _of_unit(unit["documents"], folders, shared, printer, camera)


def _of_unit(
    documents: Sequence[Mapping[str, Any]],
    folders: Mapping[str, str],
    shared: Shared,
    printer: letters.Printer,
    camera: photos.Camera,
) -> Iterator[Sample]:
    for document in documents:
        folder = folders[document["leaf"]]
        if "folder" in document:
            folder = f"{folder}/{document['folder']}"
        name = unicodedata.normalize("NFD" if document.get("nfd") else "NFC", document["file"])
        if "scenes" in document:
            for scene in document["scenes"]:
                make = _photo(camera, scene, document["date"])
                yield Sample(f"{folder}/{name}/{scene['file']}", make)
            continue
        make = _maker(document, shared, printer, camera)
        yield Sample(f"{folder}/{name}", make)
        for copy in document.get("also", ()):
            yield Sample(f"{folders[copy['leaf']]}/{copy['file']}", make)


def _maker(
    document: Mapping[str, Any], shared: Shared, printer: letters.Printer, camera: photos.Camera
) -> Callable[[], bytes]:
    if "scene" in document:
        return _photo(camera, document["scene"], document["date"])
    suffix = Path(document["file"]).suffix
    if suffix == ".pdf":
        return lambda: printer.pdf(letters.letter(document, shared))
    if suffix == ".docx":
        return lambda: pages.word_file(document, shared)
    return lambda: sheets.workbook(document, shared)


def _photo(camera: photos.Camera, scene: Mapping[str, Any], date: str) -> Callable[[], bytes]:
    if scene["scene"] == "screen":
        return lambda: camera.screenshot(scene)
    return lambda: camera.photo(scene, date)


def _read(name: str) -> Any:  # noqa: ANN401 - YAML
    return yaml.safe_load((SOURCES / f"{name}.yml").read_text(encoding="utf-8"))


def _folders(root: Path, unit: str) -> dict[str, str]:
    """Folder of each criterion of a unit by id, from the root."""
    found: dict[str, str] = {}
    for path in sorted((root / unit / "evidence").rglob("*-*")):
        if path.is_dir():
            found.setdefault(path.name.partition("-")[0], path.relative_to(root).as_posix())
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write or compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--only", default="", help="part of a path")
    options = parser.parse_args(arguments)
    count = size = different = 0
    for sample in samples():
        if options.only not in sample.path:
            continue
        data, target = sample.make(), ROOT / sample.path
        count, size = count + 1, size + len(data)
        same = target.is_file() and target.read_bytes() == data
        if same:
            continue
        different += 1
        if options.check:
            print(f"differs: {sample.path}")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    print(f"{count} files, {size / 1024 / 1024:.2f} MiB, {different} new or different")
    return 1 if options.check and different else 0


if __name__ == "__main__":
    raise SystemExit(main())
