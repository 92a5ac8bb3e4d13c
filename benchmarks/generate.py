"""Make a commune with N scored leaves, the same bytes for the same N.

Eight leaves to a criterion, ten criteria to a field; each leaf has an explanation of some 120
Vietnamese words with front matter and one genuine PDF of one to two KiB; the folder is a Git
repository with one commit. Words and frames are in ``texts.toml``.
"""

import argparse
import hashlib
import os
import random
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from textwrap import indent

from site_builder.model.text import slug

HERE = Path(__file__).resolve().parent
LEAVES_PER_CRITERION, CRITERIA_PER_FIELD = 8, 10
WORDS, WORDS_PER_SENTENCE = 120, 14
SET = "do-toc-do"
# One commit for ever: author, committer and date are all fixed.
COMMIT = {
    "GIT_AUTHOR_NAME": "Noi vu",
    "GIT_AUTHOR_EMAIL": "noi-vu@xa-mau.example",
    "GIT_COMMITTER_NAME": "Noi vu",
    "GIT_COMMITTER_EMAIL": "noi-vu@xa-mau.example",
    "GIT_AUTHOR_DATE": "2024-01-05T08:00:00+07:00",
    "GIT_COMMITTER_DATE": "2024-01-05T08:00:00+07:00",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scored leaf: its id, its title and the folder that holds its files."""

    id: str
    title: str
    folder: Path
    place: int

    @property
    def tag(self) -> str:
        """The id as part of a file name or of an input's id."""
        return self.id.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Branch:
    """A field or a criterion with what is below it."""

    id: str
    title: str
    folder: Path
    below: tuple["Branch | Leaf", ...]

    def leaves(self) -> Iterator[Leaf]:
        """The scored leaves below, in order."""
        for node in self.below:
            if isinstance(node, Branch):
                yield from node.leaves()
            else:
                yield node


class Writer:
    """Sentences and frames, drawn with one seeded generator."""

    def __init__(self) -> None:
        self.texts = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
        self.syllables: list[str] = self.texts["syllables"].split()
        self.random = random.Random(20230105)  # noqa: S311 - the same commune every time

    def phrase(self, words: int) -> str:
        """Some syllables in a row."""
        return " ".join(self.random.choices(self.syllables, k=words))

    def prose(self, words: int) -> str:
        """Sentences of about ``words`` syllables in all."""
        count = -(-words // WORDS_PER_SENTENCE)
        sentences = (self.phrase(WORDS_PER_SENTENCE).capitalize() for _ in range(count))
        return " ".join(f"{sentence}." for sentence in sentences)

    def frame(self, text: str, **params: object) -> str:
        """A frame with its ``$names`` filled in, without the line break before it."""
        return Template(text.removeprefix("\n")).substitute(params)


def tree(leaves: int, writer: Writer) -> tuple[Branch, ...]:
    """The set's tree with exactly ``leaves`` leaves."""
    fields: list[Branch] = []
    made = 0
    while made < leaves:
        field_id, title = str(len(fields) + 1), writer.phrase(6)
        field = Path("evidence", f"{field_id}-{slug(title)}")
        criteria: list[Branch] = []
        while made < leaves and len(criteria) < CRITERIA_PER_FIELD:
            id_, name = f"{field_id}.{len(criteria) + 1}", writer.phrase(6)
            folder = field / f"{id_}-{slug(name)}"
            count = min(LEAVES_PER_CRITERION, leaves - made)
            below = tuple(_leaf(f"{id_}.{n + 1}", folder, made + n, writer) for n in range(count))
            criteria.append(Branch(id_, name, folder, below))
            made += count
        fields.append(Branch(field_id, title, field, tuple(criteria)))
    return tuple(fields)


def _leaf(id_: str, parent: Path, place: int, writer: Writer) -> Leaf:
    title = writer.phrase(7).capitalize()
    return Leaf(id_, title, parent / f"{id_}-{slug(title)}", place)


def criteria_yml(fields: tuple[Branch, ...], writer: Writer) -> str:
    """The set as a file."""
    frames = writer.texts["criteria"]
    total = sum(1 for field in fields for _ in field.leaves())
    parts = [writer.frame(frames["header"], id=SET, leaves=total)]
    for number, field in enumerate(fields, 1):
        points = sum(1 for _ in field.leaves())
        parts.append(
            writer.frame(
                frames["field"], id=field.id, number=number, title=field.title, points=points
            )
        )
        for criterion in field.below:
            assert isinstance(criterion, Branch)  # noqa: S101 - fields hold criteria
            parts.append(
                writer.frame(
                    frames["criterion"],
                    id=criterion.id,
                    title=criterion.title,
                    points=len(criterion.below),
                )
            )
            parts.extend(_leaf_yml(leaf, frames["leaf"], writer) for leaf in criterion.leaves())
    return "".join(parts)


def _leaf_yml(leaf: Leaf, frame: str, writer: Writer) -> str:
    shape = _shape(leaf, writer)
    rule = indent(writer.frame(shape["rule"], tag=leaf.tag).rstrip("\n"), " " * 14)
    return writer.frame(
        frame, id=leaf.id, title=leaf.title, rule=rule, rule_text=shape["rule_text"]
    )


def _shape(leaf: Leaf, writer: Writer) -> dict[str, str]:
    shapes: list[dict[str, str]] = writer.texts["shapes"]
    return shapes[leaf.place % len(shapes)]


def unit_yml(fields: tuple[Branch, ...], digest: str, writer: Writer) -> str:
    """The commune's own file; fields go to two offices in turn."""
    unit = writer.texts["unit"]
    assignments = "\n".join(
        writer.frame(unit["assignment"], id=field.id, office=("noi-vu", "van-phong")[place % 2])
        for place, field in enumerate(fields)
    )
    return writer.frame(unit["text"], set=SET, digest=digest[:16], assignments=assignments)


def explanation(leaf: Leaf, writer: Writer) -> str:
    """giai-trinh.md: figures, one listed document, two parts of prose."""
    document = writer.texts["document"]
    draw = writer.random
    facts = writer.frame(
        _shape(leaf, writer)["facts"],
        tag=leaf.tag,
        done=draw.randint(14, 20),
        day=f"{draw.randint(5, 28):02d}",
    )
    listing = writer.frame(
        document["listing"],
        file=writer.frame(document["file"], tag=leaf.tag),
        number=leaf.place + 1,
        day=f"{draw.randint(1, 28):02d}",
        id=leaf.id,
    )
    body = f"{writer.prose(WORDS * 2 // 3)}\n\n{document['second_part']}\n\n"
    return f"---\n{facts}{listing}---\n{body}{writer.prose(WORDS // 3)}\n"


def pdf(leaf: Leaf, writer: Writer) -> bytes:
    """A genuine one-page PDF of one to two KiB that no other leaf has."""
    lines = [f"BAO CAO MAU - tieu chi {leaf.id}", *(f"dong {n}" for n in range(4))]
    shown = "".join(f"({line}) Tj 0 -18 Td " for line in lines)
    padding = "%" + writer.random.randbytes(writer.random.randint(250, 700)).hex()
    stream = f"BT /F1 12 Tf 72 760 Td {shown}ET\n{padding}\n"
    paper, fonts = "[0 0 595 842]", "<< /Font << /F1 5 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {paper} /Contents 4 0 R /Resources {fonts} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    start = len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def generate(root: Path, leaves: int) -> None:
    """Write the commune into ``root``, which must not exist, and commit it."""
    writer = Writer()
    fields = tree(leaves, writer)
    criteria = criteria_yml(fields, writer).encode()
    root.mkdir(parents=True)
    (root / "criteria.yml").write_bytes(criteria)
    digest = hashlib.sha256(criteria).hexdigest()
    (root / "unit.yml").write_bytes(unit_yml(fields, digest, writer).encode())
    (root / "mkdocs.yml").write_bytes((HERE.parent / "mkdocs.yml").read_bytes())
    (root / ".gitignore").write_text("/build/\n/.cache/\n")
    (root / ".gitattributes").write_text("* -text\n")
    for field in fields:
        for leaf in field.leaves():
            folder = root / leaf.folder
            folder.mkdir(parents=True)
            (folder / "giai-trinh.md").write_bytes(explanation(leaf, writer).encode())
            name = writer.frame(writer.texts["document"]["file"], tag=leaf.tag)
            (folder / name).write_bytes(pdf(leaf, writer))
    git = ("git", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")
    for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "Nap ho so")):
        subprocess.run([*git, *command], cwd=root, check=True, env=os.environ | COMMIT)


def main() -> None:
    """Write one commune."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="made by the program; must not exist")
    parser.add_argument("--leaves", type=int, default=1000)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.leaves)


if __name__ == "__main__":
    main()
