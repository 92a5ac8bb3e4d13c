"""What ``new-unit`` writes: a content folder of its own for another commune."""

from collections.abc import Mapping

from site_builder.model.criteria import CriteriaSet
from site_builder.model.quoting import quoted
from site_builder.scaffolding.plan import PlannedFile, set_reference

# Template in the package -> file in the new folder.
TEMPLATES: Mapping[str, str] = {
    "unit.yml.jinja": "unit.yml",
    "README.md.jinja": "README.md",
    "gitignore.txt": ".gitignore",
    "gitattributes.txt": ".gitattributes",
}


def plan_unit(
    criteria: CriteriaSet, templates: Mapping[str, str], *, name: str, year: int
) -> tuple[PlannedFile, ...]:
    """unit.yml to fill in and the files around it; criteria.yml is copied byte by byte.

    ``templates`` are texts by name, as in ``TEMPLATES``; an empty ``name`` is left to be
    filled in; ``year`` is the assessed year that unit.yml proposes.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - slow to import

    # YAML and Markdown are written here, not HTML; the only foreign text is quoted.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    fields = [{"id": node.id, "title": " ".join(node.title.split())} for node in criteria.fields]
    planned = []
    for template, path in TEMPLATES.items():
        named = quoted(name) if path.endswith(".yml") else name
        text = environment.from_string(templates[template]).render(
            name=named if name else "",
            year=year,
            fields=fields,
            criteria_set=quoted(set_reference(criteria)),
            title=" ".join(criteria.title.split()),
        )
        planned.append(PlannedFile(path, text.rstrip("\n") + "\n"))
    return tuple(planned)
