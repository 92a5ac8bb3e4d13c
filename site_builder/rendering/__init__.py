"""Results in, Site out: pages, assets, navigation, evidence to copy. Writes nothing.

Which pages an edition has stands in ``PAGES``; what they may say was decided before, by taking
everything else out of the results (``model/editions.py``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from site_builder.messages import Catalogue
from site_builder.model.criteria import Criterion
from site_builder.model.finding import Check
from site_builder.model.handover import Handover
from site_builder.model.results import Edition, Results
from site_builder.model.site import Page, Site
from site_builder.rendering import addresses, filters, searchable
from site_builder.rendering.changes import SCRIPT as PAST_SCRIPT
from site_builder.rendering.changes import STYLE as PAST_STYLE
from site_builder.rendering.charts import PATTERNS
from site_builder.rendering.context import Context, section
from site_builder.rendering.escaping import finalize, title
from site_builder.rendering.forge import forge_at
from site_builder.rendering.markdown import Renderer, Words
from site_builder.rendering.nav import navigation
from site_builder.rendering.pages import (
    branch,
    changes,
    check_reference,
    criteria_set,
    document,
    evidence_index,
    guide,
    leaf,
    progress,
    register,
    search,
    start,
    summary,
    tasks,
    verdict_form,
    verdicts,
)
from site_builder.rendering.verdicts import ASSETS as JUDGING
from site_builder.rendering.verdicts import offered

if TYPE_CHECKING:
    from jinja2 import Environment

_EVERYONE = frozenset(Edition)
_OFFICERS = frozenset({Edition.WORKING})
_APPRAISAL = frozenset({Edition.WORKING, Edition.ASSESSOR})


@dataclass(frozen=True, slots=True)
class Kind:
    """A page that a site has once.

    Attributes:
        editions: that have it.
        explains: stands below the tree of criteria in the navigation.
    """

    page: Callable[[Context], Page]
    editions: frozenset[Edition] = _EVERYONE
    explains: bool = False


PAGES: tuple[Kind, ...] = (
    Kind(start.page),
    Kind(summary.page),
    Kind(evidence_index.page),
    Kind(register.page),
    Kind(search.page),
    Kind(verdicts.page, _APPRAISAL),
    Kind(changes.page, _APPRAISAL),
    Kind(tasks.page, _OFFICERS),
    Kind(progress.page, _OFFICERS),
    Kind(guide.page, _OFFICERS, explains=True),
    Kind(criteria_set.page, explains=True),
    Kind(check_reference.page, _OFFICERS, explains=True),
)

# Under docs/; a folder of our own, so that no engine's file of the same name is overwritten.
STYLE = "sb/sb.css"
SCRIPT = "sb/sb.js"


def render(  # noqa: PLR0913 - each says one thing, by its name
    results: Results,
    catalogue: Catalogue,
    templates: Mapping[str, str],
    *,
    repo_url: str = "",
    branch: str = "main",
    tag: str = "",
    checks: tuple[Check, ...] = (),
    handover: Handover | None = None,
) -> Site:
    """The site of an edition.

    Args:
        results: what the edition may know; criteria.yml and unit.yml must have been readable.
        catalogue: with the parts ``pages``, ``scoring`` and ``checks``.
        templates: templates and assets by file name (``resources.read_resources``).
        repo_url: web address of the repository, for edit links in the working edition.
        branch: that officers write to.
        tag: name of the submission, when the content is exactly that of a tag.
        checks: every check there is, for the reference.
        handover: of a copy that somebody takes along; every page says so.

    Raises:
        ValueError: there is no set or no unit to render.
    """
    snapshot = results.snapshot
    if snapshot.criteria is None or snapshot.unit is None:
        raise ValueError("a site needs criteria.yml and unit.yml")
    words = catalogue.table("pages", "markdown")
    assigned = addresses.assign(
        snapshot.unit.period.id,
        snapshot.criteria.by_id,
        snapshot.dossiers,
        results.processed,
        originals=results.edition is not Edition.PUBLIC,
    )
    context = Context(
        results=results,
        criteria=snapshot.criteria,
        unit=snapshot.unit,
        texts=catalogue,
        environment=_environment(tuple(sorted(templates.items()))),
        addresses=assigned
        if handover is None or handover.originals
        else addresses.without_originals(assigned),
        markdown=Renderer(Words(table=words["table"], no_image=words["no_image"])),
        tag=tag,
        forge=forge_at(repo_url, branch) if results.edition is Edition.WORKING else None,
        checks=checks,
        handover=handover,
    )
    kinds = [kind for kind in PAGES if results.edition in kind.editions]
    single = [(kind, kind.page(context)) for kind in kinds]
    pages = [page for _, page in single]
    pages.extend(_criterion(context, each) for each in context.criteria.by_id.values())
    pages.extend(document.pages(context))
    pages.extend(verdict_form.pages(context))
    return Site(
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        assets={path: templates[path.rpartition("/")[2]].encode() for path in _assets(context)},
        evidence=context.addresses.copies,
        pictures=context.addresses.pictures,
        search=searchable.entries(context),
        nav=navigation(
            context,
            [page for kind, page in single if not kind.explains],
            [page for kind, page in single if kind.explains],
        ),
        home=context.addresses.page(start.NAME),
        config={
            "site_name": title(context.site_name),
            "extra_css": [STYLE],
            "extra_javascript": [SCRIPT],
        },
        settings=snapshot.site_settings,
    )


def _assets(context: Context) -> tuple[str, ...]:
    """Under docs/; an edition without verdicts or a past has nothing that serves them."""
    judging = JUDGING if offered(context) else ()
    past = () if context.public else (PAST_STYLE, PAST_SCRIPT)
    return (STYLE, SCRIPT, search.STYLE, search.SCRIPT, filters.SCRIPT, *judging, *past)


def _criterion(context: Context, criterion: Criterion) -> Page:
    return leaf.page(context, criterion) if criterion.is_leaf else branch.page(context, criterion)


@lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> "Environment":
    """The templates, compiled once however often a site is rendered (``serve``)."""
    from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415 - heavy

    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(section=section, patterns=PATTERNS)
    return environment
