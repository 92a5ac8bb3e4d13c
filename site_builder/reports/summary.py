"""The scoring summary as a table of values, for every format it is downloaded in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.messages import Catalogue
from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.dossier import Document, Dossier
from site_builder.model.progress import evidence_state, score_state
from site_builder.model.results import Edition, Results
from site_builder.model.summary import Figures, is_appraised, lines, of_node
from site_builder.model.text import clean
from site_builder.model.unit import Unit
from site_builder.reading.numbers import show_date

Cell = str | Decimal | None
"""Text, points, or nothing: no points are not zero points."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: of its name in the catalogue.
        width: in letters.
    """

    key: str
    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion.

    Attributes:
        depth: 0 for a field.
    """

    depth: int
    is_leaf: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything that a file of the summary says.

    Attributes:
        notes: of the edition, above the table.
        total: of the whole set, as the other lines.
        places: of points.
    """

    heading: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]
    places: int


@dataclass(frozen=True, slots=True)
class _Row:
    """What a cell is made of."""

    criterion: Criterion
    figures: Figures
    dossier: Dossier


def table(results: Results, texts: Catalogue) -> Table:
    """The table of an edition.

    Raises:
        ValueError: there is no set or no unit to report on.
    """
    snapshot = results.snapshot
    if snapshot.criteria is None or snapshot.unit is None:
        raise ValueError("a report needs criteria.yml and unit.yml")
    maker = _Maker(results, snapshot.criteria, snapshot.unit, texts)
    chosen = tuple(_columns(results))
    none = Dossier(criterion="", folder="", exists=False)
    rows = (
        _Row(criterion, figures, snapshot.dossiers.get(criterion.id) or none)
        for criterion, figures in lines(results, snapshot.criteria)
    )
    sheet = results.sheet
    whole = of_node(
        None if sheet.set_changed else sheet.total,
        sheet.total.max_points,
        appraised=is_appraised(results),
    )
    year = str(snapshot.unit.period.year)
    return Table(
        heading=texts.text("pages", "summary", "heading", year=year),
        notes=tuple(maker.notes()),
        columns=tuple(
            Column(key, texts.text("pages", "columns", key), _WIDTHS[key]) for key in chosen
        ),
        lines=tuple(
            Line(
                row.criterion.depth,
                row.criterion.is_leaf,
                tuple(_CELLS[key](maker, row) for key in chosen),
            )
            for row in rows
        ),
        total=tuple(maker.total(key, whole) for key in chosen),
        places=snapshot.criteria.places,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    results: Results
    criteria: CriteriaSet
    unit: Unit
    texts: Catalogue

    def word(self, table: str, key: str) -> str:
        return self.texts.text("pages", table, key)

    def notes(self) -> Iterator[str]:
        yield clean(self.unit.name)
        edition = self.results.edition
        if edition is Edition.WORKING:
            hint = self.word("edition", "working_hint")
            yield f"{self.word('edition', 'working')}. {hint}"
        if self.criteria.illustrative and self.criteria.notice:
            yield clean(self.criteria.notice)

    def total(self, key: str, whole: Figures) -> Cell:
        if key == "title":
            return self.word("summary", "total")
        return _FIGURES[key](whole) if key in _FIGURES else None

    def state(self, row: _Row) -> Cell:
        if not row.criterion.is_leaf:
            return None
        leaf = self.results.sheet.leaves.get(row.criterion.id)
        return self.word("score_state", score_state(row.criterion, leaf))

    def proof(self, row: _Row) -> Cell:
        if not row.criterion.is_leaf:
            return None
        leaf = self.results.sheet.leaves.get(row.criterion.id)
        state = evidence_state(row.criterion, row.dossier, leaf)
        return self.word("evidence_state", state) if state else None

    def shape(self, row: _Row) -> Cell:
        rule = self.results.rules.get(row.criterion.id) if row.criterion.is_leaf else None
        return self.texts.table("pages", "shapes").get(rule.shape) if rule else None

    def scored_by(self, row: _Row) -> Cell:
        return (
            self.word("scored_by", row.criterion.scored_by.value) if row.criterion.is_leaf else None
        )

    def office(self, row: _Row) -> Cell:
        if not row.criterion.is_leaf or not row.dossier.responsible:
            return None
        known = self.unit.offices.get(row.dossier.responsible)
        return clean(known.title if known else row.dossier.responsible)


def _documents(_: _Maker, row: _Row) -> Cell:
    if not row.criterion.is_leaf or not row.dossier.documents:
        return None
    return "\n".join(_document(document) for document in row.dossier.documents)


def _document(document: Document) -> str:
    number = " ".join(
        filter(None, (document.number, show_date(document.issued_on) if document.issued_on else ""))
    )
    name = document.subject or document.title
    return clean(f"{number}: {name}" if number else name)


def _explanation(_: _Maker, row: _Row) -> Cell:
    said = row.dossier.explanation
    return clean(said.text) if row.criterion.is_leaf and said and said.text else None


_FIGURES: dict[str, Callable[[Figures], Cell]] = {
    "max": lambda figures: figures.max_points,
    "points": lambda figures: figures.points,
    "computed": lambda figures: figures.computed,
    "appraised": lambda figures: figures.appraised,
    "difference": lambda figures: figures.difference,
    "lost": lambda figures: figures.lost,
}


def _figure(key: str) -> Callable[[_Maker, _Row], Cell]:
    return lambda _, row: _FIGURES[key](row.figures)


_CELLS: dict[str, Callable[[_Maker, _Row], Cell]] = {
    "id": lambda _, row: clean(row.criterion.id),
    "title": lambda _, row: clean(row.criterion.title),
    **{key: _figure(key) for key in _FIGURES},
    "state": _Maker.state,
    "proof": _Maker.proof,
    "scored_by": _Maker.scored_by,
    "shape": _Maker.shape,
    "office": _Maker.office,
    "documents": _documents,
    "explanation": _explanation,
}
_WIDTHS = {
    "id": 8,
    "title": 44,
    **dict.fromkeys(_FIGURES, 10),
    "state": 18,
    "proof": 18,
    "scored_by": 18,
    "shape": 18,
    "office": 22,
    "documents": 44,
    "explanation": 60,
}


def _columns(results: Results) -> Iterator[str]:
    """Columns of an edition: nobody outside is told who does what or what is missing."""
    hidden = set()
    if not is_appraised(results):
        hidden.add("appraised")
    if results.edition is not Edition.WORKING:
        hidden.add("office")
    if results.edition is Edition.PUBLIC:
        hidden.add("proof")
    return (key for key in _CELLS if key not in hidden)
