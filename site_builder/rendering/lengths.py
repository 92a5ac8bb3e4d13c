"""What has room beside a criterion; a document with more has a page of its own."""

from dataclasses import replace

from site_builder.model.processed import Excerpt, FileFacts, Table

SHORT_PAGES = 2
SHORT_MEMBERS = 20
_BLOCKS = 12
_ROWS = 12


def is_long(facts: FileFacts, excerpt: Excerpt | None) -> bool:
    """There is more to see of a file than has room beside a criterion."""
    blocks = excerpt.blocks if excerpt else ()
    return (
        len(facts.previews) > SHORT_PAGES
        or len(facts.members) > SHORT_MEMBERS
        or len(blocks) > _BLOCKS
        or any(isinstance(block, Table) and len(block.rows) > _ROWS for block in blocks)
    )


def beginning(excerpt: Excerpt | None) -> Excerpt | None:
    """The part of an excerpt that has room beside a criterion."""
    if excerpt is None:
        return None
    blocks = tuple(
        replace(
            block,
            rows=block.rows[:_ROWS],
            more_rows=block.more_rows + max(0, len(block.rows) - _ROWS),
        )
        if isinstance(block, Table)
        else block
        for block in excerpt.blocks[:_BLOCKS]
    )
    return Excerpt(blocks=blocks, more=excerpt.more + len(excerpt.blocks) - len(blocks))
