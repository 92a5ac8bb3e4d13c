"""The small markup in which the texts of the samples are written, and the blocks it becomes.

One line, one block: ``# heading``, ``## heading``, ``- item``, ``| cell | cell |``, ``!name ...``
for everything else, and a paragraph otherwise. ``{name}`` stands for a word of the document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.samples.figures import columns, grouped

Block = dict[str, Any]

_WORD = re.compile(r"\{([a-z_0-9]+)\}")
_CENTRED = 12  # characters; longer cells are read as text and begin at the left
_BLANK = " "
_PAIR = 2


@dataclass
class Shared:
    """What all documents have in common: parts.yml as read."""

    data: Mapping[str, Any]

    def words(self) -> Mapping[str, Any]:
        words: Mapping[str, Any] = self.data["words"]
        return words

    def rows(self, name: str) -> list[list[str]]:
        """A list of parts.yml as rows of cells."""
        lines = str(self.data["lists"][name]).splitlines()
        return [[cell.strip() for cell in line.split(" | ")] for line in lines]

    def weights(self, name: str) -> list[int]:
        return [int(weight) for weight in str(self.data["lists"][name]).split()]


@dataclass
class Reader:
    """Turns the text of one document into blocks.

    Attributes:
        shared: parts.yml.
        words: replace ``{name}``.
        annex_note: the line under the title of an annex.
        inset: room above and below the text of a table cell, in points.
        blocks: what was made so far.
    """

    shared: Shared
    words: Mapping[str, str]
    annex_note: str = ""
    inset: float = 6
    blocks: list[Block] = field(default_factory=list)
    _widths: list[int] = field(default_factory=list)
    _table: list[list[str]] = field(default_factory=list)

    def read(self, text: str) -> list[Block]:
        """The blocks of a text; may be called again for what follows."""
        for line in text.splitlines():
            if line.strip():
                self._line(self._filled(line.strip()))
        self._end_table()
        return self.blocks

    def add(self, kind: str, **values: object) -> None:
        self._end_table()
        self.blocks.append({"kind": kind, **values})

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[int], inset: float = 0) -> None:
        """A table whose first row is its head; columns of short cells are centred."""
        body = [list(row) for row in rows[1:]]
        centred = [
            all(len(row[place].replace("*", "")) <= _CENTRED for row in body)
            for place in range(len(rows[0]))
        ]
        self.add(
            "table",
            rows=[list(rows[0]), *body],
            widths=list(widths) or [1] * len(rows[0]),
            centred=centred,
            inset=inset or self.inset,
        )

    def _filled(self, line: str) -> str:
        return _WORD.sub(lambda found: self.words[found[1]], line)

    def _line(self, line: str) -> None:
        if line.startswith("|"):
            self._table.append([cell.strip() for cell in line.strip("|").split("|")])
            return
        if line.startswith("!"):
            name, _, rest = line[1:].partition(" ")
            getattr(self, "_do_" + name.replace("-", "_"))(rest.strip())
            return
        if line.startswith("**") and line.endswith("**") and line.count("**") == _PAIR:
            self.add("h2", text=line.strip("*"))
            return
        for mark, kind in (("## ", "h2"), ("# ", "h1"), ("- ", "item")):
            if line.startswith(mark):
                self.add(kind, text=line.removeprefix(mark))
                return
        self.add("p", text=line)

    def _end_table(self) -> None:
        if self._table:
            rows, widths = self._table, self._widths
            self._table, self._widths = [], []
            self.table(rows, widths)

    # One method per "!name"; the argument is the rest of the line.

    def _do_part(self, name: str) -> None:
        self._end_table()
        for line in str(self.shared.data["parts"][name]).splitlines():
            if line.strip():
                self._line(self._filled(line.strip()))

    def _do_widths(self, rest: str) -> None:
        self._end_table()
        self._widths = [int(width) for width in rest.split()]

    def _do_page(self, _: str) -> None:
        self.add("page")

    def _do_centre(self, text: str) -> None:
        self.add("centre", text=text)

    def _do_quote(self, text: str) -> None:
        self.add("quote", text=text)

    def _do_title(self, rest: str) -> None:
        title, *subject = (part.strip() for part in rest.split("||"))
        self.add("title", text=title, subject=subject)

    def _do_sign(self, _: str) -> None:
        self.add("sign")

    def _do_receivers(self, rest: str) -> None:
        self.add("sign", receivers=[part.strip() for part in rest.split(" | ")])

    def _do_annex(self, rest: str) -> None:
        title, _, subject = rest.partition("||")
        self.add("annex", text=title.strip(), subject=subject.strip(), note=self.annex_note)

    def _do_blank_annex(self, rest: str) -> None:
        title, subject, table = (part.strip() for part in rest.split("||"))
        self._do_annex(f"{title} || {subject}")
        self._do_blank(table)

    def _do_blank(self, rest: str) -> None:
        """A form to fill in: the number of empty rows, then the titles of the columns."""
        count, _, heads = rest.partition(" ")
        titles = [title.strip() for title in heads.split("|")]
        blanks = [_BLANK] * (len(titles) - 1)
        rows = [titles, *([str(row + 1), *blanks] for row in range(int(count)))]
        widths = [1, *(max(2, len(title) // 4) for title in titles[1:])]
        self.table(rows, widths, inset=8)

    def _do_tasks(self, rest: str) -> None:
        """The list of tasks, so many to a page, each page a part of the annex."""
        mode, _, size = rest.partition(" ")
        layout = self.shared.data["tasks"][mode]
        words, undone = self.shared.words(), self.shared.data["tasks"]["undone"]
        tasks = self.shared.rows("nhiem-vu-cchc")
        for start in range(0, len(tasks), int(size)):
            if start == 0:
                self._do_annex(f"{layout['title']} || {layout['subject']}")
            else:
                self.add("page")
            rows = [layout["columns"]]
            for number, (task, product, due, lead) in enumerate(tasks, 1):
                if not start < number <= start + int(size):
                    continue
                done = words["not_done"] if number in undone else words["done"]
                cells = (product, due, lead) if mode == "kh" else (product, lead, done)
                rows.append([str(number), task, *cells])
            self.table(rows, layout["widths"], inset=layout["inset"])

    def _do_tthc(self, _: str) -> None:
        """The list of procedures with a line for each field."""
        rows = [["TT", *self.shared.data["tthc_columns"]]]
        number = 0
        for name, *_rest in self.shared.rows("tthc"):
            if name.startswith("= "):
                rows.append(["", f"**{name[2:]}**", ""])
                continue
            number += 1
            rows.append([str(number), name, self.shared.data["tthc_where"]])
        self.table(rows, [1, 9, 4])

    def _do_split(self, rest: str) -> None:
        """Rows by field of work: received, done, on time, late; they add up to the totals given."""
        totals = [int(total.replace(".", "")) for total in rest.split()]
        fields = self.shared.rows("linh-vuc")
        self._table.extend(split_rows(self.shared, fields, totals))

    def _do_months(self, rest: str) -> None:
        """A table by month; ``name=total`` per column."""
        rows = month_rows(self.shared, rest)
        self.table(rows, [1, 3, *[4] * (len(rows[0]) - 2)])

    def _do_apology(self, rest: str) -> None:
        values = [part.strip() for part in rest.split(" | ")]
        before = self.words
        self.words = {**before, **{f"p{place}": value for place, value in enumerate(values, 1)}}
        note, self.annex_note = self.annex_note, ""
        self._do_part("phieu-xin-loi")
        self.add("sign", receivers=self.shared.words()["apology_receivers"])
        self.words, self.annex_note = before, note


def split_rows(
    shared: Shared, fields: Sequence[Sequence[str]], totals: Sequence[int]
) -> Iterator[list[str]]:
    """Number, field, received, done, on time, late; the last row is the sum."""
    made = columns(totals, [int(weight) for _, weight in fields])
    for place, (name, _) in enumerate(fields):
        received, done, in_time = (column[place] for column in made)
        figures = (received, done, in_time, done - in_time)
        yield [str(place + 1), name, *(grouped(figure) for figure in figures)]
    sums = (*totals, totals[1] - totals[2])
    yield ["", f"**{shared.words()['total']}**", *(f"**{grouped(each)}**" for each in sums)]


def month_rows(shared: Shared, described: str) -> list[list[str]]:
    """Head, twelve months and the sum of the columns described as ``name=total | name=total``."""
    words = shared.words()
    pairs = [part.strip().rsplit("=", 1) for part in described.split("|")]
    names, totals = [name for name, _ in pairs], [int(total) for _, total in pairs]
    made = columns(totals, shared.weights("thang"))
    rows = [[words["rank"], words["month"], *names]]
    for place in range(12):
        month = f"{words['month']} {place + 1}"
        rows.append([str(place + 1), month, *(grouped(column[place]) for column in made)])
    rows.append(["", f"**{words['total']}**", *(f"**{grouped(total)}**" for total in totals)])
    return rows
