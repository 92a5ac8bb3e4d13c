"""The words of a folder's name are those of its criterion: sets reuse ids for other criteria."""

from collections.abc import Iterator

from site_builder.checks.folders import name_of, slug_of
from site_builder.checks.likeness import share_in_title
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold, slug

CHECK = Check("TRE015", "slug-far-from-title", Severity.WARNING)

# Officers shorten and reword, so only a name that shares next to nothing is worth a question.
_FAR = 0.34


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.set_is_whole:
        return
    for match in facts.snapshot.folders:
        node = criteria.by_id.get(match.criterion) if match.criterion else None
        # Without a title of its own a criterion is called by its id.
        if node is None or node.title == node.id:
            continue
        words = slug_of(name_of(match.path), node.id)
        # The quick way for names such as init gives: words of the title in their order.
        if not words or words.replace("-", " ") in fold(node.title):
            continue
        if share_in_title(words, node.title) < _FAR:
            yield CHECK.at(
                match.path,
                criterion=node.id,
                words=words,
                title=node.title,
                proposed=f"{node.id}-{slug(node.title)}",
            )
