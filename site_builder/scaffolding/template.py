"""The giai-trinh.md that ``init`` writes: only what the rule asks for, one figure a line."""

from decimal import Decimal

from site_builder.messages import Catalogue
from site_builder.model.rule import Entry, InputSpec, Rule
from site_builder.reading.numbers import show_number

_FENCE = "---"


def explanation_template(rule: Rule | None, texts: Catalogue) -> str:
    """A template for one leaf; the Vietnamese label of each input stands as a comment.

    Without a rule (criteria.yml has a bad one) the template asks for no inputs.
    """
    asked = rule.inputs(None) if rule is not None else ()
    lines = [_FENCE]
    for entry in Entry:
        specs = [spec for spec in asked if spec.entry is entry]
        if specs:
            lines.extend(_entry_lines(entry, specs, texts))
    lines.extend(
        (
            _FENCE,
            texts.text("cli", "template", "explanation"),
            "",
            f"## {texts.text('cli', 'template', 'difficulties')}",
            "",
        )
    )
    return "\n".join(lines)


def _entry_lines(entry: Entry, specs: list[InputSpec], texts: Catalogue) -> list[str]:
    if entry in {Entry.FIGURE, Entry.CHOICE}:
        width = max(len(spec.id) for spec in specs) + 2
        lines = [f"{entry.value}:"]
        for spec in specs:
            lines.append(f"  {spec.id + ':':<{width}} # {_label(spec, texts)}")
            lines.extend(f"  #   {option.id}: {option.title}" for option in spec.options)
        return lines
    (spec, *_) = specs
    if entry is Entry.CHECKED:
        lines = [f"{entry.value}: # {texts.text('cli', 'template', 'checked')}"]
        lines.extend(
            f"#  - {option.id} # {_worth(option.title, option.points, texts)}"
            for option in spec.options
        )
        return lines
    lines = [f"{entry.value}: # {_label(spec, texts)}"]
    lines.extend(
        f"#   {option.id}: {_worth(option.title, option.points, texts)}" for option in spec.options
    )
    return lines


def _label(spec: InputSpec, texts: Catalogue) -> str:
    hint = texts.text("cli", "template", f"entry_{spec.entry.value}")
    return f"{spec.title}{hint}" if spec.title else hint.strip()


def _worth(title: str, points: Decimal | None, texts: Catalogue) -> str:
    if points is None:
        return title
    return texts.text("cli", "template", "worth", title=title, points=show_number(points))
