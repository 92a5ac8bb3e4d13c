"""What every page of one site needs: the results, looked up once, and the words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from site_builder.messages import Catalogue
from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.dossier import Document, Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Kind
from site_builder.model.handover import Handover
from site_builder.model.results import Edition, Results
from site_builder.model.score import LeafScore, NodeScore, ScoreSheet
from site_builder.model.site import MARKER, Page
from site_builder.model.unit import Unit
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.addresses import Addresses, relative
from site_builder.rendering.escaping import front_matter, heading, title
from site_builder.rendering.forge import Forge
from site_builder.rendering.markdown import Renderer

if TYPE_CHECKING:
    from jinja2 import Environment

# Days of commits are shown as people in Viet Nam lived them; the country has one zone.
_HERE = timezone(timedelta(hours=7))
NO_POINTS = "\u2013"
# Marks the lines that are markdown headings; no text of the repository can hold it (escaping).
HEADING = "\x02"
_MARKER = Markup(MARKER)  # noqa: S704 - a constant


@dataclass(frozen=True, slots=True)
class Link:
    """Something to go to.

    Attributes:
        short: where there is no room for ``text``.
    """

    text: str
    href: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class EditionMark:
    """The edition as its pages name it.

    Attributes:
        key: ``working``, ``assessor`` or ``public``.
        handed: for whom this copy was made, when and with what; nothing on a site.
    """

    key: str
    badge: str
    hint: str
    handed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the content of a page.

    Attributes:
        title: plain text, for the window and, unless ``short`` is given, the navigation.
        heading: plain text of the h1.
        short: for the navigation, where the parent's title stands right above.
        crumbs: from the summary down to the parent.
        before, after: pages of the same kind on either side.
        wide: without the list of sections beside the text.
    """

    address: str
    title: str
    heading: str
    short: str = ""
    crumbs: tuple[Link, ...] = ()
    before: Link | None = None
    after: Link | None = None
    wide: bool = False


# Not slotted: lookup tables are built once, on first use.
@dataclass(frozen=True, kw_only=True)
class Context:
    """One site while it is rendered.

    Attributes:
        criteria, unit: of the snapshot; a site is never made without them.
        tag: name of the submission; "" unless the site is built from one.
        forge: None where nobody is to be led into the repository.
        checks: identities for the reference of checks, in its order.
        handover: of a copy that somebody takes along; None on a site.
    """

    results: Results
    criteria: CriteriaSet
    unit: Unit
    texts: Catalogue
    environment: "Environment"
    addresses: Addresses
    markdown: Renderer
    tag: str = ""
    forge: Forge | None = None
    checks: tuple[Check, ...] = ()
    handover: Handover | None = None
    _words: dict[str, Mapping[str, str]] = field(default_factory=dict)

    # --- editions

    @property
    def working(self) -> bool:
        return self.results.edition is Edition.WORKING

    @property
    def public(self) -> bool:
        return self.results.edition is Edition.PUBLIC

    @cached_property
    def edition(self) -> "EditionMark":
        """What every page says of its edition."""
        key = self.results.edition.value
        words = "preview" if key == Edition.ASSESSOR.value and not self.tag else key
        return EditionMark(
            key=key,
            badge=self.word("edition", words),
            hint=self.word("edition", f"{words}_hint", tag=self.tag),
            handed=tuple(self._handed()),
        )

    def _handed(self) -> Iterator[str]:
        if self.handover is None:
            return
        day = show_date(self.handover.day)
        key = "handed" if self.handover.recipient else "handed_to_nobody"
        yield self.word("edition", key, recipient=self.handover.recipient, date=day)
        if not self.handover.originals:
            yield self.word("edition", "left_out")

    @property
    def notice(self) -> str:
        """What every page of an illustrative set says."""
        return self.criteria.notice if self.criteria.illustrative else ""

    # --- lookups

    @property
    def sheet(self) -> ScoreSheet:
        return self.results.sheet

    def leaf(self, id_: str) -> LeafScore | None:
        """The score of a leaf; None when nothing was scored (the set changed)."""
        return self.sheet.leaves.get(id_)

    def node(self, id_: str) -> NodeScore | None:
        """The sums of an inner node; None when nothing was scored."""
        return self.sheet.nodes.get(id_)

    def dossier(self, id_: str) -> Dossier:
        """What was filed; an empty dossier for a criterion without one."""
        return self.results.snapshot.dossiers.get(id_) or Dossier(
            criterion=id_, folder="", exists=False
        )

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings still to be dealt with.

        Those about the calendar stay out: a page must not change with the day of its build.
        """
        return tuple(
            finding
            for finding in self.results.findings
            if finding.suppressed is None and finding.check.kind is not Kind.TIME
        )

    @cached_property
    def findings_by_criterion(self) -> Mapping[str, tuple[Finding, ...]]:
        """Open and answered findings by criterion, without the calendar's."""
        found: dict[str, list[Finding]] = {}
        for finding in self.results.findings:
            if finding.criterion and finding.check.kind is not Kind.TIME:
                found.setdefault(finding.criterion, []).append(finding)
        return {id_: tuple(findings) for id_, findings in found.items()}

    def own(self, nodes: Iterable[Criterion]) -> Iterator[Criterion]:
        """Of nodes that share an id the first: it has the page, as it has the folder."""
        by_id = self.criteria.by_id
        return (node for node in nodes if by_id[node.id] is node)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The leaves that have pages, in the printed order."""
        return tuple(self.own(self.criteria.leaves))

    @cached_property
    def leaf_neighbours(self) -> Mapping[str, tuple[Criterion | None, Criterion | None]]:
        """The leaf before and the leaf after each leaf, in the printed order."""
        leaves = self.leaves
        before = (None, *leaves[:-1])
        after = (*leaves[1:], None)
        return {
            leaf.id: (left, right) for leaf, left, right in zip(leaves, before, after, strict=True)
        }

    @cached_property
    def bonus(self) -> frozenset[str]:
        """Ids of criteria whose points come on top of the set's total."""
        return frozenset(
            below.id for node in self.criteria.walk() if node.bonus for below in node.walk()
        )

    @cached_property
    def files(self) -> Mapping[str, EvidenceFile]:
        """Every file of every dossier by its path."""
        found: dict[str, EvidenceFile] = {}
        for dossier in self.results.snapshot.dossiers.values():
            found.update((file.path, file) for file in dossier.files)
            for document in dossier.documents:
                found.update((file.path, file) for file in document.files)
            for supplement in dossier.supplements:
                found.update((file.path, file) for file in supplement.files)
        return found

    @cached_property
    def uses(self) -> Mapping[str, tuple[tuple[str, Document], ...]]:
        """Criteria with the document that proves them, by the sha256 of its files."""
        found: dict[str, list[tuple[str, Document]]] = {}
        for criterion in self.own(self.criteria.walk()):
            for document in self.dossier(criterion.id).documents:
                for file in document.files:
                    if file.sha256:
                        found.setdefault(file.sha256, []).append((criterion.id, document))
        return {digest: tuple(uses) for digest, uses in found.items()}

    @cached_property
    def _criteria_by_path(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for id_, dossier in self.results.snapshot.dossiers.items():
            if dossier.exists and dossier.folder:
                found[dossier.folder] = id_
            if dossier.explanation is not None:
                found[dossier.explanation.path] = id_
        return found

    def criterion_at(self, path: str) -> str:
        """The criterion whose folder or explanation lies at a path; "" for none."""
        return self._criteria_by_path.get(path, "")

    # --- words

    def word(self, table: str, key: str, /, **params: object) -> str:
        """A sentence that a machine puts together."""
        return self.texts.text("pages", table, key, **params)

    def words(self, table: str) -> Mapping[str, str]:
        """A table of short words without parameters."""
        found = self._words.get(table)
        if found is None:
            found = self._words[table] = self.texts.table("pages", table)
        return found

    def points(self, value: Decimal | None) -> str:
        """Points with the set's places; a dash where there are none."""
        return NO_POINTS if value is None else show_number(value, self.criteria.places)

    def office(self, key: str | None) -> str:
        """An office by its title; "" for nobody."""
        if not key:
            return ""
        known = self.unit.offices.get(key)
        return known.title if known else key

    def offices(self, keys: Iterable[str]) -> str:
        """Several offices in one phrase."""
        return ", ".join(filter(None, (self.office(key) for key in keys)))

    @property
    def site_name(self) -> str:
        """What the window and the header say."""
        return self.word("site", "name", unit=self.unit.name, year=str(self.unit.period.year))

    # --- pages

    def href(self, from_: str, to: str, anchor: str = "") -> str:
        """A link between two addresses of the site."""
        link = relative(from_, to)
        return f"{link}#{anchor}" if anchor else link

    def page_href(self, from_: str, criterion: str) -> str:
        """A link to a criterion's page; "" when the set has none."""
        address = self.addresses.pages.get(criterion)
        return relative(from_, address) if address else ""

    def print(
        self, template: str, frame: Frame, source_path: str | None = None, **view: object
    ) -> Page:
        """A page of a template."""
        text = self.environment.get_template(template).render(
            frame=frame,
            front_title=front_matter(frame.title),
            edition=self.edition,
            notice=self.notice,
            marker=_MARKER,
            day=show_date,
            **view,
        )
        return Page(
            path=frame.address.removesuffix(".html") + ".md",
            title=title(frame.short or frame.title),
            text=tidy(text),
            source_path=source_path if self.working else None,
        )


def section(id_: str, text: str, *, level: int = 2) -> Markup:
    """A markdown heading with its id, on a line of its own; markdown, so that engines list it."""
    # Markup is safe: the text became entities, the id is ours.
    return Markup(f"{HEADING}{'#' * level} {heading(text)} {{ #{id_} }}")  # noqa: S704


def tidy(text: str) -> str:
    """Lines without indentation and blank lines, but for those around markdown headings.

    HTML blocks then hold no blank line, at which CommonMark would end them, and no line that
    looks like indented code.
    """
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    lines: list[str] = []
    for line in body.split("\n"):
        line = line.strip(" \t")  # noqa: PLW2901 - the line, tidied
        if line.startswith(HEADING):
            lines.extend(("", line.removeprefix(HEADING), ""))
        elif line:
            lines.append(line)
    return f"---\n{head}{fence}" + "\n".join(lines) + "\n"


def local_day(moment: datetime) -> date:
    """The day in Viet Nam on which something happened."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(_HERE).date()


def show_day(moment: datetime) -> str:
    """The same, as people write it."""
    return show_date(local_day(moment))


def label(criterion: Criterion) -> str:
    """Number and title, as criteria are named everywhere."""
    return f"{criterion.id}. {criterion.title}"
